"""A white card: the surface things of one kind stand on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Sentence


class Card(QFrame):
    """A bordered surface with an optional title; add to `self.body`, or beside the title to `self.head`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        side, top = theme.soft(16), theme.soft(12)
        self.body.setContentsMargins(side, top, side, top)
        self.body.setSpacing(theme.soft(8))
        self.head_row = QWidget(self)
        self.head_row.setProperty("surface", "clear")
        self.head_row.setVisible(bool(title))
        self.head = QHBoxLayout(self.head_row)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(theme.soft(10))
        self.body.addWidget(self.head_row)
        self.title = Sentence(title, "section")
        self.head.addWidget(self.title)
        self.head.addStretch(1)

    def set_title(self, title: str) -> None:
        """Change the title; "" hides the row it stands in."""
        self.title.setText(title)
        self.head_row.setVisible(bool(title))

    def add(self, item: QWidget | QLayout) -> None:
        """Append a widget or a layout to the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)
