"""A household that is not on the roster yet: entered at the door with its head, never twice."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.desk import Desk
from app.actions.entry.doubles import (
    BORROWED,
    Duplicate,
    holders,
    read_number,
    read_phone,
    refuse_double,
)
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.identity import Identity, Sex
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError

__all__ = ["Duplicate", "Newcomer", "create"]
HEAD = "02"


@dataclass(frozen=True)
class Newcomer:
    """What is asked of a new household. The number may be left for later; then her sex is asked."""

    group: str
    door: str
    name: str
    id_number: str = ""
    sex: Sex = Sex.UNKNOWN
    phone: str = ""
    no_id_reason: str = ""


def create(desk: Desk, newcomer: Newcomer, *, another: bool = False) -> Household:
    """Enter the household and its head in one transaction.

    Raises UserError with everything to mend, or Duplicate unless the worker has said that it is
    another person (`another`).
    """
    found, problems = read_number(newcomer.id_number, desk.today)
    phone, odd = read_phone(newcomer.phone)
    problems += [*_missing(newcomer, found), *odd]
    if problems:
        raise UserError(problems[0].words, problems=tuple(problems))
    number = found.number if found else ""
    holder = holders(desk, number)
    if not another:
        refuse_double(desk, newcomer.name.strip(), holder, newcomer.group.strip())
    reason = newcomer.no_id_reason
    if holder:
        number, reason = "", BORROWED
    household_id, person_id = new_id(desk.now), new_id(desk.now)
    household = Household(
        id=household_id, village=desk.village, group=newcomer.group.strip(), door=newcomer.door.strip(),
        head=person_id, phone=phone,
    )  # fmt: skip
    person = Person(
        id=person_id, village=desk.village, household=household_id, name=newcomer.name.strip(),
        sex=found.sex if found else newcomer.sex, relation=HEAD, birth=found.birth if found else None,
        id_number=number or None, no_id_reason="" if number else reason, phone=phone,
    )  # fmt: skip
    with desk.unit("new household") as unit:
        unit.save(household)
        unit.save(person)
    return household


def _missing(newcomer: Newcomer, found: Identity | None) -> list[Problem]:
    problems = []
    if not newcomer.group.strip():
        problems.append(Problem("group", "住哪个组？选一个。"))
    if not newcomer.door.strip():
        problems.append(Problem("door", "门牌几号？没有门牌就写谁家隔壁。"))
    if not newcomer.name.strip():
        problems.append(Problem("name", "户主叫什么？照身份证写。"))
    if found is None and not newcomer.id_number.strip() and newcomer.sex not in (Sex.MALE, Sex.FEMALE):
        problems.append(Problem("sex", "没有证号，先选男还是女。"))
    return problems
