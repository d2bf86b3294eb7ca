"""Backups are made in quiet moments and before the lock, when asked, and their outcome is said in words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import drives, settings
from app.actions.safekeeping import backup_places, backups
from app.domain.manifest import Reason
from app.drives import Drive
from tests.desks import Clock
from tests.ui.laptop import enrolled, go, running, unlock
from ui import notices
from ui.bootstrap import Program
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage


@pytest.fixture
def program(look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path), backs_up=True) as made:
        unlock(made)
        yield made


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One stick is plugged in."""
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    monkeypatch.setattr(drives, "removable", lambda: (Drive(folder, "KINGSTON", 14 << 30),))
    return folder


def settings_page(program: Program, **params: object) -> SettingsPage:
    go(program, "settings", **params)
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, SettingsPage)
    return page


def press_and_wait(qtbot: QtBot, program: Program, page: SettingsPage) -> None:
    assert program.inside is not None
    with qtbot.waitSignal(program.inside.backing.ended):
        page.backup.now_button.click()
    assert program.tasks.wait_idle()


def lying(program: Program) -> list[str]:
    return [one.manifest.reason for one in backup_places.found_in(program.paths.backups)]


def clock(program: Program) -> Clock:
    assert isinstance(program.clock, Clock)
    return program.clock


def test_one_is_made_now_and_called_good(qtbot: QtBot, program: Program) -> None:
    page = settings_page(program)
    assert page.backup.state.lead.text() == "还没有备份过。"
    press_and_wait(qtbot, program, page)
    assert page.backup.outcome.lead.text() == "备份好了，打开查过。"
    assert page.backup.state.lead.text() == "上次备份：今天 14:32，好的。"
    assert lying(program) == ["asked"]
    assert page.backup.progress.isHidden()


def test_the_menu_leads_to_the_stick_and_the_choice_stays(
    qtbot: QtBot, program: Program, stick: Path
) -> None:
    space = program.window.workspace
    assert space is not None
    entry = next(one for one in space.top.menu.actions() if one.text() == "备份到 U 盘")
    entry.trigger()
    assert program.tasks.wait_idle()
    page = space.page()
    assert isinstance(page, SettingsPage)
    said = [button.text() for button in page.backup.places.buttons]
    assert said == ["只放这台电脑", "U 盘 KINGSTON，还空 14.0 GB", "别的文件夹"]
    page.backup.places.buttons[1].click()
    assert program.tasks.wait_idle()
    assert settings.load(program.paths.settings).backup_folder == str(stick)
    press_and_wait(qtbot, program, page)
    assert page.backup.state.text.text() == "KINGSTON 上的是今天 14:32 的。"
    assert len(list((stick / "首访通备份").iterdir())) == 1
    shutil.rmtree(stick)
    clock(program).forward(days=1)
    press_and_wait(qtbot, program, page)
    assert page.backup.outcome.lead.text() == "没看到 U 盘，插紧再试。"
    assert page.backup.outcome.text.text() == "这台电脑上的那份做好了。"
    assert page.backup.state.text.text() == "KINGSTON 上的是昨天 14:32 的。"


def test_a_full_computer_is_said_beside_the_button(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settings_page(program)
    with monkeypatch.context() as patch:
        patch.setattr(backups.drives, "free_bytes", lambda _folder: 1_000)
        press_and_wait(qtbot, program, page)
    assert page.backup.outcome.lead.text() == "电脑满了，新的备份放不下。"
    assert lying(program) == []


def test_the_lock_waits_for_the_one_that_is_due(program: Program) -> None:
    program.lock()
    assert isinstance(program.window.centralWidget(), UnlockPage)
    assert lying(program) == [Reason.NIGHTLY.value]
    unlock(program)
    clock(program).forward(hours=3)
    program.lock()
    assert len(lying(program)) == 1, "not due again"
    unlock(program)
    clock(program).forward(hours=20)
    program.stop()
    assert len(lying(program)) == 2, "also when the window is closed"


def test_a_lock_in_the_middle_of_one_ends_it_first(program: Program) -> None:
    page = settings_page(program)
    page.backup.now_button.click()
    program.lock()
    assert isinstance(program.window.centralWidget(), UnlockPage)
    assert lying(program) == ["asked"]
    assert not (program.paths.root / backups.SCRATCH).exists()
    unlock(program)
    assert program.window.workspace is not None


def test_a_window_closed_while_the_lock_waits_goes_when_it_is_made(program: Program) -> None:
    QTimer.singleShot(0, program.window.close)
    program.lock()
    assert lying(program) == [Reason.NIGHTLY.value]
    assert program.tasks.stopped
    assert not program.window.isVisible()


def test_a_touch_begins_the_quiet_anew(program: Program) -> None:
    watch = program._idle
    watch._quiet.stop()
    QTest.keyClick(program.window, Qt.Key.Key_Shift)
    assert watch._quiet.isActive()
    assert watch._quiet.interval() == 120_000


def test_a_quiet_moment_makes_it_and_says_nothing(qtbot: QtBot, program: Program) -> None:
    assert program.inside is not None
    backing = program.inside.backing
    with notices.recorded() as heard, qtbot.waitSignal(backing.ended):
        program._idle.quiet.emit()
    assert program.tasks.wait_idle()
    program._idle.quiet.emit()
    assert not backing.running, "not due again"
    assert (lying(program), heard) == ([Reason.NIGHTLY.value], [])


def test_a_night_that_failed_is_told(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program.inside is not None
    backing = program.inside.backing
    with monkeypatch.context() as patch:
        patch.setattr(backups.drives, "free_bytes", lambda _folder: 1_000)
        with notices.recorded() as heard, qtbot.waitSignal(backing.ended):
            program._idle.quiet.emit()
    assert program.tasks.wait_idle()
    assert [one.words for one in heard] == [backup_places.HOME_FULL]
    program._idle.quiet.emit()
    assert not backing.running, "not tried again at every quiet moment"
    clock(program).forward(hours=1)
    with qtbot.waitSignal(backing.ended):
        program._idle.quiet.emit()
    assert program.tasks.wait_idle()
    assert lying(program) == [Reason.NIGHTLY.value]


def test_a_week_without_one_is_said_on_coming_in(qtbot: QtBot, look: QApplication, tmp_path: Path) -> None:
    with running(look, enrolled(tmp_path), backs_up=True) as program:
        clock(program).forward(days=8)
        unlock(program)
        assert program.tasks.wait_idle()
        assert program.window.workspace is not None
        banner = program.window.workspace.banner
        assert banner.lead.text() == "这份资料还没有备份过。"
        assert banner.action.text() == "现在备份"
        banner.action.click()
        assert program.tasks.wait_idle()
        assert isinstance(program.window.workspace.page(), SettingsPage)
        assert program.inside is not None
        with qtbot.waitSignal(program.inside.backing.ended):
            program._idle.quiet.emit()
        assert program.tasks.wait_idle()
        assert banner.lead.text() == "刚才空下来，备份好了。"
