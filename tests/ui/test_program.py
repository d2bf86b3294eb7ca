"""The program as a whole: in and out of the lock, the road back by paper, and what she set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.checklists import checklists
from app.paths import Paths
from app.settings import load
from app.store import Store
from tests.facts import GRANNY
from tests.ui.laptop import PASSPHRASE, asked, enrolled, go, running, unlock
from ui import notices, theme
from ui.bootstrap import Program
from ui.forms.checklists.place_form import PlaceForm
from ui.pages.checklists import ChecklistsPage
from ui.pages.keep_code import KeepCode
from ui.pages.recover import RecoverPage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage

NEW = "lidong zhengle baozi"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return enrolled(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, paths: Paths) -> Iterator[Program]:
    with running(look, paths) as made:
        yield made


def gate(program: Program) -> QWidget:
    return program.window.centralWidget()


def make_code(program: Program) -> str:
    heard: list[str] = []
    program.keeper.make_recovery(heard.append, notices.fault)
    assert program.tasks.wait_idle()
    return heard[0]


def forget(program: Program) -> RecoverPage:
    page = gate(program)
    assert isinstance(page, UnlockPage)
    page.forgot.click()
    page = gate(program)
    assert isinstance(page, RecoverPage)
    return page


def type_code(page: RecoverPage, code: str) -> None:
    page.boxes.boxes[0].setText(code)
    page.boxes.boxes[0].textEdited.emit(code)
    page.open_button.click()


def test_the_passphrase_opens_on_today(program: Program) -> None:
    unlock(program)
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "today"
    assert program.keeper.place() == "青石垭村"


def test_the_badge_tells_when_the_county_last_had_everything(program: Program, qtbot: QtBot) -> None:
    unlock(program)
    space = program.window.workspace
    assert space is not None
    qtbot.waitUntil(lambda: space.top.badge.toolTip().endswith("。这台电脑还没连过县里。"))
    assert space.top.badge.accessibleDescription() == space.top.badge.toolTip()


def test_a_wrong_passphrase_is_counted_and_opens_nothing(program: Program) -> None:
    unlock(program, "不是这个口令呀")
    page = gate(program)
    assert isinstance(page, UnlockPage)
    assert page.note.lead.text() == "口令不对，资料没有动。"
    assert "还能试 4 次" in page.note.text.text()
    assert program.keeper.desk is None


def test_locking_closes_the_file_and_forgets_the_key(program: Program, paths: Paths) -> None:
    unlock(program)
    program.lock()
    assert program.window.workspace is None
    assert program.keeper.opened is None
    assert program.keeper.desk is None
    key = program.gate.unlock("w-xiang", PASSPHRASE).key
    Store(paths.store, key).close()  # the file was let go of: it is open for one program only
    unlock(program)
    assert program.window.workspace is not None


def test_nobody_at_the_laptop_locks_it(program: Program, qtbot: QtBot) -> None:
    unlock(program)
    with qtbot.waitSignal(program.locked, timeout=2_000):
        program._idle._timer.start(1)
    assert isinstance(gate(program), UnlockPage)


def test_a_touch_puts_the_lock_off(program: Program, qtbot: QtBot) -> None:
    unlock(program)
    program._idle._timer.start(60_000)
    before = program._idle._timer.remainingTime()
    program._idle._timer.setInterval(120_000)
    qtbot.keyClick(program.window, Qt.Key.Key_Shift)
    assert program._idle._timer.remainingTime() > before


def test_what_was_typed_is_kept_when_the_window_closes(
    program: Program, qtbot: QtBot, look: QApplication, paths: Paths
) -> None:
    unlock(program)
    made = asked(program, lambda desk: checklists.begin(desk, "DB", applicant=GRANNY))
    go(program, "checklists", checklist=made.id)
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, ChecklistsPage)
    page.builder.parts.buttons[2].click()
    assert isinstance(page.builder.content, PlaceForm)
    page.builder.content.boxes["window"].setText("17")  # and the box was not left
    program.window.close()
    assert program.tasks.stopped
    with running(look, paths) as again:
        unlock(again)
        kept = asked(again, lambda desk: checklists.get(desk, made.id))
        assert kept.steps[0].place.window == "17"


def test_closing_twice_does_nothing_the_second_time(program: Program) -> None:
    unlock(program)
    program.window.close()
    program.stop()
    assert program.tasks.stopped


# The road back by paper.


def test_without_a_sheet_the_township_is_named(program: Program) -> None:
    page = gate(program)
    assert isinstance(page, UnlockPage)
    page.forgot.click()
    assert gate(program) is page
    assert "找镇里重置" in page.note.text.text()


def test_the_code_opens_and_a_new_passphrase_is_the_first_thing(program: Program) -> None:
    unlock(program)
    code = make_code(program)
    program.lock()
    page = forget(program)
    type_code(page, code.replace(" ", ""))
    assert program.tasks.wait_idle()
    space = program.window.workspace
    assert space is not None
    settings = space.page()
    assert isinstance(settings, SettingsPage)
    card = settings.passphrase
    assert not card.old_field.isVisible()
    assert program.window.focusWidget() is card.first
    card.first.setText(NEW)
    card.second.setText(NEW)
    card.button.click()
    assert program.tasks.wait_idle()
    program.lock()
    unlock(program, NEW)
    assert program.window.workspace is not None


def test_a_slip_names_its_group_and_costs_no_try(program: Program) -> None:
    unlock(program)
    groups = make_code(program).split()
    program.lock()
    groups[2] = f"{groups[2][:4]}{(int(groups[2][4]) + 1) % 10}"
    page = forget(program)
    type_code(page, " ".join(groups))
    assert program.tasks.wait_idle()
    assert page.note.lead.text() == "恢复码第 3 组抄错了，照着纸再看一眼。"
    assert page.boxes.boxes[2].property("bad") is True
    assert program.gate.wait().total_seconds() == 0
    page.back_button.click()
    assert isinstance(gate(program), UnlockPage)


def test_a_new_code_ends_the_one_before(program: Program) -> None:
    unlock(program)
    old = make_code(program)
    make_code(program)
    program.lock()
    page = forget(program)
    type_code(page, old)
    assert program.tasks.wait_idle()
    assert "不是这台电脑的" in page.note.lead.text()


def test_the_first_start_ends_with_the_code_on_paper(qtbot: QtBot, program: Program) -> None:
    unlock(program)
    page = KeepCode(program.keeper, "青石垭村")
    qtbot.addWidget(page)
    assert program.tasks.wait_idle()
    code = page.code.code()
    assert len(code.split()) == 8
    page.print_button.click()
    assert program.tasks.wait_idle()
    assert page.note.lead.text() == "没有打出来。先用笔抄下，对一遍。", "no printer stands here"
    with qtbot.waitSignal(page.finished):
        page.done_button.click()
    assert page.code.code() == ""
    assert program.gate.recover("w-xiang", code).name == "向海燕"


# What she set stays set.


def test_size_and_contrast_survive_a_restart(
    program: Program, qtbot: QtBot, look: QApplication, paths: Paths
) -> None:
    unlock(program)
    go(program, "settings")
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, SettingsPage)
    page.letters.buttons[1].click()
    page.contrast.buttons[0].click()
    assert theme.current() == theme.Theme(theme.Size.LARGE, high_contrast=True)
    program.stop()
    assert (load(paths.settings).size, load(paths.settings).high_contrast) == ("large", True)
    with running(look, paths):
        assert theme.current() == theme.Theme(theme.Size.LARGE, high_contrast=True)


def test_the_menu_leads_nowhere_that_is_not_there(program: Program) -> None:
    unlock(program)
    space = program.window.workspace
    assert space is not None
    shown = [action.text() for action in space.top.menu.actions() if action.text()]
    assert shown == ["设置", "字大一点", "字小一点", "换口令", "备份到 U 盘", "退出"]
    space.menu_chosen.emit("passphrase")
    assert space.current_name == "settings"
