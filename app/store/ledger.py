"""The store's side of the conversation with the county: what to send, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from app.domain.change import Change, Incoming, Outcome, Receipt
from app.domain.device import DeviceIdentity
from app.domain.record import Json
from app.store.agreed import Agreed
from app.store.cipher import faults, stored
from app.store.digests import Digests
from app.store.finder import Finder
from app.store.lives import Lives, answered, not_taken
from app.store.meta import Meta
from app.store.scopes import taken_away
from app.store.taking import Taking
from app.store.unit import change_in


@dataclass(frozen=True)
class SetAside:
    """A change the county did not apply, kept whole: what she typed beside the county's reason."""

    change: Change
    outcome: Outcome
    why: str = ""


class Ledger(Lives):
    """Outbox, cursors and pulled rows. Every method is one transaction on the store's thread."""

    def __init__(
        self,
        db: Database,
        meta: Meta,
        finder: Finder,
        settled: Callable[[frozenset[str]], None],
        agreed: Agreed,
    ) -> None:
        self._db, self._agreed = db, agreed
        self._settled = settled
        self._meta = meta
        self._finder = finder
        self._digests = Digests(db, meta)
        self._unread: set[str] = set()  # of villages that are being read again

    def identity(self) -> DeviceIdentity:
        """The device as the county knows it.

        Raises UserError when this computer has not been enrolled yet.
        """
        return replace(self._meta.device(), terms=self._agreed.terms().number)

    @faults()
    def outgoing(self, limit_bytes: int) -> tuple[Change, ...]:
        """Unsent changes, oldest first, up to `limit_bytes` of their JSON but at least one."""
        chosen: list[Change] = []
        size = 0
        for (payload,) in self._db.execute("SELECT payload FROM outbox WHERE seq IS NULL ORDER BY n"):
            size += len(payload.encode())
            if chosen and size > limit_bytes:
                break
            chosen.append(change_in(stored(payload)))
        return tuple(chosen)

    @faults()
    def cursors(self) -> Mapping[str, int]:
        """Up to where each village has been pulled; every village of this device is named."""
        known = dict.fromkeys(self._meta.device().villages, 0)
        known.update(
            {str(village): int(seq) for village, seq in self._db.execute("SELECT village, seq FROM cursor")}
        )
        return known

    def learn(self, escrow_key: bytes, pack_key: bytes, stick_key: bytes = b"") -> None:
        """Keep the county's public keys, each empty where it has none; they were proven."""
        with faults(), self._db.atomic():
            known = replace(
                self._meta.device(), escrow_key=escrow_key, pack_key=pack_key, stick_key=stick_key
            )
            self._meta.set_device(known)

    def renew(self, at: datetime, told: tuple[int, Mapping[str, Json]] | None = None, stick: int = 0) -> None:
        """The county was heard at `at`, by this computer's clock: its lease begins anew, and terms that were
        `told` (number and body, proven) are kept when they are newer. `stick` is when an answer that came on
        a stick was made, in Unix seconds of the county's clock: one that was read before renews nothing."""
        with faults(), self._db.atomic():
            self._agreed.renew(at, told, stick)

    @faults()
    def waiting(self, upto: int = 2**62) -> int:
        """How many changes the county has not confirmed, of those up to number `upto` in the outbox."""
        query = "SELECT count(*) FROM outbox WHERE seq IS NULL AND n <= ?"
        (count,) = self._db.execute(query, [upto]).fetchone()
        return int(count)

    @faults()
    def waiting_bytes(self, after: int) -> int:
        """How many bytes of JSON what waits is, without the oldest `after` changes; not packed."""
        query = "SELECT length(CAST(payload AS BLOB)) AS size FROM outbox WHERE seq IS NULL"
        row = self._db.execute(
            f"SELECT coalesce(sum(size), 0) FROM ({query} ORDER BY n LIMIT -1 OFFSET ?)", [after]
        ).fetchone()
        return int(row[0])

    @faults()
    def waiting_subjects(self) -> tuple[tuple[str, str], ...]:
        """(type, id) of every matter with something unsent; a ticket's story and calls count with it."""
        return waiting_subjects(self._db)

    def matters(self) -> int:
        """How many matters they belong to: what every count on the screen says."""
        return len(self.waiting_subjects())

    @faults()
    def set_aside(self) -> tuple[SetAside, ...]:
        """Changes the county kept for a person to decide, newest first."""
        rows = self._db.execute(
            "SELECT payload, outcome, reason FROM outbox WHERE outcome NOT IN ('applied') ORDER BY n DESC"
        )
        return tuple(SetAside(change_in(stored(said)), Outcome(outcome), why) for said, outcome, why in rows)

    def settle(
        self,
        receipts: Sequence[Receipt],
        rows: Sequence[Incoming],
        cursors: Mapping[str, int],
        epoch: str,
        at: datetime,
        link: str = "",
    ) -> frozenset[str]:
        """Take the county's answer in one transaction: receipts, rows and cursors together.

        Returns the records whose echo did not fit. Their village's cursor stays before them: they come again.
        """
        need: set[str] = set()
        upto = dict(cursors)
        with faults(), self._db.atomic():
            self._digests.begin()
            taking = Taking(self._db, self._meta, self._finder, self._digests, self._unread)
            noted = [record for receipt in receipts if (record := taking.note(receipt))]
            answered(self._meta, [receipt.change for receipt in receipts])
            for row in rows:
                if not taking.take(row):
                    need.add(row.record)
                    upto[row.village] = min(upto.get(row.village, row.revision), row.revision - 1)
            altered = taking.look_at_all(noted)
            if cursors:
                self._set_scope(tuple(cursors))
            for village, seq in upto.items():
                self._db.execute(
                    "INSERT INTO cursor(village, seq) VALUES (?, ?)"
                    " ON CONFLICT(village) DO UPDATE SET seq = excluded.seq",
                    [village, seq],
                )
            self._meta.set("epoch", epoch)
            self._meta.answered(link, max((receipt.seq for receipt in receipts), default=0))
            self._meta.set("synced_at", at.isoformat())
            taking.end()
        self._unread.difference_update(row.record for row in rows if row.record not in need)
        self._settled(frozenset(altered.union(row.type for row in rows)))
        return frozenset(need)

    def agree(self, digests: Mapping[str, int], again: Sequence[str]) -> tuple[str, ...]:
        """The villages, heard to their end, of which this store holds something else than the county; those
        not in `again` are heard from the start from now on. In `again` are those that just were: what did
        not come again goes.

        Nothing is taken out of sight meanwhile. What is still to come is remembered only here: a program that
        ends before finds the difference in its next round, and reads again.
        """
        with faults(), self._db.atomic():
            read = {record for village in again for record in self._digests.held(village)}
            kinds = self._gone(sorted(read & self._unread))
            differing = [
                village
                for village, theirs in digests.items()
                if self._digests.of(village) != theirs and self._digests.counted(village) != theirs
            ]
            unread: set[str] = set()
            for village in differing:
                if village not in again:
                    unread.update(self._digests.held(village))
                    self._db.execute("UPDATE cursor SET seq = 0 WHERE village = ?", [village])
            if not differing:
                kinds |= self._gone(not_taken(self._db, self._meta, digests.keys()))
        self._unread = unread
        if kinds:
            self._settled(frozenset(kinds))
        return tuple(differing)

    def _gone(self, records: Sequence[str]) -> set[str]:
        """Of these the county, asked for everything, says nothing; the kinds of which something went."""
        taking = Taking(self._db, self._meta, self._finder, self._digests, self._unread)
        for record in records:
            taking.gone(record)
        taking.end()
        return taking.kinds

    def _set_scope(self, villages: tuple[str, ...]) -> None:
        # The cursors of a reply name the whole scope: what they do not name is no longer ours to ask.
        marks = ", ".join("?" * len(villages))
        self._db.execute(f"DELETE FROM cursor WHERE village NOT IN ({marks})", list(villages))
        device = self._meta.device()
        if set(device.villages) != set(villages):
            kept = [village for village in device.villages if village in villages]
            added = [village for village in villages if village not in device.villages]
            self._meta.set_device(replace(device, villages=(*kept, *added)))
            if len(kept) < len(device.villages):
                taken_away(self._meta)


def waiting_subjects(db: Database) -> tuple[tuple[str, str], ...]:
    """See `Ledger.waiting_subjects`; for a file that is only looked at."""
    rows = db.execute(
        "SELECT DISTINCT iif(ticket IS NULL, type, 'ticket'), coalesce(ticket, record) FROM ("
        " SELECT coalesce(r.type, json_extract(o.payload, '$.type')) AS type, o.record AS record,"
        " iif(r.type IN ('ticket_event', 'followup'), json_extract(r.body, '$.ticket'), NULL) AS ticket"
        " FROM outbox o LEFT JOIN record r ON r.id = o.record WHERE o.seq IS NULL)"
    )
    return tuple((str(kind), str(record)) for kind, record in rows)
