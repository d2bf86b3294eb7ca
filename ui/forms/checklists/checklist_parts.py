"""What stands in the middle of the builder: the papers of a step, or what need not be brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklists.checklist import Checklist, Paper, Step, Unneeded
from app.domain.checklists.open_days import day_words
from ui import theme
from ui.forms.checklists.paper_row import PaperRow
from ui.pictogram import Pictogram
from ui.widgets.words import Button, rule, words

HERSELF = "您"  # what the paper says to whoever goes herself; the worker need not be told


class PapersPart(QWidget):
    """`held(paper, on)`, `copies(paper, n)` and `owed(paper, day)`; papers are counted from 0.

    `papers_asked` goes to the application papers the village fills in.
    """

    papers_asked = Signal()
    held = Signal(int, bool)
    copies = Signal(int, int)
    owed = Signal(int, object)

    def __init__(self, checklist: Checklist, step: Step, today: date) -> None:
        super().__init__()
        column = _column(self)
        papers = step.papers
        self.head = words(self._said(checklist, step), "label", "info", wrap=True)
        self.head.setContentsMargins(theme.soft(14), theme.soft(8), theme.soft(14), theme.soft(8))
        column.addWidget(self.head)  # first a place, then sight: a label without a parent is a window
        self.head.setVisible(bool(self.head.text()))
        self.rows: list[PaperRow] = []
        for number, paper in enumerate(papers):
            row = PaperRow(paper, checklist.names, today)
            row.owed.connect(lambda day, number=number: self.owed.emit(number, day))
            row.held.connect(lambda on, number=number: self.held.emit(number, on))
            row.copies.connect(lambda n, number=number: self.copies.emit(number, n))
            if number:
                column.addWidget(rule())
            column.addWidget(row)
            self.rows.append(row)
        if not papers:
            column.addWidget(_nothing(self.tr("这一步什么也不用带。")))
        self.papers = _papers_button(column)
        self.papers.clicked.connect(self.papers_asked)
        column.addStretch(1)

    def _said(self, checklist: Checklist, step: Step) -> str:
        """What is special about this step: several matters, who must be there, the last day."""
        said = []
        if len(step.items) > 1:
            names = "、".join(checklist.names.get(item, item) for item in step.items)
            said.append(self.tr("一趟办 {n} 件：{names}。").format(n=len(step.items), names=names))
        elif checklist.bundled:
            said.append(self.tr("办{name}。").format(name=checklist.names.get(step.items[0], "")))
        if step.must_come and step.must_come != HERSELF:
            said.append(self.tr("{who}要到场。").format(who=step.must_come))
        elif checklist.goer.words:
            said.append(self.tr("{who}去。").format(who=checklist.goer.words))
        if step.before:
            said.append(self.tr("{day}截止。").format(day=day_words(step.before)))
        return "".join(said)

    def keep_up(self, papers: Sequence[Paper]) -> None:
        """The same papers as saved now; nothing under the worker's hands is built anew."""
        for row, paper in zip(self.rows, papers, strict=True):
            row.keep_up(paper)


class UnneededPart(QWidget):
    """Read only: what it is, and who fetches it for her. `papers_asked` as above."""

    papers_asked = Signal()

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
        self.papers = _papers_button(column)
        self.papers.clicked.connect(self.papers_asked)
        column.addStretch(1)


def _papers_button(column: QVBoxLayout) -> Button:
    """Below the list: what the village fills in for her is printed from here."""
    words_ = QCoreApplication.translate("checklist", "打申请材料")
    button = Button(words_, "small", "ticket")
    row = QHBoxLayout()
    row.setContentsMargins(theme.soft(12), theme.soft(10), theme.soft(12), theme.soft(10))
    row.addWidget(button)
    row.addStretch(1)
    column.addWidget(rule())
    column.addLayout(row)
    return button


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
