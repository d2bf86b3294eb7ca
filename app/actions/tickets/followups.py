"""Follow-ups (回访): the worker calls first, and what she hears goes into the ticket's story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.tickets import ticket_steps
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket

# Nobody answered: again tomorrow; after the second time a neighbour or the group head goes (SD-006).
TRIES_BEFORE_A_NEIGHBOUR = 2


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


def done(
    desk: Desk, followup: str, *, outcome: str, channel: str = "phone", next_on: date | None = None
) -> FollowUp:
    """She was reached. `next_on` schedules the next call. Raises UserError when nothing was noted."""
    if not outcome.strip():
        raise UserError("问到什么了？写一句。", field="outcome")
    found = desk.store.reading.get(FollowUp, followup)
    finished = replace(found, done_at=desk.now, outcome=outcome, channel=channel, next_on=next_on)
    with desk.unit("follow-up done") as unit:
        unit.save(finished)
        if ticket := _ticket(desk, found):
            ticket_steps.tell(desk, unit, ticket, ticket.state, "打电话回访", outcome)
        if next_on:
            unit.save(
                replace(found, id=new_id(desk.now), due_on=next_on, unanswered=0, done_at=None, next_on=None)
            )
    return finished


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
