"""Local days on which a door stays shut (关门日): a move, a market day, a local holiday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.packs.standing import EVERYWHERE, Standing
from app.domain.workdays import WorkCalendar

LONGEST = 366  # days; a door shut for more than a year is an office to take out of the pack


@dataclass(frozen=True)
class Closure:
    """From `first` to `last`, both counted, or on `month_days` of every month; `why` in a few words.

    `office` is the id of a place; empty means a holiday of the whole region, which no time limit counts.
    """

    id: str
    why: str
    office: str = ""
    first: date | None = None
    last: date | None = None
    month_days: tuple[int, ...] = ()
    standing: Standing = EVERYWHERE

    def shut(self, day: date) -> bool:
        """Whether it keeps the door shut on `day`."""
        if self.first is None or self.last is None:
            return day.day in self.month_days
        return self.first <= day <= self.last

    @property
    def words(self) -> str:
        """`12月7日到11日` or `每月5、15、25日`, as it is printed."""
        if self.first is None or self.last is None:
            return f"每月{'、'.join(str(day) for day in self.month_days)}日"
        start = f"{self.first.month}月{self.first.day}日"
        if self.first == self.last:
            return start
        month = "" if self.first.month == self.last.month else f"{self.last.month}月"
        return f"{start}到{month}{self.last.day}日"


def coming(
    closures: Sequence[Closure], offices: Iterable[str], village: str, on: date, days: int
) -> tuple[Closure, ...]:
    """What keeps one of `offices` shut on `on` or within `days` after it, the earliest first."""
    wanted = {"", *offices}
    firsts = {each.id: _first(each, village, on, days) for each in closures if each.office in wanted}
    found = [each for each in closures if firsts.get(each.id)]
    return tuple(sorted(found, key=lambda each: firsts[each.id] or on))


def with_holidays(calendar: WorkCalendar, closures: Iterable[Closure], village: str) -> WorkCalendar:
    """`calendar` with the region's own holidays as days off; an office shut by itself stops no clock."""
    names: dict[date, str] = {}
    for each in closures:
        if each.office or each.first is None or each.last is None:
            continue
        span = min((each.last - each.first).days, LONGEST)
        days = (each.first + timedelta(days=i) for i in range(span + 1))
        names |= {day: each.why for day in days if each.standing.holds(village, day)}
    if not names:
        return calendar
    return replace(
        calendar,
        days_off=calendar.days_off | set(names),
        make_up=calendar.make_up - set(names),
        names={**names, **calendar.names},
    )


def _first(closure: Closure, village: str, on: date, days: int) -> date | None:
    span = (on + timedelta(days=i) for i in range(days + 1))
    return next((day for day in span if closure.shut(day) and closure.standing.holds(village, day)), None)
