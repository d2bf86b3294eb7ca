"""Coverage (走访覆盖): which visits fell due between two days, which took place, and why others did not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.packs.policy import Cadence
from app.domain.visits.concern import Concern
from app.domain.visits.duty import Period, Seen, period_of, serves
from app.domain.visits.missed import MissedVisit
from app.domain.visits.visit import PURPOSES

DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Unvisited:
    """A household that was owed a visit and had none in all that time, with what she said of it."""

    household: str
    persons: tuple[str, ...]
    last: date | None
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One purpose: `owed` households, of which `visited` had at least one visit that served.

    `times_owed` and `times_kept` count periods (weeks, months, quarters): who is seen once a week is owed
    four or five in a month. `cadence` says who they are and where the rule comes from.
    """

    cadence: Cadence
    owed: int
    visited: int
    times_owed: int
    times_kept: int
    unvisited: tuple[Unvisited, ...]

    @property
    def purpose(self) -> str:
        return self.cadence.purpose

    @property
    def name(self) -> str:
        return PURPOSES[self.cadence.purpose]


@dataclass(frozen=True)
class Coverage:
    """From `first` to `last`. `owed` and `visited` count households over all purposes, each once: visited is
    one that had a visit for everything it was owed."""

    first: date
    last: date
    rows: tuple[Row, ...]
    owed: int
    visited: int


def cover(
    concerns: Iterable[Concern],
    seen: Iterable[Seen],
    missed: Iterable[MissedVisit],
    first: date,
    last: date,
    today: date,
) -> Coverage:
    """What was owed to those `concerns` speak of, as the register stands today."""
    by_home: dict[str, list[Seen]] = {}
    for one in seen:
        by_home.setdefault(one.household, []).append(one)
    said = {
        (one.household, one.purpose): one.words
        for one in sorted(missed, key=lambda each: each.said_at)
        if first <= one.due_on <= last
    }
    held: dict[str, list[Concern]] = {}
    for concern in concerns:
        held.setdefault(concern.cadence.id, []).append(concern)
    rows = []
    short: set[str] = set()
    every: set[str] = set()
    for group in held.values():
        row = _row(group, by_home, said, first, last, today)
        if row is not None:
            rows.append(row)
            every.update(one.household for one in group)
            short.update(one.household for one in row.unvisited)
    rows.sort(key=lambda one: (one.purpose, one.cadence.id))
    return Coverage(first, last, tuple(rows), len(every), len(every - short))


def _row(
    group: list[Concern],
    by_home: dict[str, list[Seen]],
    said: dict[tuple[str, str], str],
    first: date,
    last: date,
    today: date,
) -> Row | None:
    cadence = group[0].cadence
    periods = tuple(owed_periods(cadence, first, last, today))
    if not periods:
        return None
    times, unvisited = 0, []
    firsts = [each.first for each in periods]
    places: dict[date, int | None] = {}  # a day is looked up once for all who were seen on it
    for one in group:
        days = {each.day for each in by_home.get(one.household, ()) if serves(each, cadence, one.persons)}
        places.update({day: _place_of(day, firsts, periods) for day in days if day not in places})
        kept = len({place for day in days if (place := places[day]) is not None})
        times += kept
        if not kept:
            earlier = max((day for day in days if day < periods[0].first), default=None)
            reason = said.get((one.household, cadence.purpose), "")
            unvisited.append(Unvisited(one.household, one.persons, earlier, reason))
    many = len(group)
    return Row(cadence, many, many - len(unvisited), many * len(periods), times, tuple(unvisited))


def _place_of(day: date, firsts: list[date], periods: tuple[Period, ...]) -> int | None:
    """Which of the periods, one after another, holds the day; None: it lies before, between or after them."""
    place = bisect_right(firsts, day) - 1
    return place if place >= 0 and periods[place].holds(day) else None


def owed_periods(cadence: Cadence, first: date, last: date, today: date) -> Iterator[Period]:
    """The periods of `cadence` that belong to the time from `first` to `last`.

    One that ends within it does, and one that began within it and still runs today: it is owed, and may yet
    be kept. What has not begun yet is owed to nobody. A week or a month counted from the last visit is taken
    as a calendar one.
    """
    if cadence.unit not in DAYS and cadence.unit != "month":
        return
    day = first
    while day <= min(last, today):
        period = _period(cadence, day)
        runs = period.first <= today <= min(period.last, last)
        if period.last <= last or (runs and period.first >= first):
            yield period
        day = period.last + timedelta(days=1)


def _period(cadence: Cadence, day: date) -> Period:
    if cadence.unit == "day":
        return Period(day, day + timedelta(days=cadence.count - 1))
    if cadence.unit == "month" and 12 % cadence.count:
        months = 12  # every five months, every two years: looked at year by year
        return period_of(Cadence("", "", "", months, "month"), day)
    if cadence.unit == "week" and cadence.count > 1:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=7 * cadence.count - 1))
    return period_of(cadence, day)
