"""Which backups are kept: the newest of every day, week and month, as far back as each is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.workdays import china_day

DAILY, WEEKLY, MONTHLY = 7, 4, 12
RISK_KEPT = timedelta(days=30)
Period = Callable[[date], tuple[int, int]]


@dataclass(frozen=True)
class Kept:
    """One good backup in a folder. `generation` counts them in the order they were made; `risky` ones
    were made before something that could go wrong."""

    name: str
    generation: int
    made_at: datetime
    risky: bool = False


def to_drop(found: Iterable[Kept], now: datetime) -> frozenset[str]:
    """The names that no rule keeps: the newest of 7 days, of 4 ISO weeks and of 12 months that have
    one, the newest of all, and those before a risky step less than 30 days ago.

    Periods without a backup are not counted: whoever comes back after a winter finds what she left.
    Which is newer is told by the generation: a clock set back must not make the youngest look old.
    """
    newest_first = sorted(found, key=lambda one: (one.generation, one.made_at, one.name), reverse=True)
    kept = {one.name for one in newest_first[:1]}
    for period, most in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        kept |= _newest_of_each(newest_first, period, most)
    kept |= {one.name for one in newest_first if one.risky and now - one.made_at < RISK_KEPT}
    return frozenset(one.name for one in newest_first) - kept


def _newest_of_each(newest_first: list[Kept], period: Period, most: int) -> set[str]:
    chosen: dict[tuple[int, int], str] = {}
    for one in newest_first:
        chosen.setdefault(period(china_day(one.made_at)), one.name)
    return set(list(chosen.values())[:most])


def _day(day: date) -> tuple[int, int]:
    return day.year, day.toordinal()


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
