"""The panel of search results under the search box: people, households, papers, at most seven of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.spacing import STILL
from ui.widgets.rows import Row, RowList
from ui.widgets.words import words

EACH = 7


@dataclass(frozen=True)
class Hits:
    """One group of results: 人, 户 or 单子. `more` counts what did not fit; keys of rows are opaque."""

    heading: str
    rows: tuple[Row, ...]
    more: int = 0


class HitPanel(QFrame):
    """Floats over the page under the search box. Enter opens, Esc goes back."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("floating", True)
        column = QVBoxLayout(self)
        self.setProperty(STILL, True)  # as wide as its border
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        self.list = RowList(self.tr("找到的"))
        self.list.setProperty("plain", True)
        self.list.opened.connect(self.opened)
        self.list.left_up.connect(self.left)
        self.line = words("", "body", "quiet")
        self.line.setContentsMargins(theme.soft(16), theme.soft(10), theme.soft(16), theme.soft(10))
        column.addWidget(self.list)
        column.addWidget(self.line)
        self.hide()

    def show_hits(self, query: str, groups: Sequence[Hits]) -> None:
        """Fill the panel; with nothing found it says so and what to try."""
        rows: list[Row] = []
        more = 0
        for group in groups:
            if group.rows:
                rows.append(Row(f"heading:{group.heading}", group.heading, heading=True))
                rows += group.rows[:EACH]
                more += group.more + max(0, len(group.rows) - EACH)
        self.list.set_rows(rows, keep=False)
        self.list.setVisible(bool(rows))
        if not rows:
            self.line.setText(self.tr("没有叫 {query} 的。少打一个字再试。").format(query=query))
        elif more:
            self.line.setText(self.tr("还有 {more} 个，再多打一个字").format(more=more))
        self.line.setVisible(not rows or more > 0)
        self.show()
        self.raise_()

    def open_first(self) -> None:
        """Open the first result, as Enter in the search box does."""
        if self.isVisible() and self.list.choose_first():
            self.opened.emit(self.list.current_key())

    def enter(self) -> None:
        """Move the focus into the results."""
        if self.list.choose_first():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, left: int, top: int, width: int, room: int) -> None:
        """Stand at (left, top), `width` wide, no taller than `room`."""
        tall = self.list.content_height() if self.list.isVisibleTo(self) else 0
        tall += self.line.sizeHint().height() if self.line.isVisibleTo(self) else 0
        self.setGeometry(left, top, width, min(room, tall + 8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the search box."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
