"""What must hold between the names of departments: one name at a time, and no word for two of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from app.domain.packs.department import Department
from app.domain.problem import Problem


def departments(found: tuple[Department, ...]) -> Iterator[Problem]:
    """A department with two names on one day or with none today, and a word that means two departments."""
    for one, other in combinations(found, 2):
        same_place = one.standing.region == other.standing.region
        if one.id == other.id and same_place and _overlap(one, other):
            yield Problem(
                _place(other),
                f"和“{one.name}”在同一时间都叫得，给旧名字写上 valid_to，给新名字写上 valid_from",
            )
        shared = {one.name, *one.also} & {other.name, *other.also}
        if one.id != other.id and shared:
            yield Problem(_place(other), f"“{min(shared)}”也写给了“{one.name}”，一个说法只能指一个部门")
    for each in found:
        if not any(other.id == each.id and other.standing.valid_to is None for other in found):
            yield Problem(_place(each), "没写现在叫什么，补一条没有 valid_to 的")


def _overlap(one: Department, other: Department) -> bool:
    starts = max(one.standing.valid_from or date.min, other.standing.valid_from or date.min)
    return starts <= min(one.standing.valid_to or date.max, other.standing.valid_to or date.max)


def _place(department: Department) -> str:
    return f"departments.toml：department[{department.id}.{department.name}]"
