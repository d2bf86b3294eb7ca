"""Application papers on the one way to paper: what was looked at is printed, and looking is logged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.actions import other_papers
from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.paperwork import paperwork, paperwork_papers
from app.actions.paperwork.paperwork import Looked, Wanted
from app.domain.checklists.layout import Layout
from app.domain.checklists.print_job import PrintJob, PrintLook


class ApplicationPapers:
    """What was chosen, as one document."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._document = other_papers.BENEFITS if wanted.wall else other_papers.APPLICATION
        self._subject = paperwork_papers.subject_of(wanted)
        self._looked: Looked | None = None

    @property
    def called(self) -> str:
        """What a printer's list may say of it: what it is, not whose."""
        return other_papers.kind(self._document).called

    def look(self, desk: Desk, _layout: Layout, width_px: int) -> Looked:
        """Make them and show every page; who looked stands in the log."""
        self._looked = paperwork.look(desk, self.wanted, width_px=width_px)
        return self._looked

    def ask(
        self, desk: Desk, look: PrintLook, _layout: Layout, instead_of: Sequence[str], *, draft: bool
    ) -> tuple[PrintJob, ...]:
        """Have them wait for a printer; there are no drafts of them."""
        assert not draft, "they are whole or cannot be made"
        return print_queue.ask_paper(desk, self._document, self._subject, look, instead_of=instead_of)

    def in_hand(self) -> bytes | None:
        """The bytes that were looked at."""
        return self._looked.pdf if self._looked is not None else None

    def export(self, desk: Desk, path: Path, _layout: Layout) -> None:
        """Save those bytes."""
        pdf = self.in_hand()
        assert pdf is not None, "looked at before they are saved"
        other_papers.export(desk, self._document, self._subject, pdf, path)
