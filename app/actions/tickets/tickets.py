"""First-visit tickets: register, decide, follow, give the result, tell the citizen, close."""

from __future__ import annotations

from dataclasses import replace

from app.actions.desk import Desk
from app.actions.tickets import follow_plan, subtasks
from app.actions.tickets.ticket_steps import (
    call_off,
    get,
    hop,
    move,
    open_ticket,
    restarted,
    set_course,
    step,
    taken,
    tell,
)
from app.domain.ids import new_id
from app.domain.packs.follow_rule import After
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.tickets.ticket import (
    WAITING,
    Accompanied,
    Disposition,
    State,
    Ticket,
    TicketEvent,
    Trip,
    needs_cause,
)


def register(
    desk: Desk, *, request: str, household: str = "", visitor: str = "", visitor_name: str = "",
    visitor_phone: str = "", subject: str = "", items: tuple[str, ...] = (), channel: str = "come",
    urgent: bool = False, nature: str = "reasonable", visit: str | None = None, draft: str = "",
    relation: str = "", proof: str = "",
) -> Ticket:  # fmt: skip
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
        nature=nature,
        visit=visit,
        relation=relation,
        proof=proof,
    )
    with desk.unit("register ticket") as unit:
        if draft:
            desk.store.drafts.drop(draft)
        return open_ticket(desk, unit, matter)


def decide(
    desk: Desk, ticket: str, how: Disposition, *, to: str = "", note: str = "", nature: str = ""
) -> Ticket:
    """Decide how it is handled: 当场办, 转出去, 一事一议 or 讲政策. Sets the day it is due, for which
    `nature` (咨询、求助、投诉) counts too.

    Raises UserError when it was not registered, was decided already, or nobody to hand it to is named.
    """
    with desk.unit("decide ticket") as unit:
        found = get(desk, ticket)
        if nature:
            found = replace(found, nature=nature)
        return set_course(desk, unit, found, how, to=to, note=note)


def wait_for(desk: Desk, ticket: str, what: str, *, external: bool) -> Ticket:
    """It waits for the applicant or for police, court or hospital; a call to ask is scheduled.

    Raises UserError when nothing is named.
    """
    if not what.strip():
        raise UserError("在等什么？写一句，下次好问。", field="waiting_for")
    state = State.WAITING_EXTERNAL if external else State.WAITING_APPLICANT
    with desk.unit("ticket waits") as unit:
        found = replace(restarted(desk, get(desk, ticket)), waiting_for=what)
        found = taken(desk, unit, found)
        if found.state in WAITING:
            found = hop(desk, unit, found, State.IN_PROGRESS, "接着办", "")
        moved = move(desk, unit, found, state, f"等{what}", "")
        follow_plan.plan(desk, unit, moved, After.EXTERNAL if external else After.PAPERS, what=what)
        call_off(desk, unit, moved)
    return moved


def go_on(desk: Desk, ticket: str, *, note: str) -> Ticket:
    """What it waited for has come; days spent waiting for an office outside do not count, and calls
    planned to ask after it are called off."""
    with desk.unit("ticket goes on") as unit:
        found = replace(restarted(desk, get(desk, ticket)), waiting_for="")
        return move(desk, unit, found, State.IN_PROGRESS, "接着办", note)


def add_note(desk: Desk, ticket: str, *, verb: str, note: str) -> TicketEvent:
    """A line in the story that changes nothing else: a call made, a paper brought."""
    if not note.strip():
        raise UserError("写一句，别人接手才看得懂。", field="note")
    with desk.unit("ticket note") as unit:
        found = get(desk, ticket)
        return tell(desk, unit, found, found.state, verb, note)


def resolve(desk: Desk, ticket: str, *, result: str, despite: str = "") -> Ticket:
    """There is a result. Raises UserError when it is not said in words, or when somebody asked to help
    has not finished and nobody says why (`despite`) that need not be waited for.
    """
    with desk.unit("ticket result") as unit:
        found = replace(restarted(desk, get(desk, ticket)), result=result.strip(), waiting_for="")
        if found.result:
            found = taken(desk, unit, found)
            subtasks.settle(desk, unit, found, despite=despite)
        return move(desk, unit, found, State.RESOLVED, "有结果了", result)


def close(desk: Desk, ticket: str) -> Ticket:
    """办结 and 归档 in one: only with a result and a reply. Schedules the calls that follow."""
    with desk.unit("close ticket") as unit:
        closed = get(desk, ticket)
        if closed.state is not State.CLOSED:
            closed = move(desk, unit, closed, State.CLOSED, "办结", "")
        archived = move(desk, unit, closed, State.ARCHIVED, "归档", "")
        follow_plan.plan(desk, unit, archived, After.CLOSED)
    return archived


def withdraw(desk: Desk, ticket: str, *, why: str) -> Ticket:
    """The citizen takes the matter back. Raises UserError without a reason."""
    if not why.strip():
        raise UserError("为什么不办了？写一句。", field="why")
    return step(desk, ticket, State.WITHDRAWN, "不办了", why)


def add_trip(desk: Desk, ticket: str, trip: Trip, *, company: str = "") -> Ticket:
    """One journey of the citizen. The second and later need their cause (M-12). `company`: who went along."""
    found = get(desk, ticket)
    needs_cause(found.trips, trip)
    with desk.unit("trip") as unit:
        told = replace(found, trips=(*found.trips, trip))
        if company.strip():
            told = replace(
                told, accompanied=(*found.accompanied, Accompanied(trip.on, company.strip(), trip.where))
            )
        unit.save(told)
        said = f"{trip.where}：{trip.outcome}" + (f"，{company.strip()}陪着去的" if company.strip() else "")
        tell(desk, unit, told, told.state, f"跑了第 {len(told.trips)} 趟", said)
    return told


def _matter(desk: Desk, request: str) -> Ticket:
    now, me = desk.now, desk.worker
    return Ticket(new_id(now), desk.village, received_at=now, received_by=me, request=request, owner=me)
