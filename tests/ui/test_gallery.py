"""Every component, at every letter size, can be read, reached and named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ui import theme
from ui.screens import OFFICE, Gallery
from ui.tasks import Tasks
from ui.widgets.top_bar import SyncState
from ui.window import MainWindow
from ui.workspace import ENTRIES, Workspace

LOOKS = [theme.Theme(size, contrast) for size in theme.Size for contrast in (False, True)]
SMALLEST_TARGET = 44


def open_window(tasks: Tasks) -> MainWindow:
    window = MainWindow()
    space = Workspace(
        {entry.key: lambda: Gallery(tasks) for entry in ENTRIES}, village="青石垭村", worker="向海燕"
    )
    window.show_workspace(space)
    space.set_counts({"today": 5, "tickets": 3, "sync": 12})
    space.set_sync(SyncState(waiting=6))
    space.go("today")
    window.resize(OFFICE)
    window.show()
    for _ in range(3):
        QApplication.processEvents()
    return window


@pytest.fixture(
    scope="module",
    params=LOOKS,
    ids=lambda look: f"{look.size.name}{'-contrast' if look.high_contrast else ''}",
)
def window(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[MainWindow]:
    """The gallery behind the lock, built once in each look."""
    theme.apply(qapp, request.param)
    tasks = Tasks()
    made = open_window(tasks)
    yield made
    shiboken6.delete(made)
    tasks.stop()


def cut(widget: QWidget) -> str:
    """What is cut off in `widget`, or "" when everything it says can be read."""
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect().size()
        if widget.wordWrap():
            return widget.text() if widget.heightForWidth(room.width()) > widget.height() + 1 else ""
        need = widget.fontMetrics().size(Qt.TextFlag.TextSingleLine, widget.text())
        return widget.text() if need.width() > room.width() + 1 or need.height() > room.height() + 1 else ""
    if isinstance(widget, QPushButton) and widget.text():
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        room = widget.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, widget)
        need = widget.fontMetrics().horizontalAdvance(widget.text())
        need += widget.iconSize().width() + 4 if not widget.icon().isNull() else 0
        return widget.text() if need > room.width() + 1 else ""
    if isinstance(widget, QLineEdit) and widget.text():
        margins = widget.textMargins()
        room = widget.contentsRect().width() - margins.left() - margins.right()
        return widget.text() if widget.fontMetrics().horizontalAdvance(widget.text()) > room else ""
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text() if widget.width() < widget.minimumSizeHint().width() else ""
    return ""


def seen(window: QWidget) -> list[QWidget]:
    return [one for one in window.findChildren(QWidget) if one.isVisible()]


def test_every_widget_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    for one in seen(window):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            face = QAccessible.queryAccessibleInterface(one)
            assert face.text(QAccessible.Text.Name), (type(one).__name__, one.objectName())


def test_no_text_is_smaller_than_sixteen_points(window: MainWindow) -> None:
    for one in seen(window):
        if isinstance(one, QLabel | QAbstractButton | QLineEdit | QPlainTextEdit):
            assert one.font().pointSize() >= 16, (type(one).__name__, one.accessibleName())


def test_every_target_is_at_least_forty_four_high_and_wide(window: MainWindow) -> None:
    for one in seen(window):
        if isinstance(one, QAbstractButton | QLineEdit):
            assert one.height() >= SMALLEST_TARGET, one.accessibleName()
            assert one.width() >= SMALLEST_TARGET, one.accessibleName()


def test_no_word_is_cut(window: MainWindow) -> None:
    assert [text for one in seen(window) if (text := cut(one))] == []


def test_nothing_scrolls_sideways_on_an_office_screen(window: MainWindow) -> None:
    space = window.workspace
    assert space is not None
    assert space.minimumSizeHint().width() <= OFFICE.width()
    assert space.minimumSizeHint().height() <= OFFICE.height()
    for area in window.findChildren(QScrollArea):
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_only_one_button_of_a_page_is_filled(window: MainWindow) -> None:
    filled = [one for one in seen(window) if isinstance(one, QPushButton) and one.property("role") == "main"]
    assert len(filled) == 1
