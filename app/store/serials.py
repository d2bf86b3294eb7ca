"""How far the counters of ticket numbers jump when a file may lag behind what it has already given out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.domain.workdays import china_day
from app.store.meta import SERIAL, Meta

# More tickets than a village sees in a day: numbers given since, known to nobody but paper.
TICKETS_A_DAY, TICKETS_SPARE, LONGEST_DAYS, HIGHEST = 20, 100, 366, 9_900


def jump_over(since: datetime, now: datetime) -> int:
    """How many numbers may have been given between two moments."""
    days = min(max((now - since) // timedelta(days=1) + 1, 1), LONGEST_DAYS)
    return TICKETS_SPARE + TICKETS_A_DAY * days


def raise_serials(meta: Meta, theirs: Mapping[str, int], jump: int, span: tuple[datetime, datetime]) -> None:
    """Have every counter, and the ticket counters of the years in `span`, go on `jump` beyond what this file
    and `theirs` have reached. Called inside a transaction."""
    first, last = (china_day(at).year for at in span)
    years = range(first, max(last, first + (last < first)) + 1)  # a clock set back hides the year it is
    names = {f"{SERIAL}ticket {year}" for year in years} if jump else set()
    before = meta.serials()
    for name in names | set(before) | set(theirs):
        reached = max(before.get(name, 0), theirs.get(name, 0))
        meta.raise_serial(name, max(reached, min(reached + jump, HIGHEST)))
