"""What the county itself hands to its villages: new records, each once however often it is handed out.

An id is made of what a thing is, under a secret that never leaves the county: the same list given twice
makes nothing twice, and nobody can work out from an id whose identity number went into it.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from app.domain.record import Json, Record, to_body
from sync.protocol.cases import Writer
from sync.protocol.merge import Held
from sync.protocol.messages import bucket_of
from sync.server import at_hand, county, records
from sync.server import batch as batches
from sync.server.batch import COUNTY, Batch
from sync.server.devices import Device
from sync.server.postgres import Connection


@dataclass(frozen=True)
class Given:
    """How many records are new, and how many were there already and stay as they are."""

    new: int = 0
    known: int = 0

    def __add__(self, other: Given) -> Given:
        return Given(self.new + other.new, self.known + other.known)


def ids_of(connection: Connection, place: str, things: Sequence[Sequence[str]]) -> list[str]:
    """The id of each thing, which is what its words say it is: one given before keeps the id it has."""
    key, former = _secret(connection, place), _former(connection, place)
    before = [_id_of(former, words) for words in things]
    rows = connection.execute(
        "SELECT record FROM record WHERE county = %s AND record = ANY(%s)", (place, before)
    )
    there = {row["record"] for row in rows}
    pairs = zip(before, things, strict=True)
    return [old if old in there else _id_of(key, words) for old, words in pairs]


def _secret(connection: Connection, place: str) -> bytes:
    """What ids of this county are made under. It has a row of its own: every backup has it, no change of
    another key makes a list new that was given before, and no computer is told it."""
    row = connection.execute("SELECT seed FROM id_key WHERE county = %s", (place,)).fetchone()
    assert row is not None, "every county has one from its first day"
    return bytes(row["seed"])


def _former(connection: Connection, place: str) -> bytes:
    """What ids were made under once: the first life of the numbering, which every computer knows. Nothing
    is given under it any more; what was keeps its id, or a list given again would come twice."""
    row = connection.execute(
        "SELECT id FROM epoch WHERE county = %s ORDER BY no LIMIT 1", (place,)
    ).fetchone()
    assert row is not None, "a county has a first life from when it was entered"
    return str(row["id"]).encode()


def _id_of(key: bytes, parts: Sequence[str]) -> str:
    """A UUID of version 8 (RFC 9562 §5.8)."""
    digest = hmac.digest(key, "\x1f".join(parts).encode(), sha256)
    high = int.from_bytes(digest[:8]) & ~0xF000 | 0x8000
    low = int.from_bytes(digest[8:16]) & (1 << 62) - 1 | 1 << 63
    return str(UUID(int=high << 64 | low))


def give(connection: Connection, place: str, made: Sequence[Record], why: str, at: datetime) -> Given:
    """Enter those of `made` that are not there yet, all or none, for the next sync of their villages.

    One that is there, also one that was taken away, is left as people have made it since.
    """
    with connection.transaction():
        work = _work(connection, place, [one.id for one in made], at)
        fresh = {one.id: one for one in made if one.id not in work.held}
        for one in fresh.values():
            held = Held(one.TYPE, to_body(one))
            work.own(None, one.id, bucket_of(one.village), held, _writer(at), why)
        if fresh:
            batches.finish(work)
    return Given(len(fresh), len({one.id for one in made}) - len(fresh))


def change(
    connection: Connection, place: str, ids: Sequence[str], after: dict[str, Json], why: str, at: datetime
) -> int:
    """Set the fields `after` of records the county gave; how many were changed by that."""
    with connection.transaction():
        work = _work(connection, place, ids, at)
        count = 0
        for row in list(work.held.values()):
            body = {**row.held.body, **after}
            if not row.held.deleted and body != row.held.body:
                work.own(row, row.record, row.bucket, replace(row.held, body=body), _writer(at), why)
                count += 1
        if count:
            batches.finish(work)
    return count


def _work(connection: Connection, place: str, ids: Sequence[str], at: datetime) -> Batch:
    county.lock(connection, place)
    last = county.standing(connection, place).last
    work = batches.begin(connection, Device(place, COUNTY, COUNTY, COUNTY), (), (), at_hand.NOTHING, at, last)
    work.held = records.load(connection, place, ids)
    return work


def _writer(at: datetime) -> Writer:
    return Writer(COUNTY, "", at.isoformat())
