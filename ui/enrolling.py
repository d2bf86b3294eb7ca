"""Behind the first start: a one-time code from paper makes this computer known to the county.

By the line or by a stick. Loaded only on a computer that has no store yet.
"""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Callable
from pathlib import Path

from app import drives
from app.actions.desk import Desk
from app.actions.entry.gate import check_passphrase
from app.actions.entry.opening import introduce
from app.actions.policy import policy_packs
from app.domain.problem import StorageFault, UserError
from app.drives import Drive
from sync.client import enrol_stick
from sync.client.enrol import Enrolment, enrol
from sync.client.enrol_stick import Answer
from sync.client.http import Transport
from sync.client.keys import NewDevice, new_device
from sync.protocol import codes
from ui.gatekeeper import Failed, Gatekeeper

Told = Callable[[str, str, str], None]


class Enrolling:
    """Answers the first start. Keys are made once for a code and kept: asking again with them gets the same
    answer, by the line and by a stick alike."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper
        self._made: dict[str, NewDevice] = {}  # by code
        self._enrolment: Enrolment | None = None
        self._pack = b""
        self._stick: tuple[Path, str] | None = None  # where the answer lies, and about which code

    def enrol(self, address: str, code: str, done: Callable[[str, str], None], failed: Failed) -> None:
        """Tell the county this computer is there; `done(place, worker)`."""
        keeper = self._keeper

        def work() -> Enrolment:
            with Transport(address) as transport:
                return enrol(transport, code, platform.node(), at=keeper.clock(), new=self._keys(code))

        def told(enrolment: Enrolment) -> None:
            self._enrolment, self._pack, self._stick = enrolment, b"", None
            done(_place(enrolment), enrolment.identity.worker_name)

        keeper.tasks.apart(keeper.owner, work, told, lambda error: failed(_address_field(error)))

    @property
    def waiting(self) -> bool:
        """Whether the county was asked by stick and its answer is yet to be read."""
        return enrol_stick.waiting(self._keeper.gate.paths.enrolling)

    def sticks(self) -> tuple[Drive, ...]:
        """What is plugged in now."""
        return drives.removable()

    def write_question(self, root: Path, code: str, done: Callable[[], None], failed: Failed) -> None:
        """Ask the county by stick; the keys are on this disk before the question is on the stick."""
        keeper = self._keeper

        def work() -> None:
            new = self._keys(code)
            enrol_stick.keep(keeper.gate.paths.enrolling, code, new)
            enrol_stick.write(root, code, new, platform.node(), "", keeper.clock())

        keeper.tasks.apart(keeper.owner, work, lambda _: done(), failed)

    def read_answer(self, root: Path, code: str, done: Told, failed: Failed) -> None:
        """Read the answer; `done(place, worker, number)`."""
        keeper = self._keeper

        def work() -> Answer:
            new = enrol_stick.kept(keeper.gate.paths.enrolling, code)
            if new is None:
                raise UserError(enrol_stick.NOT_WRITTEN, field="code")
            return enrol_stick.read(root, code, new)

        def told(answer: Answer) -> None:
            self._enrolment, self._pack, self._stick = answer.enrolment, answer.pack, (root, code)
            done(_place(answer.enrolment), answer.enrolment.identity.worker_name, answer.check)

        keeper.tasks.apart(keeper.owner, work, told, failed)

    def weakness(self, passphrase: str) -> str:
        """Words about what is too weak, "" when it will do."""
        try:
            check_passphrase(passphrase)
        except UserError as error:
            return error.words
        return ""

    def make(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        """Create the encrypted file under `passphrase`, and open it."""
        enrolment, gate = self._enrolment, self._keeper.gate
        if enrolment is None:
            failed(UserError("先让县里知道这台电脑。", field="code"))
            return

        def first(desk: Desk) -> None:
            introduce(desk, village_names=enrolment.villages)
            if self._pack:
                with contextlib.suppress(UserError, StorageFault):  # the next stick brings it again
                    policy_packs.install(desk, self._pack)
            self._tidy()

        self._keeper.open(lambda: gate.create(passphrase, enrolment.identity), done, failed, first=first)

    def _keys(self, code: str) -> NewDevice:
        bare = codes.normal(code) or ""
        if bare not in self._made:
            waiting = enrol_stick.kept(self._keeper.gate.paths.enrolling, code) if bare else None
            self._made[bare] = waiting or new_device(self._keeper.clock())
        return self._made[bare]

    def _tidy(self) -> None:
        """The keys are in the encrypted file now, and the files on the stick have served."""
        with contextlib.suppress(OSError):
            self._keeper.gate.paths.enrolling.unlink(missing_ok=True)
        if self._stick is not None:
            with contextlib.suppress(StorageFault):
                enrol_stick.tidy(*self._stick)


def _place(enrolment: Enrolment) -> str:
    return f"{enrolment.county_name} · {'、'.join(enrolment.villages.values())}"


def _address_field(error: Exception) -> Exception:
    if isinstance(error, UserError) and error.problems[0].field == "server":
        return UserError(error.words, field="address")
    return error
