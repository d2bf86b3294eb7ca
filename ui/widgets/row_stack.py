"""A list as tall as its rows, for pages and cards that scroll as a whole instead of row by row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.rows import Row, RowList


class RowStack(RowList):
    """A `RowList` that never scrolls itself. `framed=False` is for rows standing inside a card."""

    def __init__(self, name: str, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("plain", not framed)

    def set_rows(self, rows: Sequence[Row], *, keep: bool = True) -> None:
        """Show `rows` and take exactly their height."""
        super().set_rows(rows, keep=keep)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page around it."""
        event.ignore()

    def _fit(self) -> None:
        self.setFixedHeight(self.content_height())
