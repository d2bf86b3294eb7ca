"""Which page stands before the work: the lock, the recovery code, the first start, or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions.entry.gate import Opened
from app.domain.problem import StorageFault
from ui.caps_lock import caps_lock
from ui.gatekeeper import Gatekeeper
from ui.pages.unlock import UnlockPage
from ui.widgets.unlock_side import Unsent
from ui.window import MainWindow


class Gates(QObject):
    """`show` puts the right page into the window; `entered` when the data are open, `restored` when a
    backup has been put in place, and perhaps settings with it."""

    entered = Signal()
    restored = Signal()

    def __init__(self, window: MainWindow, keeper: Gatekeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._keeper = window, keeper
        self._unsent: Unsent | None = None

    def show(self, unsent: Unsent | None = None) -> None:
        """Show the lock, or the first start on a new computer. `unsent`: what waits, when known."""
        self._unsent = unsent
        try:
            page = self._unlock() if self._keeper.gate.exists else self._first_start()
        except StorageFault as fault:
            page = self._trouble(fault)
        self._window.show_gate(page)

    def show_waiting(self) -> None:
        """The work is out of sight; the file is closed as soon as the backup under way is made."""
        from ui.pages.waiting import WaitingPage

        self._window.show_gate(WaitingPage())

    def _unlock(self) -> QWidget:
        page = UnlockPage(self._keeper, caps_lock, self._unsent)
        page.unlocked.connect(lambda _: self.entered.emit())
        page.bigger.connect(lambda: self._window.step_size(1))
        page.forgotten.connect(self._recover)
        page.restore.connect(self._restore)
        page.refused.connect(self._refused)
        return page

    def _refused(self, error: Exception) -> None:
        from app.actions.safekeeping import rescuing

        if isinstance(error, StorageFault) and rescuing.is_damage(error):
            self._window.show_gate(self._trouble(error))

    def _salvage(self) -> None:
        from ui.pages.salvage import SalvagePage
        from ui.salvaging import Salvaging

        page = SalvagePage(Salvaging(self._keeper), self._keeper.place())
        page.left.connect(lambda: self.show(self._unsent))
        page.used.connect(self.show)
        self._window.show_gate(page)

    def _restore(self) -> None:
        from ui.pages.restore import RestorePage
        from ui.restoring import Restoring

        store = self._keeper.gate.paths.store.exists()
        page = RestorePage(Restoring(self._keeper), self._keeper.place(), store=store)
        page.salvage.connect(self._salvage)
        page.left.connect(lambda: self.show(self._unsent))
        page.restored.connect(self.restored)
        page.restored.connect(self.show)
        self._window.show_gate(page)

    def _recover(self, worker: str) -> None:
        from app.actions.entry import escrow
        from ui.pages.recover import RecoverPage

        keeper = self._keeper
        page = RecoverPage(keeper, worker, keeper.place(), county=escrow.can_ask(keeper.gate))
        page.recovered.connect(self.entered)
        page.left.connect(lambda: self.show(self._unsent))
        page.sheet_lost.connect(lambda: self._ask_county(worker))
        self._window.show_gate(page)

    def _ask_county(self, worker: str) -> None:
        from ui.asking import Asking
        from ui.pages.ask_county import AskCounty

        asking = Asking(self._keeper)
        page = AskCounty(asking, worker, self._keeper.place(), waiting=asking.waiting(worker))
        page.opened.connect(self.entered)
        page.left.connect(lambda: self.show(self._unsent))
        self._window.show_gate(page)

    def change_keys(self, opened: Opened) -> None:
        """The closed store gets a new data key; then the lock again. `opened` is the key in use."""
        from app.actions.entry import rotation
        from ui.pages.changing_keys import ChangingKeys

        page, gate = ChangingKeys(self._keeper.place()), self._keeper.gate
        page.left.connect(lambda: self.show(self._unsent))
        self._window.show_gate(page)
        self._keeper.tasks.apart(
            page,
            lambda: rotation.rotate(gate, opened, page.stepped.emit),
            lambda _: page.show_done(),
            page.show_failure,
        )

    def _first_start(self) -> QWidget:
        from ui.enrolling import Enrolling
        from ui.pages.first_start import FirstStart

        enrolling = Enrolling(self._keeper)
        page = FirstStart(enrolling)
        if enrolling.waiting:
            page.by_stick(True)
            page.stick.remind()
        page.finished.connect(lambda _: self._keep_code())
        page.restore.connect(self._restore)
        return page

    def _keep_code(self) -> None:
        from ui.pages.keep_code import KeepCode

        page = KeepCode(self._keeper, self._keeper.place())
        page.finished.connect(self.entered)
        self._window.show_gate(page)

    def _trouble(self, fault: StorageFault) -> QWidget:
        from ui.pages.trouble import TroublePage

        page = TroublePage(fault.words, store=self._keeper.gate.paths.store.exists())
        page.salvage.connect(self._salvage)
        page.again.connect(lambda: self.show(self._unsent))
        page.restore.connect(self._restore)
        return page
