"""办事清单: every list made, beginning one, building it with the paper in sight, and printing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions import checklist_after, checklists, list_changes, papers
from app.actions.checklists import Lookover
from app.actions.desk import Desk
from app.domain.checklist import Checklist
from app.domain.preflight import Trap
from ui.forms.begin_flow import BeginFlow
from ui.forms.changes_flow import ChangesFlow
from ui.forms.checklist_begin import ChecklistBegin
from ui.forms.checklist_builder import ChecklistBuilder
from ui.forms.checklist_list import ChecklistList
from ui.forms.checklist_print import ChecklistPrint
from ui.forms.print_flow import PrintFlow
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.chip import Chip
from ui.widgets.words import Button

PREVIEW_PX = 900
PREVIEW_PAUSE_MS = 60  # steps of the number of copies in a row are set once
Paper = tuple[tuple[papers.Picture, ...], tuple[int, ...]]


class ChecklistsPage(Page):
    """`open()` lists; `new=True` (and person, item, beneficiary, ticket) begins; `checklist` opens one."""

    title = "办事清单"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._id = ""
        self.stack = QStackedWidget()
        self.list, self.beginning = ChecklistList(), ChecklistBegin()
        self.builder, self.printing = ChecklistBuilder(), ChecklistPrint()
        for part in (self.list, self.beginning, self.builder, self.printing):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self.start = BeginFlow(self.beginning, self.run)
        self.flow = PrintFlow(self.printing, self.run)
        self.changes = ChangesFlow(self.builder, self.run)
        self.back_button = Button(self.tr("所有清单"), "", "left")
        self.back_button.clicked.connect(lambda: self.open())
        self.left.addWidget(self.back_button)
        self.new_button = Button(self.tr("打办事清单"), "main", "plus")
        self.new_button.clicked.connect(lambda: self.open(new=True))
        self._looks = {part: part.pane.look for part in (self.builder, self.printing)}
        for part, look in self._looks.items():
            self.right.addWidget(look)
            part.pane.fitted.connect(lambda _wide: self._fit())
        self.saved = Chip(self.tr("已存好"), "ok", "check")
        self.right.addWidget(self.saved)
        self.right.addWidget(self.new_button)
        self._soon = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE_MS)
        self._soon.timeout.connect(self._preview)
        self._connect()

    def open(self, **params: Any) -> None:
        """Go to the list, to a new one, or to one that was made."""
        self.clear_problems()
        key = str(params.get("checklist") or params.get("key") or "")
        if key:
            self.run(lambda desk: checklists.get(desk, key), lambda one: self._build(one, fresh=True))
        elif params.get("new"):
            self._stand(self.beginning, self.tr("新办事清单"), self.beginning.begin_button)
            names = ("person", "item", "beneficiary", "ticket")
            self.start.begin(**{name: str(params.get(name) or "") for name in names})
        else:
            self._stand(self.list, self.tr("办事清单"), self.new_button)
            self.refresh()

    def refresh(self) -> None:
        """Ask for the lists again; a list under the worker's hands is left alone."""
        if self.stack.currentWidget() is self.list:
            self.run(list_changes.listed, lambda found: self.list.show_lists(*found))

    def leave(self) -> None:
        """A box that was not left yet is kept."""
        if self.stack.currentWidget() is self.builder:
            self.builder.keep()

    def _connect(self) -> None:
        self.list.opened.connect(lambda key: self.open(checklist=key))
        self.list.began.connect(lambda: self.open(new=True))
        self.start.made.connect(lambda made: self._build(made, fresh=True))
        self.builder.held.connect(lambda step, paper, on: self._change(checklists.hold, step, paper, held=on))
        self.builder.copies.connect(
            lambda step, paper, n: self._change(checklists.set_copies, step, paper, n)
        )
        self.builder.placed.connect(lambda step, place: self._change(checklists.set_place, step, place))
        self.builder.step_done.connect(
            lambda step, on: self._change(checklist_after.step_done, step, done=on)
        )
        self.changes.renewed.connect(lambda made: self._build(made, fresh=True))
        self.builder.wants_print.connect(lambda: self.flow.begin(self._id))
        self.printing.back.connect(lambda: self.open(checklist=self._id))
        self.printing.mend.connect(self._mend)
        self.printing.primary_changed.connect(self._show_primary)
        self.flow.looked.connect(self._show_print)
        self.flow.printed.connect(self.open)

    def _stand(self, part: QWidget, title: str, primary: Button | None, subtitle: str = "") -> None:
        self.stack.setCurrentWidget(part)
        self.set_title(title, subtitle)
        self.primary = primary
        self.back_button.setVisible(part is not self.list)
        self.new_button.setVisible(part is self.list)
        self.saved.setVisible(part is self.builder)
        self._fit()

    def _fit(self) -> None:
        """Where only one pane fits, the paper stands behind its button; the number is on the paper too."""
        now = self.stack.currentWidget()
        for part, look in self._looks.items():
            look.setVisible(part is now and not part.pane.wide)
        self.subtitle_label.setVisible(bool(self.subtitle_label.text()) and self.wide())

    def _build(self, checklist: Checklist, *, fresh: bool = False, place: int | None = None) -> None:
        self._id = checklist.id
        title = self.tr("{who}的清单 · {item}") if self.wide() else self.tr("{who}：{item}")
        title = title.format(who=checklist.called, item=checklist.item_name)
        code = self.tr("单号 {code}").format(code=checklist.code)
        self._stand(self.builder, title, self.builder.print_button, code)
        self.builder.show_list(checklist, fresh=fresh, place=place)
        self.changes.look(checklist, fresh=fresh)
        if fresh:
            self.builder.steps.setFocus()
        self._soon.start()

    def _preview(self) -> None:
        key = self._id
        self.run(lambda desk: _paper(desk, key), lambda paper: self._show_paper(key, paper))

    def _show_paper(self, key: str, paper: Paper) -> None:
        if key == self._id and self.stack.currentWidget() is self.builder:
            self.builder.show_paper(*paper)

    def _change(self, verb: Callable[..., Checklist], *given: Any, **named: Any) -> None:
        key = self._id
        self.run(lambda desk: verb(desk, key, *given, **named), self._changed)

    def _changed(self, checklist: Checklist) -> None:
        # What was typed when the page was left is kept, but must not bring the page back.
        if checklist.id == self._id and self.stack.currentWidget() is self.builder:
            self._build(checklist)

    def _show_print(self, over: Lookover) -> None:
        title = self.tr("打给{who} · {item}").format(who=over.checklist.called, item=over.checklist.item_name)
        self._stand(self.printing, title, self.printing.primary)
        self.printing.primary.setFocus()

    def _show_primary(self) -> None:
        if self.stack.currentWidget() is self.printing:
            self.primary = self.printing.primary

    def _mend(self, trap: Trap) -> None:
        key = self._id
        self.run(lambda desk: checklists.get(desk, key), lambda one: self._build(one, place=trap.step or 0))


def _paper(desk: Desk, key: str) -> Paper:
    # A list with gaps comes out as a draft, so that is what stands beside the builder.
    draft = bool(checklists.get(desk, key).gaps)
    pages = papers.pictures(desk, key, draft=draft, width_px=PREVIEW_PX)
    return pages, papers.page_steps(desk, key, draft=draft)
