"""The county's records: loading those a batch touches, writing them back, moving one to another village."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from psycopg.rows import DictRow

from app.domain.problem import UserError
from sync.protocol.blobs import named_in
from sync.protocol.merge import Held
from sync.protocol.messages import bucket_of
from sync.server import blob_refs
from sync.server.county import lock, take_numbers, villages_in
from sync.server.many_rows import as_rows
from sync.server.postgres import Connection

WHOLE_ROW = "SELECT record, type, bucket, rev, deleted, body, written, last_replica FROM record"


@dataclass
class Row:
    """One record while a batch works on it. `written` maps a field to the number that last changed it."""

    record: str
    bucket: str
    rev: int
    held: Held
    written: dict[str, int]
    replica: str


def load(connection: Connection, county: str, records: Iterable[str]) -> dict[str, Row]:
    """Those of `records` that exist, by id."""
    rows = connection.execute(f"{WHOLE_ROW} WHERE county = %s AND record = ANY(%s)", (county, list(records)))
    return {row["record"]: read(row) for row in rows}


def persons_with(connection: Connection, county: str, numbers: Iterable[str]) -> dict[str, dict[str, str]]:
    """Who has each of these identity numbers, as {number: {person: bucket}}."""
    wanted = list(numbers)
    if not wanted:
        return {}
    rows = connection.execute(
        "SELECT record, bucket, body->>'id_number' AS number FROM record WHERE county = %s"
        " AND type = 'person' AND NOT deleted AND body->>'id_number' = ANY(%s)",
        (county, wanted),
    )
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["number"], {})[row["record"]] = row["bucket"]
    return found


def read(row: DictRow) -> Row:
    """The record in a row of `WHOLE_ROW`."""
    return Row(
        row["record"],
        row["bucket"],
        row["rev"],
        Held(row["type"], row["body"], row["deleted"]),
        row["written"],
        row["last_replica"],
    )


def save(
    connection: Connection, county: str, rows: Iterable[Row], fresh: Container[str] = frozenset()
) -> None:
    """Writes records back, new or changed, and notes which files they name; `fresh` did not exist before."""
    rows = tuple(rows)
    named = {
        row.record: (row.bucket, body)
        for row in rows
        for body in [None if row.held.deleted else dict(row.held.body)]
        if row.record not in fresh or any(named_in(body))
    }
    if named:
        blob_refs.note(connection, county, named)
    connection.execute(
        "INSERT INTO record (county, record, type, bucket, rev, deleted, body, written, last_replica)"
        " SELECT %s, record, type, bucket, rev, deleted, body, written, replica"
        " FROM json_to_recordset(%s::json) AS new (record text, type text, bucket text, rev bigint,"
        " deleted boolean, body jsonb, written jsonb, replica text)"
        " ON CONFLICT (county, record) DO UPDATE SET"
        " rev = excluded.rev, deleted = excluded.deleted, body = excluded.body,"
        " written = excluded.written, last_replica = excluded.last_replica",
        (county, as_rows(map(_told, rows))),
    )


def _told(row: Row) -> dict[str, Any]:
    return {
        "record": row.record, "type": row.held.type, "bucket": row.bucket, "rev": row.rev,
        "deleted": row.held.deleted, "body": dict(row.held.body), "written": row.written,
        "replica": row.replica,
    }  # fmt: skip


def relocate(connection: Connection, county: str, record: str, village: str) -> int:
    """Moves a record to another village and leaves a marker behind; returns the commit number.

    Devices of the old village are told that it left, those of the new one get it whole. Raises
    UserError when there is no such record or village.
    """
    bucket = bucket_of(village)
    if not villages_in(connection, county, [bucket]):
        raise UserError(f"县里还没有 {village} 这个村。", field="village")
    with connection.transaction():
        lock(connection, county)
        row = load(connection, county, [record]).get(record)
        if row is None:
            raise UserError(f"县里没有这条资料：{record}", field="record")
        if row.bucket == bucket:
            return row.rev
        seq = take_numbers(connection, county, 1)
        connection.execute(
            "INSERT INTO moved_out (county, bucket, record, type, rev) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (county, bucket, record) DO UPDATE SET rev = excluded.rev",
            (county, row.bucket, record, row.held.type, seq),
        )
        connection.execute(
            "DELETE FROM moved_out WHERE county = %s AND bucket = %s AND record = %s",
            (county, bucket, record),
        )
        connection.execute(
            "UPDATE record SET bucket = %s, rev = %s WHERE county = %s AND record = %s",
            (bucket, seq, county, record),
        )
    return seq
