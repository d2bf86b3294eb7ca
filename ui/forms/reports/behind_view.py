"""The records behind a figure, each to be opened where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.reports import lists
from app.actions.reports.behind import MOST, Behind
from ui import theme
from ui.forms.reports.report_view import Pointed
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words


class BehindView(QWidget):
    """`left()` back to the table; `opened(page, params)` to one record; `saving()` to keep them as a list."""

    left = Signal()
    saving = Signal()
    opened = Signal(str, dict)

    def __init__(self, pointed: Pointed, found: Sequence[Behind]) -> None:
        super().__init__()
        self._found = {one.id: one for one in found}
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.back = Button(self.tr("回到表"), "", "left")
        self.back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(theme.soft(14))
        head.addWidget(self.back)
        head.addWidget(words(pointed.words, "section", wrap=True), 1)
        self.keep = Button(self.tr("名单存成表格"), "", "save")
        self.keep.clicked.connect(self.saving)
        head.addWidget(self.keep)
        column.addLayout(head)  # first a place, then sight: a button without a parent is a window
        self.keep.setVisible(lists.can_save(pointed.kind))
        self.rows = RowList(pointed.words)
        self.rows.set_rows([Row(one.id, one.title, one.note) for one in found])
        self.rows.opened.connect(self._open)
        column.addWidget(self.rows, 1)
        if len(pointed.ids) > MOST:
            said = self.tr("一共 {n} 条，这里是前 {most} 条。分细一点再看。")
            column.addWidget(words(said.format(n=len(pointed.ids), most=MOST), "body", "quiet", wrap=True))

    def _open(self, record: str) -> None:
        one = self._found[record]
        if one.page:
            self.opened.emit(one.page, dict(one.params))
