"""A worker's list for one day (今天的单子), once she has put it in order herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import NAMESPACE_OID, uuid5


@dataclass(frozen=True)
class DayList:
    """`order` are households as she walks. `proposed`: she took the plan's own proposal again.

    There is one of a worker and a day, whichever of her computers it is made on: `list_id` tells its id.
    """

    TYPE: ClassVar[str] = "day_list"

    id: str
    village: str
    worker: str
    day: date
    order: tuple[str, ...] = ()
    proposed: bool = False


def list_id(village: str, worker: str, day: date) -> str:
    """The id of the list, made of what it is (RFC 9562 §5.5): two computers offline name it alike."""
    return str(uuid5(NAMESPACE_OID, f"day list|{village}|{worker}|{day.isoformat()}"))
