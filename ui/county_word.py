"""What the county sends besides records: its policy pack, and the key it opens a lost computer with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.actions.entry import keys
from app.actions.policy import policy_packs
from app.domain.problem import UserError
from sync.client.syncer import SyncReport
from ui import notices
from ui.gatekeeper import Gatekeeper
from ui.syncing import Syncing
from ui.workspace import Workspace


class CountyWord(QObject):
    """Puts both in their place as they come and says so; lives from unlocking to locking."""

    def __init__(self, keeper: Gatekeeper, courier: Syncing, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._keeper, self._courier, self._workspace = keeper, courier, workspace
        courier.pack_in_force = self.pack_in_force
        courier.pack_came.connect(self._take_pack)
        courier.changed.connect(self._take_key)

    def begin(self) -> None:
        """A key that was learned while nobody could use it is used now."""
        self._entrust(lambda _now: None)

    def pack_in_force(self) -> str:
        """The version of the county's signed pack that is worked by, or ""."""
        desk = self._keeper.desk
        return desk.pack.signed if desk is not None else ""

    def _take_pack(self, version: str, file: bytes) -> None:
        def refused(error: Exception) -> None:
            if not isinstance(error, UserError):
                notices.fault(error)
                return
            self._courier.refused_packs.add(version)
            words = self.tr("县里发来的政策包没有用上：{words}请县里看看。")
            notices.warn(words.format(words=error.problems[0].told))

        def taken() -> None:
            words = self.tr("县里发来新的政策包（第 {version} 版），已经用上。")
            notices.info(words.format(version=version))
            self._workspace.refresh()

        self._keeper.change_desk(lambda desk: policy_packs.install(desk, file), taken, refused)

    def _take_key(self, report: SyncReport) -> None:
        if report.learned:
            self._entrust(self._entrusted)

    def _entrusted(self, now: bool) -> None:
        if now:
            notices.info(self.tr("县里有了开锁的办法：口令和恢复码都丢了，也能找县里开。"))

    def _entrust(self, done: Callable[[bool], None]) -> None:
        keeper, opened = self._keeper, self._keeper.opened
        if opened is not None:
            self._keeper.tasks.run(self, lambda desk: keys.take_up(keeper.gate, opened, desk), done)
