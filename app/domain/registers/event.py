"""活动慰问: a gathering or a call with gifts, how many people it reached and what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.problem import Problem
from app.domain.registers.entry import missing, not_yet


class EventKind(StrEnum):
    """A call with gifts, or a gathering."""

    CARE = "care"
    ACTIVITY = "activity"

    @property
    def words(self) -> str:
        return {"care": "慰问", "activity": "活动"}[self.value]


@dataclass(frozen=True)
class Event:
    """`people` counts persons called on or present; `money_fen` is what was given in money."""

    TYPE: ClassVar[str] = "event"

    id: str
    village: str
    on: date
    kind: EventKind
    what: str
    recorded_by: str
    recorded_at: datetime
    people: int = 0
    money_fen: int = 0
    goods: str = ""
    giver: str = ""
    note: str = ""
    amends: str = ""
    void: bool = False


def problems(entry: Event, today: date) -> tuple[Problem, ...]:
    """What has to be said first."""
    found = not_yet("on", entry.on, today)
    found += missing("what", entry.what, "什么活动？写一句，比如：重阳节看独居老人。")
    if entry.people < 0:
        found.append(Problem("people", "数目不能比 0 小。"))
    if entry.money_fen < 0:
        found.append(Problem("money_fen", "钱数不能比 0 小。"))
    return tuple(found)
