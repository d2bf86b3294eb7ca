"""Real Qt, drawn into memory: one application, our theme, and the worker thread of the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.sync.county import County, county_cluster, county_database, county_server, county_stock
from tests.ui.laptop import enrolled, running, unlock
from ui import theme
from ui.bootstrap import Program
from ui.tasks import Tasks

__all__ = ["county_cluster", "county_database", "county_server", "county_stock"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager to pass size hints to, and says so at every window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The program's style on every system."""
    return ["tests", *theme.STYLE_ARGUMENTS]


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The program's standard look; back to it afterwards."""
    QLocale.setDefault(QLocale("zh_CN"))
    _standard(qapp)
    yield qapp
    # What the test let go is not styled anew.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _standard(qapp)


@pytest.fixture
def sized(request: pytest.FixtureRequest, look: QApplication) -> Iterator[theme.Size]:
    """The letters are set while no page lives: styling a living page anew is slow."""
    size = theme.Size(request.param)
    look.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(look, theme.Theme(size))
    yield size
    look.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _standard(app: QApplication) -> None:
    # Styling every living widget anew takes most of a short test's time.
    if theme.current() != theme.Theme() or not app.styleSheet():
        theme.apply(app, theme.Theme())


@pytest.fixture
def tasks(look: QApplication) -> Iterator[Tasks]:
    """The thread law, stopped when the test is over."""
    made = Tasks()
    made.open(made, object)  # something stands for the desk; work is only done at one
    made.wait_idle()
    yield made
    made.wait_idle()
    made.stop()


@pytest.fixture
def program(look: QApplication, county_server: County, tmp_path: Path) -> Iterator[Program]:
    """A worker who is in, at a laptop enrolled with a real county."""
    paths = enrolled(tmp_path, county_server.enrol().identity)
    with running(look, paths) as made:
        unlock(made)
        yield made


KEPT: list[QWidget] = []


@pytest.fixture(autouse=True)
def let_go() -> Iterator[None]:
    """Windows live as long as their test."""
    yield
    KEPT.clear()


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """`widgets` one under another in a real, active window."""
    holder = QWidget()
    KEPT.append(holder)
    column = QVBoxLayout(holder)
    for one in widgets:
        column.addWidget(one)
    qtbot.addWidget(holder)
    holder.resize(900, 500)
    holder.show()
    holder.activateWindow()
    qtbot.waitActive(holder)
    return holder


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """Type through a Chinese input method: `preedit` is still under composition, `commit` is taken."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)
