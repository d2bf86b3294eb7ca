"""What stands on the printed list of a day's visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SheetStop:
    """One door: whom, why, what runs there already, and a box to tick."""

    place: str
    title: str
    phone: str = ""
    why: str = ""
    since: str = ""
    agreed: str = ""
    matters: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    paired: str = ""
    done: bool = False


@dataclass(frozen=True)
class DaySheet:
    """The list of one worker for one day, in the order of the walk."""

    day: date
    village: str
    worker: str
    stops: tuple[SheetStop, ...]
    simulated: bool = False
