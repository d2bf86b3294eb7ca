"""From a paper's name to "it came out": looked at, printed through the queue or saved, and noted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.actions import other_papers
from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.other_papers import PaperPages
from app.domain.checklists.print_job import PrintJob
from app.domain.problem import UserError
from ui import notices, printing
from ui.forms.checklists.print_options import OTHER
from ui.forms.checklists.print_run import PrintRun, Report, Run
from ui.forms.papers.paper_face import PaperFace
from ui.forms.plain_file import PlainFile

SHEET_PX = 1240


class PaperFlow(QObject):
    """Drives a PaperFace. `run` does store work for the page; `looked(title)` when it may be read, `noted`
    when it was noted as come out or waits in the queue."""

    looked = Signal(str)
    noted = Signal()

    def __init__(self, view: PaperFace, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._document = self._subject = self._title = self._job = ""
        self._file = PlainFile(view, view.warning, run)
        self._sending = PrintRun(self, run)
        self._sending.over.connect(self._handed_over)
        view.print_asked.connect(self._print)
        view.wait_asked.connect(self._wait)
        view.save_asked.connect(self._save)
        view.came_out.connect(self._came_out)

    def show(self, document: str, subject: str) -> None:
        """Make the paper of this kind and record, and show it."""
        self._document, self._subject, self._job = document, subject, ""
        self._view.say(self.tr("正在排版…"))

        def made(desk: Desk) -> tuple[PaperPages, str]:
            pages = other_papers.pages(desk, document, subject, width_px=SHEET_PX)
            return pages, print_queue.remembered(desk)

        self._run(made, lambda told: self._show(document, subject, *told), self._not_made)

    def drop(self) -> None:
        """Take the paper out of sight and out of memory."""
        self._document = self._subject = ""
        self._view.say("")

    def _not_made(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._view.say(error.words)
        else:
            self._view.say("")
            notices.fault(error)

    def _show(self, document: str, subject: str, made: PaperPages, remembered: str) -> None:
        if (document, subject) != (self._document, self._subject):
            return  # something else was chosen meanwhile
        self._title = made.title
        self._view.offer(printing.printers(), remembered)
        self._view.show_pages(made.pages)
        self.looked.emit(made.title)

    def _print(self) -> None:
        look, chosen = self._view.wanted(), None
        if look.printer == OTHER:
            parent = self._view.window()
            assert isinstance(parent, QWidget), "the view stands in a window"
            called = other_papers.kind(self._document).called
            chosen = printing.choose(parent, called, replace(look, printer=""))
            if chosen is None:
                return
            look = printing.as_chosen(chosen)
        document, subject, before = self._document, self._subject, [self._job] if self._job else []
        self._run(
            lambda desk: print_queue.ask_paper(desk, document, subject, look, instead_of=before),
            lambda jobs: self._send(jobs, chosen),
        )

    def _send(self, jobs: tuple[PrintJob, ...], chosen: QPrinter | None) -> None:
        self._job = jobs[0].id
        self._sending.begin(jobs, jobs[0].look.printer, chosen)

    def _handed_over(self, report: Report) -> None:
        if report.sent:
            self._view.ask_outcome()
        else:
            self._silent(report.trouble or next((why for _, why in report.left_out), ""))

    def _silent(self, why: str = "") -> None:
        lead = why or self.tr("打印机没反应。看看电源和纸。")
        self._view.say_trouble(lead, self.tr("单子还在，不用重做。再打一次，或存成文件带去打。"))

    def _came_out(self, yes: bool) -> None:
        job, why = self._job, self.tr("没出来")
        if yes:
            self._run(lambda desk: print_queue.came_out(desk, [job]), lambda _: self._noted())
        else:
            self._run(lambda desk: print_queue.hindered(desk, [job], why), lambda _: self._silent())

    def _noted(self) -> None:
        self._job = ""
        notices.saved(self.tr("记下了，打好一次。"))
        self.noted.emit()

    def _wait(self) -> None:
        document, subject, look = self._document, self._subject, replace(self._view.wanted(), printer="")

        def kept(_jobs: object) -> None:
            notices.saved(self.tr("记下了。有了打印机，到「打印」里打。"))
            self.noted.emit()

        self._run(lambda desk: print_queue.ask_paper(desk, document, subject, look), kept)

    def _save(self) -> None:
        self._file.ask(f"{self._title}.pdf", self._keep_file)

    def _keep_file(self, path: Path) -> None:
        document, subject = self._document, self._subject
        job, self._job = self._job, ""

        def keep(desk: Desk) -> None:
            other_papers.export(desk, document, subject, path)
            print_queue.drop(desk, [job])  # what did not come out here is printed from the file

        self._run(keep, lambda _: notices.saved(self.tr("存好了。")))
