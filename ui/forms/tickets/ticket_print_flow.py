"""From "which paper" to "in her hands": the preview, the printer or a file, and what the story keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.tickets import ticket_papers, ticket_replies, ticket_views
from app.actions.tickets.ticket_papers import TicketPaper
from app.domain.checklists.print_job import PrintJob, PrintLook
from app.domain.tickets.ticket import Ticket
from ui import notices, printing
from ui.forms.checklists.print_options import OTHER
from ui.forms.checklists.print_run import PrintRun, Report, Run
from ui.forms.plain_file import PlainFile
from ui.forms.tickets.ticket_print import TicketPrint

SHEET_PX = 1240
Then = Callable[[tuple[PrintJob, ...]], None]


class TicketPrintFlow(QObject):
    """Drives a TicketPrint. `run` does store work for the page; `shown` when it may be seen, `done` when the
    worker goes back to the ticket."""

    shown = Signal()
    done = Signal()

    def __init__(self, view: TicketPrint, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._ticket, self._job, self._title = "", "", ""
        self.standing = False  # whether the papers are what the worker is at
        self._file = PlainFile(view, view.warning, run)
        self._sending = PrintRun(self, run)
        self._sending.over.connect(self._handed_over)
        view.chosen.connect(self._preview)
        view.print_asked.connect(self._print)
        view.wait_asked.connect(self._wait)
        view.save_asked.connect(lambda: self._file.ask(f"{self._title}.pdf", self._keep_file))
        view.came_out.connect(self._came_out)
        view.handed.connect(self._handed)
        view.back.connect(self.done)
        self.done.connect(self.leave)

    def begin(self, ticket: str, wanted: str = "") -> None:
        """Show the papers of `ticket`, the `wanted` one first."""
        self._ticket, self._job = ticket, ""

        def found(desk: Desk) -> tuple[Ticket, str]:
            return ticket_views.story(desk, ticket).ticket, print_queue.remembered(desk)

        self._run(found, lambda told: self._offer(*told, wanted))

    def leave(self) -> None:
        """The worker is at something else."""
        self.standing = False

    def _offer(self, ticket: Ticket, remembered: str, wanted: str) -> None:
        if ticket.id != self._ticket:
            return
        self._view.offer(ticket, wanted, printing.printers(), remembered)
        self._preview()
        self.standing = True
        self.shown.emit()
        self._view.primary.setFocus()

    def _preview(self) -> None:
        ticket, paper, layout = self._ticket, self._view.paper(), self._view.options.layout_of()

        def show(looked: ticket_papers.Looked) -> None:
            if looked.ticket.id == self._ticket and looked.paper is self._view.paper():
                self._title = looked.title
                self._view.show_looked(looked)

        self._run(
            lambda desk: ticket_papers.look(desk, ticket, paper, width_px=SHEET_PX, layout=layout), show
        )

    def _print(self) -> None:
        look, chosen = self._view.options.look(), None
        if self._view.options.printer() == OTHER:
            parent = self._view.window()
            assert isinstance(parent, QWidget), "the view stands in a window"
            chosen = printing.choose(parent, self.tr("首访单"), look)
            if chosen is None:
                return
            look = printing.as_chosen(chosen)
        self._ask(lambda jobs: self._send(jobs, chosen), look)

    def _wait(self) -> None:
        def kept(_jobs: object) -> None:
            notices.saved(self.tr("记下了。有了打印机，到「打印」里打。"))
            self.done.emit()

        self._ask(kept, self._view.options.look())

    def _ask(self, then: Then, look: PrintLook) -> None:
        ticket, paper, layout = self._ticket, self._view.paper(), self._view.options.layout_of()
        before = [self._job] if self._job else []
        self._run(
            lambda desk: print_queue.ask_ticket(desk, ticket, paper, look, layout=layout, instead_of=before),
            then,
        )

    def _send(self, jobs: tuple[PrintJob, ...], chosen: QPrinter | None) -> None:
        self._job = jobs[0].id
        self._sending.begin(jobs, jobs[0].look.printer, chosen)

    def _handed_over(self, report: Report) -> None:
        if report.sent:
            self._view.ask(self._view.outcome)
        else:
            self._view.silent(report.trouble or next((why for _, why in report.left_out), ""))

    def _came_out(self, yes: bool) -> None:
        job, why = self._job, self.tr("没出来")
        if yes:
            self._run(lambda desk: print_queue.came_out(desk, [job]), lambda _: self._noted())
        else:
            self._run(lambda desk: print_queue.hindered(desk, [job], why), lambda _: self._view.silent())

    def _noted(self) -> None:
        self._job = ""
        notices.saved(self.tr("记下了，打好一次。"))
        self._ask_hands()

    def _ask_hands(self) -> None:
        if self._view.paper() is TicketPaper.TOLD:
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

    def _keep_file(self, path: Path) -> None:
        ticket, paper, layout = self._ticket, self._view.paper(), self._view.options.layout_of()
        job, self._job = self._job, ""

        def keep(desk: Desk) -> None:
            ticket_papers.export(desk, ticket, paper, path, layout=layout)
            print_queue.drop(desk, [job])  # what did not come out here is printed from the file

        def kept(_none: object) -> None:
            notices.saved(self.tr("存好了。"))
            self._ask_hands()

        self._run(keep, kept)
