"""The store's side of the conversation with the county: what to send, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from app.domain.change import Change, Incoming, Outcome, Receipt
from app.domain.device import DeviceIdentity
from app.domain.record import Body, canonical
from app.domain.tickets.ticket import SERIALS_PER_DEVICE, serial_in
from app.store.cipher import faults, stored
from app.store.finder import Finder
from app.store.later import Later
from app.store.lives import Lives, answered
from app.store.meta import SERIAL, Meta
from app.store.scopes import taken_away
from app.store.unit import change_in

LEFT = ""  # in place of the county's village: the record is in none of ours any more


@dataclass(frozen=True)
class SetAside:
    """A change the county did not apply, kept whole: what she typed beside the county's reason."""

    change: Change
    outcome: Outcome


class Ledger(Lives):
    """Outbox, cursors and pulled rows. Every method is one transaction on the store's thread."""

    def __init__(
        self, db: Database, meta: Meta, finder: Finder, settled: Callable[[frozenset[str]], None]
    ) -> None:
        self._db = db
        self._settled = settled
        self._meta = meta
        self._finder = finder
        self._later = Later(finder)  # of the answer that is being taken

    def identity(self) -> DeviceIdentity:
        """The device as the county knows it.

        Raises UserError when this computer has not been enrolled yet.
        """
        return self._meta.device()

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

    def learn(self, escrow_key: bytes, pack_key: bytes) -> None:
        """Keep the county's public keys, 32 bytes or empty each; they were proven."""
        with faults(), self._db.atomic():
            self._meta.set_device(replace(self._meta.device(), escrow_key=escrow_key, pack_key=pack_key))

    @faults()
    def waiting(self, upto: int = 2**62) -> int:
        """How many changes the county has not confirmed, of those up to number `upto` in the outbox."""
        query = "SELECT count(*) FROM outbox WHERE seq IS NULL AND n <= ?"
        (count,) = self._db.execute(query, [upto]).fetchone()
        return int(count)

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
            "SELECT payload, outcome FROM outbox WHERE outcome NOT IN ('applied') ORDER BY n DESC"
        )
        return tuple(SetAside(change_in(stored(payload)), Outcome(outcome)) for payload, outcome in rows)

    def settle(
        self,
        receipts: Sequence[Receipt],
        rows: Sequence[Incoming],
        cursors: Mapping[str, int],
        epoch: str,
        at: datetime,
    ) -> None:
        """Take the county's answer in one transaction: receipts, rows and cursors together."""
        with faults(), self._db.atomic():
            self._later = Later(self._finder)
            noted = [record for receipt in receipts if (record := self._note(receipt))]
            answered(self._meta, [receipt.change for receipt in receipts])
            for row in rows:
                self._take(row)
            altered = {kind for record in noted if (kind := self._look_again(record))}
            if cursors:
                self._set_scope(tuple(cursors))
            for village, seq in cursors.items():
                self._db.execute(
                    "INSERT INTO cursor(village, seq) VALUES (?, ?)"
                    " ON CONFLICT(village) DO UPDATE SET seq = excluded.seq",
                    [village, seq],
                )
            self._meta.set("epoch", epoch)
            self._meta.set_was("")  # the county answered, so it has heard
            self._meta.set("synced_at", at.isoformat())
            self._later.flush()
        self._settled(frozenset(altered.union(row.type for row in rows)))

    def _note(self, receipt: Receipt) -> str | None:
        """Write the receipt down; the record whose view it may alter, if any."""
        found = self._db.execute(
            "SELECT o.record, r.county_village, r.revision FROM outbox o"
            " LEFT JOIN record r ON r.id = o.record"
            " WHERE o.change = ?",
            [receipt.change],
        ).fetchone()
        if found is None:
            return None
        self._db.execute(
            "UPDATE outbox SET seq = ?, outcome = ? WHERE change = ?",
            [receipt.seq, receipt.outcome.value, receipt.change],
        )
        record, village, revision = found
        # The first receipt of a change sent twice: the county's row may have come before it.
        late = revision is not None and revision >= receipt.seq
        kept = receipt.outcome is Outcome.APPLIED and village != LEFT and not late
        return None if kept else str(record)

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

    def _take(self, row: Incoming) -> None:
        held = self._db.execute("SELECT revision, body FROM record WHERE id = ?", [row.record]).fetchone()
        if held and held[0] >= row.revision:
            return  # a late or repeated page
        if row.type == "ticket":
            _raise_serial(self._meta, row.body.get("number"))
        mine = unsent(self._db, row.record, row.revision)
        if row.left:
            # The revision stays: the same move may bring the record in by another village's page.
            self._db.execute("UPDATE record SET county_village = ? WHERE id = ?", [LEFT, row.record])
            self._look_again(row.record)
            return
        # A tombstone carries no body: what the worker was editing stays whole in her sight.
        base = stored(held[1]) if held and row.deleted and mine else row.body
        self._db.execute(
            "INSERT INTO record(id, type, village, body, deleted, county_body, county_village,"
            " county_deleted, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(id) DO UPDATE SET village = excluded.village,"
            " county_body = excluded.county_body, county_village = excluded.county_village,"
            " county_deleted = excluded.county_deleted, revision = excluded.revision",
            [
                *(row.record, row.type, row.village, "{}", 0),
                *(canonical(row.body), row.village, int(row.deleted), row.revision),
            ],
        )
        self._show(row.record, row.type, overlaid(base, mine), deleted=row.deleted and not mine)

    def _show(self, record: str, kind: str, body: Body, *, deleted: bool) -> None:
        self._db.execute(
            "UPDATE record SET body = ?, deleted = ? WHERE id = ?", [canonical(body), int(deleted), record]
        )
        if deleted:
            self._later.forget(record)
        else:
            self._later.index(kind, record, body)

    def _look_again(self, record: str) -> str | None:
        """Show what the county holds once nothing of the worker's own lies over it any more.

        A change may be set aside without the record coming back; her value would then stay in
        sight as if it held, and be taken for the county's in her next edit. Returns the kind.
        """
        found = self._db.execute(
            "SELECT type, county_body, county_village, county_deleted, revision FROM record WHERE id = ?",
            [record],
        ).fetchone()
        if found is None:
            return None
        kind, county_body, county_village, county_deleted, revision = found
        if county_village == LEFT:
            if not unsent(self._db, record, None):
                self._db.execute("DELETE FROM record WHERE id = ?", [record])
                self._later.forget(record)
            return str(kind)
        mine = unsent(self._db, record, abs(revision))  # below 0: of a life the county has lost
        if county_body is None or (county_deleted and mine):
            return None  # the county never had it, or has only a tombstone: hers is the one whole copy
        body = overlaid(stored(county_body), mine)
        self._show(record, kind, body, deleted=bool(county_deleted))
        return str(kind)


