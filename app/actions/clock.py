"""Whether the computer's clock can be right. Nothing is decided by it: it is only said to the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.actions.desk import Desk

# A clock that is set right by itself jumps by seconds; deadlines count in days.
SLACK = timedelta(hours=1)
COUNTY_SLACK = timedelta(days=1)
PROVEN = "clock_proven"


@dataclass(frozen=True)
class Doubt:
    """The clock says `now`; `other` speaks against it: the county's time, or the newest moment kept."""

    now: datetime
    other: datetime
    county: bool


def doubt(desk: Desk, county: datetime | None = None) -> Doubt | None:
    """What speaks against the clock, or None. `county` is the county's time at this moment, when known.

    The county is believed before the store: lines written while the clock ran ahead would speak
    against a right clock for ever, so they are set aside when the county says that it is right.
    """
    now, newest = desk.now, _newest(desk)
    behind = newest is not None and newest - now > SLACK
    if county is not None:
        if abs(county - now) > COUNTY_SLACK:
            return Doubt(now, county, county=True)
        if behind:
            _set_aside(desk, now)
        return None
    return Doubt(now, newest, county=False) if newest is not None and behind else None


def _newest(desk: Desk) -> datetime | None:
    proven = desk.store.meta.get(PROVEN) or {}
    moments = [
        desk.store.audit.newest(after=int(proven.get("line", 0))),
        desk.store.meta.synced_at(),
        datetime.fromisoformat(proven["at"]) if proven else None,
    ]
    return max((one for one in moments if one is not None), default=None)


def _set_aside(desk: Desk, now: datetime) -> None:
    with desk.unit("clock") as unit:
        unit.audit("clock proven", desk.worker)
        desk.store.meta.set(PROVEN, {"line": desk.store.audit.count(), "at": now.isoformat()})
