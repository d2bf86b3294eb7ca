"""The append-only log of everything devices said, and the two shelves for what could not be applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg.types.json import Json

from app.domain.change import Outcome
from sync.protocol.merge import Disagreement
from sync.protocol.messages import Op
from sync.server import blob_refs
from sync.server.devices import Device
from sync.server.many_rows import as_json, as_rows
from sync.server.postgres import Connection


@dataclass(frozen=True)
class Entry:
    """One op with the verdict it was given, and `by` whom the log says it came; `beside` holds the values
    that were set aside, `cases` the case of each by field. The county's `own` get no receipt."""

    seq: int
    op: Op
    outcome: Outcome
    by: Device
    reason: str = ""
    beside: tuple[Disagreement, ...] = ()
    server_seqs: Mapping[str, int] | None = None  # who wrote what stands there, by field
    cases: Mapping[str, str] = field(default_factory=dict)
    own: bool = False


def hash_of(op: Op) -> bytes:
    """The 32 bytes by which a repeat is told from another op under the same id."""
    return op.hash


def holds(connection: Connection, county: str, op: str) -> bool:
    """Whether an op of this id is in the log."""
    row = connection.execute(
        "SELECT 1 FROM op WHERE county = %s AND op = %s LIMIT 1", (county, op)
    ).fetchone()
    return row is not None


def append(connection: Connection, county: str, entries: Iterable[Entry], at: datetime) -> None:
    """Writes ops to the log, and sets aside whole whatever of them was not applied."""
    entries = tuple(entries)
    connection.execute(
        "INSERT INTO op (county, seq, op, hash, bucket, record, type, device, replica, worker,"
        " payload, outcome, reason, received_at)"
        " SELECT %s, seq, op, decode(hash, 'hex'), bucket, record, type, device, replica, worker,"
        " payload::json, outcome, reason, %s FROM json_to_recordset(%s::json) AS new (seq bigint, op text,"
        " hash text, bucket text, record text, type text, device text, replica text, worker text,"
        " payload text, outcome text, reason text)",
        (county, at, as_rows(map(_line, entries))),
    )
    _quarantine(connection, county, [e for e in entries if e.outcome is Outcome.QUARANTINED], at)
    _conflicts(connection, county, [e for e in entries if e.beside], at)
    aside = [(e.seq, e.op) for e in entries if e.beside or e.outcome is Outcome.QUARANTINED]
    blob_refs.note_aside(connection, county, aside)


def _line(entry: Entry) -> dict[str, Any]:
    op, by = entry.op, entry.by
    return {
        "seq": entry.seq, "op": op.id, "hash": hash_of(op).hex(), "bucket": op.bucket, "record": op.record,
        "type": op.type, "device": by.device, "replica": by.replica, "worker": by.worker,
        "payload": op.spelt.decode("ascii"), "outcome": entry.outcome.value, "reason": entry.reason,
    }  # fmt: skip


def _quarantine(connection: Connection, county: str, entries: Sequence[Entry], at: datetime) -> None:
    if not entries:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO quarantine (county, seq, reason, bucket, record, type, payload, worker, opened_at,"
            " op, device) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    county,
                    entry.seq,
                    entry.reason,
                    entry.op.bucket,
                    entry.op.record,
                    entry.op.type,
                    _json(entry.op.payload),
                    entry.by.worker,
                    at,
                    entry.op.id,
                    entry.by.device,
                )
                for entry in entries
            ],
        )


def _conflicts(connection: Connection, county: str, entries: Sequence[Entry], at: datetime) -> None:
    if not entries:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO conflict (county, seq, field, kind, bucket, record, type, base, server, server_seq,"
            " client, worker, opened_at, case_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    county,
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
                    entry.by.worker,
                    at,
                    entry.cases.get(one.field, ""),
                )
                for entry in entries
                for one in entry.beside
            ],
        )


def close_cases(connection: Connection, county: str, cases: Sequence[str]) -> None:
    """Mark what was set aside as decided, where its case is one of `cases`."""
    connection.execute(
        "UPDATE conflict SET status = 'decided' WHERE county = %s AND case_id = ANY(%s) AND status = 'open'",
        (county, list(cases)),
    )


def waiting(connection: Connection, county: str, record: str) -> list[dict[str, Any]]:
    """The changes that wait for `record` to be known, oldest first."""
    return connection.execute(
        "SELECT seq, bucket, payload, worker, device FROM quarantine WHERE county = %s AND record = %s"
        " AND status = 'open' AND reason = 'unknown_record' ORDER BY seq",
        (county, record),
    ).fetchall()


def settle(connection: Connection, settled: Iterable[tuple[Any, ...]]) -> None:
    """Note what became of quarantined changes, as (number, when, by whom, outcome, county, number before)."""
    rows = list(settled)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE quarantine SET status = 'released', settled_seq = %s, settled_at = %s,"
                " settled_by = %s, outcome = %s WHERE county = %s AND seq = %s",
                rows,
            )


def written_by(connection: Connection, county: str, seq: int) -> tuple[str, str, str] | None:
    """(worker, time by her clock, op id) of the op with this number, if the log holds it."""
    row = connection.execute(
        "SELECT worker, payload->>'at' AS at, op FROM op WHERE county = %s AND seq = %s", (county, seq)
    ).fetchone()
    return (row["worker"], row["at"] or "", row["op"]) if row else None


def taken_by(deletion: Mapping[str, Any]) -> dict[str, Any]:
    """The body a record had before `deletion`, the payload of an op: every deletion says what it took."""
    return {name: old for name, (old, _) in deletion["f"].items()}


def before_deletion(connection: Connection, county: str, record: str) -> dict[str, Any]:
    """The body a record had before the last deletion the log holds of it."""
    row = connection.execute(
        "SELECT payload FROM op WHERE county = %s AND record = %s AND payload->>'k' = 'del'"
        " AND outcome = 'applied' ORDER BY seq DESC LIMIT 1",
        (county, record),
    ).fetchone()
    return taken_by(row["payload"]) if row else {}


def _json(value: Any) -> Json:
    return Json(value, dumps=as_json)
