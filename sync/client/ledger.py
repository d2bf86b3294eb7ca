"""What the syncer needs of the store, and all it may know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.change import Change, Earlier, Incoming, Receipt
from app.domain.device import DeviceIdentity
from app.domain.record import Json


class Ledger(Protocol):
    """The outbox, the cursors and the one door through which the county's word comes in.

    Whoever implements it passes `tests/sync/ledger_contract.py`.
    """

    def identity(self) -> DeviceIdentity:
        """Who this device is. Raises UserError while the computer is not enrolled."""
        ...

    def outgoing(self, limit_bytes: int) -> tuple[Change, ...]:
        """Unsent changes in the order they were made, about `limit_bytes` of raw JSON together.

        Never empty while anything waits: one change larger than the limit comes alone.
        """
        ...

    def cursors(self) -> Mapping[str, int]:
        """How far each village has been heard, by 12-digit code; unheard villages may be missing."""
        ...

    def settle(
        self,
        receipts: Sequence[Receipt],
        rows: Sequence[Incoming],
        cursors: Mapping[str, int],
        epoch: str,
        at: datetime,
        link: str = "",
    ) -> frozenset[str]:
        """Take in one reply whole, in ONE transaction: receipts, rows and cursors, or nothing.

        A repeat changes nothing, and a receipt that is older than the one held neither. A row never
        overwrites an unsent change of the worker: the view is the county's body with the unsent changes laid
        over it. `cursors` is the whole scope of the
        device from now on.

        A row with an `echo` is made here from what is held and what was sent. Returns the records for
        which another body came out; the cursor of their village stays before them, for they come again.
        `link` is where this file stands from now on, with the highest number among the receipts; ""
        leaves both.
        """
        ...

    def agree(self, digests: Mapping[str, int], again: Sequence[str]) -> tuple[str, ...]:
        """The villages, heard to their end, of which something else is held than their digest says.

        What did not come again of the villages in `again`, which were read from the start, goes first, but
        nothing that was written here. The others that differ are read from the start from now on, and of
        them every row is believed.
        """
        ...

    def learn(self, escrow_key: bytes, pack_key: bytes, stick_key: bytes = b"") -> None:
        """Keep the county's public keys, each empty where it has none; they were proven."""
        ...

    def renew(self, at: datetime, told: tuple[int, Mapping[str, Json]] | None = None, stick: int = 0) -> None:
        """The county was heard: this computer may go on for as long as its terms say, and terms that were
        `told` (number and body, proven) are kept when their number is higher than that of those known, and
        then named by `identity`. `stick` is when an answer on a stick was made (Unix seconds, the county's
        clock), 0 on the line."""
        ...

    def begin_life(self, epoch: str, kept_upto: int, at: datetime) -> None:
        """The county began a new life (it was put back from a backup) and lacks what it numbered after
        `kept_upto`: that waits again, and every village is heard anew."""
        ...

    def go_apart(self, at: datetime) -> None:
        """Another copy of this file goes on under its replica: take a new one, and never again give a number
        that the other may have given. What waits goes on waiting."""
        ...

    def earlier(self, limit_bytes: int) -> Earlier:
        """Copies of records from a life the county has lost that it has not been offered, and the numbers
        changes had then."""
        ...

    def heard(self, records: Sequence[str], durable: int) -> None:
        """The copies of these records have been offered, and everything up to the number `durable` is in a
        verified backup. Records of villages that are no longer ours go, once nothing of them waits."""
        ...

    def waiting(self) -> int:
        """How many changes have no receipt yet."""
        ...

    def waiting_bytes(self, after: int) -> int:
        """How many bytes of JSON those changes are, without the oldest `after` of them; not packed."""
        ...

    def matters(self) -> int:
        """How many matters those changes belong to, as a worker counts; 0 only when nothing waits."""
        ...
