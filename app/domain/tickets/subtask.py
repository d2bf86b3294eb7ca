"""A part of a matter that another office does (协办) while one place leads (一门受理、协同办理)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class SubTask:
    """Asked of `who` by the first receiver, who sees it to its end; over once `done_at` is set.

    A record of its own, so that two computers may each finish a part without meeting in one field.
    """

    TYPE: ClassVar[str] = "subtask"

    id: str
    village: str
    ticket: str
    who: str  # the office or person, as people call it
    what: str
    asked_at: datetime
    due_on: date | None = None
    phone: str = ""
    done_at: datetime | None = None
    result: str = ""
    unfinished: bool = False  # ended without being done; `result` says why


def open_parts(parts: Iterable[SubTask]) -> tuple[SubTask, ...]:
    """Those somebody still works on, the earliest due first."""
    waiting = [one for one in parts if one.done_at is None]
    return tuple(sorted(waiting, key=lambda one: (one.due_on or date.max, one.id)))
