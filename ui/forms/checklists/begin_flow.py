"""From "who goes?" to a list that is kept: the search, the family, and the making."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.checklists import checklists
from app.actions.desk import Desk
from app.actions.village import finding
from ui.forms.checklists.checklist_begin import ChecklistBegin, Wanted
from ui.widgets.rows import Row

Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]


class BeginFlow(QObject):
    """Drives a ChecklistBegin. `run` does store work for the page; `made(Checklist)` when one was begun."""

    made = Signal(object)

    def __init__(self, view: ChecklistBegin, run: Run) -> None:
        super().__init__(view)
        self._view, self._run, self._ticket = view, run, ""
        view.asked.connect(self._search)
        view.picked.connect(lambda person: self._family(person, "", ""))
        view.began.connect(self._make)

    def begin(self, *, person: str, item: str, beneficiary: str, ticket: str) -> None:
        """A new list; what is known already (from a policy, a ticket, a household) is not asked again."""
        self._ticket = ticket
        self._view.clear(item)
        if person:
            self._family(person, item, beneficiary)

    def _search(self, query: str) -> None:
        self._run(lambda desk: finding.people(desk, query), lambda found: self._found(query, found))

    def _found(self, query: str, found: finding.Findings) -> None:
        rows = [
            Row(one.record, one.title, one.note, avatar=one.disc, marks=(one.mark,) if one.mark else ())
            for one in found.shown
        ]
        self._view.show_people(rows, query)

    def _family(self, person: str, item: str, child: str) -> None:
        self._run(
            lambda desk: checklists.beginning(desk, person, child, item),
            lambda begun: self._view.show_family(begun, item=item, child=child),
        )

    def _make(self, wanted: Wanted) -> None:
        ticket, (first, *further) = self._ticket, wanted.matters
        self._run(
            lambda desk: checklists.begin(
                desk,
                first[0],
                applicant=wanted.applicant,
                beneficiary=first[1] or None,
                ticket=ticket,
                also=further,
                goer=wanted.goer,
            ),
            self.made.emit,
        )
