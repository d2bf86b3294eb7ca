"""The span of days a report is about, and what people call it (本月, 上月, 本季, 今年)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.problem import UserError


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both counted. Raises UserError when they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise UserError("头一天比末一天还晚。把两个日子换一下。", field="last")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def words(self) -> str:
        """`2026年11月`, `2026年第4季度`, `2026年`, or the two days."""
        first, last = self.first, self.last
        whole = first.day == 1 and last == end_of_month(last)
        if whole and (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月"
        if whole and first.year == last.year:
            if (first.month, last.month) == (1, 12):
                return f"{first.year}年"
            if last.month - first.month == 2 and first.month % 3 == 1:
                return f"{first.year}年第{last.month // 3}季度"
        return f"{first.isoformat()} 到 {last.isoformat()}"

    def months(self) -> tuple[Period, ...]:
        """Its months in order; the first and the last may be parts of one."""
        found = []
        start = self.first
        while start <= self.last:
            end = min(end_of_month(start), self.last)
            found.append(Period(start, end))
            start = end + timedelta(days=1)
        return tuple(found)


def end_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_of(day: date) -> Period:
    """The whole month `day` is in."""
    return Period(day.replace(day=1), end_of_month(day))


def month_before(day: date) -> Period:
    """The whole month before that of `day`."""
    return month_of(day.replace(day=1) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """The whole quarter `day` is in."""
    first = (day.month - 1) // 3 * 3 + 1
    return Period(date(day.year, first, 1), end_of_month(date(day.year, first + 2, 1)))


def year_of(day: date) -> Period:
    """The whole year of `day`."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))
