"""筛一筛: what a list is narrowed to, in the place of the list, with how many are left always in sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.card import Card
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button


class SieveFace(QWidget):
    """Subclasses `put` their fields and say in `clear` how nothing is chosen. `changed` at every choice,
    `closed` to look at what was found. `some` has a place for {n}; `nothing` is said when none is left."""

    changed = Signal()
    closed = Signal()

    def __init__(self, some: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._some, self._nothing = some, nothing
        self.setProperty("surface", "clear")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, theme.soft(4), 0)
        self.column.setSpacing(theme.soft(10))
        self.column.addStretch(1)
        card.body.addWidget(scrolled(self.column, on="card"), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.none = Button(self.tr("都不选"), "text")
        self.go = Button("", "", "right", after=True)
        self.none.clicked.connect(self._forget)
        self.go.clicked.connect(self.closed)
        row.addWidget(self.none)
        row.addStretch(1)
        row.addWidget(self.go)
        card.add(row)
        outer.addWidget(card)

    def put(self, *parts: QWidget) -> None:
        """Add these below what is there."""
        for part in parts:
            self.column.insertWidget(self.column.count() - 1, part)

    def clear(self) -> None:
        """Nothing is chosen any more; silent."""
        raise NotImplementedError

    def count(self, total: int) -> None:
        """How many are left with what is chosen."""
        self.go.setText(self._some.format(n=total) if total else self._nothing)
        self.go.setEnabled(bool(total))

    def _forget(self) -> None:
        self.clear()
        self.changed.emit()
