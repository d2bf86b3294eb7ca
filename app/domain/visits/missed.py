"""A visit that did not take place in its time (没去成): why not, and when she goes after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

# Pointed at, never typed. What is none of these is said in `note`.
REASONS = {
    "away": "人不在村里",
    "refused": "不让进门",
    "ill": "人住院、生病",
    "road": "路断了、天气坏",
    "busy": "上面有事，没空",
    "self": "我自己病了、请假",
    "other": "别的原因",
}


@dataclass(frozen=True)
class MissedVisit:
    """Says why `household` was not seen for `purpose` by the day `due_on`. `again_on` is the day to make up
    for it (补访), None where there is nobody to go to."""

    TYPE: ClassVar[str] = "missed_visit"

    id: str
    village: str
    household: str
    purpose: str
    due_on: date
    why: str  # a key of REASONS
    said_at: datetime
    said_by: str
    again_on: date | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """`路断了、天气坏`, with what was added by hand."""
        reason = REASONS.get(self.why, REASONS["other"])
        if not self.note:
            return reason
        return self.note if self.why == "other" else f"{reason}：{self.note}"
