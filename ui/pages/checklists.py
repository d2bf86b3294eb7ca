"""办事清单: every list made, beginning one, building it with the paper in sight, and printing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions import checklists, finding, papers
from app.actions.checklists import Lookover
from app.actions.desk import Desk
from app.domain.checklist import Checklist
from app.domain.preflight import Trap
from ui.forms.checklist_begin import ChecklistBegin, Wanted
from ui.forms.checklist_builder import ChecklistBuilder
from ui.forms.checklist_list import ChecklistList
from ui.forms.checklist_print import ChecklistPrint
from ui.forms.print_flow import PrintFlow
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.rows import Row
from ui.widgets.words import Button

PREVIEW_PX = 900


class ChecklistsPage(Page):
    """`open()` lists; `new=True` (and person, item, beneficiary, ticket) begins; `checklist` opens one."""

    title = "办事清单"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._ticket = ""
        self._id = ""
        self.stack = QStackedWidget()
        self.list, self.beginning = ChecklistList(), ChecklistBegin()
        self.builder, self.printing = ChecklistBuilder(), ChecklistPrint()
        for part in (self.list, self.beginning, self.builder, self.printing):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self.flow = PrintFlow(self.printing, self.run)
        self.back_button = Button(self.tr("所有清单"), "", "left")
        self.back_button.clicked.connect(lambda: self.open())
        self.left.addWidget(self.back_button)
        self.new_button = Button(self.tr("打办事清单"), "main", "plus")
        self.new_button.clicked.connect(lambda: self.open(new=True))
        self.right.addWidget(self.new_button)
        self._connect()

    def open(self, **params: Any) -> None:
        """Go to the list, to a new one, or to one that was made."""
        self.clear_problems()
        key = str(params.get("checklist") or params.get("key") or "")
        if key:
            self.run(lambda desk: checklists.get(desk, key), lambda one: self._build(one, fresh=True))
        elif params.get("new"):
            self._begin(params)
        else:
            self._stand(self.list, self.tr("办事清单"), self.new_button)
            self.refresh()

    def refresh(self) -> None:
        """Ask for the lists again; a list under the worker's hands is left alone."""
        if self.stack.currentWidget() is self.list:
            self.run(checklists.listed, lambda found: self.list.show_lists(*found))

    def _connect(self) -> None:
        self.list.opened.connect(lambda key: self.open(checklist=key))
        self.list.began.connect(lambda: self.open(new=True))
        self.beginning.asked.connect(self._search)
        self.beginning.picked.connect(lambda person: self._family(person, "", ""))
        self.beginning.began.connect(self._make)
        self.builder.held.connect(lambda step, paper, on: self._change(checklists.hold, step, paper, held=on))
        self.builder.copies.connect(
            lambda step, paper, n: self._change(checklists.set_copies, step, paper, n)
        )
        self.builder.placed.connect(lambda step, place: self._change(checklists.set_place, step, place))
        self.builder.step_done.connect(lambda step, on: self._change(checklists.step_done, step, done=on))
        self.builder.wants_print.connect(lambda: self.flow.begin(self._id))
        self.printing.back.connect(lambda: self.open(checklist=self._id))
        self.printing.mend.connect(self._mend)
        self.flow.looked.connect(self._show_print)
        self.flow.printed.connect(self.open)

    def _stand(self, part: QWidget, title: str, primary: Button | None, subtitle: str = "") -> None:
        self.stack.setCurrentWidget(part)
        self.set_title(title, subtitle)
        self.primary = primary
        self.back_button.setVisible(part is not self.list)
        self.new_button.setVisible(part is self.list)

    def _begin(self, params: dict[str, Any]) -> None:
        self._ticket = str(params.get("ticket") or "")
        self._stand(self.beginning, self.tr("新办事清单"), self.beginning.begin_button)
        self.beginning.clear()
        if person := params.get("person"):
            self._family(str(person), str(params.get("item") or ""), str(params.get("beneficiary") or ""))

    def _search(self, query: str) -> None:
        self.run(lambda desk: finding.people(desk, query), self._found)

    def _found(self, found: finding.Findings) -> None:
        rows = [
            Row(one.record, one.title, one.note, avatar=one.disc, marks=(one.mark,) if one.mark else ())
            for one in found.shown
        ]
        self.beginning.show_people(rows)

    def _family(self, person: str, item: str, child: str) -> None:
        self.run(
            lambda desk: checklists.family_choices(desk, person),
            lambda got: self.beginning.show_family(person, *got, item=item, child=child),
        )

    def _make(self, wanted: Wanted) -> None:
        self.run(
            lambda desk: checklists.begin(
                desk,
                wanted.item,
                applicant=wanted.applicant,
                beneficiary=wanted.beneficiary,
                ticket=self._ticket,
            ),
            lambda made: self._build(made, fresh=True),
        )

    def _build(self, checklist: Checklist, *, fresh: bool = False) -> None:
        self._id = checklist.id
        title = self.tr("{who}的清单 · {item}").format(who=checklist.called, item=checklist.item_name)
        code = self.tr("单号 {code}").format(code=checklist.code)
        self._stand(self.builder, title, self.builder.print_button, code)
        self.builder.show_list(checklist, fresh=fresh)
        key = checklist.id
        self.run(lambda desk: _pictures(desk, key), self.builder.show_paper)

    def _change(self, verb: Callable[..., Checklist], *given: Any, **named: Any) -> None:
        key = self._id
        self.run(lambda desk: verb(desk, key, *given, **named), self._build)

    def _show_print(self, over: Lookover) -> None:
        title = self.tr("打给{who} · {item}").format(who=over.checklist.called, item=over.checklist.item_name)
        primary = self.printing.print_button if over.may_print else self.printing.draft_button
        self._stand(self.printing, title, primary)

    def _mend(self, trap: Trap) -> None:
        self.builder.wanted_part = ("place", trap.step or 0)
        key = self._id
        self.run(lambda desk: checklists.get(desk, key), self._build)


def _pictures(desk: Desk, key: str) -> tuple[papers.Picture, ...]:
    # A list with gaps comes out as a draft, so that is what stands beside the builder.
    draft = bool(checklists.get(desk, key).gaps)
    return papers.pictures(desk, key, draft=draft, width_px=PREVIEW_PX)
