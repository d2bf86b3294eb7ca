"""A benefit granted or ended (享受变动): what the register says afterwards, and the line that tells of it.

The register knows what a person draws now; these lines know since when, why it ended, and which ticket
brought it (新增享受、清退). They are only ever added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.people.household import CLASSES, Household
from app.domain.people.person import Benefit, Person
from app.domain.problem import Problem

MOST_FEN = 10_000_000  # a hundred thousand yuan a month is a slip of the finger


class Turn(StrEnum):
    """What happened to the benefit. A new sum for the same people is a grant too."""

    GRANTED = "granted"
    ENDED = "ended"


class Ending(StrEnum):
    """Why it ended (停发原因), as it is pointed at."""

    BETTER = "better"
    DEAD = "dead"
    MOVED = "moved"
    AGE = "age"
    INSTEAD = "instead"
    GIVEN_UP = "given-up"
    OTHER = "other"

    @property
    def words(self) -> str:
        return ENDINGS[self]


ENDINGS = {
    Ending.BETTER: "日子好了，不够条件",
    Ending.DEAD: "人过世了",
    Ending.MOVED: "迁走了",
    Ending.AGE: "年龄到了",
    Ending.INSTEAD: "换成别的救助",
    Ending.GIVEN_UP: "自己不要了",
    Ending.OTHER: "别的",
}


@dataclass(frozen=True)
class BenefitChange:
    """`on` is the first day it holds from; `monthly_fen` what all of `people` get together, None if unknown.

    `people` are person ids, every member of the household for one that all live on.
    """

    TYPE: ClassVar[str] = "benefit_change"

    id: str
    village: str
    household: str
    item: str
    turn: Turn
    on: date
    people: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime
    monthly_fen: int | None = None
    why: Ending | None = None
    words: str = ""
    ticket: str = ""


def granted(people: Sequence[Person], item: str, since: date, monthly_fen: int | None) -> tuple[Person, ...]:
    """`people` drawing `item` from `since` on, in place of what they drew of it before.

    A sum for several is divided evenly to the fen, the first bearing the rest: only their sum is ever told.
    """
    each, rest = divmod(monthly_fen or 0, max(len(people), 1))
    found = []
    for place, person in enumerate(people):
        share = None if monthly_fen is None else each + (rest if place == 0 else 0)
        others = tuple(one for one in person.benefits if one.item != item)
        found.append(replace(person, benefits=(*others, Benefit(item, since, share))))
    return tuple(found)


def ended(people: Sequence[Person], item: str) -> tuple[Person, ...]:
    """`people` without `item`; whoever did not draw it is left out."""
    return tuple(
        replace(one, benefits=tuple(benefit for benefit in one.benefits if benefit.item != item))
        for one in people
        if one.receives(item)
    )


def classed(household: Household, item: str) -> Household:
    """`household` as the village calls it once it draws `item` (低保户 …); unchanged for other items."""
    if item not in CLASSES or item in household.classes:
        return household
    return replace(household, classes=(*household.classes, item))


def declassed(household: Household, item: str) -> Household:
    """`household` no longer called after `item`; a category of review goes with 低保."""
    kept = tuple(code for code in household.classes if code != item)
    category = "" if item == "DB" else household.category
    return household if kept == household.classes else replace(household, classes=kept, category=category)


def problems(item: str, people: Sequence[str], since: date | None, monthly_fen: int | None) -> list[Problem]:
    """What has to be said before a grant can be written down."""
    found = []
    if not item:
        found.append(Problem("item", "批下来的是什么？点一样。"))
    if item and not people:
        found.append(Problem("who", "批给谁的？点一个人。"))
    if since is None:
        found.append(Problem("since", "从哪个月起领？点一个，或者填年、月、日。"))
    if monthly_fen is not None and not 0 < monthly_fen <= MOST_FEN:
        found.append(Problem("monthly", "每月多少钱？看看是不是多写了零。"))
    return found
