"""The county's records: loading those a batch touches, writing them back, and reading on from a cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg.rows import DictRow

from app.domain import mark
from app.domain.change import Incoming
from app.domain.problem import UserError
from sync.protocol.canonical import raw_size
from sync.protocol.limits import REPLY_BYTES
from sync.protocol.merge import Held
from sync.protocol.messages import bucket_of, village_of
from sync.protocol.wire import row_of
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


@dataclass(frozen=True)
class Echo:
    """Which rows need not travel whole: those `replica` wrote last can be made by it, except the `whole`."""

    replica: str = ""
    whole: frozenset[str] = frozenset()

    def of(self, row: Incoming, writer: str) -> Incoming:
        """The row as it travels."""
        ours = self.replica and writer == self.replica and row.record not in self.whole
        if not ours or row.deleted or row.left:
            return row
        return replace(row, body={}, echo=mark.of_body(row.body))


NO_ECHO = Echo()


@dataclass(frozen=True)
class Page:
    """What one reply carries: rows in order, where every village now stands, and whether to go on."""

    rows: tuple[Incoming, ...]
    cursors: Mapping[str, int]
    more: bool


def load(connection: Connection, county: str, records: Iterable[str]) -> dict[str, Row]:
    """Those of `records` that exist, by id."""
    rows = connection.execute(f"{WHOLE_ROW} WHERE county = %s AND record = ANY(%s)", (county, list(records)))
    return {row["record"]: _row(row) for row in rows}


def open_cases(connection: Connection, county: str, records: Iterable[str]) -> list[Row]:
    """The cases nobody has decided yet that are about one of `records`."""
    rows = connection.execute(
        f"{WHOLE_ROW} WHERE county = %s AND type = 'conflict' AND NOT deleted AND body->>'state' = 'open'"
        " AND body->>'of' = ANY(%s)",
        (county, list(records)),
    )
    return [_row(row) for row in rows]


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


def _row(row: DictRow) -> Row:
    return Row(
        row["record"],
        row["bucket"],
        row["rev"],
        Held(row["type"], row["body"], row["deleted"]),
        row["written"],
        row["last_replica"],
    )


def save(connection: Connection, county: str, rows: Iterable[Row]) -> None:
    """Writes records back, new or changed, and notes which files they name."""
    rows = tuple(rows)
    named = {row.record: (row.bucket, None if row.held.deleted else dict(row.held.body)) for row in rows}
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


def page(
    connection: Connection,
    county: str,
    buckets: Sequence[str],
    cursors: Mapping[str, int],
    high: int,
    limit: int,
    echo: Echo = NO_ECHO,
) -> Page:
    """The next rows of each bucket after its cursor (by village code), at most `limit` together.

    A bucket read to its end stands at `high`, the last number this transaction can see; one that was
    cut stands at the last row given.
    """
    rows: list[Incoming] = []
    after = {}
    more = False
    size = 0
    for bucket in buckets:
        village = village_of(bucket)
        if village is None:
            continue
        cursor = cursors.get(village, 0)
        room = limit - len(rows)
        found = _after(connection, county, bucket, village, cursor, room + 1) if not more else []
        taken = 0
        for row in (echo.of(*one) for one in found[:room]):
            if rows and size >= REPLY_BYTES:
                break
            rows.append(row)
            size += raw_size(row_of(row))
            cursor, taken = row.revision, taken + 1
        more = more or taken < len(found)
        after[village] = cursor if more else high
    return Page(tuple(rows), after, more)


def _after(
    connection: Connection, county: str, bucket: str, village: str, cursor: int, limit: int
) -> list[tuple[Incoming, str]]:
    """Each row with the replica that wrote it last."""
    rows = connection.execute(
        "(SELECT record, type, rev, deleted, body, last_replica, false AS gone FROM record"
        " WHERE county = %(county)s AND bucket = %(bucket)s AND rev > %(cursor)s"
        " ORDER BY rev LIMIT %(limit)s)"
        " UNION ALL"
        " (SELECT record, type, rev, false, '{}'::jsonb, '', true FROM moved_out WHERE county = %(county)s"
        " AND bucket = %(bucket)s AND rev > %(cursor)s ORDER BY rev LIMIT %(limit)s)"
        " ORDER BY rev LIMIT %(limit)s",
        {"county": county, "bucket": bucket, "cursor": cursor, "limit": limit},
    )
    return [
        (
            Incoming(
                row["record"], row["type"], village, row["rev"], row["deleted"], row["body"], row["gone"]
            ),
            row["last_replica"],
        )
        for row in rows
    ]
