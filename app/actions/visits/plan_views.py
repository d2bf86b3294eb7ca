"""What the pages of the plan show: the plan with the list of the day beside it, all read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.visits import day_plan, rounds
from app.actions.visits.coverage import coverage
from app.actions.visits.day_plan import DayPlan
from app.actions.visits.families import Family, families
from app.actions.visits.plan import Plan, plan
from app.actions.visits.rounds import GroupCount
from app.domain.visits.coverage import Coverage
from app.domain.visits.duty import Stand
from app.domain.visits.pairing import Pairing
from app.domain.visits.plan import Stop

# 该去的, told apart in the words of the village: who is meant, not which code it has.
KINDS = {
    "month": ("月入户", ("VP01",)),
    "old": ("老人", ("VP07", "VP08", "VP09", "VP10", "VP11")),
    "child": ("孩子", ("VP12",)),
    "check": ("核查", ("VP02", "VP03", "VP04", "VP05", "VP06")),
    "other": ("别的", ("VP13", "VP14", "VP15", "VP16", "VP17", "VP18")),
}
PRESSING, EVERYTHING = "pressing", "all"


@dataclass(frozen=True)
class Walk:
    """The plan, and the list of today."""

    plan: Plan
    day: DayPlan

    @property
    def today(self) -> date:
        return self.plan.day

    def nothing_at(self, household: str) -> Stop:
        """A household that is owed nothing, to look at all the same."""
        return Stop(household, (), last=self.plan.last_seen(household))

    def clue_for(self, household: str, purpose: str) -> str:
        """The clue that a visit for `purpose` there looks into, "" for none."""
        stop = self.plan.stop(household)
        checks = [one.check for one in stop.todos if one.check and one.purpose == purpose] if stop else []
        return checks[0].clue if checks else ""

    def campaign_for(self, household: str, purpose: str) -> str:
        """The county's campaign that a visit for `purpose` there is part of, "" for none."""
        stop = self.plan.stop(household)
        tasks = [one.task for one in stop.todos if one.task and one.purpose == purpose] if stop else []
        return tasks[0].campaign if tasks else ""

    def of(self, kind: str) -> tuple[Stop, ...]:
        """The stops to show for a choice: all, the pressing ones, or those of one of `KINDS`."""
        if kind == EVERYTHING:
            return self.plan.stops
        if kind == PRESSING:
            return tuple(one for one in self.plan.stops if is_pressing(one, self.today))
        purposes = KINDS[kind][1]
        return tuple(one for one in self.plan.stops if any(each.purpose in purposes for each in one.todos))


def is_pressing(stop: Stop, today: date) -> bool:
    """Overdue, due in a few days, or agreed for today."""
    return not stop.put_off(today) and stop.stand(today) <= Stand.SOON


def walk(desk: Desk) -> Walk:
    """As of now."""
    return Walk(plan(desk), day_plan.day_plan(desk, desk.today))


@dataclass(frozen=True)
class Covered:
    """The coverage of a time, the key groups, the families behind both and who stands by them."""

    coverage: Coverage
    groups: tuple[GroupCount, ...]
    families: Mapping[str, Family]
    paired: Mapping[str, Pairing]
    today: date


def covered(desk: Desk, first: date, last: date) -> Covered:
    """From `first` to `last`, both counted."""
    walked = plan(desk)
    return Covered(
        coverage(desk, first, last), rounds.key_groups(desk), families(desk), walked.paired, desk.today
    )
