"""The day and the ticked papers, changed while the paper is in sight: kept, and looked over anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.actions.checklists import checklist_days, checklists
from app.actions.checklists.checklists import Lookover
from app.actions.desk import Desk
from ui.forms.checklists.checklist_print import ChecklistPrint
from ui.forms.papers.print_run import Run


class PlanFlow(QObject):
    """`changed(Lookover)` when the list named at `begin` was changed. `run` does store work for the page."""

    changed = Signal(object)

    def __init__(self, view: ChecklistPrint, run: Run) -> None:
        super().__init__(view)
        self._run, self._id = run, ""
        view.planned.connect(self._plan)
        view.plan.held_shown.connect(self._show_held)

    def begin(self, checklist: str) -> None:
        """This list is in sight now."""
        self._id = checklist

    def _plan(self, day: date | None) -> None:
        self._again(lambda desk, key: checklist_days.plan(desk, key, day))

    def _show_held(self, shown: bool) -> None:
        self._again(lambda desk, key: checklists.show_held(desk, key, shown=shown))

    def _again(self, change: Callable[[Desk, str], object]) -> None:
        key = self._id

        def work(desk: Desk) -> Lookover:
            change(desk, key)
            return checklists.look_over(desk, key)

        self._run(work, self._shown_again)

    def _shown_again(self, over: Lookover) -> None:
        if over.checklist.id == self._id:
            self.changed.emit(over)
