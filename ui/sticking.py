"""Writing to a stick and reading it on a thread of its own: sticks are slow, and the store is for her."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app import RELEASE, drives
from app.drives import Drive
from sync.client import stick_files
from sync.client.stick_files import Home, Written
from ui.at_desk import AtDesk
from ui.far_files import RemoteAlbum
from ui.syncing import RemoteLedger, Syncing
from ui.tasks import Tasks

HANG_UP_SECONDS = 2


class Sticking(QObject):
    """`moved` carries how much is on the stick (Written); `ended` a Written, a Home, or an Exception.

    Both are emitted on the screen's thread. Lives between unlocking and locking.
    """

    moved = Signal(object)
    ended = Signal(object)
    _over = Signal(object)

    def __init__(self, tasks: Tasks, courier: Syncing, clock: Callable[[], datetime]) -> None:
        super().__init__(courier)
        self._courier, self._clock = courier, clock
        self._ledger, self._desk = RemoteLedger(tasks, self), AtDesk(tasks, self)
        self._album = RemoteAlbum(self._desk)
        self._thread: threading.Thread | None = None
        self._cancel = threading.Event()
        self.writing = False  # or reading, while `running`
        self._over.connect(self._finished)

    @property
    def running(self) -> bool:
        """Whether a stick is being written or read."""
        return self._thread is not None

    @property
    def line_busy(self) -> bool:
        """Whether the line is at work, which a stick waits for."""
        return self._courier.running

    def sticks(self) -> tuple[Drive, ...]:
        """What is plugged in now."""
        return drives.removable()

    def write(self, root: Path) -> None:
        """Write everything that waits to the stick at `root`."""
        has = self._courier.pack_in_force() if self._courier.pack_in_force is not None else None
        self._begin(
            lambda: stick_files.carry_out(
                self._ledger, self._album, root, RELEASE, at=self._clock(),
                cancelled=self._cancel.is_set, told=self.moved.emit, pack=has,
            ),
            writing=True,
        )  # fmt: skip

    def read(self, root: Path) -> None:
        """Read the county's answers on it."""
        self._begin(
            lambda: stick_files.bring_home(self._ledger, self._album, root, at=self._clock()), writing=False
        )

    def stop(self) -> None:
        """End after the file under way."""
        self._cancel.set()

    def end(self) -> None:
        """The store closes."""
        self._cancel.set()
        if self._thread is not None:
            self._ledger.hang_up()
            self._desk.hang_up()
            self._thread.join(timeout=HANG_UP_SECONDS)

    def _begin(self, work: Callable[[], Written | Home], *, writing: bool) -> None:
        if self._thread is not None:
            return
        self.writing = writing
        self._cancel.clear()
        self._thread = threading.Thread(target=self._run, args=(work,), name="stick", daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], Written | Home]) -> None:
        outcome: Written | Home | Exception
        try:
            outcome = work()
        except Exception as error:  # every way it can end goes home and is shown there
            outcome = error
        with contextlib.suppress(RuntimeError):  # locked meanwhile, and nobody is left to tell
            self._over.emit(outcome)

    def _finished(self, outcome: Written | Home | Exception) -> None:
        self._thread = None
        if not isinstance(outcome, CancelledError):
            self.ended.emit(outcome)
        if isinstance(outcome, Home) and outcome.pack_file:
            self._courier.pack_came.emit(outcome.pack, outcome.pack_file)
