"""宣传: how the village was told of a policy, how many heard it, and how many sheets were given out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.problem import Problem
from app.domain.registers.entry import missing, not_yet


class Channel(StrEnum):
    """By which way."""

    LOUDSPEAKER = "loudspeaker"
    HOME = "home"
    CHAT = "chat"
    BOARD = "board"
    MEETING = "meeting"
    VIDEO = "video"

    @property
    def words(self) -> str:
        return CHANNELS[self]


CHANNELS = {
    Channel.LOUDSPEAKER: "村喇叭",
    Channel.HOME: "上门",
    Channel.CHAT: "微信群",
    Channel.BOARD: "公示栏",
    Channel.MEETING: "开会",
    Channel.VIDEO: "短视频",
}


@dataclass(frozen=True)
class Publicity:
    """One telling. `reached` counts people, `copies` sheets handed out; `items` are the matters spoken of."""

    TYPE: ClassVar[str] = "publicity"

    id: str
    village: str
    on: date
    channel: Channel
    what: str
    recorded_by: str
    recorded_at: datetime
    items: tuple[str, ...] = ()
    reached: int = 0
    copies: int = 0
    told_by: str = ""
    note: str = ""
    amends: str = ""
    void: bool = False


def problems(entry: Publicity, today: date) -> tuple[Problem, ...]:
    """What has to be said first."""
    found = not_yet("on", entry.on, today)
    found += missing("what", entry.what, "讲了什么？写一句，比如：高龄津贴怎么领。")
    for name in ("reached", "copies"):
        if getattr(entry, name) < 0:
            found.append(Problem(name, "数目不能比 0 小。"))
    return tuple(found)
