"""From "go to print" to "it came out": the look-over, the printer, the file, and what is noted afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.actions.checklists import checklists, papers, print_queue
from app.actions.checklists.checklists import Lookover
from app.actions.desk import Desk
from app.domain.checklists.print_job import PrintJob, PrintLook
from ui import notices, printing
from ui.forms.checklists.checklist_print import ChecklistPrint
from ui.forms.checklists.plan_flow import PlanFlow
from ui.forms.checklists.print_options import OTHER
from ui.forms.checklists.print_run import PrintRun, Report, Run
from ui.forms.plain_file import PlainFile

SHEET_PX = 1240
Then = Callable[[tuple[PrintJob, ...]], None]


class PrintFlow(QObject):
    """Drives a ChecklistPrint. `run` does store work for the page; `looked(Lookover)` when it may be shown,
    `printed` when a paper was noted as given, `waits` when it stands in the queue instead."""

    looked = Signal(object)
    printed = Signal()
    waits = Signal()

    def __init__(self, view: ChecklistPrint, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._id, self._title, self._job = "", "", ""
        self._draft = False
        self._file = PlainFile(view, view.warning, run)
        self._sending = PrintRun(self, run)
        self._sending.over.connect(self._handed_over)
        view.print_asked.connect(self._print)
        view.wait_asked.connect(self._wait)
        view.save_asked.connect(self._save)
        view.came_out.connect(self._came_out)
        view.looks_changed.connect(self._preview)
        self._plan = PlanFlow(view, run)
        self._plan.changed.connect(self._shown_again)

    def begin(self, checklist: str) -> None:
        """Look the list over and show what was found."""
        self._id, self._job = checklist, ""
        self._plan.begin(checklist)

        def looked(desk: Desk) -> tuple[Lookover, str]:
            return checklists.ready(desk, checklist), print_queue.remembered(desk)

        self._run(looked, lambda told: self._show(*told))

    def _shown_again(self, over: Lookover) -> None:
        self._draft = not over.may_print
        self._view.follow(over)
        self._preview()

    def _show(self, over: Lookover, remembered: str) -> None:
        self._title, self._draft = f"{over.checklist.called} {over.checklist.matters}", not over.may_print
        self._view.show_list(over, printing.printers(), remembered)
        self.looked.emit(over)
        self._preview(0)

    def _preview(self, page: int | None = None) -> None:
        key, draft, layout = self._id, self._draft, self._view.options.layout_of()
        self._run(
            lambda desk: papers.pictures(desk, key, draft=draft, width_px=SHEET_PX, layout=layout),
            lambda pages: self._view.pane.show_pages(pages, page),
        )

    def _print(self, draft: bool) -> None:
        look, chosen = self._view.options.look(), None
        if self._view.options.printer() == OTHER:
            parent = self._view.window()
            assert isinstance(parent, QWidget), "the view stands in a window"
            chosen = printing.choose(parent, self.tr("办事清单"), look)
            if chosen is None:
                return
            look = printing.as_chosen(chosen)
        self._ask(draft, look, lambda jobs: self._send(jobs, chosen))

    def _wait(self, draft: bool) -> None:
        look = replace(self._view.options.look(), printer="")

        def kept(_jobs: object) -> None:
            notices.saved(self.tr("记下了。有了打印机，到「打印」里打。"))
            self.waits.emit()

        self._ask(draft, look, kept)

    def _ask(self, draft: bool, look: PrintLook, then: Then) -> None:
        key, layout, before = self._id, self._view.options.layout_of(), self._job
        drafts, instead_of = ([key] if draft else []), ([before] if before else [])
        self._run(
            lambda desk: print_queue.ask(
                desk, [key], look, layout=layout, drafts=drafts, instead_of=instead_of
            ),
            then,
        )

    def _send(self, jobs: tuple[PrintJob, ...], chosen: QPrinter | None) -> None:
        self._job = jobs[0].id
        self._sending.begin(jobs, jobs[0].look.printer, chosen)

    def _handed_over(self, report: Report) -> None:
        if report.sent:
            self._view.ask_outcome()
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
        self.printed.emit()

    def _save(self, draft: bool) -> None:
        self._file.ask(f"{self._title}.pdf", lambda path: self._keep_file(path, draft))

    def _keep_file(self, path: Path, draft: bool) -> None:
        key, layout = self._id, self._view.options.layout_of()
        job, self._job = self._job, ""

        def keep(desk: Desk) -> None:
            papers.export_checklist(desk, key, path, draft=draft, layout=layout)
            print_queue.drop(desk, [job])  # what did not come out here is printed from the file

        self._run(keep, lambda _: notices.saved(self.tr("存好了。")))
