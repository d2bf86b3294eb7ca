"""A checklist on the one way to paper: made anew when it prints, for an old number must not be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.actions.checklists import checklists, papers, print_queue
from app.actions.checklists.papers import Picture
from app.actions.desk import Desk
from app.domain.checklists.layout import Layout
from app.domain.checklists.print_job import PrintJob, PrintLook


@dataclass(frozen=True)
class LookedList:
    """The list as it was looked at."""

    title: str
    pages: tuple[Picture, ...]


@dataclass(frozen=True)
class ChecklistPaper:
    """One list; a `draft` while something hinders that it is given to the person."""

    checklist: str
    draft: bool
    called = "办事清单"

    def look(self, desk: Desk, layout: Layout, width_px: int) -> LookedList:
        """Make it and show every page."""
        found = checklists.get(desk, self.checklist)
        pages = papers.pictures(desk, found.id, draft=self.draft, width_px=width_px, layout=layout)
        return LookedList(f"{found.called} {found.matters}", pages)

    def ask(
        self, desk: Desk, look: PrintLook, layout: Layout, instead_of: Sequence[str], *, draft: bool
    ) -> tuple[PrintJob, ...]:
        """Have it wait for a printer; a clean list may also be asked for as a draft."""
        drafts = [self.checklist] if draft or self.draft else []
        return print_queue.ask(
            desk, [self.checklist], look, layout=layout, drafts=drafts, instead_of=instead_of
        )

    def in_hand(self) -> None:
        """Nothing: the list may have changed since it was looked at."""

    def export(self, desk: Desk, path: Path, layout: Layout) -> None:
        """Save it where the worker asked."""
        papers.export_checklist(desk, self.checklist, path, draft=self.draft, layout=layout)
