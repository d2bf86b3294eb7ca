"""The days of a list: when she goes, when the worker calls to ask, until when papers are owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.actions.desk import Desk
from app.domain.checklists.checklist import Checklist, Step
from app.domain.checklists.checklist_plan import day_to_go
from app.domain.checklists.checklist_steps import owed_day, owed_within
from app.domain.packs.service_item import Limit
from app.domain.problem import UserError
from app.domain.workdays import add_workdays, next_workday

EXTERNAL_DAYS = 7  # police, court, hospital name no day: asked once a week (SD-006)
UNPLANNED_WORKDAYS = 3  # nobody said which day: asked after this many


def plan(desk: Desk, checklist: str, going_on: date | None) -> Checklist:
    """She goes on that day, or (None) nobody has said when. Raises UserError when it is over already."""
    if going_on is not None and going_on < desk.today:
        raise UserError("这一天已经过去了，换一天。", field="going_on")
    kept = planned(desk, desk.store.reading.get(Checklist, checklist), going_on)
    with desk.unit("plan checklist") as unit:
        unit.save(kept)
    return kept


def up_to_date(desk: Desk, checklist: Checklist) -> Checklist:
    """`checklist` with a day to come, where the planned one has gone by before anything was given away."""
    open_ = any(not step.done for step in checklist.steps)
    given = any(not printing.draft for printing in checklist.printings)
    stale = checklist.going_on is not None and checklist.going_on < desk.today and not given
    if open_ and stale:
        return planned(desk, checklist, day_to_go(checklist.steps, desk.today, desk.calendar))
    if open_ and (checklist.call_on is None or checklist.call_on < desk.today):
        return replace(checklist, call_on=call_day(desk, checklist.going_on))
    return checklist


def planned(desk: Desk, checklist: Checklist, going_on: date | None) -> Checklist:
    """`checklist` for that day: when the worker calls, and until when papers are owed."""
    before, now = checklist.going_on or checklist.made_on, going_on or desk.today
    moved = replace(checklist, going_on=going_on, call_on=call_day(desk, going_on))
    return replace(moved, steps=tuple(_owed_anew(desk, moved, step, before, now) for step in moved.steps))


def call_day(desk: Desk, going_on: date | None) -> date:
    """The day the worker calls to ask: the working day after she went."""
    if going_on is None or going_on < desk.today:
        return add_workdays(desk.calendar, desk.today, UNPLANNED_WORKDAYS).day
    return next_workday(desk.calendar, going_on + timedelta(days=1)).day


def waiting_day(desk: Desk, step: Step) -> date | None:
    """When a step handed in today should have come back; None when it keeps nobody waiting.

    A day on which no office works is moved to the next on which one does: there would be nobody to ask.
    """
    if step.limit is not None:
        end = owed_day(step.limit, desk.today, desk.calendar)
    elif step.external:
        end = desk.today + timedelta(days=EXTERNAL_DAYS)
    else:
        return None
    return next_workday(desk.calendar, end).day


def _owed_anew(desk: Desk, checklist: Checklist, step: Step, before: date, now: date) -> Step:
    """A paper owed within so many days of handing in is owed later when she goes later.

    A day that the worker typed herself stands.
    """
    papers = []
    for paper in step.papers:
        limit = _limit_of(desk, checklist, step, paper.material) if paper.owed_until else None
        if limit is not None and paper.owed_until == owed_day(limit, before, desk.calendar):
            paper = replace(paper, owed_until=owed_day(limit, now, desk.calendar))
        papers.append(paper)
    return replace(step, papers=tuple(papers))


def _limit_of(desk: Desk, checklist: Checklist, step: Step, material: str) -> Limit | None:
    items = [desk.pack.item_table.get(code) for code in step.items or (checklist.item,)]
    found = (each for item in items if item for each in item.materials if each.id == material)
    each = next(found, None)
    return owed_within(each, desk.pack, checklist.village, desk.today) if each else None
