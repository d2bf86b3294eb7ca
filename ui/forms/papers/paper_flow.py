"""The one way from a paper to "it came out": looked at, printed through the queue, kept, or saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.domain.checklists.print_job import PrintJob, PrintLook
from app.domain.problem import StorageFault, UserError
from ui import notices, printing
from ui.forms.papers.paper_face import PaperFace
from ui.forms.papers.paper_source import Looked, Paper
from ui.forms.papers.plain_file import PlainFile
from ui.forms.papers.print_options import OTHER
from ui.forms.papers.print_run import PrintRun, Report, Run

SHEET_PX = 1240


class PaperFlow(QObject):
    """Drives a PaperFace. `run` does store work for the page. `looked(Looked)` when the paper may be read,
    `noted` when she has seen it come out, `waits` when it stands in the queue instead, `saved` when it is a
    file. Why a paper cannot be made is said in its place, or given as `unmade(error)` where it is not
    `said_here`.
    """

    looked = Signal(object)
    noted = Signal()
    waits = Signal()
    saved = Signal()
    unmade = Signal(object)

    def __init__(self, view: PaperFace, run: Run, *, said_here: bool = True) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._failed = self._not_made if said_here else self.unmade.emit
        self._paper: Paper | None = None
        self._title = self._job = ""
        self._busy = False  # from the press until the printer has it
        self._file = PlainFile(view, view.warning, run)
        self._sending = PrintRun(self, run)
        self._sending.moved.connect(lambda moved: view.pane.say_sending(moved.page, moved.pages))
        self._sending.over.connect(self._handed_over)
        view.print_asked.connect(self._print)
        view.wait_asked.connect(self._wait)
        view.save_asked.connect(lambda: self._file.ask(f"{self._title}.pdf", self._keep_file))
        view.came_out.connect(self._came_out)
        view.looks_changed.connect(lambda: self.draw())

    def show(self, paper: Paper) -> None:
        """Make this paper and show it from its first page."""
        self._paper, self._job, self._title = paper, "", ""
        self._view.say(self.tr("正在排版…"))
        self._view.offer(printing.printers())
        self._run(print_queue.remembered, lambda name: self._view.offer(printing.printers(), name))
        self._draw(paper, 0)

    def draw(self, changed: Paper | None = None) -> None:
        """Make the same paper anew, or as it was `changed`; the page in sight stays."""
        self._paper = changed or self._paper
        if self._paper is not None:
            self._draw(self._paper, None)

    def drop(self) -> None:
        """Take the paper out of sight and out of memory."""
        self._paper = None
        self._view.say("")

    def _draw(self, paper: Paper, page: int | None) -> None:
        layout = self._view.options.layout_of()

        def show(made: Looked) -> None:
            if paper is self._paper and layout == self._view.options.layout_of():
                self._title = made.title
                self._view.show_pages(made.pages, page)
                self.looked.emit(made)

        self._run(lambda desk: paper.look(desk, layout, SHEET_PX), show, self._failed)

    def _not_made(self, error: Exception) -> None:
        self._view.say(error.words if isinstance(error, UserError) else "")
        if not isinstance(error, UserError):
            notices.fault(error)

    def _print(self, draft: bool) -> None:
        if self._paper is None or self._busy:
            return
        look, chosen = self._view.options.look(), None
        if self._view.options.printer() == OTHER:
            parent = self._view.window()
            assert isinstance(parent, QWidget), "the view stands in a window"
            chosen = printing.choose(parent, self._paper.called, look)
            if chosen is None:
                return
            look = printing.as_chosen(chosen)
        self._busy = True
        self._view.trouble.hide()
        in_hand = self._paper.in_hand()
        self._ask(look, draft, lambda jobs: self._send(jobs, chosen, in_hand))

    def _wait(self) -> None:
        def kept(_jobs: Any) -> None:
            notices.saved(self.tr("记下了。有了打印机，到「打印」里打。"))
            self.waits.emit()

        if self._paper is not None and not self._busy:
            self._ask(replace(self._view.options.look(), printer=""), False, kept)

    def _ask(self, look: PrintLook, draft: bool, then: Callable[[tuple[PrintJob, ...]], None]) -> None:
        paper, layout = self._paper, self._view.options.layout_of()
        before = [self._job] if self._job else []
        assert paper is not None, "a paper is shown before it is asked for"
        self._run(lambda desk: paper.ask(desk, look, layout, before, draft=draft), then, self._not_asked)

    def _not_asked(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, UserError | StorageFault):
            self._view.silent(error.words)
        else:
            notices.fault(error)

    def _send(self, jobs: tuple[PrintJob, ...], chosen: QPrinter | None, in_hand: bytes | None) -> None:
        self._job = jobs[0].id
        self._sending.begin(jobs, jobs[0].look.printer, chosen, in_hand)

    def _handed_over(self, report: Report) -> None:
        self._busy = False
        self._view.pane.count()
        if report.sent:
            self._view.ask()
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
        self.noted.emit()

    def _keep_file(self, path: Path) -> None:
        paper, layout = self._paper, self._view.options.layout_of()
        if paper is None:
            return
        job, self._job = self._job, ""

        def keep(desk: Desk) -> None:
            paper.export(desk, path, layout)
            print_queue.drop(desk, [job])  # what did not come out here is printed from the file

        def kept(_none: object) -> None:
            notices.saved(self.tr("存好了。"))
            self.saved.emit()

        self._run(keep, kept)
