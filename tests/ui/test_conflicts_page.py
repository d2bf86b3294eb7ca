"""写得不一样的: both values on one page, settled by a person for everyone, against a real county."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.conflicts import conflicts
from app.actions.desk import Desk as WorkDesk
from app.domain.conflict import Choice
from app.domain.people.person import Person
from tests.facts import GRANNY
from tests.sync.county import County
from tests.sync.desk import Desk
from tests.sync.test_cases import decide, open_cases
from tests.ui.laptop import asked, go, keep
from tests.ui.test_sync_page import badge, call_her, send
from tests.ui.test_sync_page import page_of as sync_page
from ui import theme
from ui.bootstrap import Program
from ui.pages.conflicts import ConflictsPage

WAIT_MS = 10_000


@pytest.fixture
def other(program: Program, qtbot: QtBot, county_server: County) -> Desk:
    """A colleague who wrote another number first; hers was set aside."""
    send(program, qtbot, sync_page(program))
    colleague = Desk(county_server, worker="田大山")
    colleague.sync()
    colleague.edit(GRANNY, "person", phone="15400002222")
    colleague.sync()
    asked(program, lambda desk: call_her(desk, "15400001111"))
    send(program, qtbot, sync_page(program))
    return colleague


def page_of(program: Program) -> ConflictsPage:
    go(program, "conflicts")
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, ConflictsPage)
    assert program.tasks.wait_idle()
    return page


def phone(desk: WorkDesk) -> str:
    return desk.store.reading.get(Person, GRANNY).phone


def test_both_values_stand_side_by_side_and_nothing_is_chosen(program: Program, other: Desk) -> None:
    page = page_of(program)
    keep(program, "conflict-open")
    assert page.title_label.text() == "同一格，两个人写得不一样"
    assert page.place.text == "第 1 处，共 1 处"
    assert page.view.title.text() == "蒋桂英：人 · 联系电话"
    assert (page.view.mine.text(), page.view.mine.value) == ("用我写的", "15400001111")
    assert (page.view.theirs.text(), page.view.theirs.value) == ("用田大山写的", "15400002222")
    assert page.view.theirs.meaning.startswith("田大山 · 11月20日")
    assert not page.use_button.isEnabled()
    theme_before = theme.current()
    program.window.step_size(1)
    program.window.step_size(1)
    keep(program, "conflict-largest")
    while theme.current() != theme_before:
        program.window.step_size(-1)


def test_what_she_settles_holds_at_the_county_and_for_her_colleague(
    program: Program, qtbot: QtBot, other: Desk
) -> None:
    page = page_of(program)
    assert badge(program) == "1 处要您定"
    qtbot.keyClick(page.view.mine, Qt.Key.Key_1)
    assert page.view.mine.isChecked()
    keep(program, "conflict-chosen")
    page.use_button.click()
    assert program.tasks.wait_idle()
    assert page.stack.currentIndex() == 1
    keep(program, "conflict-settled")
    send(program, qtbot, sync_page(program))
    assert asked(program, phone) == "15400001111"
    other.sync()
    assert (other.sees(GRANNY) or {})["phone"] == "15400001111"
    qtbot.waitUntil(lambda: badge(program) == "全部传好了", timeout=WAIT_MS)


def test_a_third_value_can_be_written(program: Program, qtbot: QtBot, other: Desk) -> None:
    page = page_of(program)
    page.view.third.click()
    assert page.view.field.isVisible()
    assert not page.use_button.isEnabled()
    page.view.box.set_value("15400003333")
    keep(program, "conflict-third")
    page.use_button.click()
    assert program.tasks.wait_idle()
    send(program, qtbot, sync_page(program))
    assert asked(program, phone) == "15400003333"


def test_her_word_can_be_taken_back_until_it_is_sent(program: Program, qtbot: QtBot, other: Desk) -> None:
    page = page_of(program)
    page.view.mine.click()
    page.use_button.click()
    assert program.tasks.wait_idle()
    (row,) = page.settled.list.rows()
    assert row.chip == "还没传，点一下改回来"
    page.settled.list.opened.emit(row.key)
    assert program.tasks.wait_idle()
    assert page.stack.currentIndex() == 0
    send(program, qtbot, sync_page(program))
    assert asked(program, phone) == "15400002222"
    assert asked(program, conflicts.count) == 1


def test_whoever_is_faster_is_named(program: Program, qtbot: QtBot, other: Desk) -> None:
    page = page_of(program)
    other.sync()
    decide(other, open_cases(other)[0], Choice.THEIRS)
    other.sync()
    page.view.mine.click()
    page.use_button.click()
    assert program.tasks.wait_idle()
    send(program, qtbot, sync_page(program))
    assert asked(program, phone) == "15400002222"
    page = page_of(program)
    (row,) = page.settled.list.rows()
    assert "田大山定的" in row.note
