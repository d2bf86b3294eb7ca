"""The toast: 「已存好。 撤回」, bottom left of the page, eight seconds, one at a time, never for errors.

A list it stands over keeps its rows above it meanwhile. Ctrl+Z does what its button does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from ui import theme
from ui.widgets.words import Button, Icon, words

STAYS_MS = 8_000
LOOK_MS = 200
PRESSED = (QAbstractButton, QLineEdit)
READ = "read"  # a property of what is not pressed and still must not be covered


class Toast(QFrame):
    """A child of the page area that keeps itself at the bottom left. Screen readers are told of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = parent
        self.setProperty("toast", True)
        self.setAccessibleName(self.tr("刚才的结果"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(18), 8, 8, 8)
        row.setSpacing(theme.soft(14))
        row.addWidget(Icon("check", 26, "card"))
        self.label = words("")
        row.addWidget(self.label)
        self.button = Button(self.tr("撤回"), "undo")
        self.button.clicked.connect(self._press)
        row.addWidget(self.button)
        self._act: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.place)
        self._undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._undo.setContext(Qt.ShortcutContext.WindowShortcut)  # a field being typed in takes it first
        for pressed in (self._undo.activated, self._undo.activatedAmbiguously):
            pressed.connect(self._press)
        self.hide()

    def say(self, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `text` at once, replacing what was there."""
        self._act = act
        self.label.setText(text)
        self.button.setText(button)
        self.button.setVisible(act is not None)
        self._undo.setEnabled(act is not None)
        keys = self.tr("按 Ctrl+Z {act}。").format(act=button) if act is not None else ""
        self.setAccessibleDescription(text + keys)
        self.setMinimumHeight(theme.soft(60))
        self.show()
        self.place()
        self._timer.start(STAYS_MS)
        self._look.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it looks after nothing."""
        super().hideEvent(event)
        self._look.stop()
        self._undo.setEnabled(False)
        self._make_room()

    def place(self) -> None:
        """Move to the bottom left of the parent, or beside or above what is pressed or read there.

        The parent calls this when it is resized; while in sight the toast looks again by itself, because
        the page below it may change.
        """
        self.adjustSize()
        self.move(self._free_spot())
        self.raise_()
        self._make_room()

    def _free_spot(self) -> QPoint:
        room, gap = self._holder.size(), theme.soft(8)
        left, bottom = theme.soft(20), room.height() - self.height() - theme.soft(16)
        taken = self._pressable()
        lefts = sorted({left, *(one.right() + gap for one in taken)})
        tops = sorted({bottom, *(one.top() - self.height() - gap for one in taken)}, reverse=True)
        for top in (one for one in tops if room.height() // 2 < one <= bottom):
            for start in (one for one in lefts if one + self.width() <= room.width() - gap):
                spot = QRect(QPoint(start, top), self.size())
                if not any(one.intersects(spot) for one in taken):
                    return spot.topLeft()
        return QPoint(left, bottom)

    def _make_room(self) -> None:
        """Lists under the toast keep their rows above it; the others have all their room."""
        standing, gap = not self.isHidden(), theme.soft(8)
        for one in self._holder.findChildren(QAbstractScrollArea):
            if not hasattr(one, "leave_room"):
                continue
            box = QRect(one.mapTo(self._holder, QPoint(0, 0)), one.size())
            under = standing and one.isVisible() and box.intersects(self.geometry())
            one.leave_room(min(box.bottom() - self.y() + gap, box.height() // 2) if under else 0)

    def _pressable(self) -> list[QRect]:
        found = []
        for one in self._holder.findChildren(QWidget):
            kept = isinstance(one, PRESSED) or one.property(READ)
            if kept and one.isVisible() and not self.isAncestorOf(one):
                seen = one.visibleRegion().boundingRect()
                found.append(QRect(one.mapTo(self._holder, seen.topLeft()), seen.size()))
        return found

    def _press(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()
