"""Counting years and months between days the way people count birthdays."""

from __future__ import annotations

from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day `months` later; where that month has no such day, the first of the next one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:  # the 29th to 31st of a shorter month
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def full_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`, negative when `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (add_months(start, months) > end)


def short_of(today: date, day: date) -> str:
    """How long is left until `day`, as one says it: `差 12 天`, `差 3 个多月`, `差 5 年多`."""
    months = full_months(today, day)
    if months < 1:
        return f"差 {(day - today).days} 天"
    exact = add_months(today, months) == day
    if months < 24:
        return f"差 {months} 个{'' if exact else '多'}月"
    return f"差 {months // 12} 年{'' if exact and months % 12 == 0 else '多'}"
