"""A visit put into the plan by hand: by the worker after a blow, by the county for a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class VisitTask:
    """`household` is to be seen for `purpose` by `due_on`, for the reason `why`. It is done with the first
    visit of that purpose from the day of `asked_at` on; `dropped` takes it out of the plan unvisited.
    `campaign` is what the county calls the task it sent (专项行动); empty for one of the worker's own."""

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
    campaign: str = ""
