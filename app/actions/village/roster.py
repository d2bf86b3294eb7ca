"""Bringing a county's roster (.xlsx) into the store: read, look, then all of it in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.manifest import Reason
from app.domain.people.person import Person
from app.domain.problem import Problem, StorageFault, UserError
from app.domain.record import Record
from app.files import write_whole
from app.tables import roster as sheet
from app.tables.reading import RosterReading, RowProblem
from app.tables.records import SHOWN, to_records
from app.tables.roster_out import template

Progress = Callable[[int, int], None]  # done, of all


@dataclass(frozen=True)
class Imported:
    """How much came in."""

    households: int
    people: int


def read_roster(desk: Desk, source: Path | bytes) -> RosterReading:
    """Read and check a roster; nothing is stored. Numbers already in the store are problems too.

    Raises UserError when it is no readable .xlsx at all.
    """
    reading = sheet.read(source, today=desk.today)
    known = _already_here(desk, reading)
    if not known:
        return reading
    rows = {problem.row for problem in known}
    blocked = {home.key for home in reading.households if rows & {row.row for row in home.rows}}
    return replace(reading, problems=(*reading.problems, *known), blocked=reading.blocked | blocked)


def import_roster(desk: Desk, reading: RosterReading, progress: Progress | None = None) -> Imported:
    """Store every household and person of `reading` in one transaction, or nothing; after a backup.

    Raises StorageFault when the backup could not be made.
    Raises UserError while a stop problem remains (see `RosterReading.only_good`), and for people who have
    come into the store since the roster was read: the same sheet is not taken in twice.
    """
    if known := _already_here(desk, reading):
        words = f"表里有 {len(known)} 个人村里已经有了，没有导。是不是导过一次了？重新选一次表。"
        problems = tuple(Problem(one.column, one.sentence) for one in known[:SHOWN])
        raise UserError(words, problems=problems)
    try:
        desk.safeguard(Reason.BEFORE_IMPORT)
    except StorageFault as fault:
        raise StorageFault(f"导之前要先备份，备份没做成，所以什么也没有导。{fault.words}") from fault
    households, people = to_records(reading, desk.village, new_id, desk.now)
    records: tuple[Record, ...] = (*households, *people)
    with desk.unit("roster import") as unit:
        for done, record in enumerate(records, 1):
            unit.save(record)
            if progress and (done % 100 == 0 or done == len(records)):
                progress(done, len(records))
    return Imported(len(households), len(people))


def save_template(path: Path) -> None:
    """An empty roster with a page of explanations, to be filled in and read back.

    Raises StorageFault when the disk refuses.
    """
    write_whole(path, template())


def _already_here(desk: Desk, reading: RosterReading) -> tuple[RowProblem, ...]:
    found = []
    for row in reading.rows:
        number = row.person.id_number
        if number and desk.store.reading.where(Person, id_number=number):
            words = "这个身份证号村里已经有了。是同一个人就从表里删掉这一行。"
            found.append(RowProblem(row.row, "身份证号", words))
    return tuple(found)
