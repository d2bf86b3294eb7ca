"""Joint handling (一门受理、协同办理): parts of a matter asked of other offices, followed by one worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import clock_of, get, tell
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.domain.tickets.limits import Timed
from app.domain.tickets.subtask import SubTask, open_parts
from app.domain.tickets.ticket import State, Ticket
from app.store.unit import Unit

# Parts are given out once it is known how the matter is handled, and before it has its result.
MAY_ASK = frozenset(
    {
        State.INSTANT,
        State.TRANSFERRED,
        State.DELIBERATING,
        State.IN_PROGRESS,
        State.WAITING_APPLICANT,
        State.WAITING_EXTERNAL,
    }
)


def of_ticket(desk: Desk, ticket: str) -> tuple[SubTask, ...]:
    """Every part of a ticket in the order they were asked for, also those that are over."""
    return desk.store.reading.where(SubTask, ticket=ticket)


def ask(
    desk: Desk, ticket: str, *, who: str, what: str, due_on: date | None = None, phone: str = ""
) -> SubTask:
    """Ask `who` to do a part. Without a day it is due as a matter handed over would be.

    Raises UserError when who or what is not said, the day is past, or the matter is not being handled.
    """
    if not who.strip():
        raise UserError("请谁协办？选一个地方，或写上。", field="who")
    if not what.strip():
        raise UserError("请他们办什么？写一句。", field="what")
    if due_on is not None and due_on < desk.today:
        raise UserError("这一天已经过去了，换一天。", field="due_on")
    found = get(desk, ticket)
    if found.state not in MAY_ASK:
        raise UserError(
            "先说怎么办，再请别处协办。" if not found.result else "已经有结果了，不用再请人协办。"
        )
    part = SubTask(
        id=new_id(desk.now),
        village=found.village,
        ticket=ticket,
        who=who.strip(),
        what=what.strip(),
        asked_at=desk.now,
        due_on=due_on or clock_of(desk).ends(Timed.TRANSFER, desk.today),
        phone=phone,
    )
    with desk.unit("ask for a part") as unit:
        unit.save(part)
        tell(desk, unit, found, found.state, f"请{part.who}协办", part.what)
    return part


def done(desk: Desk, part: str, *, result: str) -> SubTask:
    """They did it. Raises UserError without a result in words."""
    if not result.strip():
        raise UserError("办成什么样？写一句。", field="part_result")
    return _end(desk, part, result, unfinished=False)


def given_up(desk: Desk, part: str, *, why: str) -> SubTask:
    """It will not be done by them. Raises UserError without a reason."""
    if not why.strip():
        raise UserError("为什么不等他们了？写一句。", field="part_result")
    return _end(desk, part, why, unfinished=True)


def settle(desk: Desk, unit: Unit, ticket: Ticket, *, despite: str = "") -> None:
    """Before a matter gets its result: every open part is over, because of `despite` where it is not done.

    Raises UserError naming who has not finished when no reason is given.
    """
    waiting = open_parts(of_ticket(desk, ticket.id))
    if waiting and not despite.strip():
        names = "、".join(dict.fromkeys(one.who for one in waiting))
        raise UserError(f"{names}协办的还没办完。不等了的，写明为什么。", field="despite")
    for part in waiting:
        unit.save(replace(part, done_at=desk.now, result=despite.strip(), unfinished=True))
        tell(desk, unit, ticket, ticket.state, f"不等{part.who}了", despite.strip())


def _end(desk: Desk, part: str, words: str, *, unfinished: bool) -> SubTask:
    found = desk.store.reading.get(SubTask, part)
    if found.done_at is not None:
        raise UserError("这一件已经记过了。")
    over = replace(found, done_at=desk.now, result=words.strip(), unfinished=unfinished)
    ticket = get(desk, found.ticket)
    verb = f"不等{found.who}了" if unfinished else f"{found.who}办好了"
    with desk.unit("part is over") as unit:
        unit.save(over)
        tell(desk, unit, ticket, ticket.state, verb, words.strip())
    return over
