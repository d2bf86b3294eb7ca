"""Behind the card for enrolling again: a thread of its own asks the county, the store's keeps the answer.

The work goes on meanwhile. The keys are kept in the store before the county is asked with them, so that
neither a lost answer nor the lock costs a second code.
"""

from __future__ import annotations

import contextlib
import platform
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app import drives
from app.actions.desk import Desk
from app.domain.device import NO_COUNTY, NO_LINE
from app.domain.problem import StorageFault, UserError
from app.drives import Drive
from sync.client import enrol_stick
from sync.client.enrol import MISTYPED, Enrolment, enrol
from sync.client.enrol_stick import Answer
from sync.client.http import Transport
from sync.client.keys import NewDevice, new_device
from sync.protocol import codes
from ui.gatekeeper import Failed, Gatekeeper
from ui.syncing import Syncing

PAUSE_MS = 50
Told = Callable[[str, str, str], None]


class Readmitting(QObject):
    """Lives between unlocking and locking."""

    _told = Signal(object)

    def __init__(self, keeper: Gatekeeper, courier: Syncing) -> None:
        super().__init__(courier)
        self._keeper, self._courier = keeper, courier
        self._thread: threading.Thread | None = None
        self._done: Callable[[str], None] = lambda _place: None
        self._failed: Failed = lambda _error: None
        self._told.connect(self._answered)

    @property
    def server(self) -> str:
        """The address that is known, "" where none is."""
        return "" if self._courier.server in (NO_COUNTY, NO_LINE) else self._courier.server

    @property
    def lost(self) -> bool:
        """Whether this computer has no enrolment any more."""
        return self._courier.server == NO_COUNTY

    def sticks(self) -> tuple[Drive, ...]:
        """What is plugged in now."""
        return drives.removable()

    def write_question(self, root: Path, code: str, done: Callable[[], None], failed: Failed) -> None:
        """Ask the county by stick; the keys are kept in the store first."""
        keeper = self._keeper

        def write(new: NewDevice) -> None:
            at = keeper.clock()
            keeper.tasks.beside(
                self,
                lambda: enrol_stick.write(root, code, new, platform.node(), "", at),
                lambda _: done(),
                failed,
            )

        if not codes.normal(code):
            failed(UserError(MISTYPED, field="code"))
            return
        self._keys(code, write, failed)

    def read_answer(self, root: Path, code: str, done: Told, failed: Failed) -> None:
        """Go on under the county's answer on the stick; `done(place, worker, number)`."""
        keeper, server = self._keeper, self.server

        def keys(desk: Desk) -> NewDevice:
            from app.actions.entry.readmission import waiting_keys

            new = waiting_keys(desk, code)
            if new is None:
                raise UserError(enrol_stick.NOT_WRITTEN, field="code")
            return NewDevice(*new)

        def read(new: NewDevice) -> None:
            keeper.tasks.beside(self, lambda: enrol_stick.read(root, code, new, server), told, failed)

        def told(answer: Answer) -> None:
            worker = answer.enrolment.identity.worker_name

            def ready(place: str) -> None:
                keeper.tasks.beside(self, lambda: enrol_stick.tidy(root, code), None, lambda _: None)
                done(place, worker, answer.check)

            self._done, self._failed = ready, failed
            self._answered(answer.enrolment, answer.pack)

        keeper.tasks.run(self, keys, read, failed)

    def enrol(self, address: str, code: str, done: Callable[[str], None], failed: Failed) -> None:
        """Make this computer known anew; `done(place)`. UserError fields: address, code."""
        if self._thread is not None:
            return
        self._done, self._failed = done, failed
        self._keys(code, lambda new: self._ask(address, code, new), failed)

    def _keys(self, code: str, then: Callable[[NewDevice], None], failed: Failed) -> None:
        made = new_device(self._keeper.clock())

        def keys(desk: Desk) -> NewDevice:
            from app.actions.entry.readmission import keys_for

            return NewDevice(*keys_for(desk, code, (made.device, made.replica, made.key)))

        self._keeper.tasks.run(self, keys, then, failed)

    def _ask(self, address: str, code: str, new: NewDevice) -> None:
        at = self._keeper.clock()

        def ask() -> None:
            outcome: Enrolment | Exception
            try:
                with Transport(address) as transport:
                    outcome = enrol(transport, code, platform.node(), at=at, new=new)
            except Exception as error:  # every way it can end goes home and is said there
                outcome = error
            with contextlib.suppress(RuntimeError):  # locked meanwhile, and gone
                self._told.emit(outcome)

        self._thread = threading.Thread(target=ask, name="enrol", daemon=True)
        self._thread.start()

    def _answered(self, outcome: Enrolment | Exception, pack: bytes = b"") -> None:
        self._thread = None
        if self._keeper.desk is not None and isinstance(outcome, Enrolment):
            self._courier.stop()
            if self._courier.running:  # a late receipt must not meet the new enrolment
                QTimer.singleShot(PAUSE_MS, self, lambda: self._answered(outcome, pack))
                return
        desk, opened, keeper = self._keeper.desk, self._keeper.opened, self._keeper
        if desk is None or opened is None:
            return  # locked meanwhile: the same code is asked with again another time
        if isinstance(outcome, Exception):
            self._failed(_address_field(outcome))
            return

        def work() -> Desk:
            from app.actions.entry import keys, readmission

            new = readmission.readmit(desk, outcome.identity, outcome.villages)
            with contextlib.suppress(UserError, StorageFault):  # the box for the county can wait
                keys.entrust(keeper.gate, opened, outcome.identity)
            return _with_pack(new, pack)

        def ready(new: Desk) -> None:
            keeper.desk, keeper.server = new, outcome.identity.server
            self._courier.server = outcome.identity.server
            self._courier.now()
            self._done("、".join(outcome.villages.values()))

        def refused(error: Exception) -> None:
            self._failed(error)
            self._courier.now()  # as before

        keeper.tasks.open(self, work, ready, refused)


def _with_pack(desk: Desk, pack: bytes) -> Desk:
    """The desk under the county's pack, where one came and does; else as it was, for the next brings it."""
    from app.actions.policy import policy_packs

    try:
        return policy_packs.install(desk, pack) if pack else desk
    except (UserError, StorageFault):
        return desk


def _address_field(error: Exception) -> Exception:
    if isinstance(error, UserError) and error.problems[0].field == "server":
        return UserError(error.words, field="address")
    return error
