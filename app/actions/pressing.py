"""One line of today's list: what it is about, how pressing, and what it opens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Press(IntEnum):
    """How pressing an entry is; the list is in this order."""

    URGENT = 0
    OVERDUE = 1
    TODAY = 2
    SOON = 3
    CHANGED = 4
    LOOK_IN = 5
    CALL = 6
    VISIT = 7
    RENEW = 8


@dataclass(frozen=True)
class Entry:
    """One thing to do: who (the name in the disc), what, why, how pressing, and what it opens."""

    press: Press
    who: str
    title: str
    detail: str
    chip: str
    page: str  # which page opens
    record: str  # and on which record
    household: str
    verb: str = "去看"  # the words of its button
    followup: str = ""  # the call to note, for a CALL
    phone: str = ""  # whom to dial on the worker's own telephone
    purpose: str = ""  # of the visit to begin, for one out of the plan
