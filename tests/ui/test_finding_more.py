"""Long lists are scrolled to their end, any days can be typed, and every list is searched and narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.registers import clues, notices, seals
from app.actions.registers.clues import Noted
from app.domain.visits.visit import Met, VisitState
from tests.facts import HOME, NOW, visit
from tests.ui.conftest import shown
from tests.ui.fitting import cut
from tests.ui.ticket_driver import Driver, driving
from tests.ui.village import OTHER_HOME, asked, open_village
from tests.unit.actions.test_registers import SHEET, STAMP
from ui.pages.clues import CluesPage
from ui.pages.registers import RegistersPage
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date_span import OWN, DateSpan

TODAY = NOW.date()


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def choose(group: ChoiceGroup, key: str) -> None:
    next(one for one in group.buttons if one.option.key == key).click()


def settle(tasks: Tasks) -> None:
    for _ in range(3):
        assert tasks.wait_idle(20_000)
        QApplication.processEvents()


def type_days(span: DateSpan, first: str, last: str) -> None:
    if span.value() != OWN:
        choose(span.choices, OWN)
    for box, day in ((span.first, first), (span.last, last)):
        assert box is not None
        year, month, day_ = day.split("-") if day else ("", "", "")
        box.year.setText(year)
        box.month.setText(month)
        box.day.setText(day_)
        box.day.textEdited.emit(day_)


def test_the_board_of_tickets_is_scrolled_to_the_very_last_match(driver: Driver) -> None:
    for _ in range(120):
        driver.registered()
    driver.open()
    board = driver.page.board
    board.box.setText("jgy")
    driver.settle()
    first = len(board.list.rows())
    assert first < 121
    assert board.told.text() == "找到 121 张"
    bar = board.list.verticalScrollBar()
    for _ in range(6):
        bar.setValue(bar.maximum())
        driver.settle()
    keys = [row.key for row in board.list.rows()]
    assert len(keys) == len(set(keys)) == 121
    board.box.setText("没有这个人")
    driver.settle()
    assert board.list.rows() == ()


def test_tickets_of_any_two_days_are_found(driver: Driver) -> None:
    driver.registered()
    driver.open()
    board = driver.page.board
    board.narrow.click()
    driver.settle()
    type_days(board.sieve.time, "2026-11-01", "2026-11-19")
    driver.settle()
    assert board.sieve.go.text() == "一张也没有，换一样"
    type_days(board.sieve.time, "2026-11-01", "2026-11-20")
    driver.settle()
    assert board.sieve.go.text() == "看这 2 张"
    assert board.told.text() == "找到 2 张 · 11月1日到11月20日"
    type_days(board.sieve.time, "2026-11-20", "2026-11-01")
    assert board.sieve.time.last_field.error.startswith("末一天比头一天还早")
    board.sieve.none.click()
    driver.settle()
    assert board.sieve.wanted("").anything is False


def fill_registers(desk: Desk) -> None:
    for day in (3, 10, 17):
        seals.add(desk, replace(STAMP, on=date(2026, 11, day), paper=f"{day} 日的申请"))
    notices.post(desk, SHEET)


def test_a_register_is_read_by_any_days_and_narrowed_by_pointing(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    page = RegistersPage(tasks)
    shown(qtbot, page)
    open_village(tasks, page, tmp_path)
    asked(tasks, page, fill_registers)
    page.open(book="seal_log")
    settle(tasks)
    page.list.narrow.click()
    settle(tasks)
    type_days(page.list.sieve.time, "2026-11-04", "")
    settle(tasks)
    assert page.list.stack.currentWidget() is page.list.sieve
    assert page.list.sieve.go.text() == "看这 2 笔"
    assert page.list.asking(), "the hand stays where the days are typed"
    assert cut(page) == []
    page.list.sieve.go.click()
    settle(tasks)
    assert [row.title for row in page.list.list.rows()] == ["蒋桂英：17 日的申请", "蒋桂英：10 日的申请"]
    assert page.list.told.text() == "找到 2 笔 · 11月4日起"
    page.list.narrow.click()
    choose(page.list.sieve.groups[0], "use:contract")
    settle(tasks)
    assert page.list.list.rows() == ()
    page.open(book="public_notice")
    settle(tasks)
    choose(page.list.sieve.groups[0], "hangs:up")
    settle(tasks)
    assert [row.chip for row in page.list.list.rows()] == ["贴到 11月27日"]
    assert cut(page) == []


def test_clues_are_found_by_initials_and_by_what_was_seen(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    page = CluesPage(tasks)
    shown(qtbot, page)
    open_village(tasks, page, tmp_path)
    for name, signal in (("老王", "elder"), ("彭水生", "illness")):
        asked(
            tasks, page,
            lambda desk, name=name, signal=signal: clues.note(
                desk, Noted(TODAY, "grid", signal, "没人管。", name=name)
            ),
        )  # fmt: skip
    page.open()
    settle(tasks)
    page.list.box.setText("pss")
    settle(tasks)
    assert [row.title for row in page.list.list.rows()] == ["彭水生：没人管。"]
    page.list.box.setText("")
    page.list.narrow.click()
    choose(page.list.sieve.signal, "elder")
    settle(tasks)
    assert [row.title for row in page.list.list.rows()] == ["老王：没人管。"]
    assert cut(page) == []


def signed_visits(desk: Desk) -> None:
    with desk.unit("visits") as unit:
        for number in range(180):
            home, met = (HOME, Met.HOME) if number % 2 else (OTHER_HOME, Met.ABSENT)
            unit.save(
                visit(
                    id=f"01900000-0000-7000-8000-000000001{number:03d}", household=home, met=met, seal="x",
                    state=VisitState.SIGNED, started_at=NOW - timedelta(days=number),
                )
            )  # fmt: skip


def test_past_visits_are_searched_narrowed_and_scrolled_to_the_first(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    page = VisitsPage(tasks)
    shown(qtbot, page)
    open_village(tasks, page, tmp_path)
    asked(tasks, page, signed_visits)
    page.open(tab="done")
    settle(tasks)
    visits = page.list
    assert visits.finding.isVisible()
    bar = visits.list.verticalScrollBar()
    for _ in range(6):
        bar.setValue(bar.maximum())
        settle(tasks)
    rows = [row for row in visits.list.rows() if not row.heading]
    assert len(rows) == len({row.key for row in rows}) == 180
    headings = [row.title for row in visits.list.rows() if row.heading]
    assert len(headings) == len(set(headings)) == 7, "each month once"
    visits.narrow.click()
    choose(visits.sieve.met, "absent")
    settle(tasks)
    assert visits.told.text().startswith("找到 90 次 · ")
    visits.box.setText("没有这一家")
    settle(tasks)
    assert visits.sieve.go.text() == "一次也没有，换一样"
    visits.narrow.click()
    settle(tasks)
    assert visits.empty.isVisible()
    assert cut(page) == []
