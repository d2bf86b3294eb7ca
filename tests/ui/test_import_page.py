"""A roster comes in whole, or its good households alone, or not at all; every bad row is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from openpyxl import load_workbook
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.people.household import Household
from app.tables.roster_out import write
from tests.facts import HOME, household
from tests.ui.village import LONE_HOME, OTHER_HOME, asked, open_village, people
from ui import notices
from ui.pages.import_roster import ImportRosterPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[ImportRosterPage]:
    made = ImportRosterPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, tmp_path, furnished=False)
    made.show()
    made.open()
    yield made
    tasks.close(lambda desk: desk.store.close())


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    homes = (household(), household(id=OTHER_HOME, group="老屋组", door="12号"))
    homes = (*homes, household(id=LONE_HOME, group="油榨坪组", door="4号"))
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(
        write(homes, [one for one in people() if one.household in (HOME, OTHER_HOME, LONE_HOME)])
    )
    return path


def _spoil(path: Path) -> None:
    book = load_workbook(path)
    rows = book.active
    titles = [cell.value for cell in rows[1]]
    rows.cell(3, titles.index("与户主关系") + 1).value = "老表"
    book.save(path)


def _count(page: ImportRosterPage, tasks: Tasks) -> int:
    return asked(tasks, page, lambda desk: desk.store.reading.count(Household))


def test_a_good_roster_comes_in_whole(page: ImportRosterPage, tasks: Tasks, sheet: Path) -> None:
    page.read(sheet)
    assert tasks.wait_idle()
    assert page.take.text() == "导进来：3 户 4 人"
    assert _count(page, tasks) == 0, "looking stores nothing"
    went: list[str] = []
    page.navigate.connect(lambda name, _params: went.append(name))
    with notices.recorded() as heard:
        page.take.click()
        assert tasks.wait_idle()
    assert [notice.words for notice in heard] == ["导好了：3 户，4 人。"]
    assert went == ["households"]
    assert _count(page, tasks) == 3


def test_a_roster_without_the_column_of_numbers_is_refused_with_what_to_do(
    page: ImportRosterPage, tasks: Tasks, sheet: Path
) -> None:
    book = load_workbook(sheet)
    rows = book.active
    rows.delete_cols([cell.value for cell in rows[1]].index("身份证号") + 1)
    book.save(sheet)
    page.read(sheet)
    assert tasks.wait_idle()
    assert page.report.lead.text() == "这张表用不了，什么也没有导。"
    assert not page.take.isVisible()
    assert (page.problems.rows()[0].title, page.problems.rows()[0].chip) == ("第 1 行 · 身份证号", "要改")
    assert "列名写「身份证号」" in page.words.text()
    assert _count(page, tasks) == 0


def test_a_bad_row_is_named_and_only_good_households_come_in(
    page: ImportRosterPage, tasks: Tasks, sheet: Path
) -> None:
    _spoil(sheet)
    page.read(sheet)
    assert tasks.wait_idle()
    (row,) = page.problems.rows()
    assert (row.title, row.chip) == ("第 3 行 · 与户主关系", "要改")
    assert "老表" in page.words.text()
    assert page.take.text() == "只导好的：2 户 2 人"
    page.take.click()
    assert tasks.wait_idle()
    assert _count(page, tasks) == 2


def test_the_same_roster_again_is_refused_row_by_row(
    page: ImportRosterPage, tasks: Tasks, sheet: Path
) -> None:
    page.read(sheet)
    assert tasks.wait_idle()
    page.take.click()
    page.read(sheet)
    assert tasks.wait_idle()
    assert {row.chip for row in page.problems.rows()} == {"要改"}
    assert not page.take.isVisible()
    assert _count(page, tasks) == 3


def test_an_empty_roster_can_be_kept_and_read_back(
    page: ImportRosterPage, tasks: Tasks, tmp_path: Path
) -> None:
    path = tmp_path / "空表.xlsx"
    with notices.recorded() as heard:
        page.save_template(path)
        assert tasks.wait_idle()
    assert [notice.words for notice in heard] == ["空表存好了。"]
    page.read(path)
    assert tasks.wait_idle()
    assert "没有人" in page.words.text()
    assert not page.take.isVisible()


def test_what_is_no_spreadsheet_is_told_calmly(page: ImportRosterPage, tasks: Tasks, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"not a sheet")
    page.read(path)
    assert tasks.wait_idle()
    assert "不是表格" in page.blank.text.text()
    assert page.blank.button.text() == "换一个表格"
    assert not page.take.isVisible()


def test_a_page_that_is_gone_does_not_stop_the_import(
    page: ImportRosterPage, tasks: Tasks, sheet: Path, qtbot: QtBot
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    looker = ImportRosterPage(tasks)
    looker.read(sheet)
    assert tasks.wait_idle()
    looker.take.click()
    shiboken6.delete(looker)  # as a lock does, in the middle of the work
    assert tasks.wait_idle()
    assert asked(tasks, other, lambda desk: desk.store.reading.count(Household)) == 3
