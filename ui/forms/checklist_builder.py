"""The list under construction: steps as tabs, papers to tick, the place; and the very paper beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklist import Checklist
from ui import theme
from ui.forms.paper_row import PaperRow
from ui.forms.place_form import PlaceForm
from ui.pictogram import Pictogram
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.paper_view import PaperView
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, rule, words

CIRCLES = "①②③④⑤⑥⑦⑧⑨"
PAPER_WIDTH = 374


class ChecklistBuilder(QWidget):
    """Emits what the worker changes; the page keeps it and shows the list again."""

    held = Signal(int, int, bool)
    copies = Signal(int, int, int)
    placed = Signal(int, object)
    step_done = Signal(int, bool)
    wants_print = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.checklist: Checklist | None = None
        self.step = 0
        self._part = "papers"
        self.wanted_part: tuple[str, int] | None = None  # (part, step) to show with the next list
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.soft(16))
        across.addLayout(self._left(), 1)
        across.addLayout(self._right())

    def show_list(self, checklist: Checklist, *, fresh: bool = False) -> None:
        """Show the list as it is kept now; `fresh` goes to the first step not done."""
        self.checklist = checklist
        if fresh:
            self.step, self._part = checklist.next_step, "papers"
        if self.wanted_part is not None:
            (self._part, self.step), self.wanted_part = self.wanted_part, None
        self.step = min(self.step, len(checklist.steps) - 1)
        self.steps.set_options(
            [
                (str(i), f"{'✓ ' if one.done else ''}{CIRCLES[i]} {one.title}")
                for i, one in enumerate(checklist.steps)
            ]
        )
        self.steps.set_value(str(self.step))
        self._show_step()

    def show_paper(self, pages: Sequence[tuple[int, int, bytes]]) -> None:
        """The pages as they would be printed; the one of the step in sight is shown."""
        self.paper.show_pages(pages)
        page = min(self.step, len(pages) - 1)
        self.paper.turn_to(page)
        total = self.tr("第 {n} 张，共 {total} 张").format(n=page + 1, total=len(pages))
        self.paper_words.setText(total)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(10))
        self.steps = ChoiceGroup([])
        self.steps.set_label(self.tr("第几步"))
        self.steps.changed.connect(self._step_chosen)
        column.addWidget(self.steps)
        self.card = Card()
        self.card.body.setContentsMargins(0, theme.soft(4), 0, theme.soft(4))
        self.area = scrolled(QWidget())
        self.card.add(self.area)
        column.addWidget(self.card, 1)
        self.note = words("", "body", "info", wrap=True)
        self.note.hide()
        column.addWidget(self.note)
        self.parts = ChoiceGroup([])
        self.parts.set_label(self.tr("看哪一栏"))
        self.parts.changed.connect(self._part_chosen)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.done_button = Button("")
        self.done_button.clicked.connect(self._toggle_done)
        self.print_button = Button(self.tr("去打印"), "main", "print")
        self.print_button.clicked.connect(self.wants_print)
        row.addWidget(self.parts, 1)
        row.addWidget(self.done_button)
        row.addWidget(self.print_button)
        column.addLayout(row)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(6))
        head = QHBoxLayout()
        head.addWidget(words(self.tr("纸上就是这样"), "section"))
        head.addStretch(1)
        self.paper_words = words("", "body", "quiet")
        head.addWidget(self.paper_words)
        column.addLayout(head)
        self.paper = PaperView(self.tr("打出来的样子"))
        self.paper.setFixedWidth(theme.soft(PAPER_WIDTH))
        self.paper.turned.connect(self._turned)
        column.addWidget(self.paper, 1)
        return column

    def _turned(self, page: int) -> None:
        total = self.paper.page_count()
        if total:
            self.paper_words.setText(self.tr("第 {n} 张，共 {total} 张").format(n=page + 1, total=total))

    def _step_chosen(self) -> None:
        if self.steps.value():
            self.step = int(self.steps.value())
        self.steps.set_value(str(self.step))
        self._show_step()
        self.paper.turn_to(min(self.step, max(0, self.paper.page_count() - 1)))

    def _part_chosen(self) -> None:
        self._part = self.parts.value() or "papers"
        self._show_step()

    def _show_step(self) -> None:
        assert self.checklist is not None, "a list is shown before its step"
        step = self.checklist.steps[self.step]
        gaps = self.tr(" 缺 {n} 样").format(n=len(step.place.gaps)) if step.place.gaps else ""
        self.parts.set_options(
            [
                ("papers", self.tr("带 {n} 样").format(n=len(step.papers))),
                ("unneeded", self.tr("不用带 {n} 样").format(n=len(step.unneeded))),
                ("place", self.tr("地点电话{gaps}").format(gaps=gaps)),
            ]
        )
        self.parts.set_value(self._part)
        content = {"papers": self._papers, "unneeded": self._unneeded, "place": self._place}[self._part]()
        self.area.setWidget(content)
        self.done_button.setText(self.tr("这步还没办") if step.done else self.tr("这步办好了"))
        changed = any(paper.changed for one in self.checklist.steps for paper in one.papers)
        self.note.setText(self.tr("改了份数，会记「与县里不同」"))
        self.note.setVisible(changed)

    def _papers(self) -> QWidget:
        holder, column = _column()
        assert self.checklist is not None, "a list is shown before its papers"
        papers = self.checklist.steps[self.step].papers
        for number, paper in enumerate(papers):
            row = PaperRow(paper)
            row.held.connect(lambda on, number=number: self.held.emit(self.step, number, on))
            row.copies.connect(lambda n, number=number: self.copies.emit(self.step, number, n))
            if number:
                column.addWidget(rule())
            column.addWidget(row)
        if not papers:
            column.addWidget(words(self.tr("这一步什么也不用带。"), "body", "quiet"))
        column.addStretch(1)
        return holder

    def _unneeded(self) -> QWidget:
        holder, column = _column()
        assert self.checklist is not None, "a list is shown before its papers"
        for one in self.checklist.steps[self.step].unneeded:
            row = QHBoxLayout()
            row.setContentsMargins(theme.soft(12), theme.soft(6), theme.soft(12), theme.soft(6))
            row.setSpacing(theme.soft(12))
            row.addWidget(Pictogram(one.icon, 52))
            row.addWidget(words(one.name, "strong"))
            row.addWidget(words(one.why, "body", "quiet", wrap=True), 1)
            column.addLayout(row)
        column.addStretch(1)
        return holder

    def _place(self) -> QWidget:
        holder, column = _column()
        assert self.checklist is not None, "a list is shown before its place"
        form = PlaceForm(self.checklist.steps[self.step].place)
        form.kept.connect(lambda place: self.placed.emit(self.step, place))
        column.setContentsMargins(theme.soft(16), theme.soft(8), theme.soft(16), theme.soft(8))
        column.addWidget(form)
        return holder

    def _toggle_done(self) -> None:
        assert self.checklist is not None, "a list is shown before its steps"
        self.step_done.emit(self.step, not self.checklist.steps[self.step].done)


def _column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    holder.setProperty("surface", "clear")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return holder, column
