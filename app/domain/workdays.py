"""Deadlines in working days (工作日) and calendar days, on the State Council's published calendar.

Which days are off is data: a year that has not been published falls back to Monday–Friday, and
every deadline that touched such a year says so (`estimated`, 预计).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

CHINA = timezone(timedelta(hours=8))
HERE, DAY = "+08:00", len("2026-11-20")
LONGEST = 3660  # days; a limit beyond ten years is a mistake in the pack


@dataclass(frozen=True)
class WorkCalendar:
    """Days off that fall on weekdays and work days that fall on weekends, for the `years` published."""

    years: frozenset[int]
    days_off: frozenset[date]
    make_up: frozenset[date]
    names: Mapping[date, str]

    def knows(self, day: date) -> bool:
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`; Monday–Friday where the year has not been published."""
        if day in self.make_up:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def holiday(self, day: date) -> str:
        """The name of the holiday on `day`, or empty."""
        return self.names.get(day, "")


PLAIN = WorkCalendar(frozenset(), frozenset(), frozenset(), {})  # Monday to Friday, nothing published


@dataclass(frozen=True)
class Deadline:
    """The last day. `estimated` (预计): it lies in, or was counted through, an unpublished year."""

    day: date
    estimated: bool = False


def china_day(at: datetime) -> date:
    """The day it is in China at the instant `at`. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time must know its zone")
    return at.astimezone(CHINA).date()


def china_day_of(told: str) -> date:
    """The day in China of an instant written in ISO 8601. Raises ValueError for what is none."""
    if told.endswith(HERE):  # nearly all are: nothing to reckon, and few days among many instants
        return _day(told[:DAY])
    return china_day(datetime.fromisoformat(told))


@lru_cache(maxsize=8192)
def _day(told: str) -> date:
    return date.fromisoformat(told)


def read_calendar(data: Mapping[str, Any]) -> WorkCalendar:
    """The calendar in the tables of `resources/calendar/china.toml`.

    Raises ValueError for a day outside its year or listed as both off and worked.
    """
    years: set[int] = set()
    names: dict[date, str] = {}
    make_up: set[date] = set()
    for entry in data["year"]:
        year = int(entry["year"])
        years.add(year)
        for holiday in entry["holiday"]:
            for day in _span(holiday["from"], holiday["to"], year):
                names[day] = holiday["name"]
        make_up |= {_within(day, year) for day in entry["make_up"]}
    if both := make_up & set(names):
        raise ValueError(f"{min(both)} is both a day off and a day of work")
    return WorkCalendar(frozenset(years), frozenset(names), frozenset(make_up), names)


def add_workdays(calendar: WorkCalendar, start: date, n: int) -> Deadline:
    """The `n`th working day after `start` (the day of receipt is not counted). `n` may be 0.

    Raises ValueError for a negative or absurd count.
    """
    if not 0 <= n <= LONGEST:
        raise ValueError(f"{n} working days is no time limit")
    day, estimated = start, not calendar.knows(start)
    while n:
        day += timedelta(days=1)
        estimated = estimated or not calendar.knows(day)
        n -= calendar.is_workday(day)
    return Deadline(day, estimated)


def workdays_between(calendar: WorkCalendar, start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` is earlier (overdue)."""
    if end < start:
        return -workdays_between(calendar, end, start)
    days = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
    return sum(calendar.is_workday(day) for day in days)


def next_workday(calendar: WorkCalendar, day: date) -> Deadline:
    """`day` itself if offices work then, else the first working day after it."""
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return Deadline(day, not calendar.knows(day))


def _span(first: date, last: date, year: int) -> list[date]:
    if last < first:
        raise ValueError(f"{first}–{last} runs backwards")
    count = (last - first).days + 1
    return [_within(first + timedelta(days=i), year) for i in range(count)]


def _within(day: date, year: int) -> date:
    if day.year != year:
        raise ValueError(f"{day} is not in {year}")
    return day
