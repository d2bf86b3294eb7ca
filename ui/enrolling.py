"""Behind the first start: a one-time code from paper makes this computer known to the county.

Loaded only on a computer that has no store yet.
"""

from __future__ import annotations

import platform
from collections.abc import Callable

from app.actions.entry.gate import check_passphrase
from app.actions.entry.opening import introduce
from app.domain.problem import UserError
from sync.client.enrol import Enrolment, enrol
from sync.client.http import Transport
from sync.client.keys import NewDevice, new_device
from ui.gatekeeper import Failed, Gatekeeper


class Enrolling:
    """Answers the first start. Keys are made once and kept: asking again with them gets the same answer."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper
        self._new: NewDevice | None = None
        self._enrolment: Enrolment | None = None

    def enrol(self, address: str, code: str, done: Callable[[str, str], None], failed: Failed) -> None:
        """Tell the county this computer is there; `done(place, worker)`."""
        keeper = self._keeper
        self._new = new = self._new or new_device(keeper.clock())

        def work() -> Enrolment:
            with Transport(address) as transport:
                return enrol(transport, code, platform.node(), at=keeper.clock(), new=new)

        def told(enrolment: Enrolment) -> None:
            self._enrolment = enrolment
            villages = "、".join(enrolment.villages.values())
            done(f"{enrolment.county_name} · {villages}", enrolment.identity.worker_name)

        keeper.tasks.apart(keeper.owner, work, told, lambda error: failed(_address_field(error)))

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
        self._keeper.open(
            lambda: gate.create(passphrase, enrolment.identity),
            done,
            failed,
            first=lambda desk: introduce(desk, village_names=enrolment.villages),
        )


def _address_field(error: Exception) -> Exception:
    if isinstance(error, UserError) and error.problems[0].field == "server":
        return UserError(error.words, field="address")
    return error
