"""What stands in the middle of the builder: the papers of a step, or what need not be brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklist import Paper, Unneeded
from ui import theme
from ui.forms.paper_row import PaperRow
from ui.pictogram import Pictogram
from ui.widgets.words import rule, words


class PapersPart(QWidget):
    """`held(paper, on)` and `copies(paper, n)`; papers are counted from 0."""

    held = Signal(int, bool)
    copies = Signal(int, int)

    def __init__(self, papers: Sequence[Paper]) -> None:
        super().__init__()
        column = _column(self)
        self.rows: list[PaperRow] = []
        for number, paper in enumerate(papers):
            row = PaperRow(paper)
            row.held.connect(lambda on, number=number: self.held.emit(number, on))
            row.copies.connect(lambda n, number=number: self.copies.emit(number, n))
            if number:
                column.addWidget(rule())
            column.addWidget(row)
            self.rows.append(row)
        if not papers:
            column.addWidget(_nothing(self.tr("这一步什么也不用带。")))
        column.addStretch(1)

    def keep_up(self, papers: Sequence[Paper]) -> None:
        """The same papers as saved now; nothing under the worker's hands is built anew."""
        for row, paper in zip(self.rows, papers, strict=True):
            row.keep_up(paper)


class UnneededPart(QWidget):
    """Read only: what it is, and who fetches it for her."""

    def __init__(self, unneeded: Sequence[Unneeded]) -> None:
        super().__init__()
        column = _column(self)
        for number, one in enumerate(unneeded):
            if number:
                column.addWidget(rule())
            row = QHBoxLayout()
            row.setContentsMargins(theme.soft(12), theme.soft(6), theme.soft(12), theme.soft(6))
            row.setSpacing(theme.soft(12))
            row.addWidget(Pictogram(one.icon, 48))
            said = QVBoxLayout()
            said.setSpacing(0)
            said.addWidget(words(one.name, "section", wrap=True))
            said.addWidget(words(one.why, "body", "quiet", wrap=True))
            row.addLayout(said, 1)
            column.addLayout(row)
        if not unneeded:
            column.addWidget(_nothing(self.tr("这一步没有能免的。要带的都在「带」里。")))
        column.addStretch(1)


def _nothing(said: str) -> QWidget:
    label = words(said, "body", "quiet", wrap=True)
    label.setContentsMargins(theme.soft(16), theme.soft(12), theme.soft(16), theme.soft(12))
    return label


def _column(widget: QWidget) -> QVBoxLayout:
    widget.setProperty("surface", "clear")
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column
