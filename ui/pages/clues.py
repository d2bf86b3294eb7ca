"""线索: signs that somebody may need help, each followed to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.registers import clues
from app.actions.registers.clues import ClueLine, Wanted
from app.domain.registers.clue import SIGNALS, Clue
from app.domain.visits.visit import Visit
from ui import notices
from ui.forms.panel import Work
from ui.forms.registers.clue_form import DRAFT, NEW, ClueForm
from ui.forms.registers.clue_list import ClueList
from ui.forms.registers.clue_view import ClueView
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.words import Button


class CluesPage(Page):
    """`open()` shows the list, `open(clue=)` one of them, `open(new=True)` writes one down."""

    title = "线索"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._clue = ""
        self.form: ClueForm | None = None
        self.view: ClueView | None = None
        self.back = Button(self.tr("所有线索"), "", "left")
        self.back.clicked.connect(lambda: self.open())
        self.left.addWidget(self.back)
        self.begin = Button(self.tr("记一条线索"), "main", "plus")
        self.begin.clicked.connect(lambda: self.open(new=True))
        self.right.addWidget(self.begin)
        self.stack = QStackedWidget()
        self.list = ClueList()
        self.stack.addWidget(self.list)
        self.body.addWidget(self.stack, 1)
        self.list.opened.connect(lambda key: self.open(clue=key))
        self.list.asked.connect(self.refresh)

    def open(self, **params: Any) -> None:
        """The list, one clue, or a new one."""
        self.clear_problems()
        if params.get("new"):
            if self.form is None:
                self.run(_begun, lambda told: self._show_form(*told))
            return
        self._clue = str(params.get("clue") or params.get("key") or "")
        self._leave_form()
        self.refresh()

    def refresh(self) -> None:
        """Ask again; a form being written is left alone."""
        if self.form is not None:
            return
        if clue := self._clue:
            self.run(lambda desk: clues.look(desk, clue), self._show_one)
        else:
            wanted = self.list.wanted()
            self.run(lambda desk: _found(desk, wanted), lambda found: self._show_list(wanted, *found))

    def leave(self) -> None:
        """Keep what is being written."""
        if self.form is not None:
            self.form.holding.hold()

    def _show_list(self, wanted: Wanted, found: Sequence[ClueLine], many: int, today: date) -> None:
        if self._clue or self.form is not None:
            return
        self._clear_view()
        self.list.show_clues(found, wanted, today)
        self.stack.setCurrentWidget(self.list)
        self.where.tell()
        self._dress(self.tr("线索"), self.tr("还没办完 {n} 条").format(n=many) if many else "")
        self.primary = self.begin

    def _show_one(self, line: ClueLine) -> None:
        if line.clue.id != self._clue or self.form is not None:
            return
        self._clear_view()
        self.view = ClueView(line, self.run)
        self.view.check.connect(self._check)
        self.view.enrol.connect(lambda: self.navigate.emit("households", {"new": True}))
        self.view.done.connect(self._settle)
        self.stack.addWidget(scrolled(self.view))
        self.stack.setCurrentIndex(self.stack.count() - 1)
        self.where.tell("clue", line.clue.id)
        self._dress(line.clue.name or self.tr("线索"), SIGNALS.get(line.clue.signal, ""), inside=True)
        self.primary = self.view.primary
        if self.primary is not None:
            self.primary.setFocus()

    def _show_form(self, today: date, kept: Mapping[str, str]) -> None:
        self._clear_view()
        form = self.form = ClueForm(self.run, today)
        form.submitted.connect(self._write)
        form.left.connect(lambda: self.open())
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        form.begin(kept)
        self.where.tell()
        self._dress(self.tr("记一条线索"), "", inside=True)
        self.primary = form.save
        form.start()

    def _write(self, work: Work) -> None:
        def write(desk: Desk) -> Clue:
            made: Clue = work(desk)
            form_drafts.release(desk, DRAFT, NEW)
            return made

        self.clear_problems()
        self.run(write, self._written)

    def _written(self, clue: Clue) -> None:
        if self.form is not None:
            self.form.holding.end()
        notices.saved(self.tr("线索记下了。"))
        self.open(clue=clue.id)

    def _check(self) -> None:
        clue = self._clue

        def go(visit: Visit) -> None:
            self.navigate.emit("visits", {"draft": visit.id})

        self.run(lambda desk: clues.check(desk, clue), go)

    def _settle(self, work: Work) -> None:
        self.clear_problems()
        self.run(work, lambda _clue: self.refresh())

    def _leave_form(self) -> None:
        if self.form is not None:
            self.form.holding.hold()
            self.form.holding.end()
            self.stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _clear_view(self) -> None:
        while self.stack.count() > 1:
            gone = self.stack.widget(1)
            self.stack.removeWidget(gone)
            gone.deleteLater()
        self.view = None

    def _dress(self, title: str, subtitle: str, *, inside: bool = False) -> None:
        self.set_title(title, subtitle)
        self.back.setVisible(inside)
        self.begin.setVisible(not inside)


def _begun(desk: Desk) -> tuple[date, Mapping[str, str]]:
    return desk.today, form_drafts.held(desk, DRAFT, NEW)


def _found(desk: Desk, wanted: Wanted) -> tuple[tuple[ClueLine, ...], int, date]:
    found = clues.listing(desk, wanted)
    return found, clues.open_count(desk), desk.today
