"""A choice among more than nine: a search box over a list, in place of a combo box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox


class PickList(QWidget):
    """`value()` is the key of the chosen row or "". Typing narrows by title and note.

    `keywords` may add pinyin or other words to search by: key → text.
    """

    changed = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.box = SearchBox(hint)
        self.list = RowList(hint)
        column.addWidget(self.box)
        column.addWidget(self.list, 1)
        self._rows: tuple[Row, ...] = ()
        self._keywords: dict[str, str] = {}
        self._value = ""
        self.setFocusProxy(self.box)
        self.box.asked.connect(self._narrow)
        self.box.stepped_in.connect(self._enter)
        self.box.confirmed.connect(self._take_first)
        self.list.opened.connect(self._take)
        self.list.left_up.connect(self.box.setFocus)

    def set_rows(self, rows: Sequence[Row], keywords: dict[str, str] | None = None) -> None:
        """Offer `rows`."""
        self._rows, self._keywords = tuple(rows), dict(keywords or {})
        self._narrow(self.box.query())

    def value(self) -> str:
        """Key of the chosen row."""
        return self._value

    def set_value(self, key: str) -> None:
        """Choose `key`; silent."""
        self._value = key
        self.list.choose(key)

    def set_label(self, label: str) -> None:
        """Name the parts for a screen reader."""
        self.setAccessibleName(label)
        self.box.setAccessibleName(label)
        self.list.setAccessibleName(label)

    def _narrow(self, query: str) -> None:
        wanted = query.casefold()
        self.list.set_rows(
            [
                row
                for row in self._rows
                if wanted in f"{row.title} {row.note} {self._keywords.get(row.key, '')}".casefold()
            ]
        )

    def _enter(self) -> None:
        if self.list.choose_first():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_first(self) -> None:
        if self.list.choose_first():
            self._take(self.list.current_key())

    def _take(self, key: str) -> None:
        self._value = key
        self.list.choose(key)
        self.changed.emit()
