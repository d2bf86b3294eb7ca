"""A computer the county has stopped, with proof: what is in sight goes, what is unsent can still go home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.actions.entry.stopping import note_stopped
from sync.client.stick_files import Home, Written
from sync.client.syncer import SyncReport
from sync.protocol.stopped import Stopped
from ui import notices
from ui.sticking import Sticking
from ui.syncing import Syncing
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.bootstrap import Program


class Stopping(QObject):
    """Lives from unlocking to locking. `stopped`: it was so before, and the pages are gone already."""

    def __init__(
        self, program: Program, courier: Syncing, sticking: Sticking, workspace: Workspace, *, stopped: bool
    ) -> None:
        super().__init__(workspace)
        self._program, self._stopped = program, stopped
        courier.failed.connect(self._failed)
        sticking.ended.connect(self._ended)
        if stopped:
            courier.changed.connect(self._known_again)
            workspace.top.close_search()
            notices.bad(
                self.tr("县里停用了这台电脑，村里的资料不再打开。没传的一条不少。要接着用，找县里拿登记码。")
            )

    def _known_again(self, report: SyncReport) -> None:
        if not report.heard:
            return
        notices.info(self.tr("县里又认得这台电脑了。锁屏再开锁，村里的资料就都在了。"))

    def _ended(self, outcome: Written | Home | Exception) -> None:
        self._failed(outcome.problem if isinstance(outcome, Home) else outcome)

    def _failed(self, error: object) -> None:
        # What comes without proof may come from anybody on the line, and closes nothing.
        if isinstance(error, Stopped) and error.proven and not self._stopped:
            self._stopped = True
            self._program.tasks.run(self, note_stopped, lambda _: self._program.lock())
