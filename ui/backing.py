"""Backing up behind the work: each night in a quiet moment, before the lock when it is time, and when asked.

The store's thread only copies; packing and proving is done beside it, so that she can go on working.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app import drives
from app.actions.desk import Desk
from app.actions.safekeeping import backups
from app.actions.safekeeping.backups import Draft, LastGood, Made
from app.actions.safekeeping.restore_words import day
from app.domain.manifest import Reason
from ui import notices

if TYPE_CHECKING:
    from ui.bootstrap import Program

LONGEST_MS = 30 * 60_000
PATIENCE = timedelta(hours=1)


class Backing(QObject):
    """Lives between unlocking and locking. `ended` carries a Made or the exception of one that failed;
    `moved` what is under way ("copy", "check", "put"), how far, of how much; `known` a LastGood."""

    started = Signal()
    moved = Signal(str, int, int)
    ended = Signal(object)
    known = Signal(object)
    _over = Signal(object)

    def __init__(self, program: Program, *, automatic: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._program, self._tasks, self._automatic = program, program.tasks, automatic
        opened = program.keeper.opened
        assert opened is not None, "somebody is in"
        self._key = opened.key
        self._reason = Reason.ASKED
        self._thread: threading.Thread | None = None
        self.running = False
        self.last: LastGood | None = None
        self._failed_at: datetime | None = None
        self._said_old = False
        self._over.connect(self._proven)

    def begin(self) -> None:
        """Say when there has been no backup for long."""
        self.ask(self._say_if_old)

    def now(self, reason: Reason = Reason.ASKED) -> None:
        """Begin one unless one is under way."""
        if self.running:
            return
        self.running, self._reason = True, reason
        self.started.emit()
        paths, key, step = self._program.paths, self._key, self.moved.emit

        def work(desk: Desk) -> Draft:
            return backups.begin(desk.store.original, key, paths, at=desk.now, reason=reason, step=step)

        self._tasks.run(self, work, self._copied, self._finished)

    def choose(self, folder: str) -> None:
        """Have every backup go to `folder` as well, "" for this computer alone. Raises StorageFault."""
        self._program.keep_settings(replace(self._program.settings, backup_folder=folder))
        self.ask()

    def plugged_in(self) -> tuple[drives.Drive, ...]:
        """The sticks that can be chosen now."""
        return drives.removable()

    def wanted(self) -> bool:
        """Whether the store should not be closed before a backup is made, or the one under way is ended."""
        return self.running or self._due()

    def end(self) -> None:
        """The store closes: end what is under way, make the one that is due. Serves events meanwhile."""
        if self.wanted() and not self.running:
            self.now(Reason.NIGHTLY)
        while self.running and not self._tasks.stopped and self._tasks.wait_idle(LONGEST_MS):
            thread = self._thread
            while thread is not None and thread.is_alive():
                QApplication.processEvents()
                thread.join(0.02)
            QApplication.processEvents()
        self._key = b""

    def ask(self, then: Callable[[LastGood], None] = lambda _last: None) -> None:
        """Have `known` say again what is remembered."""
        paths = self._program.paths

        def heard(last: LastGood) -> None:
            self.last = last
            self.known.emit(last)
            then(last)

        self._tasks.run(self, lambda desk: backups.last_good(desk, paths), heard)

    def quiet_moment(self) -> None:
        """Nobody is typing: make the one that is due."""
        if self._due():
            self.now(Reason.NIGHTLY)

    def _due(self) -> bool:
        """Whether to make one unasked; one that failed is not tried again at every quiet moment."""
        now = self._program.clock()
        if self._failed_at is not None and timedelta(0) <= now - self._failed_at < PATIENCE:
            return False
        return self._automatic and self.last is not None and self.last.due(now)

    def _copied(self, draft: Draft) -> None:
        def work() -> None:
            try:
                outcome: Made | Exception = backups.complete(draft, self.moved.emit)
            except Exception as error:  # every way it can end goes home and is said there
                outcome = error
            self._over.emit(outcome)

        self._thread = threading.Thread(target=work, name="backup", daemon=True)
        self._thread.start()

    def _proven(self, outcome: Made | Exception) -> None:
        self._thread = None
        if self._tasks.stopped:
            self.running = False  # the program ended meanwhile: the file is good, nobody is told
        elif isinstance(outcome, Exception):
            self._finished(outcome)
        else:
            noted = (lambda _none: self._finished(outcome), self._finished)
            self._tasks.run(self, lambda desk: backups.note(desk, outcome, self._program.paths), *noted)

    def _finished(self, outcome: Made | Exception) -> None:
        self.running = False
        good = isinstance(outcome, Made) and outcome.good
        self._failed_at = None if good else self._program.clock()
        if self._reason is Reason.NIGHTLY:
            self._say(outcome)
        self.ended.emit(outcome)
        self.ask()

    def _say(self, outcome: Made | Exception) -> None:
        """Of one nobody asked for only trouble is told; a stick that is not plugged in is none."""
        if isinstance(outcome, Exception):
            notices.fault(outcome)
        elif not outcome.good:
            notices.bad(outcome.words)
        elif self._said_old:
            self._said_old = False
            notices.info(self.tr("刚才空下来，备份好了。"))

    def _say_if_old(self, last: LastGood) -> None:
        now = self._program.clock()
        self._said_old = last.too_old(now)
        if self._said_old:
            said = (
                self.tr("上次备份是{day}，超过 7 天了。").format(day=day(last.at, now))
                if last.at
                else self.tr("这份资料还没有备份过。")
            )
            notices.warn(
                said, self.tr("现在备份"), lambda: self._program.window.go("settings", part="backup")
            )
