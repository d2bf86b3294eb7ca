"""The badge and the counts on the rail: kept true after every change, without being asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from app.actions import sync_state, today, whereabouts
from app.actions.desk import Desk
from app.domain.change import Outcome
from app.domain.problem import Offline
from sync.client.progress import Progress
from sync.client.syncer import SyncReport
from sync.protocol.errors import Refused
from ui import notices
from ui.forms.syncing.sync_side import heard_words
from ui.forms.syncing.sync_words import line_after, was_stopped
from ui.syncing import Syncing
from ui.tasks import Tasks
from ui.widgets.top_bar import Line, SyncState
from ui.widgets.unlock_side import Unsent
from ui.workspace import Workspace

PAUSE_MS = 150


class Status(QObject):
    """Listens to records and to sync, words the badge, and tells sync what waits.

    `waiting` is the last count known; `stopped`: the county takes nothing from this computer, as it said
    before the lock was opened.
    """

    def __init__(
        self, tasks: Tasks, syncing: Syncing, workspace: Workspace, *, stopped: bool = False
    ) -> None:
        super().__init__(workspace)
        self._tasks, self._syncing, self._workspace = tasks, syncing, workspace
        self._state = SyncState(disabled=stopped)
        self._total = 0
        self.waiting: int | None = None  # nobody has counted, or nobody could
        self._ended = self._owed = False  # owed: rows came that the page in sight does not show yet
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        syncing.started.connect(self._started)
        syncing.progressed.connect(self._progressed)
        syncing.changed.connect(self._changed)
        syncing.failed.connect(self._failed)
        syncing.files.ended.connect(self.ask)
        workspace.went.connect(self._went)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._refresh)

    def ask(self, _kinds: object = None) -> None:
        """Something changed: look again after a short pause."""
        if not self._ended:
            self._pause.start()

    def count_now(self) -> Unsent | None:
        """How much waits at this very moment, once work under way is done; None: nobody could count."""
        found: list[Unsent] = []
        self._tasks.run(self, _unsent, found.append, lambda _error: None)
        self._tasks.wait_store()
        return found[0] if found else None

    def _went(self, _page: str) -> None:
        self._owed = False  # a page that is gone to asks by itself

    def end(self) -> None:
        """The store closes: ask nothing more."""
        self._ended = True
        self._pause.stop()

    def _look(self) -> None:
        self._tasks.run(self, _counts, self._show, self._unknown)

    def _unknown(self, error: Exception) -> None:
        """Never green when nobody could count."""
        self.waiting = None
        self._say(waiting=None)
        notices.fault(error)

    def _show(self, counts: dict[str, Any]) -> None:
        self.waiting = counts["waiting"]
        self._state = replace(
            self._state,
            waiting=counts["waiting"],
            files=counts["files"],
            conflicts=counts["conflicts"],
            overdue_days=counts["overdue"],
            heard=heard_words(counts["synced_at"]),
            returned=counts["returned"],
        )
        self._workspace.set_counts(
            {
                "today": counts["today"],
                "tickets": counts["tickets"],
                "checklists": counts["print"],
                "sync": counts["waiting"],
            }
        )
        self._workspace.set_sync(self._state)
        if (page := self._workspace.page()) is not None:
            page.where.ask()
        self._syncing.unsent(counts["waiting"])

    def _started(self) -> None:
        self._total = 0

    def _progressed(self, progress: Progress) -> None:
        if progress.total > 1:
            self._say(sending=(progress.sent, progress.total), line=Line.OPEN)

    def _changed(self, report: SyncReport) -> None:
        heard = {"line": line_after(report), "disabled": False} if report.heard else {}
        self._say(sending=None, **heard)
        if not self._ended:
            self._look()  # at once: the page beside it says already that all has arrived
        self._owed = self._owed or bool(report.received)
        self._refresh()

    def _refresh(self) -> None:
        # A page must not be built anew under the worker's hands: once they are off its boxes.
        if self._owed and not self._ended and not self._typing():
            self._owed = False
            self._workspace.refresh()

    def _typing(self) -> bool:
        focus = QApplication.focusWidget()
        box = isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit)
        return box and self._workspace.stack.isAncestorOf(focus)

    def _failed(self, error: Exception) -> None:
        # Only an answer takes it back: a dead line says nothing of what the county would say.
        self._say(sending=None, line=line_after(error), disabled=was_stopped(error) or self._state.disabled)
        if isinstance(error, Refused):
            notices.bad(error.words)
        elif not isinstance(error, Offline):
            notices.fault(error)
        self.ask()

    def _say(self, **changed: Any) -> None:
        self._state = replace(self._state, **changed)
        self._workspace.set_sync(self._state)


def _counts(desk: Desk) -> dict[str, Any]:
    state = sync_state.sync_state(desk)
    agenda = today.agenda(desk)
    late = whereabouts.overdue(desk)
    outcomes = [one.outcome for one in sync_state.asides(desk) if not one.seen]
    return {
        "waiting": state.waiting,
        "files": state.photos,
        "synced_at": state.synced_at,
        "overdue": late.days if late is not None else 0,
        "conflicts": outcomes.count(Outcome.CONFLICT),
        "returned": len(outcomes) - outcomes.count(Outcome.CONFLICT),
        "print": desk.store.print_jobs.count_open(),
        "today": len(agenda.entries),
        "tickets": sum(entry.page == "tickets" for entry in agenda.entries),
    }


def _unsent(desk: Desk) -> Unsent:
    state = sync_state.sync_state(desk)
    return Unsent(state.waiting, state.photos)
