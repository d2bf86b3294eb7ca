"""The keyboard alone is enough: every page is walked by Tab as it is read, and no key is a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.facts import HOME
from tests.ui.laptop import enrolled, go, running, unlock
from ui.bootstrap import Program
from ui.workspace import ENTRIES, Workspace

MOST = 120  # more Tabs than any page has stops
SAME_LINE = 40  # px: what starts within this height is read from left to right
FACES: tuple[tuple[str, dict[str, object]], ...] = (
    ("today", {}),
    ("households", {}),
    ("households", {"household": HOME}),
    ("households", {"new": True}),
    ("import", {}),
    ("visits", {}),
    ("visits", {"new": True}),
    ("visits", {"new": True, "household": HOME}),
    ("tickets", {}),
    ("tickets", {"new": True}),
    ("checklists", {}),
    ("checklists", {"new": True}),
    ("printing", {}),
    ("printing", {"together": True}),
    ("policies", {}),
    ("registers", {}),
    *(("registers", {"new": book}) for book in ("seal_log", "democratic_review", "public_notice", "event")),
    ("surveys", {}),
    ("surveys", {"survey": "home"}),
    ("surveys", {"new": True, "household": HOME}),
    ("sync", {}),
    ("settings", {}),
)


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        unlock(made)
        made.window.activateWindow()
        qtbot.waitActive(made.window)
        yield made


def space_of(program: Program) -> Workspace:
    assert program.window.workspace is not None
    return program.window.workspace


def said(one: QWidget) -> str:
    """What a screen reader says of it."""
    return one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")


def _walk(space: Workspace) -> list[QWidget]:
    """Where Tab leads from the top of the page, until it comes back to a place it was at."""
    QApplication.processEvents()
    page = space.page()
    assert page is not None
    stops: list[QWidget] = []
    for _ in range(MOST):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in stops:
            return stops
        stops.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes round: {[one.accessibleName() for one in stops[-5:]]}")


def _column(page: QWidget, one: QWidget) -> QWidget:
    """The scroll area or pane a stop stands in: panes are read one after the other."""
    holder = one.parentWidget()
    while holder is not None and holder is not page:
        if isinstance(holder, QAbstractScrollArea):
            return holder
        holder = holder.parentWidget()
    return page


@pytest.mark.parametrize(("name", "params"), FACES, ids=lambda given: str(given))
def test_tab_goes_round_through_everything_and_out_again(
    program: Program, name: str, params: dict[str, object]
) -> None:
    go(program, name, **params)
    space = space_of(program)
    stops = _walk(space)
    page = space.page()
    assert page is not None
    reached = {one for one in stops if page.isAncestorOf(one)}
    assert any(space.rail.isAncestorOf(one) for one in stops), "out to the rail"
    assert space.top.search in stops, "and to the search"
    assert all(said(one) for one in reached)
    if page.primary is not None and page.primary.isVisible() and page.primary.isEnabled():
        # By its words: what was heard of meanwhile may have made the button anew.
        assert said(page.primary) in {said(one) for one in reached}, "the filled button is reached"


@pytest.mark.parametrize(("name", "params"), FACES, ids=lambda given: str(given))
def test_tab_follows_the_eye(program: Program, name: str, params: dict[str, object]) -> None:
    go(program, name, **params)
    space = space_of(program)
    page = space.page()
    assert page is not None
    for before, after in pairwise(_walk(space)):
        apart = not (page.isAncestorOf(before) and page.isAncestorOf(after))
        if apart or _column(page, before) is not _column(page, after):
            continue
        holder = _column(page, before)
        here, there = (one.mapTo(holder, QPoint(0, 0)) for one in (before, after))
        backwards = there.y() < here.y() - SAME_LINE
        beside = there.x() > here.x() + before.width() // 2  # a pane to the right begins at its top
        assert not backwards or beside, (said(before), said(after))


def test_pages_by_number(program: Program) -> None:
    for place, entry in enumerate(ENTRIES):
        QTest.keyClick(program.window, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.AltModifier)
        assert space_of(program).current_name == entry.key
        assert program.tasks.wait_idle()


def test_new_work_by_letter(program: Program) -> None:
    for key, name in ((Qt.Key.Key_N, "visits"), (Qt.Key.Key_T, "tickets"), (Qt.Key.Key_P, "checklists")):
        QTest.keyClick(program.window, key, Qt.KeyboardModifier.ControlModifier)
        assert space_of(program).current_name == name
        assert program.tasks.wait_idle()


def test_esc_in_the_search_goes_back_to_where_one_was(program: Program) -> None:
    go(program, "visits", new=True)
    before = QApplication.focusWidget()
    QTest.keyClick(program.window, Qt.Key.Key_F3)
    assert QApplication.focusWidget() is space_of(program).top.search
    QTest.keyClick(space_of(program).top.search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_a_question_is_not_carried_to_another_page(program: Program) -> None:
    space = space_of(program)
    space.top.search.setText("zzzz")
    go(program, "visits")
    assert space.top.search.text() == ""


def test_a_button_that_goes_away_leaves_the_focus_in_the_page(program: Program, qtbot: QtBot) -> None:
    go(program, "visits", new=True)
    space = space_of(program)
    page = space.page()
    assert page is not None
    button = next(one for one in page.findChildren(QAbstractButton) if one.text() == "所有走访")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert program.tasks.wait_idle()

    def inside() -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and page.isAncestorOf(focus)

    qtbot.waitUntil(inside, timeout=2_000)


def test_the_filled_button_answers_only_where_it_can_be_seen(program: Program) -> None:
    go(program, "households")
    QTest.keyClick(program.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert program.tasks.wait_idle()
    assert space_of(program).current_name == "households"


def test_enter_presses_the_button_in_hand_and_held_down_no_second_time(program: Program) -> None:
    go(program, "today")
    space, enter = space_of(program), Qt.Key.Key_Return
    space.rail.buttons["tickets"].setFocus()
    QTest.keyClick(space.rail.buttons["tickets"], enter)
    assert space.current_name == "tickets"
    assert program.tasks.wait_idle()
    space.top.lock.setFocus()
    again = QKeyEvent(QEvent.Type.KeyPress, enter, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(space.top.lock, again)
    assert program.window.workspace is space, "Enter still held from before presses nothing new"
    QTest.keyClick(space.top.lock, enter)
    assert program.window.workspace is None
