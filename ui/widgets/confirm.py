"""The question before what cannot be taken back: inline, at the button, with the harmless answer first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Button, words


class Confirm(QFrame):
    """`ask(question, do_words, keep_words)`; then `agreed` or `kept`. Esc keeps."""

    agreed = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", "bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(16), theme.soft(12), theme.soft(16), theme.soft(12))
        column.setSpacing(theme.soft(6))
        self.question = words("", "label", wrap=True)
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.keep = Button("", "primary")
        self.do = Button("", "danger")
        row.addWidget(self.keep)
        row.addWidget(self.do)
        row.addStretch(1)
        column.addLayout(row)
        self.keep.clicked.connect(self._keep)
        self.do.clicked.connect(self._do)
        self.hide()

    def ask(self, question: str, do_words: str, keep_words: str) -> None:
        """Show the question; the focus goes to the harmless answer."""
        self.question.setText(question)
        self.setAccessibleName(question)
        self.do.setText(do_words)
        self.keep.setText(keep_words)
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is the harmless answer; Enter presses the button that has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self._keep()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.do if self.do.hasFocus() else self.keep).click()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        self.hide()
        self.kept.emit()

    def _do(self) -> None:
        self.hide()
        self.agreed.emit()
