"""A paper of a ticket on the one way to paper: made anew when it prints, a draft while it lacks something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.tickets import ticket_papers
from app.actions.tickets.ticket_papers import Looked
from app.domain.checklists.layout import Layout
from app.domain.checklists.print_job import PrintJob, PrintLook


@dataclass(frozen=True)
class TicketDocument:
    """Which paper of which ticket."""

    ticket: str
    paper: ticket_papers.TicketPaper

    @property
    def called(self) -> str:
        """What a printer's list may say of it."""
        return self.paper.words

    def look(self, desk: Desk, layout: Layout, width_px: int) -> Looked:
        """Make it and show every page."""
        return ticket_papers.look(desk, self.ticket, self.paper, width_px=width_px, layout=layout)

    def ask(
        self, desk: Desk, look: PrintLook, layout: Layout, instead_of: Sequence[str], *, draft: bool
    ) -> tuple[PrintJob, ...]:
        """Have it wait for a printer; whether it is a draft, its gaps say."""
        assert not draft, "a slip is a draft by what it lacks"
        return print_queue.ask_ticket(
            desk, self.ticket, self.paper, look, layout=layout, instead_of=instead_of
        )

    def in_hand(self) -> None:
        """Nothing: the ticket may have gone on since it was looked at."""

    def export(self, desk: Desk, path: Path, layout: Layout) -> None:
        """Save it where the worker asked."""
        ticket_papers.export(desk, self.ticket, self.paper, path, layout=layout)
