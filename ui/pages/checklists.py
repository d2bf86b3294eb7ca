"""办事清单: every list made, beginning one, building it with the paper in sight, and printing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions.checklists import checklist_after, checklist_views, checklists, list_changes, print_queue
from app.actions.checklists.checklist_views import Opened
from app.actions.checklists.checklists import Lookover
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.preflight import Trap
from ui.forms.checklists.begin_flow import BeginFlow
from ui.forms.checklists.changes_flow import ChangesFlow
from ui.forms.checklists.checklist_begin import ChecklistBegin
from ui.forms.checklists.checklist_builder import ChecklistBuilder
from ui.forms.checklists.checklist_list import ChecklistList
from ui.forms.checklists.checklist_print import ChecklistPrint
from ui.forms.checklists.checklist_trip import ChecklistTrip
from ui.forms.checklists.preview_flow import PreviewFlow
from ui.forms.checklists.print_flow import PrintFlow
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.chip import Chip
from ui.widgets.words import Button


class ChecklistsPage(Page):
    """`open()` lists; `new=True` (and person, item, beneficiary, ticket) begins; `checklist` opens one."""

    title = "办事清单"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._id = ""
        self._now: Opened | None = None
        self.stack = QStackedWidget()
        self.list, self.beginning = ChecklistList(), ChecklistBegin()
        self.builder, self.printing = ChecklistBuilder(), ChecklistPrint()
        self.trip = ChecklistTrip(self.run, self.show_problems)
        for part in (self.list, self.beginning, self.builder, self.printing, self.trip):
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
        self.right.addWidget(self.builder.pane.look)
        self.builder.pane.fitted.connect(lambda _wide: self._fit())
        self.trip_button = Button(self.tr("跑了一趟"))
        self.trip_button.clicked.connect(self._tell_trip)
        self.right.addWidget(self.trip_button)
        self.saved = Chip(self.tr("已存好"), "ok", "check")
        self.right.addWidget(self.saved)
        self.right.addWidget(self.new_button)
        for later in (self.back_button, self.trip_button, self.saved, self.builder.pane.look):
            later.hide()  # what is not asked for yet must not widen the window
        self.preview = PreviewFlow(self.builder, self.run)
        self._connect()

    def open(self, **params: Any) -> None:
        """Go to the list, to a new one, or to one that was made."""
        self.clear_problems()
        key = str(params.get("checklist") or params.get("key") or "")
        if key:
            self.run(lambda desk: checklist_views.opened(desk, key), self._opened)
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
            self.run(print_queue.queue, self.list.show_waiting)

    def leave(self) -> None:
        """A box that was not left yet is kept."""
        if self.stack.currentWidget() is self.builder:
            self.builder.keep()

    def _connect(self) -> None:
        self.list.opened.connect(lambda key: self.open(checklist=key))
        self.list.queue_asked.connect(lambda: self.navigate.emit("printing", {}))
        self.list.together_asked.connect(lambda: self.navigate.emit("printing", {"together": True}))
        self.list.began.connect(lambda: self.open(new=True))
        self.start.made.connect(lambda made: self.open(checklist=made.id))
        self.trip.left.connect(lambda: self.open(checklist=self._id))
        self.trip.noted.connect(lambda: self.open(checklist=self._id))
        self.builder.owed.connect(
            lambda step, paper, day: self._change(checklists.set_owed, step, paper, day)
        )
        self.builder.held.connect(lambda step, paper, on: self._change(checklists.hold, step, paper, held=on))
        self.builder.copies.connect(
            lambda step, paper, n: self._change(checklists.set_copies, step, paper, n)
        )
        self.builder.placed.connect(lambda step, place: self._change(checklists.set_place, step, place))
        self.builder.step_done.connect(
            lambda step, on: self._change(checklist_after.step_done, step, done=on)
        )
        self.changes.renewed.connect(lambda made: self._build(made, fresh=True))
        self.builder.wants_papers.connect(lambda: self.navigate.emit("paperwork", {"checklist": self._id}))
        self.builder.wants_print.connect(lambda: self.flow.begin(self._id))
        self.printing.back.connect(lambda: self.open(checklist=self._id))
        self.printing.mend.connect(self._mend)
        self.printing.primary_changed.connect(self._follow_primary)
        self.flow.looked.connect(self._show_print)
        self.flow.printed.connect(self.open)
        self.flow.waits.connect(self.open)

    def _stand(self, part: QWidget, title: str, primary: Button | None, subtitle: str = "") -> None:
        # First what goes, then what comes: both together for a moment would widen the window.
        for gone in (self.new_button, self.trip_button, self.saved, self.builder.pane.look):
            gone.hide()
        self.stack.setCurrentWidget(part)
        self.set_title(title)
        self.where.tell("checklist", self._id if part is self.builder else "")
        self.subtitle_label.setText(subtitle)
        self.primary = primary
        self.back_button.setVisible(part is not self.list)
        self.new_button.setVisible(part is self.list)
        self.trip_button.setVisible(part is self.builder)
        self._fit()

    def _fit(self) -> None:
        """Where only one pane fits, the paper stands behind its button; the number is on the paper too."""
        now = self.stack.currentWidget()
        self.builder.pane.look.setVisible(now is self.builder and not self.builder.pane.wide)
        self.subtitle_label.setVisible(bool(self.subtitle_label.text()) and self.wide())
        self.saved.setVisible(now is self.builder and self.wide())

    def _opened(self, opened: Opened) -> None:
        self._now, self.builder.today = opened, opened.today
        self._build(opened.checklist, fresh=True)

    def _tell_trip(self) -> None:
        """She walked; in vain or not, it is kept."""
        self.builder.keep()
        self._stand(self.trip, self.title_label.text(), None)
        assert self._now is not None, "a list is open before its walks are told"
        self.trip.begin(self._now, narrow=not self.wide())
        self.primary = self.trip.primary

    def _build(self, checklist: Checklist, *, fresh: bool = False, place: int | None = None) -> None:
        self._id = checklist.id
        title = self.tr("{who}的清单 · {item}") if self.wide() else self.tr("{who}：{item}")
        few = self.tr("{n} 件事").format(n=len(checklist.items))
        short = bool(checklist.bundled) and not self.wide()
        title = title.format(who=checklist.called, item=few if short else checklist.matters)
        code = self.tr("单号 {code}").format(code=checklist.code)
        self._stand(self.builder, title, self.builder.print_button, code)
        self.builder.show_list(checklist, fresh=fresh, place=place)
        self.changes.look(checklist, fresh=fresh)
        if fresh:
            self.builder.steps.setFocus()
        self.preview.ask(checklist.id)

    def _change(self, verb: Callable[..., Checklist], *given: Any, **named: Any) -> None:
        key = self._id
        self.run(lambda desk: verb(desk, key, *given, **named), self._changed)

    def _changed(self, checklist: Checklist) -> None:
        # What was typed when the page was left is kept, but must not bring the page back.
        if checklist.id == self._id and self.stack.currentWidget() is self.builder:
            self._build(checklist)

    def _show_print(self, over: Lookover) -> None:
        title = self.tr("打给{who} · {item}").format(who=over.checklist.called, item=over.checklist.matters)
        self._stand(self.printing, title, self.printing.primary)
        self.printing.start()

    def _follow_primary(self) -> None:
        if self.stack.currentWidget() is self.printing:
            self.primary = self.printing.primary

    def _mend(self, trap: Trap) -> None:
        key = self._id
        self.run(lambda desk: checklists.get(desk, key), lambda one: self._build(one, place=trap.step or 0))
