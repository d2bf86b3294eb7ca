"""Jobs going to a printer one after another, page by page, while she works on; whole papers or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from app.actions.checklists import print_queue
from app.actions.checklists.print_queue import Taken
from app.domain.checklists.print_job import PrintJob
from app.domain.problem import StorageFault, UserError
from ui import notices, printing
from ui.printing import Handing, Sheet

Run = Callable[..., None]  # Page.run: work at the desk, what to do with its outcome, what with its error


@dataclass(frozen=True)
class Moved:
    """Paper `number` of `total` is going out: whose it is, and which of its pages."""

    number: int
    total: int
    title: str
    page: int
    pages: int


@dataclass
class Report:
    """What became of a run: `sent` are the ids of the jobs the printer took, `left_out` the titles of those
    that could not be printed as they stand, with the reason; `trouble` is what the printer has."""

    sent: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    trouble: str = ""
    stopped: bool = False


class PrintRun(QObject):
    """`moved(Moved)` at every page, `over(Report)` at the end. `run` does store work for the page.

    A paper that was begun is handed over whole, also when the program locks meanwhile.
    """

    moved = Signal(object)
    over = Signal(object)

    def __init__(self, parent: QObject, run: Run) -> None:
        super().__init__(parent)
        self._run = run
        self._waiting: list[PrintJob] = []
        self._total = 0
        self._name = ""
        self._printer: QPrinter | None = None
        self._in_dialog = False
        self._in_hand: bytes | None = None
        self._report: Report | None = None
        under_way: list[Handing] = []
        self._under_way = under_way
        self.destroyed.connect(lambda _gone=None: [one.end() for one in under_way])

    @property
    def running(self) -> bool:
        """Whether papers are on their way now."""
        return self._report is not None

    def begin(
        self,
        jobs: Sequence[PrintJob],
        name: str,
        chosen: QPrinter | None = None,
        in_hand: bytes | None = None,
    ) -> None:
        """Print `jobs` on the printer called `name` ("" is the usual one), or on the one she has `chosen`
        in the system's dialog. Of a single job the bytes she has in sight may be given `in_hand`."""
        assert not self.running, "one run at a time"
        assert in_hand is None or len(jobs) == 1, "she looks at one paper"
        self._in_hand = in_hand
        self._waiting, self._total = list(jobs), len(jobs)
        self._name, self._printer, self._report = name, chosen, Report()
        self._in_dialog = chosen is not None
        self._next()

    def stop(self) -> None:
        """Print no more than the paper that was begun; the rest goes on waiting."""
        if self._report is not None and self._waiting:
            self._report.stopped = True
            self._waiting.clear()

    def _next(self) -> None:
        assert self._report is not None, "a run is under way"
        if not self._waiting:
            self._end()
            return
        job = self._waiting.pop(0)
        if self._printer is None:  # one for the run: asking the system for it takes a while
            self._printer = printing.named(self._job_name(job), replace(job.look, printer=self._name))
        printer = self._printer
        if printer is None:
            self._hinder(job, self.tr("没找到打印机。看看电源和线。"))
        elif printing.stands_still(printer):
            self._hinder(job, self.tr("打印机停着：看看纸、卡纸没有、盖子关好没有。"))
        else:
            self._take(job, printer)

    def _take(self, job: PrintJob, printer: QPrinter) -> None:
        printer.setDocName(self._job_name(job))
        if not self._in_dialog:
            printer.setCopyCount(job.look.copies)
        look, in_hand = printing.as_chosen(printer), self._in_hand
        self._run(
            lambda desk: print_queue.take(desk, job.id, look, in_hand),
            lambda taken: self._taken(taken, printer),
            self._broken,
        )

    def _taken(self, taken: Taken | None, printer: QPrinter) -> None:
        assert self._report is not None, "a run is under way"
        if taken is None:  # dropped, or taken by somebody else, meanwhile
            self._next()
        elif taken.pdf is None:
            self._report.left_out.append((taken.job.title, taken.job.why))
            self._next()
        else:
            self._under_way[:] = [Handing(taken.pdf, printer)]
            self._draw(taken.job)

    def _draw(self, job: PrintJob) -> None:
        (handing,) = self._under_way
        number = self._total - len(self._waiting)
        self.moved.emit(Moved(number, self._total, job.title, handing.done + 1, handing.pages))
        self._run(lambda _desk: handing.sheet(), lambda sheet: self._drawn(job, sheet), self._broken)

    def _drawn(self, job: PrintJob, sheet: Sheet) -> None:
        (handing,) = self._under_way
        if handing.next_page(sheet):
            self._draw(job)
            return
        took = handing.end()
        self._under_way.clear()
        if not took:
            self._hinder(job, self.tr("打印机没反应。看看电源和纸。"))
            return
        assert self._report is not None, "a run is under way"
        self._report.sent.append(job.id)
        self._next()

    def _hinder(self, job: PrintJob, why: str) -> None:
        """The printer's trouble is that of every job after it too: those go on waiting."""
        assert self._report is not None, "a run is under way"
        self._report.trouble = why
        self._waiting.clear()
        self._run(lambda desk: print_queue.hindered(desk, [job.id], why), lambda _: self._end(), self._broken)

    def _broken(self, error: Exception) -> None:
        """The disk refuses, or the program has a fault: said as ever, and the rest goes on waiting."""
        for handing in self._under_way:
            handing.give_up()
        self._under_way.clear()
        self._waiting.clear()
        if self._report is not None and isinstance(error, UserError | StorageFault):
            self._report.trouble = error.words
        else:
            notices.fault(error)
        self._end()

    def _end(self) -> None:
        report, self._report, self._printer, self._in_hand = self._report, None, None, None
        self.over.emit(report)

    def _job_name(self, job: PrintJob) -> str:
        # Read by others in the printer's list: it names nobody.
        return print_queue.called(job)
