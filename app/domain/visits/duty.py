"""When a visit is owed: the day it opens, its last day, and whether a whole period went by without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from app.domain.packs.policy import EVERY_PURPOSE, Cadence
from app.domain.rules.spans import add_months
from app.domain.schedule import due_again
from app.domain.workdays import WorkCalendar

# So many days before its last day a visit is called soon due.
SOON_DAYS = {"day": 0, "week": 1, "month": 7}


class Stand(IntEnum):
    """How a visit stands today; the plan is in this order."""

    OVERDUE = 0
    SOON = 1
    OPEN = 2
    DONE = 3

    @property
    def words(self) -> str:
        return {Stand.OVERDUE: "过期了", Stand.SOON: "快到期", Stand.OPEN: "该去了", Stand.DONE: "去过了"}[
            self
        ]


@dataclass(frozen=True)
class Period:
    """From its first to its last day, both counted."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class Seen(NamedTuple):
    """A signed visit at which somebody was met: `persons` are those seen, `respondent` among them."""

    household: str
    purpose: str
    day: date
    persons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Duty:
    """One visit owed to a household for one purpose. `persons` () stands for the whole household.

    It may be done from `opens` on and not later than `due`. `last` is the last visit that served, None when
    there was none. `missed` is the last day of the latest period that went by without a visit.
    """

    household: str
    cadence: Cadence
    persons: tuple[str, ...]
    opens: date
    due: date
    last: date | None = None
    missed: date | None = None

    @property
    def purpose(self) -> str:
        return self.cadence.purpose

    def stand(self, on: date) -> Stand:
        """How it stands on the day `on`."""
        if on < self.opens:
            return Stand.DONE
        if self.missed is not None or self.due < on:
            return Stand.OVERDUE
        return Stand.SOON if (self.due - on).days <= SOON_DAYS[self.cadence.unit] else Stand.OPEN


def period_of(cadence: Cadence, day: date) -> Period:
    """The calendar week, month, quarter, half-year or year of `cadence` that holds `day`."""
    if cadence.unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    month = (day.month - 1) // cadence.count * cadence.count + 1
    first = date(day.year, month, 1)
    return Period(first, add_months(first, cadence.count) - timedelta(days=1))


def serves(seen: Seen, cadence: Cadence, persons: Iterable[str]) -> bool:
    """Whether that visit counts for a duty of `cadence` towards `persons` (none: the whole household).

    A visit for its own purpose does, and for one it names. Any other only where the pack lets every visit
    count, and only if it saw the person: a talk with the son is no look at his mother.
    """
    if seen.purpose == cadence.purpose or seen.purpose in cadence.counts:
        return True
    return EVERY_PURPOSE in cadence.counts and set(persons) <= seen.persons


def owed(
    household: str,
    cadence: Cadence,
    persons: tuple[str, ...],
    visits: Iterable[Seen],
    on: date,
    *,
    calendar: WorkCalendar,
    known_since: date,
    review_on: date | None = None,
) -> Duty:
    """The visit of `cadence` that is next owed to `household`, as seen on the day `on`.

    `visits` are the household's; those after `on` are passed over. No period is missed that began before
    `known_since`: nobody could have known. `review_on` is the day the county set for the next review.
    """
    last = max((one.day for one in visits if one.day <= on and serves(one, cadence, persons)), default=None)
    if cadence.calendar:
        return _by_calendar(household, cadence, persons, last, on, known_since)
    due = _due(cadence, last, on, calendar, review_on if cadence.category else None)
    missed = due if due < on else None
    opens = due - timedelta(days=cadence.notice)
    return Duty(household, cadence, persons, opens, due, last, missed)


def _by_calendar(
    household: str, cadence: Cadence, persons: tuple[str, ...], last: date | None, on: date, known_since: date
) -> Duty:
    now = period_of(cadence, on)
    if last is not None and now.holds(last):
        now = period_of(cadence, now.last + timedelta(days=1))
        return Duty(household, cadence, persons, _opens(cadence, now), now.last, last)
    before = period_of(cadence, now.first - timedelta(days=1))
    unvisited = last is None or last < before.first
    missed = before.last if unvisited and known_since <= before.first and not cadence.by_hand else None
    return Duty(
        household, cadence, persons, now.first if missed else _opens(cadence, now), now.last, last, missed
    )


def _opens(cadence: Cadence, period: Period) -> date:
    if not cadence.notice:
        return period.first
    return max(period.first, period.last - timedelta(days=cadence.notice))


def _due(
    cadence: Cadence, last: date | None, on: date, calendar: WorkCalendar, review_on: date | None
) -> date:
    again = due_again(calendar, cadence, last).day if last is not None else None
    if review_on is not None:
        # A review held in good time, while it already stood in the plan, is the review of that day.
        held = last is not None and last >= review_on - timedelta(days=cadence.notice)
        return again if held and again is not None else review_on
    if again is not None:
        return again
    # Never seen: at once where days or weeks are meant, within the month where months are.
    month = Cadence("", "", "", 1, "month")
    return period_of(month, on).last if cadence.unit == "month" else on


def strictest(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """One duty for each household and purpose: of several the one due first, for all the persons named."""
    kept: dict[tuple[str, str], Duty] = {}
    for one in sorted(duties, key=lambda each: (each.missed or each.due, each.due, each.cadence.id)):
        kept.setdefault((one.household, one.purpose), one)
    return tuple(kept.values())
