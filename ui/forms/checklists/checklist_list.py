"""Every list that was made: whose, what for, how far, and its six-character number for the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.checklists.checklist import Checklist
from app.domain.checklists.print_job import PrintJob
from app.domain.people.person import Person
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button


class ChecklistList(QWidget):
    """`opened(id)` when a list is pointed at, `began` when the empty state's button is, `queue_asked` to see
    what waits for a printer, `together_asked` to print for many at once."""

    opened = Signal(str)
    began = Signal()
    queue_asked = Signal()
    together_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._changed: Mapping[str, int] = {}
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.rows = RowList(self.tr("做过的清单"))
        self.rows.setProperty("plain", True)
        self.rows.opened.connect(self.opened)
        card.add(self.rows)
        self.empty = EmptyState(
            "list", self.tr("还没做过清单。老人来问怎么办，就给她做一张。"), self.tr("打办事清单")
        )
        self.empty.pressed.connect(self.began)
        self.stack.addWidget(card)
        self.stack.addWidget(self.empty)
        self.waiting = Note("info", "")
        self.waiting_button = Button(self.tr("去看"), "", "print")
        self.waiting_button.clicked.connect(self.queue_asked)
        self.waiting.add_button(self.waiting_button)
        self.waiting.hide()
        column.setSpacing(theme.soft(12))
        column.addWidget(self.waiting)
        column.addWidget(self.stack)
        self.together_button = Button(self.tr("给一个组、给多人一起打"), "", "people")
        self.together_button.clicked.connect(self.together_asked)
        column.addWidget(self.together_button)

    def show_waiting(self, jobs: Sequence[PrintJob]) -> None:
        """How many papers were asked for and have not been seen to come out."""
        wanting = sum(job.open for job in jobs)
        self.waiting.say("info", self.tr("{n} 张单子要打，或等您说打好没有。").format(n=wanting))
        self.waiting.setVisible(bool(wanting))

    def show_lists(
        self, lists: Sequence[Checklist], people: Mapping[str, Person], changed: Mapping[str, int]
    ) -> None:
        """Newest first; `changed` says of how many things on a list the county says otherwise now."""
        self._changed = changed
        self.stack.setCurrentIndex(0 if lists else 1)
        self.rows.set_rows([self._row(one, people.get(one.person)) for one in lists])

    def _row(self, checklist: Checklist, person: Person | None) -> Row:
        name = person.name if person else checklist.called
        done = sum(step.done for step in checklist.steps)
        day = f"{checklist.made_on.month}月{checklist.made_on.day}日"
        said = self.tr("{day} · 单号 {code} · 办到第 {done} 步，共 {total} 步")
        chip, tone, icon = self._state(checklist)
        return Row(
            checklist.id,
            f"{name}：{checklist.matters}",
            said.format(day=day, code=checklist.code, done=done, total=len(checklist.steps)),
            avatar=name[:1],
            chip=chip,
            tone=tone,
            chip_icon=icon,
        )

    def _state(self, checklist: Checklist) -> tuple[str, str, str]:
        if checklist.finished:
            return self.tr("办完了"), "ok", "check"
        if changed := self._changed.get(checklist.id):
            return self.tr("县里改了 {n} 处").format(n=changed), "warn", "warn"
        if any(not printing.draft for printing in checklist.printings):
            return self.tr("打过了"), "pri", "print"
        if checklist.gaps:
            return self.tr("缺 {n} 样").format(n=len(checklist.gaps)), "warn", "warn"
        return self.tr("还没打"), "neutral", ""
