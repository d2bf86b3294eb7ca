"""Reports 10 and 11: how fast other offices answer, and whether urgent help came in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.reports.cutting import UNKNOWN, Cut, count, mean, share, tabulate
from app.domain.reports.facts import Facts, TicketFact
from app.domain.reports.table import Table, Unit

OPENS = "ticket"
HANDED = Cut("office", "按转给谁", "转给谁", lambda one: (one.handed_to or UNKNOWN,))


def transfers(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """10: from handing over to being taken, and to the result."""
    handed = [one for one in facts.tickets if one.handed_at is not None]
    measures = (
        count("转出", OPENS),
        count("对方收了", OPENS, lambda one: one.taken_at is not None),
        count("没接，退回来过", OPENS, lambda one: one.bounced),
        mean("平均多久收", OPENS, _hours(lambda one: one.taken_at), Unit.HOURS),
        count("有结果", OPENS, lambda one: one.resolved_at is not None),
        mean("平均多久有结果", OPENS, _days_to_result, Unit.DAYS),
        count("还没结果", OPENS, lambda one: one.resolved_at is None and one.open),
    )
    return (tabulate("转出去的，对方多久回应", handed, HANDED, measures, charted=(5,)),)


def _hours(until: Callable[[TicketFact], datetime | None]) -> Callable[[TicketFact], float | None]:
    def hours(one: TicketFact) -> float | None:
        end = until(one)
        return _between(one.handed_at, end) if one.handed_at and end else None

    return hours


def _days_to_result(one: TicketFact) -> float | None:
    if one.handed_at is None or one.resolved_at is None:
        return None
    return _between(one.handed_at, one.resolved_at) / 24


def _between(start: datetime, end: datetime) -> float:
    """Hours; a clock that was set back makes no negative ones."""
    return max(0.0, (end - start).total_seconds() / 3600)


def urgent(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """11: urgent matters with a first step and a result each within the hours the county gives."""
    first, last = facts.urgent_hours
    found = [one for one in facts.tickets if one.urgent and not one.dropped]
    measures = (
        count("急难", OPENS),
        count(f"{first} 小时内有动作", OPENS, lambda one: _within(one, one.touched_at, first)),
        share(f"{first} 小时到位率", OPENS, lambda one: _within(one, one.touched_at, first)),
        count(f"{last} 小时内有结果", OPENS, lambda one: _within(one, one.resolved_at, last)),
        share(f"{last} 小时到位率", OPENS, lambda one: _within(one, one.resolved_at, last)),
    )
    table = tabulate(f"急难到位率，{cut.words}", found, cut, measures, charted=(2, 4))
    return (table,)


def _within(one: TicketFact, at: datetime | None, hours: int) -> bool:
    return at is not None and _between(one.at, at) <= hours
