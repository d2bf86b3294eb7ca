"""What a department (部门) is called today, where a paper or an old habit still says its old name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.packs.standing import EVERYWHERE, Standing

BETWEEN = re.compile("([、，,；;/ ]|和|或)")
LEVEL = re.compile("^(?:本|省|市|州|县|区|乡镇|镇|乡)")


@dataclass(frozen=True)
class Department:
    """One name of a department and the days it bears it; entries of one `id` are one department renamed.

    `also` are shorter or other words for the same name (卫计委). `note` says what went elsewhere.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    note: str = ""
    standing: Standing = EVERYWHERE


def named(departments: Iterable[Department], words: str, village: str, on: date) -> str:
    """`words` with old names turned into those of `on`: `县卫计局、医院` → `县卫生健康局（原卫计局）、医院`.

    Only a whole name between separators is turned, with or without 县 before it: 工商 in 工商银行 is no
    department. A name whose successor nobody wrote down stays as it is.
    """
    near = [each for each in departments if village.startswith(each.standing.region)]
    held = sorted(
        (each for each in near if each.standing.holds(village, on)), key=lambda each: each.standing.rank
    )
    today = {each.id: each.name for each in held}  # the nearest region's name is the last
    bearing = {word for each in held for word in (each.name, *each.also)}
    renamed = {
        word: today[each.id]
        for each in near
        if each.id in today and not each.standing.holds(village, on)
        for word in (each.name, *each.also)
        if word not in bearing
    }
    return "".join(_turned(part, renamed) for part in BETWEEN.split(words)) if renamed else words


def _turned(part: str, renamed: dict[str, str]) -> str:
    for level in ("", *LEVEL.findall(part)):
        old = part.removeprefix(level)
        if old in renamed:
            return f"{level}{renamed[old]}（原{old}）"
    return part
