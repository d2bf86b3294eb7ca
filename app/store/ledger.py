"""The store's side of the conversation with the county: what to send, and what came back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from app.domain.change import Change, Incoming, Outcome, Receipt
from app.domain.device import DeviceIdentity
from app.domain.record import Body
from app.store.cipher import faults
from app.store.finder import Finder
from app.store.meta import Meta
from app.store.unit import change_in, dump


@dataclass(frozen=True)
class SetAside:
    """A change the county did not apply, kept whole: what she typed beside the county's reason."""

    change: Change
    outcome: Outcome


class Ledger:
    """Outbox, cursors and pulled rows. Every method is one transaction on the store's thread."""

    def __init__(
        self, db: Database, meta: Meta, finder: Finder, settled: Callable[[frozenset[str]], None]
    ) -> None:
        self._db = db
        self._settled = settled
        self._meta = meta
        self._finder = finder

    def identity(self) -> DeviceIdentity:
        """The device as the county knows it.

        Raises UserError when this computer has not been enrolled yet.
        """
        return self._meta.device()

    def outgoing(self, limit_bytes: int) -> tuple[Change, ...]:
        """Unsent changes, oldest first, up to `limit_bytes` of their JSON but at least one."""
        chosen: list[Change] = []
        size = 0
        for (payload,) in self._db.execute("SELECT payload FROM outbox WHERE seq IS NULL ORDER BY n"):
            size += len(payload.encode())
            if chosen and size > limit_bytes:
                break
            chosen.append(change_in(json.loads(payload)))
        return tuple(chosen)

    def cursors(self) -> Mapping[str, int]:
        """Up to where each village has been pulled; every village of this device is named."""
        known = dict.fromkeys(self._meta.device().villages, 0)
        known.update(
            {str(village): int(seq) for village, seq in self._db.execute("SELECT village, seq FROM cursor")}
        )
        return known

    def waiting(self) -> int:
        """How many changes the county has not confirmed."""
        (count,) = self._db.execute("SELECT count(*) FROM outbox WHERE seq IS NULL").fetchone()
        return int(count)

    def waiting_subjects(self) -> tuple[tuple[str, str], ...]:
        """(type, id) of every matter with something unsent; a ticket's story and calls count with it."""
        rows = self._db.execute(
            "SELECT DISTINCT iif(ticket IS NULL, type, 'ticket'), coalesce(ticket, record) FROM ("
            " SELECT json_extract(o.payload, '$.type') AS type, o.record AS record,"
            " iif(r.type IN ('ticket_event', 'followup'), json_extract(r.body, '$.ticket'), NULL) AS ticket"
            " FROM outbox o LEFT JOIN record r ON r.id = o.record WHERE o.seq IS NULL)"
        )
        return tuple((str(kind), str(record)) for kind, record in rows)

    def set_aside(self) -> tuple[SetAside, ...]:
        """Changes the county kept for a person to decide, newest first."""
        rows = self._db.execute(
            "SELECT payload, outcome FROM outbox WHERE outcome NOT IN ('applied') ORDER BY n DESC"
        )
        return tuple(SetAside(change_in(json.loads(payload)), Outcome(outcome)) for payload, outcome in rows)

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
            for receipt in receipts:
                self._db.execute(
                    "UPDATE outbox SET seq = ?, outcome = ? WHERE change = ?",
                    [receipt.seq, receipt.outcome.value, receipt.change],
                )
            for row in rows:
                self._take(row)
            if cursors:
                self._set_scope(tuple(cursors))
            for village, seq in cursors.items():
                self._db.execute(
                    "INSERT INTO cursor(village, seq) VALUES (?, ?)"
                    " ON CONFLICT(village) DO UPDATE SET seq = excluded.seq",
                    [village, seq],
                )
            self._meta.set("epoch", epoch)
            self._meta.set("synced_at", at.isoformat())
        self._settled(frozenset(row.type for row in rows))

    def _set_scope(self, villages: tuple[str, ...]) -> None:
        # The cursors of a reply name the whole scope: what they do not name is no longer ours to ask.
        marks = ", ".join("?" * len(villages))
        self._db.execute(f"DELETE FROM cursor WHERE village NOT IN ({marks})", list(villages))
        device = self._meta.device()
        if set(device.villages) != set(villages):
            kept = [village for village in device.villages if village in villages]
            added = [village for village in villages if village not in device.villages]
            self._meta.set_device(replace(device, villages=(*kept, *added)))

    def _take(self, row: Incoming) -> None:
        held = self._db.execute("SELECT revision FROM record WHERE id = ?", [row.record]).fetchone()
        if held and held[0] >= row.revision:
            return  # a late or repeated page
        unsent = self._unsent(row)
        if row.left and not unsent:
            self._db.execute("DELETE FROM record WHERE id = ?", [row.record])
            self._finder.forget(row.record)
            return
        body = _overlaid(row.body, unsent)
        deleted = row.deleted and not unsent
        self._db.execute(
            "INSERT INTO record(id, type, village, body, deleted, county_body, county_village,"
            " county_deleted, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(id) DO UPDATE SET village = excluded.village, body = excluded.body,"
            " deleted = excluded.deleted, county_body = excluded.county_body,"
            " county_village = excluded.county_village, county_deleted = excluded.county_deleted,"
            " revision = excluded.revision",
            [
                *(row.record, row.type, row.village, dump(body), int(deleted)),
                *(dump(row.body), row.village, int(row.deleted), row.revision),
            ],
        )
        if deleted:
            self._finder.forget(row.record)
        else:
            self._finder.index(row.type, row.record, body)

    def _unsent(self, row: Incoming) -> list[Change]:
        # Also what was acknowledged later than this row: a row from before our own edit must not
        # make the edit vanish from the screen until the next page brings it.
        payloads = self._db.execute(
            "SELECT payload FROM outbox WHERE record = ?"
            " AND (seq IS NULL OR (seq > ? AND outcome = 'applied')) ORDER BY n",
            [row.record, row.revision],
        )
        return [change_in(json.loads(payload)) for (payload,) in payloads]


def _overlaid(body: Body, changes: list[Change]) -> Body:
    view = dict(body)
    for change in changes:
        for name, (_, new) in change.fields.items():
            if new is None:
                view.pop(name, None)
            else:
                view[name] = new
    return view
