"""The thread law: one worker thread owns the store; outcomes come home on the screen's thread.

A second one, begun when it is first needed, works on pictures, so that no save waits for one.

A page hands over work and two callbacks. If the page is gone when the outcome comes home, the outcome
is dropped: the work itself was done, only nobody is looking any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QThread, QTimer, Signal, Slot

from ui import notices
from ui.collecting import Collecting

T = TypeVar("T")


@dataclass
class _Job:
    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    at_desk: bool = True
    beside: bool = False
    left_undone: bool = False
    result: Any = None
    error: Exception | None = None


class _Worker(QObject):
    """Lives on the worker thread; everything it holds is touched there and nowhere else."""

    finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.desk: Any = None

    @Slot(object)
    def do(self, job: _Job) -> None:
        # The store was closed while this waited: there is nothing to work on and nobody to tell.
        job.left_undone = job.at_desk and self.desk is None
        try:
            job.result = None if job.left_undone else job.work()
        except Exception as error:  # every error goes home and is shown there; none is swallowed
            job.error = error
        self.finished.emit(job)


class _Line(QObject):
    """A worker with its thread; jobs are done in the order they were submitted."""

    submitted = Signal(object)

    def __init__(self, name: str, parent: Tasks) -> None:
        super().__init__(parent)
        self.last: _Job | None = None
        self.pending = 0
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self.worker = _Worker()
        self.worker.moveToThread(self._thread)
        self.submitted.connect(self.worker.do, Qt.ConnectionType.QueuedConnection)
        self.worker.finished.connect(parent.home, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the job under way."""
        self._thread.quit()
        self._thread.wait()
        self.last = None


class Tasks(QObject):
    """Hands work to the thread that owns the store. One instance for the life of the program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stopped = False
        self._collecting = Collecting(self)
        self._line = _Line("store", self)
        self._worker = self._line.worker
        self._beside: _Line | None = None

    def open(
        self,
        owner: QObject,
        opener: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `opener` on the worker thread and keep what it returns as the desk of all later work."""

        def work() -> T:
            self._worker.desk = desk = opener()
            return desk

        self._submit(_Job(owner, work, done, failed, at_desk=False))

    def change(
        self,
        owner: QObject,
        work: Callable[[Any], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Like `run`, but what `work(desk)` returns is the desk of all later work, unless it fails."""

        def changed() -> T:
            self._worker.desk = desk = work(self._worker.desk)
            return desk

        self._submit(_Job(owner, changed, done, failed))

    def run(
        self,
        owner: QObject,
        work: Callable[[Any], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Call `work(desk)` on the worker thread, then `done(result)` or `failed(error)` on this one.

        Without `failed` the error goes to `notices.fault`, which words it for the worker. Work that
        comes to its turn when the store has been closed is left undone.
        """
        self._submit(_Job(owner, lambda: work(self._worker.desk), done, failed))

    def apart(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Slow work that needs no store (asking the county before there is one), outcomes as for `run`."""
        self._submit(_Job(owner, work, done, failed, at_desk=False))

    def beside(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Slow work that needs no store, on a thread of its own: no save waits for it."""
        self._beside = self._beside or _Line("pictures", self)
        self._submit(_Job(owner, work, done, failed, at_desk=False, beside=True))

    def close(self, closer: Callable[[Any], None] | None = None) -> None:
        """Finish waiting work, give the desk to `closer` on its own thread, forget it. Returns when done."""

        def work() -> None:
            desk, self._worker.desk = self._worker.desk, None
            if closer is not None and desk is not None:
                closer(desk)

        self._submit(_Job(self, work, None, None, at_desk=False))
        self.wait_store(10_000)

    def stop(self) -> None:
        """End the threads; used once, when the program ends. Close the desk first."""
        self.stopped = True
        for line in (self._line, self._beside):
            if line is not None:
                line.stop()
        self._collecting.stop()

    def wait_idle(self, ms: int = 5_000) -> bool:
        """Serve events until no work is under way; False when `ms` milliseconds did not suffice, or the
        program was ended meanwhile: nothing comes home then."""
        _serve_until(lambda: self.idle or self.stopped, ms)
        return self.idle

    def wait_store(self, ms: int = 5_000) -> bool:
        """The same for the work of the store's thread alone: a lock does not wait for pictures."""
        _serve_until(lambda: not self._line.pending or self.stopped, ms)
        return not self._line.pending

    @property
    def idle(self) -> bool:
        """True when no work is waiting or running."""
        return not any(line.pending for line in (self._line, self._beside) if line is not None)

    def _submit(self, job: _Job) -> None:
        line = self._line_of(job)
        line.pending += 1
        line.submitted.emit(job)

    def _line_of(self, job: _Job) -> _Line:
        return self._beside if job.beside and self._beside is not None else self._line

    @Slot(object)
    def home(self, job: _Job) -> None:
        """An outcome comes home."""
        # Work closures hold widgets. The worker may still have this job in its frame, so its last
        # reference must not fall there: it is kept here until the next one of that worker comes home.
        line = self._line_of(job)
        line.last = job
        line.pending -= 1  # whoever is told now may lock, which waits for all work but this
        if shiboken6.isValid(job.owner):
            self._deliver(job)

    def _deliver(self, job: _Job) -> None:
        if job.left_undone:
            return
        if job.error is None:
            if job.done is not None:
                job.done(job.result)
        elif job.failed is not None:
            job.failed(job.error)
        else:
            notices.fault(job.error)


def _serve_until(done: Callable[[], bool], ms: int) -> None:
    # The screen's thread sleeps between events: were it to spin, it would take from the work the
    # processor it waits for.
    over = QTimer(singleShot=True, interval=ms)
    over.start()
    while not done() and over.isActive():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
