"""A visit the worker put into the plan herself: after a blow, for a campaign, for one of the key groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class VisitTask:
    """`household` is to be seen for `purpose` by `due_on`, for the reason `why`. It is done with the first
    visit of that purpose from the day of `asked_at` on; `dropped` takes it out of the plan unvisited."""

    TYPE: ClassVar[str] = "visit_task"

    id: str
    village: str
    household: str
    purpose: str
    due_on: date
    why: str
    asked_at: datetime
    asked_by: str
    persons: tuple[str, ...] = ()
    dropped: bool = False
