"""Behind the lock page and the first start: passphrases to keys, codes to an enrolled computer.

All slow work (deriving a key, asking the county, opening the file) runs on the store's thread.
"""

from __future__ import annotations

import math
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QObject

from app.actions import papers
from app.actions.desk import Desk
from app.actions.gate import Gate, Locked, Opened, check_passphrase
from app.actions.opening import introduce, open_desk, set_phone
from app.domain.problem import UserError
from app.domain.workdays import CHINA
from sync.client.enrol import Enrolment, enrol
from sync.client.http import Transport
from sync.client.keys import NewDevice, new_device
from ui import printing
from ui.tasks import Tasks

SHEET = "首访通 恢复码"
Failed = Callable[[Exception], None]


@dataclass
class Gatekeeper:
    """Answers both gate pages. `opened` is the key in use, so that she can change her passphrase."""

    gate: Gate
    tasks: Tasks
    owner: QObject
    clock: Callable[[], datetime]
    place_words: str = ""
    opened: Opened | None = field(default=None, repr=False)
    desk: Desk | None = None
    server: str = ""
    recovered: bool = False  # in by the recovery code: the old passphrase is not asked for again
    _new: NewDevice | None = field(default=None, repr=False)
    _enrolment: Enrolment | None = field(default=None, repr=False)

    def place(self) -> str:
        """Known only within a session: on a cold start the file is closed and tells nothing."""
        return self.place_words

    def workers(self) -> Sequence[tuple[str, str]]:
        return [(card.worker, card.name) for card in self.gate.workers()]

    def waiting_seconds(self) -> int:
        return math.ceil(self.gate.wait().total_seconds())

    def help_phone(self) -> str:
        """Not known before the file is open; the sheet from the town has it."""
        return ""

    def unlock(self, worker: str, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        self._open(lambda: self.gate.unlock(worker, passphrase), done, failed)

    def can_recover(self) -> bool:
        return self.gate.can_recover()

    def recover(self, worker: str, code: str, done: Callable[[], None], failed: Failed) -> None:
        def opened() -> None:
            self.recovered = True
            done()

        self._open(lambda: self.gate.recover(worker, code), opened, failed)

    def enrol(self, address: str, code: str, done: Callable[[str, str], None], failed: Failed) -> None:
        self._new = self._new or new_device(self.clock())
        new = self._new

        def work() -> Enrolment:
            with Transport(address) as transport:
                return enrol(transport, code, platform.node(), at=self.clock(), new=new)

        def told(enrolment: Enrolment) -> None:
            self._enrolment = enrolment
            villages = "、".join(enrolment.villages.values())
            done(f"{enrolment.county_name} · {villages}", enrolment.identity.worker_name)

        self.tasks.apart(self.owner, work, told, lambda error: failed(_address_field(error)))

    def weakness(self, passphrase: str) -> str:
        try:
            check_passphrase(passphrase)
        except UserError as error:
            return error.words
        return ""

    def make(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        enrolment = self._enrolment
        if enrolment is None:
            failed(UserError("先让县里知道这台电脑。", field="code"))
            return
        self._open(lambda: self.gate.create(passphrase, enrolment.identity), done, failed, enrolment)

    def change(self, old: str, new: str, done: Callable[[], None], failed: Failed) -> None:
        """Change the passphrase of whoever is in, once she has shown that she knows the old one."""
        opened, recovered = self.opened, self.recovered
        assert opened is not None, "somebody is in"

        def work(_: object) -> None:
            try:
                if not recovered:
                    self.gate.unlock(opened.worker, old)
            except Locked as error:
                raise UserError(error.words, field="old") from error
            self.gate.change_passphrase(opened, new)

        def changed(_: object) -> None:
            self.recovered = False
            done()

        self.tasks.run(self.owner, work, changed, failed)

    def make_recovery(self, done: Callable[[str], None], failed: Failed) -> None:
        """Make a new recovery code; the sheet before it stops working."""
        opened = self.opened
        assert opened is not None, "somebody is in"
        self.tasks.run(self.owner, lambda _: self.gate.make_recovery(opened), done, failed)

    def set_phone(self, phone: str, done: Callable[[], None], failed: Failed) -> None:
        """The number on papers, from this moment on."""
        desk = self.desk
        assert desk is not None, "somebody is in"

        def ready(new: Desk) -> None:
            self.desk = new
            done()

        self.tasks.open(self.owner, lambda: set_phone(desk, phone), ready, failed)

    def print_recovery(self, code: str, done: Callable[[bool], None], failed: Failed) -> None:
        """Put the sheet for the safe on paper; `done(False)` when no printer took it. No file is left."""

        def paper(pdf: bytes) -> None:
            printer = printing.usual(SHEET)
            done(printer is not None and printing.put_on_paper(pdf, printer))

        self.tasks.run(self.owner, lambda desk: papers.recovery(desk, code), paper, failed)

    def _open(
        self,
        key: Callable[[], Opened],
        done: Callable[[], None],
        failed: Failed,
        enrolment: Enrolment | None = None,
    ) -> None:
        def opener() -> Desk:
            opened = key()
            desk = open_desk(opened, self.gate.paths, self.clock)
            if enrolment is not None:
                introduce(desk, village_names=enrolment.villages)
                desk.store.close()
                desk = open_desk(opened, self.gate.paths, self.clock)
            self.opened, self.server = opened, desk.store.meta.device().server
            return desk

        def ready(desk: Desk) -> None:
            self.desk, self.place_words = desk, desk.village_name
            done()

        self.tasks.open(self.owner, opener, ready, failed)

    def forget(self) -> None:
        """The lock: nothing that opens or shows anything stays here."""
        self.opened = self.desk = None
        self.recovered = False


def now() -> datetime:
    """The time in China."""
    return datetime.now(CHINA)


def _address_field(error: Exception) -> Exception:
    if isinstance(error, UserError) and error.problems[0].field == "server":
        return UserError(error.words, field="address")
    return error
