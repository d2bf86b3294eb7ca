"""From a list made of an older pack to what the county changed for it, and to the list as it is now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.checklists import list_changes
from app.actions.desk import Desk
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.checklist_changes import Difference
from ui import notices
from ui.forms.checklists.checklist_builder import ChecklistBuilder

Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]


class ChangesFlow(QObject):
    """Fills the note of a ChecklistBuilder; `renewed(Checklist)` when the list was brought up to date."""

    renewed = Signal(object)

    def __init__(self, view: ChecklistBuilder, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        view.renewed.connect(self._renew)

    def look(self, checklist: Checklist, *, fresh: bool) -> None:
        """Ask what changed for the list that now stands in the builder."""
        if fresh:
            self._view.changes.show_changes(())
        key = checklist.id
        self._run(lambda desk: list_changes.changes(desk, checklist), lambda found: self._show(key, found))

    def _show(self, key: str, found: tuple[Difference, ...]) -> None:
        if self._view.checklist is not None and self._view.checklist.id == key:
            self._view.changes.show_changes(found)

    def _renew(self) -> None:
        shown = self._view.checklist
        assert shown is not None, "a list is shown before what changed for it"
        key = shown.id
        self._run(lambda desk: list_changes.renew(desk, key), self._renewed)

    def _renewed(self, checklist: Checklist) -> None:
        shown = self._view.checklist
        if self._view.isVisible() and shown is not None and shown.id == checklist.id:
            self.renewed.emit(checklist)
            notices.saved(self.tr("照新的改好了。"))
