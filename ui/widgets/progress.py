"""Progress that can be counted: what is being done, how far, and that work can go on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import words

PATIENCE_MS = 400  # what is over sooner shows nothing


class Progress(QFrame):
    """`show_step(words, number, total)`; nothing is seen in the first 400 ms; `finish()` hides it."""

    def __init__(self, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(16), theme.soft(8), theme.soft(16), theme.soft(12))
        column.setSpacing(theme.soft(6))
        row = QHBoxLayout()
        self.label = words("")
        row.addWidget(self.label)
        row.addStretch(1)
        row.addWidget(words(aside, "body", "quiet"), 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self.show)

    def stand_within_card(self) -> None:
        """Without a frame and a margin of its own."""
        self.setProperty("card", False)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_step(self, text: str, number: int, total: int) -> None:
        """Say `text` and fill the bar to number/total."""
        self.label.setText(text)
        self.bar.setMaximum(total)
        self.bar.setValue(number)
        self.bar.setAccessibleName(text)
        if not self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Nothing is under way any more."""
        self._timer.stop()
        self.hide()
