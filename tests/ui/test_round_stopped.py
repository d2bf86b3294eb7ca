"""A round the worker stops, and a computer the county stopped: neither is taken for one that went well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions import far_files
from sync.server.__main__ import main
from tests.sync.albums import notice_with
from tests.sync.county import County
from tests.sync.files import FilesCounty, files_county
from tests.sync.meter import Meter
from tests.ui.laptop import asked, go, unlock
from tests.ui.test_county_word import banner
from tests.ui.test_far_pictures import program as with_files
from tests.ui.test_stick_card import plugged, press
from tests.ui.test_stopping import failed, stop
from tests.ui.test_sync_page import badge, call_her, elsewhere, page_of, send
from ui.bootstrap import Program

__all__ = ["files_county", "plugged", "with_files"]

WAIT_MS = 20_000
STOPPED = "这台电脑被停用了"


@contextmanager
def stopped_after(program: Program, qtbot: QtBot, url: str, sent: int) -> Iterator[None]:
    """She presses 停一停 when so many bytes have gone up; the next connection is an ordinary one."""
    page = page_of(program)
    with Meter(url, still_up=sent) as line:
        elsewhere(program, line.url)
        page.card.now_button.click()
        qtbot.waitUntil(line.still.is_set, timeout=WAIT_MS)
        elsewhere(program, url)
        with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS):
            page.card.stop_button.click()
        line.stop()
    yield


@pytest.fixture
def stopped(program: Program, qtbot: QtBot, county_server: County) -> Program:
    """A computer the county has stopped, with somebody in."""
    send(program, qtbot, page_of(program))
    stop(county_server, program)
    failed(program, qtbot)
    qtbot.waitUntil(lambda: program.window.workspace is None, timeout=WAIT_MS)
    unlock(program)
    return program


def test_whoever_stops_a_round_sends_no_photos_either(
    with_files: Program, files_county: FilesCounty, qtbot: QtBot
) -> None:
    asked(with_files, notice_with)
    with stopped_after(with_files, qtbot, files_county.url, 1_500):
        qtbot.wait(300)
        assert not with_files.courier.files.running
        assert not files_county.kept()


def test_photos_that_were_put_off_wait_until_she_asks(
    with_files: Program, files_county: FilesCounty, qtbot: QtBot
) -> None:
    asked(with_files, notice_with)
    page, files = page_of(with_files), with_files.courier.files
    page.files.stop_button.click()
    with qtbot.waitSignal(with_files.courier.changed, timeout=WAIT_MS):
        with_files.courier.now()
    assert not files.running
    assert asked(with_files, far_files.waiting).files == 2
    with qtbot.waitSignal(files.ended, timeout=WAIT_MS):
        page.card.now_button.click()
    assert len(files_county.kept()) == 2


def test_a_round_stopped_before_any_answer_says_nothing_of_the_county(
    stopped: Program, qtbot: QtBot, county_server: County
) -> None:
    failed(stopped, qtbot)
    with stopped_after(stopped, qtbot, county_server.url, 10):
        assert stopped.tasks.wait_idle()
        assert "又认得" not in banner(stopped)
        assert badge(stopped) == STOPPED
        assert page_of(stopped).card.trouble.isVisible()


def test_the_badge_of_a_stopped_computer_says_so_from_the_first(stopped: Program, qtbot: QtBot) -> None:
    go(stopped, "sync")
    qtbot.waitUntil(lambda: badge(stopped) == STOPPED, timeout=WAIT_MS)
    elsewhere(stopped, "http://127.0.0.1:9")
    failed(stopped, qtbot)
    assert stopped.tasks.wait_idle()
    assert badge(stopped) == STOPPED, "a dead line takes nothing back"


def test_a_proven_stop_that_comes_home_on_a_stick_closes_the_pages(
    program: Program, qtbot: QtBot, county_server: County, plugged: Path, tmp_path: Path
) -> None:
    page = page_of(program)
    send(program, qtbot, page)
    asked(program, lambda desk: call_her(desk, "15400001111"))
    press(program, qtbot, page, write=True)
    stop(county_server, program)
    order = ["bundle", "import", str(plugged), "--database", county_server.database]
    assert main([*order, "--blobs", str(tmp_path / "shelf")]) == 0
    with qtbot.waitSignal(program.locked, timeout=WAIT_MS):
        page.stick.read_button.click()
    unlock(program)
    assert program.window.workspace is not None
    assert not program.window.workspace.knows("households")
    qtbot.waitUntil(lambda: badge(program) == STOPPED, timeout=WAIT_MS)
