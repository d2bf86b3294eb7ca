"""Lifetimes: what belongs to the screen is destroyed on its thread, and locking leaves nothing behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from tests import strays
from tests.ui.laptop import enrolled, running, unlock
from ui.bootstrap import Program
from ui.collecting import collect_due
from ui.tasks import Tasks
from ui.widgets import tab_order
from ui.widgets.focus_ring import FocusRing
from ui.widgets.scroll import scrolled
from ui.widgets.text import LineBox

TIMES = 20
PAGES = (
    "households",
    "visits",
    "tickets",
    "checklists",
    "policies",
    "registers",
    "sync",
    "settings",
    "import",
    "today",
)


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        yield made


def _in_and_out(program: Program, *pages: str) -> None:
    unlock(program)
    for name in pages:
        program.window.go(name)
    assert program.tasks.wait_idle()
    program.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert program.tasks.wait_idle()


def _alive(program: Program) -> dict[str, int]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    gc.collect()
    return {
        "widgets": len(QApplication.allWidgets()),
        "of the application": len(app.findChildren(QObject)),
        "of the program": len(program.findChildren(QObject)),
        "known to Python": sum(isinstance(one, QWidget) for one in gc.get_objects()),
        "threads": threading.active_count(),
    }


def test_locking_twenty_times_leaves_nothing_behind(program: Program) -> None:
    _in_and_out(program, *PAGES)
    first = _alive(program)
    for round_ in range(TIMES):
        _in_and_out(program, PAGES[round_ % len(PAGES)])
    after = _alive(program)
    grown = {what: after[what] - first[what] for what in first if after[what] > first[what]}
    assert not grown


def test_no_page_shows_a_part_of_itself_as_a_window(program: Program, look: QApplication) -> None:
    with strays.none_shown(look):
        _in_and_out(program, *PAGES, *reversed(PAGES))
        unlock(program)
        for name in ("visits", "tickets", "checklists"):
            program.window.go(name, new=True)
            assert program.tasks.wait_idle()


class Ring(QObject):
    """An object of Qt that only the collector can free, because it holds itself."""

    def __init__(self, died_on: list[str]) -> None:
        super().__init__()
        self.me = self
        self.died_on = died_on

    def __del__(self) -> None:
        self.died_on.append(threading.current_thread().name)


def test_a_busy_store_never_destroys_what_belongs_to_the_screen(tasks: Tasks) -> None:
    died_on: list[str] = []

    def busy(_: object) -> None:
        for _round in range(20):
            kept: list[object] = [[number] for number in range(5_000)]
            kept.append(kept)

    Ring(died_on)
    tasks.run(tasks, busy)
    assert tasks.wait_idle()
    assert died_on == []
    collect_due()
    gc.collect()
    assert died_on == [threading.main_thread().name]


def test_python_collects_again_when_the_program_has_ended(look: QApplication) -> None:
    one, other = Tasks(), Tasks()
    assert not gc.isenabled()
    one.stop()
    assert not gc.isenabled()
    other.stop()
    assert gc.isenabled()


def test_putting_tab_in_line_takes_nothing_off_the_screen(qtbot: QtBot, look: QApplication) -> None:
    """What only its layout holds is looked at for its place in line, and must outlive the collector."""
    body, label, button = QWidget(), QLabel("还在"), QPushButton("先到这里")
    qtbot.addWidget(body)
    inside = QVBoxLayout()
    for one in (label, QPushButton("后到这里")):
        inside.addWidget(one)
    column = QVBoxLayout(body)
    column.addWidget(scrolled(inside))
    column.addWidget(button)
    for _ in range(2):
        tab_order.lead(body, [button])
        gc.collect()
    assert shiboken6.isValid(label)
    assert label in body.findChildren(QLabel)


def test_the_ring_survives_the_widget_it_stood_around(qtbot: QtBot, look: QApplication) -> None:
    """An error in a paintEvent does not only go to a log: with Python 3.11 it ends the program."""
    window, holder, box = QMainWindow(), QWidget(), LineBox()
    qtbot.addWidget(window)
    QVBoxLayout(holder).addWidget(box)
    window.setCentralWidget(holder)
    ring = FocusRing(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    box.clearFocus()
    box.setFocus()
    look.processEvents()
    assert ring.isVisible()
    look.focusChanged.disconnect(ring._move_to)  # nobody says that the focus has gone
    shiboken6.delete(holder)
    ring.show()
    with capture_exceptions() as raised:
        window.grab()
    assert not raised
