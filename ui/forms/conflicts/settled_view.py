"""Nothing waits for her word any more: the last that were settled, and the way back while one is unsent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.conflicts.conflicts import Case
from ui import theme
from ui.forms.conflicts.case_words import became
from ui.forms.syncing.sync_side import spoken_day
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Icon, words


class SettledView(QWidget):
    """`reopened` with the id of one whose word is to be taken back."""

    reopened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._cases: Sequence[Case] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(Icon("check", 52, "ok"))
        column.addWidget(words(self.tr("没有要您定的了。"), "section"))
        self.line = words(self.tr("定过的："), "body", "quiet")
        column.addWidget(self.line)
        self.list = RowList(self.tr("定过的"))
        self.list.opened.connect(self._opened)
        column.addWidget(self.list, 1)
        column.addStretch()

    def show_cases(self, cases: Sequence[Case]) -> None:
        """Newest first."""
        self._cases = cases
        self.list.set_rows([self._row(case) for case in cases])
        self.list.setVisible(bool(cases))
        self.line.setVisible(bool(cases))

    def _row(self, case: Case) -> Row:
        chip = self.tr("还没传，点一下改回来") if case.waiting else ""
        note = f"{spoken_day(case.opened_at)} · {became(case)}"
        return Row(case.id, f"{case.title} · {case.what}", note, chip=chip, tone="warn")

    def _opened(self, key: str) -> None:
        if any(case.id == key and case.waiting for case in self._cases):
            self.reopened.emit(key)
