"""Work for the store's thread asked for by another thread, which waits for what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from ui.tasks import Tasks

T = TypeVar("T")
LEDGER_SECONDS = 120


class AtDesk(QObject):
    """The desk as a thread that speaks to the county sees it; for one such thread at a time."""

    _asked = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._open = True
        self._future: Future[Any] | None = None
        self._asked.connect(self._hand_over)

    def hang_up(self) -> None:
        """No call is answered any more: the store is about to close."""
        self._open = False
        if self._future is not None and not self._future.done():
            self._future.set_exception(CancelledError())

    def at_desk(self, work: Callable[[Desk], T]) -> T:
        """What `work` gives. Raises what it raises, and CancelledError once the store closes."""
        if not self._open:
            raise CancelledError
        future: Future[T] = Future()
        self._future = future
        self._asked.emit((work, future))
        return future.result(timeout=LEDGER_SECONDS)

    def _hand_over(self, asked: tuple[Callable[[Desk], T], Future[T]]) -> None:
        work, future = asked
        self._tasks.run(
            self,
            work,
            lambda result: None if future.done() else future.set_result(result),
            lambda error: None if future.done() else future.set_exception(error),
        )
