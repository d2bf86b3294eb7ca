"""What happens to a ticket inside one transaction: number, decision, move, and the line that tells it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.domain.record import canonical
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import (
    FIRST_STATE,
    SERIALS_PER_DEVICE,
    Disposition,
    State,
    Ticket,
    TicketEvent,
    ticket_number,
)
from app.domain.workdays import add_workdays, china_day, next_workday, workdays_between
from app.store.unit import Unit

# Default limits in working days; a county sets its own. 急难 is a matter of hours, due the same day.
LIMIT_WORKDAYS = {
    Disposition.INSTANT: 0,
    Disposition.TRANSFER: 5,
    Disposition.DELIBERATION: 10,
    Disposition.EXPLAIN: 1,
}


def open_ticket(desk: Desk, unit: Unit, draft: Ticket) -> Ticket:
    """Save a new matter and give it its number; the caller has filled in who and what."""
    serial = desk.store.meta.next_serial(f"ticket {desk.today.year}")
    if serial >= SERIALS_PER_DEVICE:
        raise UserError("这台电脑今年的单号用完了，没有取号。请找县里重新登记这台电脑。")
    first = int(desk.store.meta.get("serial_block") or 0) * SERIALS_PER_DEVICE
    number = ticket_number(desk.village, desk.today.year, first + serial)
    unit.save(draft)
    return move(
        desk, unit, replace(draft, number=number), State.REGISTERED, "登记", f"原话：「{draft.request}」"
    )


def set_course(
    desk: Desk, unit: Unit, ticket: Ticket, how: Disposition, *, to: str = "", note: str = ""
) -> Ticket:
    """Decide how a registered matter is handled, and by when. Raises UserError as `tickets.decide` does."""
    if how is Disposition.TRANSFER and not to:
        raise UserError("转给谁？选一个地方，群众才知道去找谁。", field="handed_to")
    if ticket.state is State.REGISTERED:
        ticket = move(desk, unit, ticket, State.TRIAGED, "分类", "")
    limit = 0 if ticket.urgent else LIMIT_WORKDAYS[how]
    due = add_workdays(desk.calendar, desk.today, limit).day
    ticket = replace(ticket, disposition=how, handed_to=to, due_on=due)
    words = {
        Disposition.INSTANT: "当场办",
        Disposition.TRANSFER: f"转给{to}",
        Disposition.DELIBERATION: f"一事一议{'，报' + to if to else ''}",
        Disposition.EXPLAIN: "讲政策",
    }
    return move(desk, unit, ticket, FIRST_STATE[how], words[how], note)


def move(desk: Desk, unit: Unit, ticket: Ticket, to: State, verb: str, note: str) -> Ticket:
    """One step of the machine with its line in the story. Raises UserError when it may not be."""
    moved = ticket.moved(to)
    tell(desk, unit, ticket, to, verb, note)
    unit.save(moved)
    return moved


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
    """`ticket` with its clock running again: working days it waited for police, court or hospital
    are added to the day it is due. A ticket that was not waiting outside comes back as it is.
    """
    if ticket.state is not State.WAITING_EXTERNAL or ticket.due_on is None:
        return ticket
    since = paused_since(desk, ticket)
    waited = max(0, workdays_between(desk.calendar, since, desk.today)) if since else 0
    return replace(ticket, due_on=add_workdays(desk.calendar, ticket.due_on, waited).day)


def paused_since(desk: Desk, ticket: Ticket) -> date | None:
    """The day its clock was stopped (停表), or None while it runs."""
    if ticket.state is not State.WAITING_EXTERNAL:
        return None
    events = told_of(desk, ticket.id)
    entered = [one.at for one in events if one.to_state is State.WAITING_EXTERNAL != one.from_state]
    return china_day(entered[-1]) if entered else None


def call_back(desk: Desk, unit: Unit, ticket: Ticket, *, days: int, why: str) -> FollowUp:
    """Schedule the call in which the worker asks first, `days` from today.

    On a day when no office works there is nobody to ask: then on the next when one does.
    """
    followup = FollowUp(
        id=new_id(desk.now),
        village=ticket.village,
        household=ticket.household,
        due_on=next_workday(desk.calendar, desk.today + timedelta(days=days)).day,
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
    return hashlib.sha256(canonical([event.previous, *line]).encode()).hexdigest()
