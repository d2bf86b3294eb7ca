"""What the one way to paper needs to know of a paper: how it is looked at, asked for, and saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.actions import other_papers
from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.other_papers import PaperPages
from app.domain.checklists.layout import Layout
from app.domain.checklists.print_job import PrintJob, PrintLook
from ui.widgets.paper_view import Picture


class Looked(Protocol):
    """A paper as it was looked at; `title` is what the worker calls it and the name of its file."""

    @property
    def title(self) -> str: ...
    @property
    def pages(self) -> Sequence[Picture]: ...


class Paper(Protocol):
    """All but `called` and `in_hand` happen on the store's thread and raise as the verbs behind them do."""

    @property
    def called(self) -> str:
        """What a printer's list, which others read, may say of it."""

    def look(self, desk: Desk, layout: Layout, width_px: int) -> Looked:
        """Make it and show every page."""

    def ask(
        self, desk: Desk, look: PrintLook, layout: Layout, instead_of: Sequence[str], *, draft: bool
    ) -> tuple[PrintJob, ...]:
        """Have it wait for a printer in place of the jobs `instead_of`."""

    def in_hand(self) -> bytes | None:
        """The bytes that were looked at, where those are printed; None where they are made anew."""

    def export(self, desk: Desk, path: Path, layout: Layout) -> None:
        """Save it where the worker asked."""


class OtherPaper:
    """A paper of `app.actions.other_papers`: what was looked at is what is printed and saved."""

    def __init__(self, document: str, subject: str) -> None:
        self.document, self.subject = document, subject
        self._looked: PaperPages | None = None

    @property
    def kind(self) -> other_papers.PaperKind:
        """What is known of its kind."""
        return other_papers.kind(self.document)

    @property
    def called(self) -> str:
        """What a printer's list may say of it."""
        return self.kind.called

    def look(self, desk: Desk, _layout: Layout, width_px: int) -> PaperPages:
        """Make it and show every page."""
        self._looked = other_papers.pages(desk, self.document, self.subject, width_px=width_px)
        return self._looked

    def ask(
        self, desk: Desk, look: PrintLook, _layout: Layout, instead_of: Sequence[str], *, draft: bool
    ) -> tuple[PrintJob, ...]:
        """Have it wait for a printer; there are no drafts of it."""
        assert not draft, "such a paper is whole or cannot be made"
        return print_queue.ask_paper(desk, self.document, self.subject, look, instead_of=instead_of)

    def in_hand(self) -> bytes | None:
        """The bytes that were looked at."""
        return self._looked.pdf if self._looked is not None else None

    def export(self, desk: Desk, path: Path, _layout: Layout) -> None:
        """Save those bytes."""
        pdf = self.in_hand()
        assert pdf is not None, "looked at before it is saved"
        other_papers.export(desk, self.document, self.subject, pdf, path)
