"""The county gives this worker a village or takes one: said at once, and what is no longer hers goes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.actions.village import responsible
from app.actions.village.responsible import Changed
from sync.client.stick_files import Home, Written
from sync.client.syncer import SyncReport
from ui import notices
from ui.sticking import Sticking
from ui.syncing import Syncing

if TYPE_CHECKING:
    from ui.bootstrap import Program


class VillageWatch(QObject):
    """Lives from unlocking to locking."""

    def __init__(self, program: Program, courier: Syncing, sticking: Sticking, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        courier.changed.connect(self._round)
        sticking.ended.connect(self._stick)

    def begin(self) -> None:
        """Say what changed before the lock was opened."""
        self._program.tasks.run(self, responsible.tell, self._say)

    def _round(self, report: SyncReport) -> None:
        self._heard(report.villages)

    def _stick(self, outcome: Written | Home | Exception) -> None:
        if isinstance(outcome, Home):
            self._heard(outcome.villages)

    def _heard(self, names: Mapping[str, str]) -> None:
        if names:
            self._program.tasks.run(self, partial(responsible.learn, names=names), self._learned)

    def _learned(self, changed: Changed) -> None:
        if changed.taken:
            # Its families stand on pages, and what is written next would be written into it: every page goes,
            # with all that is typed kept, and the next desk is laid out for the village she has now.
            self._program.lock()
        elif changed.given:
            self.begin()

    def _say(self, changed: Changed) -> None:
        said = []
        if changed.given:
            said.append(self.tr("新管{names}").format(names="、".join(changed.given)))
        if changed.taken:
            said.append(self.tr("不再管{names}，那里的资料交回县里了").format(names="、".join(changed.taken)))
        if said:
            notices.info(self.tr("县里改了您管的村：{said}。").format(said="；".join(said)))
