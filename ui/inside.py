"""What exists only between unlocking and locking: the workspace, sync, and the status that joins them.

Loaded when a worker comes in, not when the program starts: the lock page must stand at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.actions.desk import Desk
from app.domain.roles import Right
from ui import notices
from ui.backing import Backing
from ui.clock_watch import ClockWatch
from ui.county_word import CountyWord
from ui.finding import Finding
from ui.lease_watch import LeaseWatch
from ui.line_watch import LineWatch
from ui.rooms import page_factories
from ui.status import Status
from ui.sticking import Sticking
from ui.stopping import Stopping
from ui.syncing import Syncing
from ui.village_watch import VillageWatch
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.bootstrap import Program


PICTURES_MS = 20_000


class Inside(QObject):
    """Built around an open desk; `end` before the store closes. `workspace` belongs to the window."""

    records_changed = Signal(object)

    def __init__(
        self, program: Program, desk: Desk, server: str, *, automatic_sync: bool, automatic_backup: bool
    ) -> None:
        super().__init__(program)
        self._program, self._tasks = program, program.tasks
        self.courier = Syncing(program.tasks, server, program.clock, automatic=automatic_sync, parent=self)
        self.sticking = Sticking(program.tasks, self.courier, program.clock)
        self.line = LineWatch(self)
        self.line.appeared.connect(self.courier.line_appeared)
        self.backing = Backing(program, automatic=automatic_backup, parent=self)
        finding = Finding(program.tasks)
        self.workspace = Workspace(
            page_factories(
                program, self.courier, self.sticking, self.backing, desk.role, stopped=desk.stopped
            ),
            village=desk.village_name,
            worker=desk.worker_name,
            search=finding,
        )
        finding.setParent(self.workspace)
        self.workspace.top.sync_pressed.connect(lambda: program.window.go("sync"))
        self.status = Status(program.tasks, self.courier, self.workspace, stopped=desk.stopped)
        self.stopping = Stopping(program, self.courier, self.sticking, self.workspace, stopped=desk.stopped)
        self.villages = VillageWatch(program, self.courier, self.sticking, self.workspace)
        self.county = CountyWord(program.keeper, self.courier, self.workspace)
        self.clock = ClockWatch(program.tasks, self.courier, self.workspace)
        self.lease = LeaseWatch(program.tasks, self.workspace)
        self._may_record = desk.role.may(Right.RECORD) and not desk.stopped
        self.records_changed.connect(self.status.ask, Qt.ConnectionType.QueuedConnection)
        self._pack_problems = desk.pack_problems
        self._given_up, self._automatic = False, automatic_sync

    def begin(self) -> None:
        """Hear of every change from now on."""
        # A queued signal: it is emitted on the store's thread and heard on the screen's.
        self._tasks.run(self, lambda desk: desk.store.listen(self.records_changed.emit))
        self.status.ask()
        self.clock.begin()
        self.backing.begin()
        self.county.begin()
        self.villages.begin()
        if self._automatic:
            self.line.begin()
        if self._program.stick_cut:
            self._program.stick_cut = False
            notices.warn(self.tr("锁屏的时候 U 盘还没写完。再插上，到「同步」里再写一次。"))
        if self._may_record:  # last: of what is said at unlocking nothing is graver
            self._watch_lease()

    def _watch_lease(self) -> None:
        self.records_changed.connect(self.lease.look, Qt.ConnectionType.QueuedConnection)
        for heard in (self.courier.changed, self.courier.failed, self.sticking.ended):
            heard.connect(self.lease.look)
        self.lease.opened.connect(self.workspace.refresh)
        self.lease.look()

    def say_what_is_missing(self) -> None:
        """A policy pack that is not in use: what to tell the county, while all other work goes on."""
        if not self._pack_problems:
            return
        first = self._pack_problems[0]
        notices.warn(
            self.tr("政策包有毛病，没有用上；走访和首访单照常。请县里重发，就说：{field}，{words}").format(
                field=first.field, words=first.words
            )
        )

    def held_back(self) -> bool:
        """True, and said, when the disk refuses what stands on a page: going would lose it."""
        pages = self.workspace.pages.values()
        for page in pages:
            page.leave()
        self._tasks.wait_idle(PICTURES_MS)  # out of sight already: what she has just chosen is still taken in
        if self._given_up or not any(page.unsaved() for page in pages):
            return False
        notices.bad(
            self.tr("走访里有几格只在屏幕上，磁盘写不进。腾出地方再锁屏、再关，就存上了。"),
            self.tr("那几格不要了"),
            self._give_up,
        )
        return True

    def _give_up(self) -> None:
        self._given_up = True
        notices.info(self.tr("好。现在可以锁屏，也可以关掉。"))

    def end(self) -> None:
        """The store closes: ask nothing, send nothing more."""
        self._program.stick_cut = self.sticking.running and self.sticking.writing
        self.sticking.end()
        self.courier.end()
        self.backing.end()
        self.records_changed.disconnect(self.status.ask)
        self.status.end()
        self.lease.end()
        self.clock.end()
