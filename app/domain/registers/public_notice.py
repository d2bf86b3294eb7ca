"""公示: what hangs on the board, at which level, from when to when, who objected, and when it came down.

What a wall may carry is decided by `app.domain.papers.masking`; a child's matter is never posted (M-28).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.packs.service_item import Item
from app.domain.papers.masking import mask_name, neighbourhood
from app.domain.people.person import Person
from app.domain.photo import Photo
from app.domain.problem import Problem, UserError
from app.domain.registers.entry import missing, not_yet

GROWN_UP = 18
FIGURES = re.compile(r"[0-9][0-9\- ]{5,}[0-9Xx]")  # a card, a telephone, an account
MOST_DAYS = 60


class Level(StrEnum):
    """Where it is posted (村、镇两级)."""

    VILLAGE = "village"
    TOWN = "town"

    @property
    def words(self) -> str:
        return {"village": "村里", "town": "镇里"}[self.value]


class NoticeKind(StrEnum):
    """What is made public."""

    REVIEW = "review"
    OPINION = "opinion"
    GRANTED = "granted"
    SEALS = "seals"
    POWERS = "powers"
    MONEY = "money"
    OTHER = "other"

    @property
    def words(self) -> str:
        return KINDS[self]

    @property
    def of_a_family(self) -> bool:
        """Whether it names somebody."""
        return self in (NoticeKind.REVIEW, NoticeKind.OPINION, NoticeKind.GRANTED)


KINDS = {
    NoticeKind.REVIEW: "评议结果",
    NoticeKind.OPINION: "初审意见",
    NoticeKind.GRANTED: "在享名单",
    NoticeKind.SEALS: "用章情况",
    NoticeKind.POWERS: "权力清单",
    NoticeKind.MONEY: "三资",
    NoticeKind.OTHER: "别的",
}


class Hanging(StrEnum):
    """Whether it is still on the board."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Objection:
    """Somebody disagreed. `handled` says what became of it; empty while nothing has."""

    on: date
    words: str
    by: str = ""
    handled: str = ""


@dataclass(frozen=True)
class PublicNotice:
    """One sheet on the board. `until` is its last day, None where it stays (长期公示).

    `shown` is the masked line that names the family, the only thing of it that may leave the register;
    `standard` the rule or amount stated; `period` (2026-Q3, 2026-11) what a periodic one is about; `photos`
    show it on the board, and the board without it.
    """

    TYPE: ClassVar[str] = "public_notice"

    id: str
    village: str
    on: date
    kind: NoticeKind
    what: str
    place: str
    posted_by: str
    recorded_by: str
    recorded_at: datetime
    level: Level = Level.VILLAGE
    standard: str = ""
    item: str = ""
    household: str = ""
    person: str = ""
    shown: str = ""
    days: int = 0
    unit: str = "calendar"
    until: date | None = None
    estimated: bool = False  # the working calendar does not reach that far yet
    state: Hanging = Hanging.UP
    objections: tuple[Objection, ...] = ()
    down_on: date | None = None
    down_by: str = ""
    review: str = ""
    period: str = ""
    photos: tuple[Photo, ...] = ()
    amends: str = ""
    void: bool = False

    @property
    def open_objections(self) -> int:
        """How many still want an answer."""
        return sum(not one.handled for one in self.objections)

    def over(self, today: date) -> bool:
        """Whether its days are past and it still hangs there."""
        return self.state is Hanging.UP and self.until is not None and self.until < today


def masked(person: Person, group: str) -> str:
    """`李** 茶园组`: how a family stands on the board."""
    return f"{mask_name(person.name).shown} {neighbourhood(group).shown}".strip()


def problems(
    notice: PublicNotice, item: Item | None, person: Person | None, today: date
) -> tuple[Problem, ...]:
    """Why this may not hang on a wall, or what has to be said first."""
    found = not_yet("on", notice.on, today)
    if notice.kind.of_a_family:
        found += _family(notice, item, person)
    found += missing("what", notice.what, "公示的是什么？写一句。")
    plain = unicodedata.normalize("NFKC", f"{notice.what} {notice.standard}")
    if FIGURES.search(plain):
        found.append(Problem("what", "墙上不写身份证号、电话和账号。删掉那串数字。"))
    if person is not None and len(person.name) > 1 and person.name in plain:
        found.append(Problem("what", f"墙上不写全名，写 {mask_name(person.name).shown}。"))
    if not 0 <= notice.days <= MOST_DAYS:
        found.append(Problem("days", f"公示几天？最多 {MOST_DAYS} 天。"))
    found += missing("place", notice.place, "贴在哪里的？")
    found += missing("posted_by", notice.posted_by, "谁贴的？")
    return tuple(found)


def objected(notice: PublicNotice, objection: Objection) -> PublicNotice:
    """The notice with one more objection. Raises UserError without words."""
    if not objection.words.strip():
        raise UserError("他怎么说的？写一句。", field="objection")
    return replace(notice, objections=(*notice.objections, objection))


def answered(notice: PublicNotice, place: int, handled: str) -> PublicNotice:
    """The notice with its objection number `place` (from 0) answered. Raises UserError without words."""
    if not handled.strip():
        raise UserError("怎么处理的？写一句。", field="handled")
    told = list(notice.objections)
    told[place] = replace(told[place], handled=handled.strip())
    return replace(notice, objections=tuple(told))


def taken_down(notice: PublicNotice, on: date, by: str) -> PublicNotice:
    """The notice off the board. Raises UserError before its days are over, or with an open objection."""
    if notice.state is Hanging.DOWN:
        raise UserError("这张已经撤下来了。")
    if notice.until is not None and on <= notice.until:
        raise UserError(f"公示到 {notice.until.month}月{notice.until.day}日，过了那天再撤。", field="down_on")
    if notice.open_objections:
        raise UserError(f"还有 {notice.open_objections} 条意见没有处理，先写怎么处理的。", field="handled")
    if not by.strip():
        raise UserError("谁撤的？", field="down_by")
    return replace(notice, state=Hanging.DOWN, down_on=on, down_by=by.strip())


def _family(notice: PublicNotice, item: Item | None, person: Person | None) -> list[Problem]:
    if item is None:
        return [Problem("item", "公示的是什么事？点一样。")]
    if item.for_child:
        return [Problem("item", "孩子的事不公示，不贴墙。")]
    if item.publicity is None or not item.publicity.days:
        why = item.publicity.why if item.publicity else ""
        return [Problem("item", f"{why or f'{item.name}不用公示'}。")]
    if person is None:
        return [Problem("who", "公示的是谁家？找到申请的人点一下。")]
    years = person.age_on(notice.on)
    if years is None:
        return [Problem("who", "她的生日没填，不知道满没满 18 岁，不能公示。先把生日补上。")]
    if years < GROWN_UP:
        return [Problem("who", "没满 18 岁的人不公示，不贴墙。")]
    return []
