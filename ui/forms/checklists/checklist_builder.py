"""The list under construction: steps as tabs, papers to tick, the place; and the very paper beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklists.checklist import Checklist, Step
from ui import theme
from ui.forms.checklists.changes_note import ChangesNote, ChangesPart
from ui.forms.checklists.checklist_parts import PapersPart, UnneededPart
from ui.forms.checklists.place_form import PlaceForm
from ui.forms.papers.paper_pane import PaperPane
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button

CIRCLES = "①②③④⑤⑥⑦⑧⑨"
PAPERS, UNNEEDED, PLACE = "papers", "unneeded", "place"
Part = PapersPart | UnneededPart | PlaceForm | ChangesPart


class ChecklistBuilder(QWidget):
    """Emits what the worker changes; the page keeps it and shows the list again.

    What is under the worker's hands is never built anew: a saved change only updates the words around it.
    """

    held = Signal(int, int, bool)
    copies = Signal(int, int, int)
    owed = Signal(int, int, object)
    placed = Signal(int, object)
    step_done = Signal(int, bool)
    renewed = Signal()
    wants_print = Signal()
    wants_papers = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.checklist: Checklist | None = None
        self.step, self.part = 0, PAPERS
        self.today = date.min
        self.content: Part | None = None
        self._built: tuple[object, ...] = ()
        self._steps_of_pages: tuple[int, ...] = ()
        main = QWidget()
        main.setProperty("surface", "clear")
        self._lay_out(main)
        self.pane = PaperPane(main, self.tr("纸上就是这样"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane, 1)
        # Later: widgets must not be replaced while Qt is styling every one of them anew.
        self.pane.fitted.connect(lambda _wide: QTimer.singleShot(0, self, self._refit))

    def show_list(self, checklist: Checklist, *, fresh: bool = False, place: int | None = None) -> None:
        """Show the list as it is kept now; `fresh` begins at the next step, `place` at a step's place."""
        self.checklist = checklist
        if fresh or place is not None:
            self._built = ()
            self.pane.paper.say(self.tr("正在排版…"))
        if fresh:
            self.step, self.part = checklist.next_step, PAPERS
        if place is not None:
            self.step, self.part = place, PLACE
        self.step = min(self.step, len(checklist.steps) - 1)
        names = [(str(i), self._tab(i, one)) for i, one in enumerate(checklist.steps)]
        if [(button.option.key, button.option.words) for button in self.steps.buttons] != names:
            self.steps.set_options(names)
        self.steps.set_value(str(self.step))
        self._show_step()
        if place is not None and isinstance(self.content, PlaceForm):
            self.content.begin()

    def show_paper(self, pages: Sequence[tuple[int, int, bytes]], steps: tuple[int, ...]) -> None:
        """The pages as they would be printed, and the step each belongs to; that of the step in sight is
        shown."""
        self._steps_of_pages = steps
        self.pane.show_pages(pages, self._page())

    def _lay_out(self, main: QWidget) -> None:
        self.steps = ChoiceGroup([])
        self.steps.set_label(self.tr("第几步"))
        self.steps.changed.connect(self._step_chosen)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.changes = ChangesNote()
        self.changes.renewed.connect(self.keep)  # typed and not yet handed over is hers all the same
        self.changes.renewed.connect(self.renewed)
        self.changes.asked.connect(self._show_changes)
        column.addWidget(self.changes)
        column.addWidget(self.steps)
        self.card = Card()
        self.card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.area = scrolled(QWidget(), on="card")
        self.card.add(self.area)
        column.addWidget(self.card, 1)
        self.parts = ChoiceGroup([])
        self.parts.set_label(self.tr("看哪一栏"))
        self.parts.changed.connect(self._part_chosen)
        self.done_button = Button("")
        self.done_button.clicked.connect(self._toggle_done)
        self.print_button = Button(self.tr("去打印"), "main", "print")
        self.print_button.clicked.connect(self.keep)
        self.print_button.clicked.connect(self.wants_print)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(self.parts, 1)
        row.addWidget(self.done_button)
        row.addWidget(self.print_button)
        column.addLayout(row)

    def _tab(self, number: int, step: Step) -> str:
        title = f"{CIRCLES[number]} {step.title}"
        return self.tr("{title}（办好了）").format(title=title) if step.done else title

    def _page(self) -> int:
        # A step that is done is not printed while others wait: the next one stands in its place.
        pages = self._steps_of_pages
        return next((page for page, step in enumerate(pages) if step >= self.step), max(0, len(pages) - 1))

    def _step_chosen(self) -> None:
        if self.steps.value():
            self.step = int(self.steps.value())
        self.steps.set_value(str(self.step))
        self._show_step()
        self.pane.paper.turn_to(self._page())

    def _part_chosen(self) -> None:
        self.part = self.parts.value() or self.part
        self._show_step()

    def keep(self) -> None:
        """Hand over what stands in a box that was not left yet."""
        if isinstance(self.content, PlaceForm):
            self.content.keep()

    def _show_changes(self) -> None:
        """All that changed, in the place of the part in sight until one is chosen."""
        self.keep()
        self._built, self.content = (), ChangesPart(self.changes.found)
        self.parts.set_value("")
        self.area.setWidget(self.content)

    def _refit(self) -> None:
        if self.checklist is not None and isinstance(self.content, PlaceForm):
            self.keep()
            self._show_step()

    def _show_step(self) -> None:
        assert self.checklist is not None, "a list is shown before its step"
        step = self.checklist.steps[self.step]
        gaps = len(step.place.gaps)
        place = self.tr("地点 缺 {n} 样").format(n=gaps) if gaps else self.tr("地点电话")
        names = [
            (PAPERS, self.tr("带 {n} 样").format(n=len(step.papers))),
            (UNNEEDED, self.tr("不用带 {n} 样").format(n=len(step.unneeded))),
            (PLACE, place),
        ]
        if [button.option.words for button in self.parts.buttons] != [word for _, word in names]:
            self.parts.set_options(names)
        self.parts.set_value(self.part)
        self._show_part(step)
        self.done_button.setText(self.tr("这步还没办") if step.done else self.tr("这步办好了"))

    def _show_part(self, step: Step) -> None:
        assert self.checklist is not None, "a list is shown before its parts"
        built = (self.checklist.id, self.step, self.part, len(step.papers), self.pane.wide)
        if built == self._built:
            if isinstance(self.content, PapersPart):
                self.content.keep_up(step.papers)
            return
        self._built = built
        self.content = self._part(step)
        self.area.setWidget(self.content)

    def _part(self, step: Step) -> Part:
        number = self.step
        if self.part == UNNEEDED:
            unneeded = UnneededPart(step.unneeded)
            unneeded.papers_asked.connect(self.wants_papers)
            return unneeded
        if self.part == PLACE:
            form = PlaceForm(step.place, columns=3 if self.pane.wide else 2)
            form.kept.connect(lambda place: self.placed.emit(number, place))
            return form
        assert self.checklist is not None, "a list is shown before its parts"
        papers = PapersPart(self.checklist, step, self.today)
        papers.owed.connect(lambda paper, day: self.owed.emit(number, paper, day))
        papers.papers_asked.connect(self.wants_papers)
        papers.held.connect(lambda paper, on: self.held.emit(number, paper, on))
        papers.copies.connect(lambda paper, n: self.copies.emit(number, paper, n))
        return papers

    def _toggle_done(self) -> None:
        assert self.checklist is not None, "a list is shown before its steps"
        self.step_done.emit(self.step, not self.checklist.steps[self.step].done)
