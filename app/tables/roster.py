"""Reading a village roster (花名册) from a spreadsheet: headings by meaning, problems row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from app.domain.people import codes
from app.domain.problem import UserError
from app.tables.cells import RowReader, plain
from app.tables.columns import REQUIRED, TITLES, meaning
from app.tables.guardians import Guardians
from app.tables.household_row import Member, look_for_repeats, read_household
from app.tables.person_row import read_person
from app.tables.reading import RosterHousehold, RosterReading, RowProblem, Severity
from app.tables.records import to_records
from app.tables.workbook import Cell, Row, Sheet, sheets

HEADING_ROWS = 5  # a title, a unit line and the like may stand above the headings
NEEDED_TO_BE_A_HEADING = 2
NO_NUMBERS = (
    "没有这一列，什么也没有导：没有证号认不出谁是谁，同一个人会进来两次。"
    "加一列，列名写「身份证号」，照证填好再导；个别人没有证号的，那一格空着。"
)
FILLED_DOWN = ("household", "group", "door")  # what people write once and merge over a household


@dataclass(frozen=True)
class _Headings:
    """Where the headings stand and what each column means; `twice` holds titles that occur again."""

    row: int
    keys: tuple[tuple[int, str], ...]
    ignored: tuple[str, ...]
    twice: tuple[str, ...]

    def cells(self, row: Sequence[Cell]) -> dict[str, Cell]:
        return {key: row[place] for place, key in self.keys if place < len(row)}


def read(source: Path | bytes, *, today: date) -> RosterReading:
    """Read a roster from an .xlsx, given as a path or its bytes. `today` bounds birth dates.

    Raises UserError when the file cannot be read as a spreadsheet at all (damaged, a password, .xls,
    empty, too big). Everything else comes back as problems of the reading, in the order of the sheet.
    """
    with sheets(source) as found:
        for sheet in found:
            if headings := _headings(islice(sheet.rows(), HEADING_ROWS)):
                return _read_sheet(sheet, headings, today)
        if not any(True for sheet in found for _ in islice(sheet.rows(), 1)):
            raise UserError("这个表格是空的，一个字也没有。")
    words = f"前 {HEADING_ROWS} 行里没找到表头。要有一行写着「姓名」「与户主关系」这些列名。"
    return RosterReading((), (RowProblem(0, "", words),), unusable=True)


def _headings(rows: Iterable[Row]) -> _Headings | None:
    best: _Headings | None = None
    for number, cells in rows:
        if number > HEADING_ROWS:
            break
        names = [(place, plain(cell)) for place, cell in enumerate(cells) if plain(cell)]
        keys: dict[str, int] = {}
        ignored, twice = [], []
        for place, name in names:
            key = meaning(name)
            if key is None:
                ignored.append(name)
            elif key in keys:
                twice.append(name)
            else:
                keys[key] = place
        pairs = tuple((place, key) for key, place in keys.items())
        if len(keys) >= NEEDED_TO_BE_A_HEADING and (best is None or len(keys) > len(best.keys)):
            best = _Headings(number, pairs, tuple(ignored), tuple(twice))
    return best


def _read_sheet(sheet: Sheet, headings: _Headings, today: date) -> RosterReading:
    problems = list(_problems_of(headings))
    if any(problem.severity is Severity.STOP for problem in problems):
        return RosterReading((), tuple(problems), headings.ignored, unusable=True)
    members: list[Member] = []
    keys: list[str] = []
    for number, cells in _filled_down(sheet, headings, problems, keys):
        reader = RowReader(number, cells, problems, sheet.day)
        members.append(Member(reader, read_person(reader, today)))
    if not members:
        problems.append(RowProblem(headings.row, "", "表头下面没有人。"))
        return RosterReading((), tuple(problems), headings.ignored, unusable=True)
    look_for_repeats(members)
    grouped: dict[str, list[Member]] = {}
    for key, member in zip(keys, members, strict=True):
        grouped.setdefault(key, []).append(member)
    households = tuple(read_household(key, group) for key, group in grouped.items())
    problems.extend(_guardian_problems(households))
    problems.sort(key=lambda problem: problem.row)
    return RosterReading(households, tuple(problems), headings.ignored, _blocked(households, problems))


def _problems_of(headings: _Headings) -> Iterable[RowProblem]:
    present = {key for _, key in headings.keys}
    for key in REQUIRED:
        if key not in present:
            yield RowProblem(headings.row, TITLES[key], "没有这一列，补上再导。")
    for name in headings.twice:
        yield RowProblem(headings.row, name, "这一列有两个，不知道用哪个。删掉一个再导。")
    if "id_number" not in present:
        # Nobody in it could ever be matched: the same sheet would bring everyone in a second time.
        yield RowProblem(headings.row, TITLES["id_number"], NO_NUMBERS)
    for name in headings.ignored:
        yield RowProblem(headings.row, name, "名册里没有这一项，这一列不导。", Severity.WARN)


def _filled_down(
    sheet: Sheet, headings: _Headings, problems: list[RowProblem], keys: list[str]
) -> Iterable[tuple[int, dict[str, Cell]]]:
    """Rows below the headings with merged cells filled in; appends each row's household to `keys`."""
    numbered = any(key == "household" for _, key in headings.keys)
    above: dict[str, Cell] = {}
    count = 0
    for number, row in sheet.rows():
        cells = headings.cells(row)
        if number <= headings.row or all(plain(cell) == "" for cell in cells.values()):
            continue
        head = codes.RELATION.find(plain(cells.get("relation"))) == codes.HEAD
        if numbered:
            opens = plain(cells.get("household")) not in ("", plain(above.get("household")))
        else:
            opens = head or not above
        count += opens
        if opens and plain(cells.get("group")) == "" and plain(above.get("group")):
            words = f"组空着，按上面一户的「{plain(above.get('group'))}」填了。"
            problems.append(RowProblem(number, TITLES["group"], words, Severity.WARN))
        for key in FILLED_DOWN:
            carries = key == "group" or not opens
            if plain(cells.get(key)) == "" and carries:
                cells[key] = above.get(key)
        above = {key: cells.get(key) for key in FILLED_DOWN}
        keys.append(plain(cells.get("household")) if numbered else str(count))
        yield number, cells


def _guardian_problems(households: Sequence[RosterHousehold]) -> Iterable[RowProblem]:
    guardians = Guardians(households)
    for household in households:
        for row in household.rows:
            if row.guardian and guardians.find(row.guardian, household) is None:
                words = f"名册里找不准「{row.guardian}」是哪一位，记在备注里，监护人先空着。"
                yield RowProblem(row.row, TITLES["guardian"], words, Severity.WARN)


def _blocked(households: Sequence[RosterHousehold], problems: Sequence[RowProblem]) -> frozenset[str]:
    stopped = {problem.row for problem in problems if problem.severity is Severity.STOP}
    return frozenset(
        household.key for household in households if any(row.row in stopped for row in household.rows)
    )


__all__ = ["read", "to_records"]
