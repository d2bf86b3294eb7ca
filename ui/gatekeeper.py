"""Behind the lock page: passphrases and recovery codes to keys, keys to an open desk.

All slow work (deriving a key, opening the file) runs on the store's thread. What it needs beyond the
key file is loaded when it is used, so that the lock page stands at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.actions.entry.gate import Gate, Locked, Opened
from app.domain.problem import UserError
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.actions.desk import Desk

SHEET = "首访通 恢复码"
Failed = Callable[[Exception], None]


@dataclass
class Gatekeeper:
    """Answers the lock page. `opened` is the key in use, so that she can change her passphrase."""

    gate: Gate
    tasks: Tasks
    owner: QObject
    clock: Callable[[], datetime]
    place_words: str = ""
    opened: Opened | None = field(default=None, repr=False)
    desk: Desk | None = None
    server: str = ""
    recovered: bool = False  # in by the recovery code: the old passphrase is not asked for again

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
        self.open(lambda: self.gate.unlock(worker, passphrase), done, failed)

    def can_recover(self) -> bool:
        return self.gate.can_recover()

    def recover(self, worker: str, code: str, done: Callable[[], None], failed: Failed) -> None:
        def opened() -> None:
            self.recovered = True
            done()

        self.open(lambda: self.gate.recover(worker, code), opened, failed)

    def change(
        self, old: str, new: str, done: Callable[[], None], failed: Failed, *, bound: bool = False
    ) -> None:
        """Change the passphrase of whoever is in, once she has shown that she knows the old one; `bound`
        makes it open on this computer only."""
        opened, recovered = self.opened, self.recovered
        assert opened is not None, "somebody is in"

        def work(_: object) -> None:
            from app.actions.entry import keys

            try:
                if not recovered:
                    self.gate.unlock(opened.worker, old)
            except Locked as error:
                raise UserError(error.words, field="old") from error
            # A key file somebody changed is made anew, with only whoever is in.
            if opened.sound:
                keys.change_passphrase(self.gate, opened, new, with_device=bound)
            else:
                keys.start_over(self.gate, opened, new)

        def changed(_: object) -> None:
            self.recovered, self.opened = False, replace(opened, sound=True)
            done()

        self.tasks.run(self.owner, work, changed, failed)

    def binding(self, done: Callable[[tuple[bool, bool]], None], failed: Failed) -> None:
        """`done((possible, bound))`: whether a passphrase can be bound to this computer, and hers is."""
        opened = self.opened
        assert opened is not None, "somebody is in"

        def work(_: object) -> tuple[bool, bool]:
            from app.actions.entry import keys
            from app.vault import device_secret

            return device_secret.usable(), keys.is_bound(self.gate, opened.worker)

        self.tasks.run(self.owner, work, done, failed)

    def make_recovery(self, done: Callable[[str], None], failed: Failed) -> None:
        """Make a new recovery code; the sheet before it stops working."""
        opened = self.opened
        assert opened is not None, "somebody is in"

        def work(_: object) -> str:
            from app.actions.entry import keys

            return keys.make_recovery(self.gate, opened)

        self.tasks.run(self.owner, work, done, failed)

    def set_phone(self, phone: str, done: Callable[[], None], failed: Failed) -> None:
        """The number on papers, from this moment on."""
        from app.actions.entry.opening import set_phone

        self.change_desk(lambda desk: set_phone(desk, phone), done, failed)

    def change_desk(self, work: Callable[[Desk], Desk], done: Callable[[], None], failed: Failed) -> None:
        """Work from now on at the desk that `work` makes of this one."""

        def ready(new: Desk) -> None:
            self.desk = new
            done()

        self.tasks.change(self.owner, work, ready, failed)

    def print_recovery(self, code: str, done: Callable[[bool], None], failed: Failed) -> None:
        """Put the sheet for the safe on paper; `done(False)` when no printer took it. No file is left."""
        from app.actions.checklists import papers
        from app.domain.checklists.print_job import PrintLook
        from ui import printing

        def paper(pdf: bytes) -> None:
            printer = printing.named(SHEET, PrintLook())
            done(printer is not None and printing.put_on_paper(pdf, printer))

        self.tasks.run(self.owner, lambda desk: papers.recovery(desk, code), paper, failed)

    def open(
        self,
        key: Callable[[], Opened],
        done: Callable[[], None],
        failed: Failed,
        first: Callable[[Desk], None] | None = None,
    ) -> None:
        """Open the store with `key()`; `first` is done at the new desk before it is laid out for good."""

        def opener() -> Desk:
            from app.actions.entry.opening import close_desk, open_desk

            opened = key()
            desk = open_desk(opened, self.gate.paths, self.clock)
            if first is not None:
                first(desk)
                close_desk(desk)
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


def installer(keeper: Gatekeeper) -> Callable[[Path, Callable[[], None], Failed], None]:
    """What puts a policy pack from a stick in force; it answers through the two callbacks."""

    def install(file: Path, done: Callable[[], None], failed: Failed) -> None:
        from app.actions.policy import policy_packs

        keeper.change_desk(lambda desk: policy_packs.install_from(desk, file), done, failed)

    return install


def now() -> datetime:
    """The time in China."""
    from app.domain.workdays import CHINA

    return datetime.now(CHINA)
