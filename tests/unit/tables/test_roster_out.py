"""What is written is read back whole, opens as text everywhere, and can hide no formula."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.tables import roster_out
from app.tables.columns import COLUMNS
from app.tables.reading import Severity
from app.tables.records import to_records
from app.tables.roster import read
from demo.village import Village, generate
from tests.unit.tables.sheets import GRANDMOTHER, GRANDSON, HEADINGS, NEIGHBOUR, TODAY, reading, with_cell
from tests.watching import Watch

AT = datetime(2026, 11, 20, 6, 32, tzinfo=UTC)
VILLAGE = "439901101201"


@pytest.fixture(scope="module")
def village() -> Village:
    return generate()


@pytest.fixture(scope="module")
def written(village: Village) -> bytes:
    return roster_out.write(village.households, village.people, simulated=True)


def new_ids() -> Callable[[datetime], str]:
    numbers = count(1)
    return lambda at: f"id-{next(numbers)}"


def facts(record: Household | Person, names: dict[str, str]) -> Any:
    """A record with every id replaced by the name of what it points at."""
    if isinstance(record, Household):
        return replace(record, id="", head=names.get(record.head, ""))
    guardian = names[record.guardian] if record.guardian else None
    return replace(record, id="", household="", guardian=guardian)


def test_the_whole_village_comes_back_with_every_fact(village: Village, written: bytes) -> None:
    found = read(written, today=village.on)
    assert found.stops == ()
    households, people = to_records(found, VILLAGE, new_ids(), AT)
    before = {person.id: f"{person.name} {person.id_number}" for person in village.people}
    after = {person.id: f"{person.name} {person.id_number}" for person in people}
    assert [facts(home, after) for home in households] == [facts(home, before) for home in village.households]
    assert [facts(one, after) for one in people] == [facts(one, before) for one in village.people]
    homes = {home.id: home for home in households}
    assert all(person.village == VILLAGE and person.household in homes for person in people)
    assert len({home.id for home in households} | {person.id for person in people}) == 562 + 2010


def test_identity_numbers_and_accounts_are_text_not_numbers(written: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written))["名册（模拟数据）"]
    titles = [cell.value for cell in sheet[1]]
    assert titles == [column.title for column in COLUMNS]
    for title in ("身份证号", "银行账号", "联系电话", "残疾证号", "户籍地代码"):
        place = titles.index(title) + 1
        cells = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place) if cell.value]
        assert cells
        assert all(cell.data_type == "s" and cell.number_format == "@" for cell in cells)
        assert sheet.column_dimensions[cells[0].column_letter].number_format == "@"
    assert sheet.freeze_panes == "E2"


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_becomes_a_formula(evil: str) -> None:
    found = reading(with_cell(GRANDMOTHER, "门牌号", "3号"))
    households, people = to_records(found, VILLAGE, new_ids(), AT)
    data = roster_out.write(households, [replace(people[0], note=evil)])
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data))["名册"].iter_rows() for cell in row]
    held = next(cell for cell in cells if cell.value == evil)
    assert held.data_type == "s"
    assert held.quotePrefix
    assert read(data, today=TODAY).rows[0].person.note == evil


def test_characters_no_spreadsheet_can_hold_are_left_out() -> None:
    households, people = to_records(reading(GRANDMOTHER), VILLAGE, new_ids(), AT)
    data = roster_out.write(households, [replace(people[0], note="耳背\x07，\x00大声说")])
    assert read(data, today=TODAY).rows[0].person.note == "耳背，大声说"


def test_the_empty_template_explains_itself_and_is_ready_to_fill() -> None:
    data = roster_out.template()
    assert read(data, today=TODAY).unusable  # nobody in it yet
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, explained = book["名册"], book["填写说明"]
    assert len(sheet.data_validations.dataValidation) >= 8
    words = {cell.value for row in explained.iter_rows() for cell in row}
    assert {column.title for column in COLUMNS} <= words
    assert any("无赡养人" in str(said) for said in words), "tags that rules ask for are no secret"
    for place, value in enumerate(GRANDMOTHER):
        sheet.cell(2, [column.title for column in COLUMNS].index(HEADINGS[place]) + 1, value)
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), today=TODAY).problems == ()


def test_nothing_is_imported_while_a_row_is_stopped() -> None:
    found = reading(GRANDMOTHER, with_cell(GRANDSON, "性别", "女"), NEIGHBOUR)
    with pytest.raises(UserError) as caught:
        to_records(found, VILLAGE, lambda at: "id", AT)
    assert caught.value.words == "表里有 1 处要改，还没有导进去，原来的资料没有动。"
    assert caught.value.problems[0].words.startswith("第 3 行「性别」")
    households, people = to_records(found.only_good(), VILLAGE, new_ids(), AT)
    assert [person.name for person in people] == ["向先福"]
    assert households[0].head == people[0].id


def test_good_households_of_a_sheet_without_headings_cannot_be_taken() -> None:
    found = read(roster_out.template(), today=TODAY)
    with pytest.raises(UserError):
        to_records(found, VILLAGE, lambda at: "id", AT)
    assert found.only_good().households == ()


def test_a_guardian_is_found_by_name_at_home_first_and_never_guessed() -> None:
    headings = (*HEADINGS, "监护人")
    at_home = reading((*GRANDMOTHER, ""), (*GRANDSON, "蒋桂英"), headings=headings)
    by_number = reading((*GRANDMOTHER, ""), (*GRANDSON, GRANDMOTHER[-1]), headings=headings)
    for found in (at_home, by_number):
        _, (grandmother, grandson) = to_records(found, VILLAGE, new_ids(), AT)
        assert grandson.guardian == grandmother.id
    unknown = reading((*GRANDMOTHER, ""), (*GRANDSON, "何大爷"), headings=headings)
    assert [problem.severity for problem in unknown.problems] == [Severity.WARN]
    _, (_, grandson) = to_records(unknown, VILLAGE, new_ids(), AT)
    assert (grandson.guardian, grandson.note) == (None, "监护人：何大爷")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux tells of every file that is made")
def test_no_file_is_made_on_the_way(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    watch = Watch(tmp_path)
    roster_out.write(village.households[:3], village.people[:9])
    roster_out.template()
    assert watch.seen() == set()
    watch.close()
