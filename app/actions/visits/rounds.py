"""What she tells the plan: why a visit did not take place, and whom to see besides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actions.desk import Desk
from app.actions.visits.families import Family, families
from app.actions.visits.plan import plan
from app.domain.ids import new_id
from app.domain.packs.policy import KeyGroup
from app.domain.problem import UserError
from app.domain.schedule import after_event
from app.domain.visits.duty import Stand, period_of
from app.domain.visits.missed import REASONS, MissedVisit
from app.domain.visits.task import VisitTask
from app.domain.visits.visit import PURPOSES

FIVE_GROUPS = "VP18"


@dataclass(frozen=True)
class GroupCount:
    """One of the key groups: how many people in which households, and how many of these are in the plan."""

    group: KeyGroup
    people: int
    households: tuple[str, ...]
    planned: int


def say_why(
    desk: Desk, household: str, why: str, *, again_on: date | None = None, note: str = ""
) -> MissedVisit:
    """Note why this household was not seen in time, for the most pressing thing it is owed.

    Raises UserError tied to `why`, `note` or `again_on`.
    """
    if why not in REASONS:
        raise UserError("点一下为什么没去成。", field="why")
    if why == "other" and not note.strip():
        raise UserError("写一句是什么原因。", field="note")
    if again_on is not None and again_on < desk.today:
        raise UserError("补访的日子已经过了，选今天或以后。", field="again_on")
    stop = plan(desk).stop(household)
    if stop is None or not stop.todos:
        raise UserError("这一户眼下没有该去的，不用说原因。", field="why")
    home = families(desk)[household].household
    made = [
        MissedVisit(
            id=new_id(desk.now),
            village=home.village,
            household=household,
            purpose=one.purpose,
            due_on=(one.duty.missed if one.duty and one.duty.missed else one.due),
            why=why,
            said_at=desk.now,
            said_by=desk.worker,
            again_on=again_on,
            note=note.strip(),
        )
        for one in stop.todos
        if one.missed is not None or one.stand is Stand.OVERDUE or one is stop.todos[0]
    ]
    with desk.unit("visit not made") as unit:
        for one in made:
            unit.save(one)
    return made[0]


def put_in(desk: Desk, household: str, purpose: str, due_on: date, why: str) -> VisitTask:
    """Put a visit into the plan by hand. One for that purpose that still stands there is moved instead."""
    if purpose not in PURPOSES:
        raise UserError("还没选为什么去。", field="purpose")
    if due_on < desk.today:
        raise UserError("最晚哪天去，选今天或以后。", field="due_on")
    with desk.unit("plan visit") as unit:
        task = _task(desk, household, purpose, due_on, why)
        unit.save(task)
    return task


def something_happened(desk: Desk, household: str, purpose: str, why: str) -> VisitTask:
    """A blow (VP07, VP15) or a doubt (VP05): to be seen to within the hours or days of the pack's rule."""
    return put_in(desk, household, purpose, event_due(desk, purpose), why)


def event_due(desk: Desk, purpose: str) -> date:
    """The last day of the pack's rule for what happened today; tomorrow where it has none."""
    return after_event(desk.pack, purpose, desk.village, desk.today, desk.calendar)


def drop(desk: Desk, task: VisitTask) -> None:
    """Take it out of the plan unvisited."""
    with desk.unit("visit not needed") as unit:
        unit.save(replace(task, dropped=True))


def key_groups(desk: Desk) -> tuple[GroupCount, ...]:
    """The key groups (重点摸排的五类人群) with who belongs to them today, as the pack says."""
    known = families(desk)
    standing = {one.household for one in _standing(desk)}
    counted = []
    for group in desk.pack.groups:
        homes = {key: one.groups[group.id] for key, one in known.items() if group.id in one.groups}
        planned = sum(home in standing for home in homes)
        counted.append(GroupCount(group, sum(map(len, homes.values())), tuple(homes), planned))
    return tuple(counted)


def plan_group(desk: Desk, group: str) -> int:
    """Put every household of a key group into the plan, due by the end of the pack's period; how many.

    One that was seen for this in the same period already is left out.
    """
    known = families(desk)
    rule = next((one for one in desk.pack.cadences if one.purpose == FIVE_GROUPS), None)
    period = period_of(rule, desk.today) if rule is not None and rule.calendar else None
    due = period.last if period is not None else event_due(desk, FIVE_GROUPS)
    name = next(one.name for one in desk.pack.groups if one.id == group)
    standing = {one.household for one in _standing(desk)}
    seen = plan(desk).seen_for(FIVE_GROUPS, since=period.first if period is not None else desk.today)
    homes = [key for key, one in known.items() if group in one.groups and key not in standing | seen]
    with desk.unit("plan key group") as unit:
        for home in homes:
            unit.save(_new_task(desk, known[home], FIVE_GROUPS, due, name, known[home].groups[group]))
    return len(homes)


def _task(desk: Desk, household: str, purpose: str, due_on: date, why: str) -> VisitTask:
    standing = next(
        (one for one in _standing(desk) if (one.household, one.purpose) == (household, purpose)), None
    )
    if standing is not None:
        return replace(standing, due_on=due_on, why=why)
    return _new_task(desk, families(desk)[household], purpose, due_on, why)


def _new_task(
    desk: Desk, home: Family, purpose: str, due_on: date, why: str, persons: tuple[str, ...] = ()
) -> VisitTask:
    return VisitTask(
        id=new_id(desk.now),
        village=home.household.village,
        household=home.household.id,
        purpose=purpose,
        due_on=due_on,
        why=why,
        asked_at=desk.now,
        asked_by=desk.worker,
        persons=persons,
    )


def _standing(desk: Desk) -> tuple[VisitTask, ...]:
    """Tasks that wait in the plan."""
    return tuple(todo.task for stop in plan(desk).stops for todo in stop.todos if todo.task is not None)
