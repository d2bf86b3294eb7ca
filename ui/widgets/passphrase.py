"""The passphrase box: large, hidden, with 「看一眼」 beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui import theme
from ui.widgets.text import LineBox
from ui.widgets.words import Button


class PassphraseRow(QWidget):
    """`box` is the line itself, `peek` the button that shows it until pressed again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.box = LineBox()
        self.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.box.setProperty("big", True)
        self.box.setAccessibleName(self.tr("口令"))
        self.peek = Button(self.tr("看一眼"), "", "eye")
        self.peek.setCheckable(True)
        self.peek.setProperty("tall", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        row.addWidget(self.box, 1)
        row.addWidget(self.peek)
        self.setFocusProxy(self.box)
        self.peek.toggled.connect(self._show)

    def _show(self, shown: bool) -> None:
        self.box.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.peek.setText(self.tr("遮上") if shown else self.tr("看一眼"))
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
