"""Turning a roster that was read into the records that are saved: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError
from app.tables.guardians import Guardians
from app.tables.reading import RosterHousehold, RosterReading, RosterRow

SHOWN = 20


def to_records(
    reading: RosterReading, village: str, new_id: Callable[[datetime], str], at: datetime
) -> tuple[tuple[Household, ...], tuple[Person, ...]]:
    """The households and people of `reading` with real ids, in the order of the sheet.

    `village` is the 12-digit code; `new_id(at)` makes ids. Raises UserError, naming the first stop
    problems, while any remains: mend the sheet, or take `reading.only_good()`.
    """
    _refuse(reading)
    guardians = Guardians(reading.households)
    ids = {row.row: new_id(at) for row in reading.rows}
    households: list[Household] = []
    people: list[Person] = []
    for draft in reading.households:
        home = new_id(at)
        by_placeholder = {row.person.id: ids[row.row] for row in draft.rows}
        head = by_placeholder.get(draft.household.head, "")
        households.append(replace(draft.household, id=home, village=village, head=head))
        for row in draft.rows:
            person = replace(row.person, id=ids[row.row], village=village, household=home)
            people.append(_with_guardian(person, row, draft, guardians, ids))
    return tuple(households), tuple(people)


def _refuse(reading: RosterReading) -> None:
    if not reading.stops:
        return
    problems = tuple(Problem(problem.column, problem.sentence) for problem in reading.stops)
    words = f"表里有 {len(problems)} 处要改，还没有导进去，原来的资料没有动。"
    raise UserError(words, problems=problems[:SHOWN])


def _with_guardian(
    person: Person, row: RosterRow, home: RosterHousehold, guardians: Guardians, ids: dict[int, str]
) -> Person:
    if not row.guardian:
        return person
    if found := guardians.find(row.guardian, home):
        return replace(person, guardian=ids[found.row])
    note = "；".join(part for part in (person.note, f"监护人：{row.guardian}") if part)
    return replace(person, note=note)
