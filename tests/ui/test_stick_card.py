"""Without a line: the worker writes to a stick, the county takes it, and she reads the answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.sync_state import sync_state
from app.drives import Drive
from app.vault import parcel_files
from sync.protocol.bundle import DOWN_SUFFIX, UP_SUFFIX
from sync.server.__main__ import main
from tests.sync.county import County
from tests.ui.laptop import asked, enrolled, running, unlock
from tests.ui.test_county_word import banner, label, publish
from tests.ui.test_sync_page import page_of
from ui.bootstrap import Program
from ui.pages.sync import SyncPage

WAIT_MS = 60_000  # however busy the machine is


@pytest.fixture
def program(look: QApplication, county_server: County, tmp_path: Path) -> Iterator[Program]:
    paths = enrolled(tmp_path / "laptop", county_server.enrol().identity)
    with running(look, paths) as made:
        unlock(made)
        yield made


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with nothing on it."""
    root = tmp_path / "stick"
    root.mkdir()
    monkeypatch.setattr("app.drives.removable", lambda: (Drive(root, "U", 10**9),))
    return root


def press(program: Program, qtbot: QtBot, page: SyncPage, *, write: bool) -> str:
    """One button of the card, and what it says in the end."""
    assert program.inside is not None
    button = page.stick.write_button if write else page.stick.read_button
    with qtbot.waitSignal(program.inside.sticking.ended, timeout=WAIT_MS):
        button.click()
    assert program.tasks.wait_idle()
    return f"{page.stick.note.lead.text()}{page.stick.note.text.text()}"


def test_the_work_goes_and_the_answer_comes_home(
    program: Program, qtbot: QtBot, plugged: Path, county_server: County, tmp_path: Path
) -> None:
    page = page_of(program)
    waiting = asked(program, sync_state).waiting
    assert waiting
    said = press(program, qtbot, page, write=True)
    assert said.startswith(f"写好了。{waiting} 件在")
    assert asked(program, sync_state).waiting == waiting  # nothing has been received yet
    assert press(program, qtbot, page, write=False).startswith("这个 U 盘上没有给这台电脑的回执。")
    order = ["bundle", "import", str(plugged), "--database", county_server.database]
    assert main([*order, "--blobs", str(tmp_path / "shelf")]) == 0
    assert press(program, qtbot, page, write=False).startswith(f"回执读好了。{waiting} 件传好了")
    assert asked(program, sync_state).waiting == 0
    qtbot.waitUntil(lambda: not page.card.lead.text().startswith(f"{waiting} "), timeout=WAIT_MS)
    assert parcel_files.found([plugged], UP_SUFFIX) == parcel_files.found([plugged], DOWN_SUFFIX) == ()


def test_written_again_it_is_one_file_and_not_two(program: Program, qtbot: QtBot, plugged: Path) -> None:
    page = page_of(program)
    press(program, qtbot, page, write=True)
    first = parcel_files.found([plugged], UP_SUFFIX)
    press(program, qtbot, page, write=True)
    second = parcel_files.found([plugged], UP_SUFFIX)
    assert len(first) == len(second)
    assert first != second


def test_a_stick_that_was_pulled_out_is_said_and_everything_still_waits(
    program: Program, qtbot: QtBot, plugged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(program)
    waiting = asked(program, sync_state).waiting
    shutil.rmtree(plugged)
    assert "拔掉了" in press(program, qtbot, page, write=True)
    plugged.mkdir()
    assert press(program, qtbot, page, write=True).startswith("写好了。")
    assert asked(program, sync_state).waiting == waiting


def test_without_a_stick_she_is_told_to_plug_one_in(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(program)
    monkeypatch.setattr("app.drives.removable", lambda: ())
    monkeypatch.setattr("ui.forms.syncing.stick_place.ask_folder", lambda *_: None)
    page.stick.write_button.click()
    assert page.stick.note.lead.text() == "没看到 U 盘。"
    assert page.stick.write_button.isEnabled()


def test_a_pack_that_came_home_on_the_stick_is_worked_by(
    program: Program, qtbot: QtBot, plugged: Path, county_server: County, tmp_path: Path
) -> None:
    publish(county_server, tmp_path, "2")
    page = page_of(program)
    press(program, qtbot, page, write=True)
    order = ["bundle", "import", str(plugged), "--database", county_server.database]
    assert main([*order, "--blobs", str(tmp_path / "shelf")]) == 0
    press(program, qtbot, page, write=False)
    assert program.tasks.wait_idle(WAIT_MS)
    assert asked(program, label)[1] == "2"
    assert "新的政策包（第 2 版），已经用上" in banner(program)
