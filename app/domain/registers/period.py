"""The stretches of time a register is read by: a month, a quarter, a year, everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

CHINESE = "一二三四"
EVER = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True)
class Period:
    """Both days are within it. `key` (2026-11, 2026-Q4, 2026) is kept, `words` are read."""

    first: date
    last: date
    key: str
    words: str

    def holds(self, day: date) -> bool:
        """Whether `day` is within it."""
        return self.first <= day <= self.last


def month_of(day: date) -> Period:
    """The calendar month of `day`."""
    first = day.replace(day=1)
    return Period(first, _next(first, 1) - timedelta(days=1), f"{day:%Y-%m}", f"{day.year} 年 {day.month} 月")


def quarter_of(day: date) -> Period:
    """The quarter of `day`."""
    number = (day.month - 1) // 3
    first = date(day.year, number * 3 + 1, 1)
    words = f"{day.year} 年第{CHINESE[number]}季度"
    return Period(first, _next(first, 3) - timedelta(days=1), f"{day.year}-Q{number + 1}", words)


def quarter_before(day: date) -> Period:
    """The last quarter that was over on `day`."""
    return quarter_of(quarter_of(day).first - timedelta(days=1))


def month_before(day: date) -> Period:
    """The last month that was over on `day`."""
    return month_of(day.replace(day=1) - timedelta(days=1))


def year_of(day: date) -> Period:
    """The calendar year of `day`."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), str(day.year), f"{day.year} 年")


def between(first: date | None, last: date | None) -> Period:
    """Any days; None is open on that side. The wrong way round they are none."""
    if first is None and last is None:
        return ever()
    until = f"到 {_day(last)}" if last else ""
    words = f"{_day(first)}{until}" if first and last else until or f"{_day(first)}起"
    return Period(first or EVER[0], last or EVER[1], f"{first or ''}..{last or ''}", words)


def ever() -> Period:
    """All days."""
    return Period(*EVER, "", "全部")


def of_key(key: str) -> Period:
    """The stretch of time with this `key`; all days for "". Raises ValueError for what is none."""
    if not key:
        return ever()
    if ".." in key:
        first, last = (date.fromisoformat(one) if one else None for one in key.split(".."))
        return between(first, last)
    year, _, part = key.partition("-")
    if not part:
        return year_of(date(int(year), 1, 1))
    if part.startswith("Q"):
        return quarter_of(date(int(year), int(part[1:]) * 3, 1))
    return month_of(date(int(year), int(part), 1))


def _day(on: date | None) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日" if on else ""


def _next(first: date, months: int) -> date:
    number = first.month - 1 + months
    return date(first.year + number // 12, number % 12 + 1, 1)
