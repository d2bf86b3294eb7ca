"""The reports page: pointed at, split, looked behind, saved, and readable at every letter size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.reports.catalogue import REPORTS
from tests import strays
from tests.ui import village
from tests.ui.conftest import shown
from tests.ui.fitting import cut
from ui import notices, theme
from ui.forms.reports.report_view import ReportView
from ui.pages.paper import PaperPage
from ui.pages.reports import ReportsPage
from ui.tasks import Tasks
from ui.widgets.figure_table import FigureTable
from ui.widgets.words import Button

# The widest tables, the longest labels, several tables, and an empty one.
WIDEST = ("handled", "people", "trips", "coverage", "transfers", "funnel")
RAILS = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}


@dataclass
class Desk:
    """The page in a window, with a village behind it."""

    page: ReportsPage
    tasks: Tasks

    def settle(self) -> None:
        for _ in range(3):
            assert self.tasks.wait_idle()
            QApplication.processEvents()

    def open(self, key: str) -> ReportView:
        self.page.open(report=key)
        self.settle()
        view = self.page.pane.view
        assert view is not None
        return view

    @property
    def table(self) -> FigureTable:
        view = self.page.pane.view
        assert view is not None
        return view.tables[0]


def _at_desk(qtbot: QtBot, tasks: Tasks, folder: Path, *, furnished: bool) -> Desk:
    page = ReportsPage(tasks)
    shown(qtbot, page).resize(1190, 640)
    village.open_village(tasks, page, folder, furnished=furnished)
    desk = Desk(page, tasks)
    page.open()
    desk.settle()
    return desk


@pytest.fixture
def desk(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Desk:
    return _at_desk(qtbot, tasks, tmp_path, furnished=True)


def test_the_first_report_stands_there_with_this_months_figures(desk: Desk) -> None:
    assert desk.page.subtitle_label.text() == "2026年11月"
    assert desk.table.rows()[0].label == "2026年11月"
    assert desk.table.rows()[0].figures[0].text == "1"


def test_pointing_at_another_report_shows_it(desk: Desk) -> None:
    for spec in REPORTS:
        desk.page.side.rows.opened.emit(spec.key)
        desk.settle()
        assert desk.page.pane.report is not None
        assert desk.page.pane.report.key == spec.key


def test_a_figure_is_opened_by_keyboard_and_leads_to_its_ticket(desk: Desk) -> None:
    gone: list[tuple[str, dict[str, str]]] = []
    desk.page.navigate.connect(lambda page, params: gone.append((page, params)))
    desk.open("callers")
    table = desk.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert "已答复" in table.accessibleDescription()
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    records = desk.page.pane.behind
    assert records is not None
    assert [row.title for row in records.rows.rows()] == ["蒋桂英：孤儿基本生活费"]
    records.rows.choose_first()
    QTest.keyClick(records.rows, Qt.Key.Key_Return)
    assert gone[0][0] == "tickets"
    records.back.click()
    assert desk.page.pane.behind is None


def test_a_figure_is_opened_by_the_mouse(desk: Desk, qapp: QApplication) -> None:
    desk.open("callers")
    box = desk.table.box_of(0, 0)
    with strays.none_shown(qapp):
        QTest.mouseClick(desk.table, Qt.MouseButton.LeftButton, pos=box.center())
        desk.settle()
    assert desk.page.pane.behind is not None


def test_another_split_is_two_presses_away_and_is_said(desk: Desk) -> None:
    span = desk.page.pane.span
    assert span is not None
    assert span.other.text().startswith("按月")
    assert not span.cut.isVisible()
    span.other.click()
    next(button for button in span.cut.buttons if button.text() == "按组").click()
    desk.settle()
    assert span.other.text().startswith("按组")
    assert desk.table.rows()[0].label == "茶园组"
    assert span.other.hasFocus(), "what was pressed folded away"
    desk.open("items")
    desk.open("handled")
    assert span.other.text().startswith("按月"), "another report begins in its usual split"


def test_two_days_of_her_own_and_the_wrong_way_round(desk: Desk) -> None:
    span = desk.page.pane.span
    assert span is not None
    next(button for button in span.when.buttons if button.text() == "自己选").click()
    assert (span.first.value(), span.last.value()) == (date(2026, 11, 1), date(2026, 11, 30))
    span.first.set_value(None)
    span.look.click()
    desk.settle()
    assert "哪一天" in span.first_field.error
    span.first.set_value(date(2026, 11, 20))
    span.last.set_value(date(2026, 11, 1))
    span.look.click()
    desk.settle()
    assert "比头一天还早" in span.last_field.error
    assert span.period() is None
    span.last.set_value(date(2026, 11, 30))
    span.look.click()
    desk.settle()
    assert desk.page.subtitle_label.text() == "2026-11-20 到 2026-11-30"


def test_this_month_is_another_one_after_its_end(desk: Desk) -> None:
    village.asked(desk.tasks, desk.page, lambda at: setattr(at.clock, "at", at.clock.at + timedelta(days=11)))
    desk.page.refresh()
    desk.settle()
    assert desk.page.subtitle_label.text() == "2026年12月"


def test_nothing_to_count_says_so_and_offers_the_year(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    desk = _at_desk(qtbot, tasks, tmp_path, furnished=False)
    view = desk.open("trips")
    assert not view.tables
    view.wider.emit()
    desk.settle()
    assert desk.page.subtitle_label.text() == "2026年"
    assert desk.page.pane.view is not None
    offered = [one.text() for one in desk.page.pane.view.findChildren(Button) if one.isVisible()]
    assert offered == [], "the year in sight is not offered again"


def test_a_report_is_looked_at_on_paper_and_left_again(desk: Desk, qtbot: QtBot) -> None:
    desk.open("ways")
    went: list[tuple[str, dict[str, Any]]] = []
    desk.page.navigate.connect(lambda name, params: went.append((name, params)))
    desk.page.paper.click()
    (name, params), paper = went.pop(), PaperPage(desk.tasks)
    assert name == "paper"
    shown(qtbot, paper).resize(1190, 640)
    paper.navigate.connect(lambda name, params: went.append((name, params)))
    paper.open(**params)
    desk.settle()
    assert paper.title_label.text().startswith("三类处置占比 2026年11月")
    assert paper.face.paper.page_count() == 1
    filled = [one for one in paper.findChildren(Button) if one.isVisible() and one.property("role") == "main"]
    assert filled == [paper.primary]
    paper.face.back_button.click()
    assert went == [("reports", {"report": "ways"})]


def test_one_report_and_all_sixteen_are_saved_as_tables(desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    notices.register(lambda notice: said.append(notice.words))
    desk.open("ways")
    one, every = tmp_path / "one.xlsx", tmp_path / "all.xlsx"
    desk.page.save_to(one, every=False)
    desk.page.save_to(every, every=True)
    desk.settle()
    assert openpyxl.load_workbook(one).sheetnames == ["2 三类处置占比"]
    assert len(openpyxl.load_workbook(every).sheetnames) == 16
    assert said == ["表格存好了。", "表格存好了。"]


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_report_fits_the_smallest_screen(
    sized: theme.Size, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    desk = _at_desk(qtbot, tasks, tmp_path, furnished=True)
    desk.page.window().resize(1366 - RAILS[sized], 628)
    for key in WIDEST:
        view = desk.open(key)
        assert not cut(desk.page), key
        for table in view.tables:
            assert all(table.rect().contains(spot.box) for spot in table._spots), key
            assert table.accessibleName()
    desk.page.pane.span.other.click()  # type: ignore[union-attr]  # it is there by now
    desk.settle()
    assert not cut(desk.page)
