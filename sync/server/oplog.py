"""The append-only log of everything devices said, and the two shelves for what could not be applied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Json

from app.domain.change import Outcome, Receipt
from sync.protocol.canonical import content_hash
from sync.protocol.merge import Disagreement
from sync.protocol.messages import Op
from sync.server import blob_refs
from sync.server.devices import Device
from sync.server.postgres import Connection


@dataclass(frozen=True)
class Entry:
    """One op with the verdict it was given; `beside` holds the values that were set aside."""

    seq: int
    op: Op
    outcome: Outcome
    reason: str = ""
    beside: tuple[Disagreement, ...] = ()
    server_seqs: Mapping[str, int] | None = None  # who wrote what stands there, by field


@dataclass(frozen=True)
class Known:
    """What the log already says about the ops of a batch."""

    receipts: Mapping[tuple[str, bytes], Receipt]
    ids: frozenset[str]


def hash_of(op: Op) -> bytes:
    """The 32 bytes by which a repeat is told from another op under the same id."""
    return content_hash(op.payload)


def known(connection: Connection, county: str, ops: Sequence[Op]) -> Known:
    """Receipts already given for these ops, by (id, hash), and the ids that have been used."""
    rows = connection.execute(
        "SELECT op, hash, outcome, seq FROM op WHERE county = %s AND op = ANY(%s)",
        (county, [op.id for op in ops]),
    ).fetchall()
    return Known(
        {
            (row["op"], bytes(row["hash"])): Receipt(row["op"], Outcome(row["outcome"]), row["seq"])
            for row in rows
        },
        frozenset(row["op"] for row in rows),
    )


def append(connection: Connection, device: Device, entries: Iterable[Entry], at: datetime) -> None:
    """Writes ops to the log, and sets aside whole whatever of them was not applied."""
    entries = tuple(entries)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO op (county, seq, op, hash, bucket, record, type, device, replica, worker,"
            " payload, outcome, reason, received_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    device.county,
                    entry.seq,
                    entry.op.id,
                    hash_of(entry.op),
                    entry.op.bucket,
                    entry.op.record,
                    entry.op.type,
                    device.device,
                    device.replica,
                    device.worker,
                    _json(entry.op.payload),
                    entry.outcome.value,
                    entry.reason,
                    at,
                )
                for entry in entries
            ],
        )
    _quarantine(connection, device, [e for e in entries if e.outcome is Outcome.QUARANTINED], at)
    _conflicts(connection, device, [e for e in entries if e.beside], at)
    aside = [(e.seq, e.op) for e in entries if e.beside or e.outcome is Outcome.QUARANTINED]
    blob_refs.note_aside(connection, device.county, aside)


def _quarantine(connection: Connection, device: Device, entries: Sequence[Entry], at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO quarantine (county, seq, reason, bucket, record, type, payload, worker, opened_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    device.county,
                    entry.seq,
                    entry.reason,
                    entry.op.bucket,
                    entry.op.record,
                    entry.op.type,
                    _json(entry.op.payload),
                    device.worker,
                    at,
                )
                for entry in entries
            ],
        )


def _conflicts(connection: Connection, device: Device, entries: Sequence[Entry], at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO conflict (county, seq, field, kind, bucket, record, type, base, server, server_seq,"
            " client, worker, opened_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    device.county,
                    entry.seq,
                    one.field,
                    one.kind.value,
                    entry.op.bucket,
                    entry.op.record,
                    entry.op.type,
                    _json(one.base),
                    _json(one.server),
                    (entry.server_seqs or {}).get(one.field),
                    _json(one.client),
                    device.worker,
                    at,
                )
                for entry in entries
                for one in entry.beside
            ],
        )


def _json(value: Any) -> Json:
    """ASCII escapes only, so that even text PostgreSQL cannot hold is kept letter by letter."""
    return Json(value, dumps=lambda raw: json.dumps(raw, ensure_ascii=True, separators=(",", ":")))
