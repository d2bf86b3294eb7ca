"""Follow-ups (回访): the worker calls first, and what she hears goes into the ticket's story."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.tickets import follow_plan, ticket_steps
from app.domain.ids import new_id
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.tickets import five_questions
from app.domain.tickets.followup import FollowUp, Heard
from app.domain.tickets.ticket import Ticket
from app.store.unit import Unit

# Nobody answered: again tomorrow; after the second time a neighbour or the group head goes (SD-006).
TRIES_BEFORE_A_NEIGHBOUR = 2
HOME = "home"  # the channel of a call made at the door


def due(desk: Desk, *, by: date | None = None) -> tuple[FollowUp, ...]:
    """Not yet done and due on or before `by` (today), the oldest first."""
    return desk.store.reading.due(FollowUp, by or desk.today)


def schedule(
    desk: Desk, *, household: str, on: date, why: str, person: str = "", phone: str = "", ticket: str = ""
) -> FollowUp:
    """Raises UserError when the day is past or nobody said why."""
    if on < desk.today:
        raise UserError("这一天已经过去了，换一天。", field="on")
    if not why.strip():
        raise UserError("到时候问什么？写一句。", field="why")
    followup = FollowUp(
        id=new_id(desk.now),
        village=desk.village,
        household=household,
        due_on=on,
        why=why,
        ticket=ticket,
        person=person,
        phone=phone,
    )
    with desk.unit("schedule follow-up") as unit:
        unit.save(followup)
    return followup


def now(desk: Desk, ticket: str) -> FollowUp:
    """A call that was made though none was due: it stands from today, to be settled."""
    found = desk.store.reading.get(Ticket, ticket)
    with desk.unit("call made") as unit:
        return ticket_steps.call_on(desk, unit, found, on=desk.today, why="问办到哪一步了")


def done(
    desk: Desk,
    followup: str,
    *,
    outcome: str = "",
    channel: str = "phone",
    next_on: date | None = None,
    heard: tuple[Heard, ...] = (),
    urgent: bool = False,
) -> FollowUp:
    """She was reached: what she said in words, or `heard` by pointing at the five questions.

    `next_on` schedules the next call. With `urgent` a ticket for the hardship is opened at once; its id
    stands in the call. Raises UserError when nothing was noted.
    """
    told = "".join(part for part in (five_questions.said(heard), outcome.strip()) if part)
    if not told:
        raise UserError("问到什么了？写一句。", field="outcome")
    found = desk.store.reading.get(FollowUp, followup)
    with desk.unit("follow-up done") as unit:
        opened = _open_urgent(desk, unit, found, heard, outcome) if urgent else None
        finished = replace(
            found,
            done_at=desk.now,
            outcome=told,
            channel=channel,
            next_on=next_on,
            heard=heard,
            urgent=opened.id if opened else "",
        )
        unit.save(finished)
        _tell(desk, unit, finished, opened)
        if next_on:
            unit.save(replace(found, id=new_id(desk.now), due_on=next_on, unanswered=0))
    return finished


def _tell(desk: Desk, unit: Unit, call: FollowUp, opened: Ticket | None) -> None:
    """What was heard, and what was opened for it, in the story of the ticket it is about."""
    ticket = _ticket(desk, call)
    if ticket is None:
        return
    verb = "上门回访" if call.channel == HOME else "打电话回访"
    ticket_steps.tell(desk, unit, ticket, ticket.state, verb, call.outcome)
    if opened:
        words = f"急难另开一张单，尾号 {opened.short_number}"
        ticket_steps.tell(desk, unit, ticket, ticket.state, "家里有急难", words)


def _open_urgent(desk: Desk, unit: Unit, call: FollowUp, heard: tuple[Heard, ...], outcome: str) -> Ticket:
    """A ticket of its own for a hardship heard of in a call: it goes the urgent way by itself."""
    about = next((one.words for one in heard if one.question == five_questions.HARDSHIP), "")
    person = desk.store.reading.find(Person, call.person) if call.person else None
    before = _ticket(desk, call)
    matter = Ticket(
        new_id(desk.now),
        call.village,
        received_at=desk.now,
        received_by=desk.worker,
        owner=desk.worker,
        request=f"回访时说家里有急难：{about or outcome.strip() or '急着要帮'}",
        channel="call",
        household=call.household,
        visitor=call.person,
        visitor_name=person.name if person else before.visitor_name if before else "",
        visitor_phone=call.phone,
        subject=call.person,
        nature="urgent",
        urgent=True,
    )
    return ticket_steps.open_ticket(desk, unit, matter)


@dataclass(frozen=True)
class Call:
    """A call to make: `again_days` until the next one by its rule, 0 for none; `matter` is its ticket."""

    followup: FollowUp
    again_days: int
    matter: Ticket | None


def call(desk: Desk, followup: str) -> Call:
    """One call with what there is to know before dialling."""
    found = desk.store.reading.get(FollowUp, followup)
    return Call(found, follow_plan.again_days(desk, found), _ticket(desk, found))


def unanswered(desk: Desk, followup: str) -> FollowUp:
    """Nobody answered: moved to tomorrow, and from the second time on with the advice to go there."""
    found = desk.store.reading.get(FollowUp, followup)
    tries = found.unanswered + 1
    why = found.why
    if tries >= TRIES_BEFORE_A_NEIGHBOUR and "请组长或邻居" not in why:
        why = f"{why}（打不通，请组长或邻居去看看）"
    moved = replace(found, unanswered=tries, due_on=desk.today + timedelta(days=1), why=why)
    with desk.unit("follow-up unanswered") as unit:
        unit.save(moved)
    return moved


def _ticket(desk: Desk, followup: FollowUp) -> Ticket | None:
    return desk.store.reading.find(Ticket, followup.ticket) if followup.ticket else None
