"""What this computer does when the county begins a new life (epoch): it says again what that one may lack.

The county was put back from a backup and tells up to which number it still has everything. What it had
acknowledged after that waits again. Copies of records it had given out after that are kept to be offered: a
record whose author's computer is gone comes back from a colleague's. Their revision is negative until the
county has heard of them, or has a newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from app.domain.change import Earlier, Incoming
from app.domain.ids import new_id
from app.store.cipher import faults, stored
from app.store.files_waiting import note_backup
from app.store.finder import Finder
from app.store.meta import Meta
from app.store.scopes import forget_strays
from app.store.serials import jump_over, raise_serials

KEPT = "kept_upto"  # in meta: the last number of the lives before that the present one still has
FORMER = "former"  # in meta: numbers that applied changes had in a life the county has lost
COPIES = "copies"  # in meta: whether copies may still have to be offered
OFFERED = "offered"  # in meta: whether some that were offered may stand here still


class Lives:
    """The part of the ledger that outlives a county's restore. Every method is one transaction."""

    _db: Database
    _meta: Meta
    _finder: Finder
    _settled: Callable[[frozenset[str]], None]

    def begin_life(self, epoch: str, kept_upto: int, at: datetime) -> None:
        """Go on under the county's life `epoch`, which has everything up to `kept_upto` of the one before.

        What it lacks waits since `at`."""
        with faults(), self._db.atomic():
            forget_numbers(self._db, self._meta, kept_upto, at)
            self._meta.set("epoch", epoch)

    def go_apart(self, at: datetime) -> None:
        """Another copy of this file goes on under its replica: take a new one, and never again give a number
        that the other may have given. What waits goes on waiting."""
        with faults(), self._db.atomic():
            device = self._meta.device()
            since = self._meta.synced_at() or at  # whatever happened to this file, it was as it is then
            raise_serials(self._meta, {}, jump_over(since, at), (since, at))
            self._meta.set_device(replace(device, replica=new_id(at)))
            self._meta.set_was(device.was or device.replica, apart=True)
            self._meta.set_link("")

    @faults()
    def earlier(self, limit_bytes: int) -> Earlier:
        """What is still to be said of a life before; of the copies about `limit_bytes` of JSON, or one."""
        former = self._meta.get(FORMER) or {}
        if not self._meta.get(COPIES):
            return Earlier(former=former)
        chosen: list[Incoming] = []
        size = 0
        for row in self._db.execute(
            "SELECT id, type, county_village, -revision, county_deleted, county_body FROM record"
            " WHERE revision < 0 ORDER BY id"
        ):
            size += len(row[5].encode())
            if chosen and size > limit_bytes:
                break
            chosen.append(_copy(*row))
        if not chosen:
            self._meta.set(COPIES, None)
        return Earlier(tuple(chosen), former)

    def heard(self, records: Sequence[str], durable: int) -> None:
        """The county has heard of the copies of these records, and took what it lacked; everything up to
        `durable` is in a verified backup. What is no longer ours is forgotten."""
        with faults(), self._db.atomic():
            note_backup(self._meta, durable)
            self._db.conn.executemany(
                "UPDATE record SET revision = 0 WHERE id = ? AND revision < 0", [(one,) for one in records]
            )
            villages = self._meta.device().villages
            gone = forget_strays(self._db, self._meta, self._finder, villages, durable)
        if gone:
            self._settled(frozenset(gone))


def forget_numbers(db: Database, meta: Meta, kept_upto: int, at: datetime | None) -> None:
    """Everything the county numbered after `kept_upto` waits again, since `at`, and all villages are read
    anew.

    Called inside a transaction.
    """
    rows = db.execute(
        "SELECT change, seq FROM outbox WHERE seq > ? AND outcome = 'applied'", [kept_upto]
    ).fetchall()
    meta.set(FORMER, {**dict(rows), **(meta.get(FORMER) or {})} or None)
    since = at.isoformat() if at is not None else ""
    db.execute("UPDATE outbox SET waits_since = ? WHERE seq > ?", [since, kept_upto])
    db.execute("UPDATE outbox SET seq = NULL, outcome = NULL, reason = '' WHERE seq > ?", [kept_upto])
    meta.set(KEPT, kept_upto)
    # What left our villages is not ours to offer.
    db.execute("UPDATE record SET revision = 0 WHERE revision > ? AND county_village = ''", [kept_upto])
    db.execute("UPDATE record SET revision = -revision WHERE revision > ?", [kept_upto])
    db.execute("DELETE FROM cursor")
    db.execute("INSERT OR IGNORE INTO file_waiting SELECT id FROM attachment")  # it may lack files too
    meta.set(COPIES, True)
    meta.set(OFFERED, True)


def not_taken(db: Database, meta: Meta, villages: Collection[str]) -> tuple[str, ...]:
    """Records of these villages, all heard to their end, that stand as in a life the county has lost: their
    copies were offered, and the county says nothing of them. Asked once of each life."""
    if not meta.get(OFFERED):
        return ()
    meta.set(OFFERED, None)
    rows = db.execute(
        "SELECT id, county_village FROM record WHERE revision <= 0 AND county_body IS NOT NULL"
    ).fetchall()
    return tuple(str(record) for record, village in rows if village in villages)


def answered(meta: Meta, changes: Sequence[str]) -> None:
    """These changes have a number in the present life. Called inside a transaction."""
    former = meta.get(FORMER)
    if former:
        meta.set(
            FORMER, {change: seq for change, seq in former.items() if change not in set(changes)} or None
        )


def _copy(record: str, kind: str, village: str, revision: int, deleted: int, body: Any) -> Incoming:
    return Incoming(record, kind, village, revision, bool(deleted), {} if deleted else stored(body))
