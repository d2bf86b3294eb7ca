"""Every ticket there ever was is found from the board, by a few letters or by pointing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import compose
from tests.ui.fitting import cut
from tests.ui.ticket_driver import Driver, driving
from ui import theme
from ui.forms.tickets.ticket_list import TicketList
from ui.tasks import Tasks


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def _titles(board: TicketList) -> list[str]:
    return [row.title for row in board.list.rows()]


def _choose(board: TicketList, group: str, key: str) -> None:
    for button in getattr(board.sieve, group).buttons:
        if button.option.key == key:
            button.click()


def test_letters_find_a_ticket_under_an_input_method_and_esc_brings_the_views_back(driver: Driver) -> None:
    driver.registered()
    driver.open()
    board = driver.page.board
    compose(board.box, "j'g'y")
    driver.settle()
    assert _titles(board) == ["蒋桂英：伢儿读书钱冒得。", "蒋桂英：孤儿基本生活费"]
    assert not board.tabs.isVisible()
    assert board.told.text() == "找到 2 张"
    compose(board.box, "")
    driver.settle()
    assert board.tabs.isVisible()
    assert _titles(board) == ["蒋桂英：伢儿读书钱冒得。"]


def test_what_is_pointed_at_narrows_the_list_and_says_how_many_are_left(driver: Driver) -> None:
    driver.registered()
    driver.open()
    board = driver.page.board
    board.narrow.click()
    driver.settle()
    assert board.stack.currentWidget() is board.sieve
    _choose(board, "stand", "away")
    driver.settle()
    assert board.sieve.go.text() == "看这 1 张"
    board.sieve.go.click()
    driver.settle()
    assert _titles(board) == ["蒋桂英：孤儿基本生活费"]
    assert board.told.text() == "找到 1 张 · 等别人"


def test_nothing_found_is_said_with_what_to_try(driver: Driver) -> None:
    board = driver.page.board
    board.box.setText("xyz")
    driver.settle()
    assert board.empty.isVisible()
    assert "没找到" in board.empty.text.text()


def test_a_narrowed_list_stays_when_one_comes_back_to_it(driver: Driver) -> None:
    number = driver.ticket(driver.registered()).short_number
    driver.open()
    board = driver.page.board
    board.box.setText(number)
    driver.settle()
    board.list.opened.emit(board.list.rows()[0].key)
    driver.settle()
    driver.open()
    assert board.box.text() == number
    assert _titles(board) == ["蒋桂英：伢儿读书钱冒得。"]


def test_all_that_was_chosen_is_let_go_at_once(driver: Driver) -> None:
    driver.registered()
    driver.open()
    board = driver.page.board
    board.narrow.click()
    driver.settle()
    _choose(board, "marks", "late")
    driver.settle()
    assert not board.sieve.go.isEnabled()
    board.sieve.none.click()
    driver.settle()
    assert board.sieve.go.text() == "看这 2 张"
    board.narrow.click()
    driver.settle()
    assert board.tabs.isVisible()


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_the_board_and_its_sieve_fit_the_smallest_screen(sized: theme.Size, driver: Driver) -> None:
    rail = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}[sized]
    driver.page.resize(1366 - rail, 628)
    driver.open()
    assert not cut(driver.page)
    driver.page.board.narrow.click()
    driver.settle()
    QApplication.processEvents()
    assert driver.page.width() <= 1366 - rail
    assert not cut(driver.page)
