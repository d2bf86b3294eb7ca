"""From a ticket to the paper in her hands: which paper, the one way to it, and what the story keeps."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.actions.tickets import ticket_replies, ticket_views
from app.actions.tickets.ticket_papers import TicketPaper
from app.domain.tickets.ticket import Ticket
from ui import notices
from ui.forms.papers.paper_flow import PaperFlow
from ui.forms.papers.print_run import Run
from ui.forms.tickets.ticket_paper import TicketDocument
from ui.forms.tickets.ticket_print import TicketPrint


class TicketPrintFlow(QObject):
    """Drives a TicketPrint. `run` does store work for the page; `shown` when it may be seen, `done` when the
    worker goes back to the ticket."""

    shown = Signal()
    done = Signal()

    def __init__(self, view: TicketPrint, run: Run) -> None:
        super().__init__(view)
        self._view, self._run, self._ticket = view, run, ""
        self.standing = False  # whether the papers are what the worker is at
        self._paper = PaperFlow(view, run)
        self._paper.looked.connect(view.show_looked)
        for out in (self._paper.noted, self._paper.saved):
            out.connect(self._ask_hands)
        for left in (self._paper.waits, view.back):
            left.connect(self.done)
        view.chosen.connect(self._show)
        view.handed.connect(self._handed)
        self.done.connect(self.leave)

    def begin(self, ticket: str, wanted: str = "") -> None:
        """Show the papers of `ticket`, the `wanted` one first."""
        self._ticket = ticket
        self._run(
            lambda desk: ticket_views.story(desk, ticket).ticket, lambda found: self._offer(found, wanted)
        )

    def leave(self) -> None:
        """The worker is at something else."""
        self.standing = False

    def _offer(self, ticket: Ticket, wanted: str) -> None:
        if ticket.id != self._ticket:
            return
        self._view.offer_papers(ticket, wanted)
        self.standing = True
        self._show()
        self.shown.emit()
        self._view.start()

    def _show(self) -> None:
        self._paper.show(TicketDocument(self._ticket, self._view.which()))

    def _ask_hands(self) -> None:
        if self._view.which() is TicketPaper.TOLD:
            self._view.ask(self._view.hands)
        else:
            self.done.emit()

    def _handed(self, yes: bool) -> None:
        ticket = self._ticket
        if not yes:
            self.done.emit()
            return

        def kept(_ticket: object) -> None:
            notices.saved(self.tr("记下了，回音单在她手里。"))
            self.done.emit()

        self._run(lambda desk: ticket_replies.handed(desk, ticket), kept)
