"""First-visit tickets: register, decide, follow, give the result, tell the citizen, close."""

from __future__ import annotations

from dataclasses import replace

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import call_back, move, open_ticket, restarted, set_course, tell
from app.domain.ids import new_id
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.tickets.ticket import (
    WAITING,
    Disposition,
    ReplyMode,
    State,
    Ticket,
    TicketEvent,
    Trip,
    needs_cause,
)
from app.domain.workdays import add_workdays
from app.store.unit import Unit

# A step outside (police, court, hospital) is asked after once a week; an ended matter after a week.
EXTERNAL_FOLLOWUP_DAYS = 7
AFTER_CLOSING_DAYS = 7
# 差评整改: a reply that does not satisfy is put right within 15 working days.
PUT_RIGHT_WORKDAYS = 15


def register(
    desk: Desk,
    *,
    request: str,
    household: str = "",
    visitor: str = "",
    visitor_name: str = "",
    visitor_phone: str = "",
    subject: str = "",
    items: tuple[str, ...] = (),
    channel: str = "come",
    urgent: bool = False,
    visit: str | None = None,
    draft: str = "",
) -> Ticket:
    """Register a matter: it gets its number, and this worker owns it to its end.

    `draft` is the unfinished form it was written on; it goes. Raises UserError without words.
    """
    if not request.strip():
        raise UserError("来办什么事？照她的原话写一句。", field="request")
    if visitor and not visitor_name:
        visitor_name = desk.store.reading.get(Person, visitor).name
    matter = replace(
        _matter(desk, request),
        household=household,
        visitor=visitor,
        visitor_name=visitor_name,
        visitor_phone=visitor_phone,
        subject=subject,
        items=items,
        channel=channel,
        urgent=urgent,
        visit=visit,
    )
    with desk.unit("register ticket") as unit:
        if draft:
            desk.store.drafts.drop(draft)
        return open_ticket(desk, unit, matter)


def decide(desk: Desk, ticket: str, how: Disposition, *, to: str = "", note: str = "") -> Ticket:
    """Decide how it is handled: 当场办, 转出去, 一事一议 or 讲政策. Sets the day it is due.

    Raises UserError when it was not registered, was decided already, or nobody to hand it to is named.
    """
    with desk.unit("decide ticket") as unit:
        return set_course(desk, unit, _get(desk, ticket), how, to=to, note=note)


def accepted(desk: Desk, ticket: str, *, note: str = "") -> Ticket:
    """The other side has taken it; the first receiver still owns it to the end."""
    return _step(desk, ticket, State.IN_PROGRESS, "对方已收", note)


def refused(desk: Desk, ticket: str, *, why: str) -> Ticket:
    """The other side will not take it: it is back with the first receiver, to decide anew.

    Raises UserError without a reason, or when it was not handed over.
    """
    if not why.strip():
        raise UserError("为什么不收？写一句，下次转对地方。", field="note")
    return _step(desk, ticket, State.TRIAGED, "对方没收", why)


def wait_for(desk: Desk, ticket: str, what: str, *, external: bool) -> Ticket:
    """It waits for the applicant or for police, court or hospital; a call to ask is scheduled.

    Raises UserError when nothing is named.
    """
    if not what.strip():
        raise UserError("在等什么？写一句，下次好问。", field="waiting_for")
    state = State.WAITING_EXTERNAL if external else State.WAITING_APPLICANT
    with desk.unit("ticket waits") as unit:
        found = replace(restarted(desk, _get(desk, ticket)), waiting_for=what)
        found = _taken(desk, unit, found)
        if found.state in WAITING:
            found = move(desk, unit, found, State.IN_PROGRESS, "接着办", "")
        moved = move(desk, unit, found, state, f"等{what}", "")
        call_back(desk, unit, moved, days=EXTERNAL_FOLLOWUP_DAYS, why=f"问{what}到哪一步了")
    return moved


def go_on(desk: Desk, ticket: str, *, note: str) -> Ticket:
    """What it waited for has come; days spent waiting for an office outside do not count."""
    with desk.unit("ticket goes on") as unit:
        found = replace(restarted(desk, _get(desk, ticket)), waiting_for="")
        return move(desk, unit, found, State.IN_PROGRESS, "接着办", note)