def _raise_serial(meta: Meta, number: object) -> None:
    """A ticket of this computer's own block that came back: its number is never given again."""
    year, serial = serial_in(str(number or ""))
    block = int(meta.get("serial_block") or 0)
    if serial // SERIALS_PER_DEVICE == block:
        meta.raise_serial(f"{SERIAL}ticket {year}", serial % SERIALS_PER_DEVICE)


def unsent(db: Database, record: str, revision: int | None) -> list[Change]:
    """Changes still to be laid over the county's copy of `revision`; None: only those unanswered.

    What was acknowledged later than the copy counts too: a row from before our own edit must not make the
    edit vanish from the screen until the next page brings it.
    """
    payloads = db.execute(
        "SELECT payload FROM outbox WHERE record = ?"
        " AND (seq IS NULL OR (seq > ? AND outcome = 'applied')) ORDER BY n",
        [record, revision],
    )
    return [change_in(stored(payload)) for (payload,) in payloads]


def waiting_subjects(db: Database) -> tuple[tuple[str, str], ...]:
    """See `Ledger.waiting_subjects`; for a file that is only looked at."""
    rows = db.execute(
        "SELECT DISTINCT iif(ticket IS NULL, type, 'ticket'), coalesce(ticket, record) FROM ("
        " SELECT json_extract(o.payload, '$.type') AS type, o.record AS record,"
        " iif(r.type IN ('ticket_event', 'followup'), json_extract(r.body, '$.ticket'), NULL) AS ticket"
        " FROM outbox o LEFT JOIN record r ON r.id = o.record WHERE o.seq IS NULL)"
    )
    return tuple((str(kind), str(record)) for kind, record in rows)


def overlaid(body: Body, changes: list[Change]) -> Body:
    """`body` with the new values of `changes` laid over it, in their order."""
    view = dict(body)
    for change in changes:
        for name, (_, new) in change.fields.items():
            if new is None:
                view.pop(name, None)
            else:
                view[name] = new
    return view
