"""The toast: 「已存好。 撤回」, bottom left of the page, eight seconds, one at a time, never for errors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Button, Icon, words

STAYS_MS = 8_000


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
        self.hide()

    def say(self, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `text` at once, replacing what was there."""
        self._act = act
        self.label.setText(text)
        self.button.setText(button)
        self.button.setVisible(act is not None)
        self.setAccessibleDescription(text)
        self.setMinimumHeight(theme.soft(60))
        self.show()
        self.place()
        self._timer.start(STAYS_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self) -> None:
        """Move to the bottom left of the parent; the parent calls this when it is resized."""
        self.adjustSize()
        self.move(theme.soft(20), self._holder.height() - self.height() - theme.soft(16))
        self.raise_()

    def _press(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()
