"""The queue at work: what waits goes to the printer, and her word for what came out is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.domain.checklists.print_job import PrintJob
from ui import notices, printing
from ui.forms.checklists.print_queue import PrintQueue
from ui.forms.papers.plain_file import PlainFile
from ui.forms.papers.print_options import OTHER
from ui.forms.papers.print_run import PrintRun, Report, Run

MOST_NAMED = 3


class QueueFlow(QObject):
    """Drives a PrintQueue. `run` does store work for the page."""

    def __init__(self, view: PrintQueue, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._file = PlainFile(view, view.warning, run)
        self.sending = PrintRun(self, run)
        self.sending.moved.connect(view.show_moved)
        self.sending.over.connect(self._over)
        view.go.connect(self._go)
        view.stop.connect(self.sending.stop)
        view.came_out.connect(self._came_out)
        view.drop.connect(lambda key: self._then_show(lambda desk: print_queue.drop(desk, [key])))
        view.save.connect(self._save)

    def show(self) -> None:
        """What the queue holds now, and which printers there are."""
        self._view.say_trouble("", "")
        self._view.warning.hide()

        def asked(desk: Desk) -> tuple[tuple[PrintJob, ...], str]:
            return print_queue.queue(desk), print_queue.remembered(desk)

        self._run(asked, lambda told: self._show(*told))

    def refresh(self) -> None:
        """Ask the queue again; printers and trouble stay as they stand."""
        self._run(print_queue.queue, self._view.show_jobs)

    def _show(self, jobs: tuple[PrintJob, ...], remembered: str) -> None:
        self._view.show_jobs(jobs)
        self._view.offer(printing.printers(), remembered)

    def _go(self) -> None:
        options, jobs, chosen = self._view.options, self._view.may_go(), None
        if options.printer() == OTHER:
            parent = self._view.window()
            assert isinstance(parent, QWidget), "the view stands in a window"
            chosen = printing.choose(parent, self.tr("办事清单"), options.look())
            if chosen is None:
                return
        self.send(jobs, options.look().printer, chosen)

    def send(self, jobs: list[PrintJob], name: str, chosen: QPrinter | None) -> None:
        """Begin with these jobs, on the printer called `name` or on the one `chosen` in the dialog."""
        self._view.say_trouble("", "")
        self._view.show_running(True)
        self.sending.begin(jobs, name, chosen)

    def _over(self, report: Report) -> None:
        self._view.show_running(False)
        if report.trouble:
            said = self.tr("单子都记着，不会丢。弄好了再打，或存成文件带去打。")
            self._view.say_trouble(report.trouble, said)
        elif report.left_out:
            self._view.say_trouble(*self._left_out(report))
        self.refresh()

    def _left_out(self, report: Report) -> tuple[str, str]:
        lead = self.tr("有 {n} 张没送去打，要先改。").format(n=len(report.left_out))
        named = [f"{title}：{why}" for title, why in report.left_out[:MOST_NAMED]]
        return lead, "\n".join(named)

    def _came_out(self, jobs: list[str], yes: bool) -> None:
        if not yes:
            why = self.tr("没出来")
            self._then_show(lambda desk: print_queue.hindered(desk, jobs, why))
            return

        def noted(count: int) -> None:
            notices.saved(self.tr("记下了，打好 {n} 张单子。").format(n=count))
            self.refresh()

        self._run(lambda desk: print_queue.came_out(desk, jobs), noted)

    def _then_show(self, work: Callable[[Desk], Any]) -> None:
        self._run(work, lambda _: self.refresh())

    def _save(self, job: str) -> None:
        def saved(_done: object) -> None:
            notices.saved(self.tr("存好了。这张不用再打了。"))
            self.refresh()

        def keep(path: Path) -> None:
            self._run(lambda desk: print_queue.save_elsewhere(desk, job, path), saved)

        self._file.ask(f"{self._view.title_of(job)}.pdf", keep)