def add_note(desk: Desk, ticket: str, *, verb: str, note: str) -> TicketEvent:
    """A line in the story that changes nothing else: a call made, a paper brought."""
    if not note.strip():
        raise UserError("写一句，别人接手才看得懂。", field="note")
    with desk.unit("ticket note") as unit:
        found = _get(desk, ticket)
        return tell(desk, unit, found, found.state, verb, note)


def resolve(desk: Desk, ticket: str, *, result: str) -> Ticket:
    """There is a result. Raises UserError when it is not said in words."""
    with desk.unit("ticket result") as unit:
        found = replace(restarted(desk, _get(desk, ticket)), result=result.strip(), waiting_for="")
        if found.result:
            found = _taken(desk, unit, found)
        return move(desk, unit, found, State.RESOLVED, "有结果了", result)


def reply(
    desk: Desk,
    ticket: str,
    *,
    mode: ReplyMode,
    words: str,
    satisfaction: int | None = None,
    rated_by: str = "",
) -> Ticket:
    """The citizen has been told. A rating of 2 or 1 opens it again (M-40); otherwise it may be closed."""
    with desk.unit("ticket reply") as unit:
        found = _get(desk, ticket)
        told = replace(
            found,
            replied_at=desk.now,
            reply_mode=mode,
            reply=words,
            satisfaction=satisfaction,
            rated_by=rated_by,
        )
        told = move(desk, unit, told, State.REPLIED, "回了话", words)
        if satisfaction is not None and satisfaction <= 2:
            due = add_workdays(desk.calendar, desk.today, PUT_RIGHT_WORKDAYS).day
            again = replace(told, due_on=due, result="", replied_at=None, reply_mode=None)
            return move(desk, unit, again, State.IN_PROGRESS, "不满意，重新办", words)
    return told


def close(desk: Desk, ticket: str) -> Ticket:
    """办结 and 归档 in one: only with a result and a reply. Schedules the call a week later."""
    with desk.unit("close ticket") as unit:
        closed = _get(desk, ticket)
        if closed.state is not State.CLOSED:
            closed = move(desk, unit, closed, State.CLOSED, "办结", "")
        archived = move(desk, unit, closed, State.ARCHIVED, "归档", "")
        call_back(desk, unit, archived, days=AFTER_CLOSING_DAYS, why="办完一周，问落实了没有")
    return archived


def withdraw(desk: Desk, ticket: str, *, why: str) -> Ticket:
    """The citizen takes the matter back. Raises UserError without a reason."""
    if not why.strip():
        raise UserError("为什么不办了？写一句。", field="why")
    return _step(desk, ticket, State.WITHDRAWN, "不办了", why)


def add_trip(desk: Desk, ticket: str, trip: Trip) -> Ticket:
    """One journey of the citizen. The second and later need their cause (M-12)."""
    found = _get(desk, ticket)
    needs_cause(found.trips, trip)
    with desk.unit("trip") as unit:
        told = replace(found, trips=(*found.trips, trip))
        unit.save(told)
        tell(desk, unit, told, told.state, f"跑了第 {len(told.trips)} 趟", f"{trip.where}：{trip.outcome}")
    return told


def _matter(desk: Desk, request: str) -> Ticket:
    now, me = desk.now, desk.worker
    return Ticket(new_id(now), desk.village, received_at=now, received_by=me, request=request, owner=me)


def _taken(desk: Desk, unit: Unit, ticket: Ticket) -> Ticket:
    # Whatever comes back from the other side shows that they took it.
    if ticket.state in (State.TRANSFERRED, State.DELIBERATING):
        return move(desk, unit, ticket, State.IN_PROGRESS, "对方已收", "")
    return ticket


def _get(desk: Desk, ticket: str) -> Ticket:
    return desk.store.reading.get(Ticket, ticket)


def _step(desk: Desk, ticket: str, to: State, verb: str, note: str) -> Ticket:
    with desk.unit(f"ticket {to.value}") as unit:
        return move(desk, unit, _get(desk, ticket), to, verb, note)
