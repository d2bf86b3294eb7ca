"""The search of the top bar: people, households and papers, grouped as its panel shows them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.actions.desk import Desk
from app.actions.village import finding
from app.actions.village.finding import Findings
from ui.forms.find_row import find_row
from ui.tasks import Tasks
from ui.widgets.hits import EACH, Hits

PAGES = {"person": "households", "household": "households", "ticket": "tickets", "checklist": "checklists"}


class Finding(QObject):
    """Called as `search(query, show)` by the workspace. Keys of rows are `page:record`.

    A later question makes the answer to an earlier one, still under way, go unshown.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._asked = 0

    def __call__(self, query: str, show: Callable[[list[Hits]], None]) -> None:
        """Find `query` on the store's thread and `show` the groups here."""
        self._asked += 1
        number = self._asked

        def done(found: tuple[Findings, ...]) -> None:
            if number == self._asked:
                headings = (self.tr("人"), self.tr("户"), self.tr("单子"))
                show([hits(name, one) for name, one in zip(headings, found, strict=True)])

        self._tasks.run(self, lambda desk: _find(desk, query), done)


def hits(heading: str, found: Findings) -> Hits:
    """One group of the panel."""
    rows = (find_row(find, f"{PAGES[find.kind]}:{find.record}") for find in found.shown)
    return Hits(heading, tuple(rows), found.more)


def _find(desk: Desk, query: str) -> tuple[Findings, ...]:
    people = finding.people(desk, query, limit=EACH)
    return people, finding.households(desk, query, limit=EACH), finding.papers(desk, query, limit=EACH)
