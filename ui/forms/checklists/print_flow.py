"""From "go to print" to the paper of a list: it is looked over first, and anew when its day changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.actions.checklists import checklists
from app.actions.checklists.checklists import Lookover
from ui.forms.checklists.checklist_paper import ChecklistPaper
from ui.forms.checklists.checklist_print import ChecklistPrint
from ui.forms.checklists.plan_flow import PlanFlow
from ui.forms.papers.paper_flow import PaperFlow
from ui.forms.papers.print_run import Run


class PrintFlow(QObject):
    """Drives a ChecklistPrint. `run` does store work for the page; `looked(Lookover)` when it may be shown,
    `printed` when a paper was noted as given, `waits` when it stands in the queue instead."""

    looked = Signal(object)
    printed = Signal()
    waits = Signal()

    def __init__(self, view: ChecklistPrint, run: Run) -> None:
        super().__init__(view)
        self._view, self._run, self._id = view, run, ""
        self._paper = PaperFlow(view, run)
        self._paper.noted.connect(self.printed)
        self._paper.waits.connect(self.waits)
        self._plan = PlanFlow(view, run)
        self._plan.changed.connect(self._shown_again)

    def begin(self, checklist: str) -> None:
        """Look the list over and show what was found."""
        self._id = checklist
        self._plan.begin(checklist)
        self._run(lambda desk: checklists.ready(desk, checklist), self._show)

    def _show(self, over: Lookover) -> None:
        if over.checklist.id != self._id:
            return  # another one was asked for meanwhile
        self._view.show_list(over)
        self._paper.show(self._paper_of(over))
        self.looked.emit(over)

    def _shown_again(self, over: Lookover) -> None:
        self._view.follow(over)
        self._paper.draw(self._paper_of(over))

    def _paper_of(self, over: Lookover) -> ChecklistPaper:
        return ChecklistPaper(over.checklist.id, not over.may_print)
