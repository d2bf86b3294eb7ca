"""What happens to a ticket inside one transaction: number, decision, move, and the line that tells it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.actions.desk import Desk
from app.actions.tickets import follow_plan
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.domain.record import canonical
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.handling import Acceptance
from app.domain.tickets.limits import Clock, Timed, in_force, later_by
from app.domain.tickets.ticket import (
    FIRST_STATE,
    SERIALS_PER_DEVICE,
    WAITING,
    Disposition,
    State,
    Ticket,
    TicketEvent,
    ticket_number,
)
from app.domain.workdays import china_day
from app.store.unit import Unit


def clock_of(desk: Desk) -> Clock:
    """Counts by the limits in force in this village today."""
    return Clock(desk.calendar, lambda what: in_force(desk.pack.limits, what, desk.village, desk.today))


def open_ticket(desk: Desk, unit: Unit, draft: Ticket) -> Ticket:
    """Save a new matter and give it its number; the caller has filled in who and what."""
    serial = desk.store.meta.next_serial(f"ticket {desk.today.year}")
    if serial >= SERIALS_PER_DEVICE:
        raise UserError("这台电脑今年的单号用完了，没有取号。请找县里重新登记这台电脑。")
    first = int(desk.store.meta.get("serial_block") or 0) * SERIALS_PER_DEVICE
    number = ticket_number(desk.village, desk.today.year, first + serial)
    if draft.urgent:
        draft = counted_in_hours(desk, draft)
    unit.save(draft)
    return move(
        desk, unit, replace(draft, number=number), State.REGISTERED, "登记", f"原话：「{draft.request}」"
    )


def counted_in_hours(desk: Desk, ticket: Ticket) -> Ticket:
    """An urgent matter (急难) with the instant by which help must be there, counted from when she came."""
    last = clock_of(desk).ends_at(Timed.URGENT_RESULT, ticket.received_at)
    return ticket if last is None else replace(ticket, due_at=last, due_on=china_day(last))


def set_course(
    desk: Desk, unit: Unit, ticket: Ticket, how: Disposition, *, to: str = "", note: str = ""
) -> Ticket:
    """Decide how a registered matter is handled, and by when. Raises UserError as `tickets.decide` does."""
    if how is Disposition.TRANSFER and not to:
        raise UserError("转给谁？选一个地方，群众才知道去找谁。", field="handed_to")
    if ticket.state is State.REGISTERED:
        ticket = move(desk, unit, ticket, State.TRIAGED, "分类", "")
    if ticket.urgent:
        ticket = counted_in_hours(desk, ticket)
    due = ticket.due_on if ticket.due_at else clock_of(desk).due_on(ticket, how, desk.today)
    fresh = replace(ticket, taken=None, decision=None, bounced_from="", escalated="", waiting_for="")
    ticket = replace(fresh, disposition=how, handed_to=to, due_on=due)
    words = {
        Disposition.INSTANT: "当场办",
        Disposition.TRANSFER: f"转给{to}",
        Disposition.DELIBERATION: f"一事一议{'，报' + to if to else ''}",
        Disposition.EXPLAIN: "讲政策",
    }
    return move(desk, unit, ticket, FIRST_STATE[how], words[how], note)


def move(desk: Desk, unit: Unit, ticket: Ticket, to: State, verb: str, note: str) -> Ticket:
    """One step of the machine with its line in the story, and another for the calls it makes needless.

    Raises UserError when it may not be.
    """
    moved = hop(desk, unit, ticket, to, verb, note)
    if ticket.state in WAITING or moved.ended:
        call_off(desk, unit, moved)
    return moved


def hop(desk: Desk, unit: Unit, ticket: Ticket, to: State, verb: str, note: str) -> Ticket:
    """The same on the way to another step: the calls are seen to there."""
    moved = ticket.moved(to)
    tell(desk, unit, ticket, to, verb, note)
    unit.save(moved)
    return moved


def call_off(desk: Desk, unit: Unit, ticket: Ticket) -> None:
    """Calls planned for what is over are not made, and the story says which and why."""
    gone = follow_plan.lapse(desk, unit, ticket)
    if gone:
        asked = "；".join(f"{one.due_on.month}月{one.due_on.day}日「{one.why}」" for one in gone)
        tell(desk, unit, ticket, ticket.state, "回访不用打了", f"{asked}：{gone[0].called_off}")


def step(desk: Desk, ticket: str, to: State, verb: str, note: str) -> Ticket:
    """One step in a transaction of its own."""
    with desk.unit(f"ticket {to.value}") as unit:
        return move(desk, unit, get(desk, ticket), to, verb, note)


def get(desk: Desk, ticket: str) -> Ticket:
    """Raises StorageFault when there is no such ticket."""
    return desk.store.reading.get(Ticket, ticket)


def taken(desk: Desk, unit: Unit, ticket: Ticket) -> Ticket:
    """Whatever comes back from the other side shows that they took it, or that they decided."""
    if ticket.state is State.TRANSFERRED:
        known = replace(ticket, taken=Acceptance(desk.now))
        return move(desk, unit, known, State.IN_PROGRESS, "对方已收", "")
    if ticket.state is State.DELIBERATING:
        return move(desk, unit, ticket, State.IN_PROGRESS, "议定了", "")
    return ticket


def tell(desk: Desk, unit: Unit, ticket: Ticket, to: State, verb: str, note: str) -> TicketEvent:
    """Add one line to the story, chained to the line before.

    Raises UserError for a matter that has no number yet: nothing is done before it is registered.
    """
    if not ticket.number:
        raise UserError("先登记取号，再办。一分钟的事。")
    before = told_of(desk, ticket.id)
    event = TicketEvent(
        id=new_id(desk.now),
        village=ticket.village,
        ticket=ticket.id,
        at=desk.now,
        actor=desk.worker_name,
        verb=verb,
        from_state=ticket.state,
        to_state=to,
        note=note,
        previous=chain_of(before[-1]) if before else "",
        device=str((desk.store.meta.get("device") or {}).get("device", "")),
    )
    unit.save(event)
    return event


def told_of(desk: Desk, ticket: str) -> tuple[TicketEvent, ...]:
    """The story of a ticket in the order it was written, which is that of its chain.

    Ids begin with the time, and a clock may be set back by years. Of lines that follow the same one
    (two people wrote without hearing of each other) the one with the smaller id and all that follows
    it comes first; a line whose predecessor is not here stands with the beginnings.
    """
    events = desk.store.reading.where(TicketEvent, ticket=ticket)
    chains = {chain_of(one) for one in events}
    after: dict[str, list[TicketEvent]] = {}
    for one in events:
        after.setdefault(one.previous if one.previous in chains else "", []).append(one)
    ordered, waiting = list[TicketEvent](), after.get("", [])[::-1]
    while waiting:
        one = waiting.pop()
        ordered.append(one)
        waiting += after.get(chain_of(one), [])[::-1]
    return tuple(ordered)


def restarted(desk: Desk, ticket: Ticket) -> Ticket:
    """`ticket` with its clock running again: the working days, or of an urgent matter the hours, it waited
    for police, court or hospital are added. A ticket that was not waiting outside comes back as it is.
    """
    since = paused_at(desk, ticket)
    if since is None or ticket.due_on is None:
        return ticket
    if ticket.due_at is not None:
        later = ticket.due_at + max(timedelta(), desk.now - since)
        return replace(ticket, due_at=later, due_on=china_day(later))
    return replace(ticket, due_on=later_by(desk.calendar, ticket.due_on, china_day(since), desk.today))


def paused_at(desk: Desk, ticket: Ticket) -> datetime | None:
    """When its clock was stopped (停表), or None while it runs."""
    if ticket.state is not State.WAITING_EXTERNAL:
        return None
    return entered(told_of(desk, ticket.id), State.WAITING_EXTERNAL)


def entered(events: tuple[TicketEvent, ...], state: State) -> datetime | None:
    """When a story last came into `state`; None when it never did."""
    return next((one.at for one in reversed(events) if one.to_state is state != one.from_state), None)


def paused_since(desk: Desk, ticket: Ticket) -> date | None:
    """The day its clock was stopped, or None while it runs."""
    since = paused_at(desk, ticket)
    return china_day(since) if since else None


def call_on(desk: Desk, unit: Unit, ticket: Ticket, *, on: date, why: str) -> FollowUp:
    """Schedule a call to whoever came with the matter on that very day."""
    followup = FollowUp(
        id=new_id(desk.now),
        village=ticket.village,
        household=ticket.household,
        due_on=on,
        why=why,
        ticket=ticket.id,
        person=ticket.visitor,
        phone=ticket.visitor_phone,
    )
    unit.save(followup)
    return followup


def chain_of(event: TicketEvent) -> str:
    """The hash the next line names as its `previous`."""
    line = [event.id, event.ticket, event.at.isoformat(), event.actor, event.verb, event.to_state, event.note]
    if event.device:  # lines of older releases do not name it, and keep the hash they had
        line.append(event.device)
    return hashlib.sha256(canonical([event.previous, *line]).encode()).hexdigest()
