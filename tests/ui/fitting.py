"""What does not fit the screen: words wider or higher than the room they have, and scrolling sideways."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from ui.widgets.chip import Chip


def cut(root: QWidget) -> list[str]:
    """Everything below `root` that is in sight and does not fit, in words; empty when all does."""
    found = [*_sideways(root)]
    for one in root.findChildren(QWidget):
        if one.isVisible() and isinstance(one, QLabel | QAbstractButton | Chip):
            found.extend(f"{said}: {_words(one)}" for said in (*_squeezed(one), *_outside(one, root)))
    return found


def _words(one: QWidget) -> str:
    if isinstance(one, Chip):
        return one.text
    return one.text() if isinstance(one, QLabel | QAbstractButton) else ""


def _squeezed(one: QWidget) -> Iterator[str]:
    if not _words(one):
        return
    if one.hasHeightForWidth():
        if (needs := one.heightForWidth(one.width())) > one.height() + 1:
            yield f"{one.height()} high, needs {needs}"
        return
    hint = one.sizeHint()
    if one.width() < hint.width() - 1:
        yield f"{one.width()} wide, needs {hint.width()}"
    if isinstance(one, QLabel) and one.height() < one.fontMetrics().height() - 1:
        yield f"{one.height()} high, a line needs {one.fontMetrics().height()}"


def _outside(one: QWidget, root: QWidget) -> Iterator[str]:
    """It reaches over the left or right edge of something around it, where it is not drawn."""
    around = one.parentWidget()
    while around is not None and around is not root.parentWidget():
        left = one.mapTo(around, QPoint(0, 0)).x()
        if left < 0 or left + one.width() > around.width():
            yield f"outside {type(around).__name__}"
            return
        around = around.parentWidget()


def _sideways(root: QWidget) -> Iterator[str]:
    if root.minimumSizeHint().width() > root.width():
        yield f"needs {root.minimumSizeHint().width()} of {root.width()} px"
    for area in root.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            inside, room = area.widget().width(), area.viewport().width()
            if inside > room:
                yield f"scrolls sideways: {inside} of {room} px in {type(area.widget()).__name__}"
