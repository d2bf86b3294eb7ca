"""What came while her hands were elsewhere is not forgotten: rows, a line, a stick that was not finished."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.people.household import Household
from app.vault import parcel_files
from tests.sync.albums import notice_with
from tests.sync.county import County
from tests.sync.desk import Desk as Other
from tests.ui.laptop import asked, go, keep, unlock
from tests.ui.test_county_word import banner
from tests.ui.test_stick_card import plugged
from tests.ui.test_sync_by_itself import System
from tests.ui.test_sync_by_itself import program as by_itself
from tests.ui.test_sync_page import elsewhere, page_of, send
from ui.bootstrap import Program
from ui.pages.page import Page

__all__ = ["by_itself", "plugged"]

WAIT_MS = 20_000


@contextmanager
def swallowed() -> Iterator[str]:
    """An address where everything is taken and nothing answered."""
    with socket.create_server(("127.0.0.1", 0)) as hole:
        yield f"http://127.0.0.1:{hole.getsockname()[1]}"


def a_family_comes(program: Program, qtbot: QtBot, served: County) -> None:
    other = Other(served, worker="杨桂英")
    other.new(group="茶园组", door="9号")
    other.sync()
    with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS):
        program.courier.now()


def counted(program: Program, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The page in sight notes here whenever it asks again."""
    assert program.window.workspace is not None
    page, asked_again = program.window.workspace.page(), list[str]()
    assert isinstance(page, Page)
    monkeypatch.setattr(page, "refresh", lambda: asked_again.append("again"))
    return asked_again


def test_a_page_beside_a_search_hears_of_what_came(
    program: Program, qtbot: QtBot, county_server: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, qtbot, page_of(program))
    go(program, "today")
    again = counted(program, monkeypatch)
    assert program.window.workspace is not None
    program.window.workspace.top.search.setFocus()
    a_family_comes(program, qtbot, county_server)
    assert again


def test_a_page_under_her_hands_hears_of_what_came_when_they_leave_the_box(
    program: Program, qtbot: QtBot, county_server: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, qtbot, page_of(program))
    go(program, "tickets", new=True)
    again = counted(program, monkeypatch)
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert page is not None
    box = page.findChildren(QLineEdit)[0]
    box.setFocus()
    qtbot.waitUntil(box.hasFocus, timeout=WAIT_MS)
    a_family_comes(program, qtbot, county_server)
    assert not again
    program.window.workspace.top.search.setFocus()
    assert again == ["again"]


def test_a_line_that_appears_under_a_hanging_round_is_used_when_it_ends(
    by_itself: Program, qtbot: QtBot, county_server: County
) -> None:
    courier, system = by_itself.courier, System()
    assert by_itself.inside is not None
    by_itself.inside.line.begin(system)
    courier._failures = 6  # a morning without a line: the next pause would be minutes
    with swallowed() as address:
        elsewhere(by_itself, address)
        courier.now()
        system.say(QNetworkInformation.Reachability.Online)
        elsewhere(by_itself, county_server.url)
        qtbot.waitUntil(lambda: courier._transport is not None, timeout=WAIT_MS)
        with qtbot.waitSignal(courier.failed, timeout=WAIT_MS):
            assert courier._transport is not None
            courier._transport.hang_up()
    with qtbot.waitSignal(courier.changed, timeout=WAIT_MS):
        pass
    assert asked(by_itself, lambda desk: desk.store.ledger.waiting()) == 0


def test_a_stick_the_lock_cut_off_is_told_of_at_the_next_unlocking(
    program: Program, qtbot: QtBot, plugged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, qtbot, page_of(program))
    asked(program, notice_with)
    begun, go_on, put = threading.Event(), threading.Event(), parcel_files.put

    def slowly(path: Path, data: bytes) -> None:
        begun.set()
        go_on.wait(30)
        put(path, data)

    monkeypatch.setattr(parcel_files, "put", slowly)
    page_of(program).stick.write_button.click()
    qtbot.waitUntil(begun.is_set, timeout=WAIT_MS)
    program.lock()
    go_on.set()
    unlock(program)
    qtbot.waitUntil(lambda: "U 盘还没写完" in banner(program), timeout=WAIT_MS)
    keep(program, "stick-cut")
    assert asked(program, lambda desk: len(list(desk.store.reading.each(Household))))
