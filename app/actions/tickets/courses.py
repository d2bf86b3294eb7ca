"""What each way of handling adds: who took it, who decided, what was explained, which papers follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import call_on, clock_of, get, move, step, tell
from app.domain.problem import UserError
from app.domain.roles import Right
from app.domain.tickets.handling import (
    ACCEPT_LEVELS,
    DISPUTED,
    NATURES,
    Acceptance,
    Decision,
    Explanation,
    OwedPaper,
)
from app.domain.tickets.limits import Timed
from app.domain.tickets.ticket import State, Ticket


def accepted(
    desk: Desk, ticket: str, *, by: str = "", phone: str = "", number: str = "", note: str = ""
) -> Ticket:
    """The other side has taken it: who, how to reach them, and the number they gave it.

    The first receiver still owns it to the end.
    """
    fact = Acceptance(desk.now, by.strip(), phone.strip(), number.strip())
    said = "。".join(part for part in (fact.words, note) if part)
    with desk.unit("ticket accepted") as unit:
        return move(desk, unit, replace(get(desk, ticket), taken=fact), State.IN_PROGRESS, "对方已收", said)


def refused(desk: Desk, ticket: str, *, why: str) -> Ticket:
    """The other side will not take it: it is back with the first receiver, to decide anew.

    Raises UserError without a reason, or when it was not handed over.
    """
    if not why.strip():
        raise UserError("为什么不收？写一句，下次转对地方。", field="note")
    return step(desk, ticket, State.TRIAGED, "对方没收", why)


def decided(desk: Desk, ticket: str, *, by: str, words: str, on: date | None = None, how: str = "") -> Ticket:
    """A deliberation came to an end: `by` whom, in which words, `on` which day (today), `how` (会议…).

    Raises UserError when who or what is not said, or the day has not come.
    """
    if not by.strip():
        raise UserError("谁定的？写上是哪个会或哪个人。", field="by")
    if not words.strip():
        raise UserError("定的是什么？照他们说的写一句。", field="note")
    if on is not None and on > desk.today:
        raise UserError("这一天还没到，看看日子。", field="on")
    fact = Decision(on or desk.today, by.strip(), how, words.strip())
    said = f"{fact.on.month}月{fact.on.day}日，{fact.by}{'，' + how if how else ''}：{fact.words}"
    with desk.unit("ticket decided") as unit:
        found = replace(get(desk, ticket), decision=fact)
        if found.state is not State.DELIBERATING:
            raise UserError("这件事没有报上去议，不用写议定。")
        return move(desk, unit, found, State.IN_PROGRESS, "议定了", said)


def explained(desk: Desk, ticket: str, given: Explanation, *, nature: str = "") -> Ticket:
    """The policy was explained, and that is the result. `nature` proposes (拟定) that the wish is against
    the rules or not for this office; it counts only once the town has agreed.

    Raises UserError beside what is still to be said.
    """
    if nature and nature not in NATURES:
        raise ValueError(nature)
    fact = given.checked(nature)
    level = ACCEPT_LEVELS[fact.accept_level]
    result = f"讲了{'、'.join(fact.points)}；{level}"
    if fact.basis:
        result += f"。依据：{fact.basis}"
    with desk.unit("ticket explained") as unit:
        found = get(desk, ticket)
        plain = "consult" if found.nature == "reasonable" else found.nature
        found = replace(found, explanation=fact, nature=nature or plain, result=result, confirmed_by="")
        told = move(desk, unit, found, State.RESOLVED, "讲清了", result)
        if nature in DISPUTED:
            tell(desk, unit, told, told.state, f"拟定：{NATURES[nature]}", "由镇里再看一遍才算。")
    return told


def confirm_nature(desk: Desk, ticket: str, *, agreed: bool, note: str = "") -> Ticket:
    """The town's officer looked at what the worker proposed; only with her yes it is counted.

    Raises UserError for another role, when nothing is proposed, or for a no without a reason.
    """
    desk.require(Right.CONFIRM)
    found = get(desk, ticket)
    if not found.provisional:
        raise UserError("这张单没有等镇里定的。")
    if not agreed and not note.strip():
        raise UserError("为什么不同意？写一句，协理员照着接着办。", field="note")
    with desk.unit("nature confirmed") as unit:
        if agreed:
            kept = replace(found, confirmed_by=desk.worker)
            tell(desk, unit, kept, kept.state, f"镇里定了：{NATURES[found.nature]}", note)
        else:
            kept = replace(found, nature="reasonable")
            tell(desk, unit, kept, kept.state, "镇里不同意，按合理的办", note)
            again = "再登记一张来办" if kept.ended else "接着办"
            call_on(desk, unit, kept, on=desk.today, why=f"告诉她镇里的意见，{again}")
        unit.save(kept)
    return kept


def owe(desk: Desk, ticket: str, *, name: str, on: date | None = None) -> Ticket:
    """A paper may follow (容缺) until the day `on`; the matter goes on, and a call reminds of it.

    Raises UserError when it is not named, the day is past, or it is owed already.
    """
    if not name.strip():
        raise UserError("缺哪一样？写上名字。", field="paper")
    day = on or clock_of(desk).ends(Timed.PAPERS, desk.today) or desk.today
    if day < desk.today:
        raise UserError("这一天已经过去了，换一天。", field="paper_on")
    found = get(desk, ticket)
    if any(one.name == name.strip() and not one.brought_on for one in found.owed):
        raise UserError("这一样已经记了，还没补来。", field="paper")
    kept = replace(found, owed=(*found.owed, OwedPaper(name.strip(), day)))
    with desk.unit("paper may follow") as unit:
        unit.save(kept)
        tell(desk, unit, kept, kept.state, "容缺先办", f"{name.strip()} {day.month}月{day.day}日前补来")
        call_on(desk, unit, kept, on=day, why=f"问{name.strip()}补来没有")
    return kept


def brought(desk: Desk, ticket: str, *, name: str) -> Ticket:
    """A paper that was owed has come. Raises UserError when none of that name is owed."""
    found = get(desk, ticket)
    if not any(one.name == name and not one.brought_on for one in found.owed):
        raise UserError("没有记这一样要补。", field="paper")
    owed = tuple(
        replace(one, brought_on=desk.today) if one.name == name and not one.brought_on else one
        for one in found.owed
    )
    with desk.unit("paper came") as unit:
        kept = replace(found, owed=owed)
        unit.save(kept)
        tell(desk, unit, kept, kept.state, "补来了", name)
    return kept
