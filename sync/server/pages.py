"""What a reply carries: each village read on from the device's cursor, as far as one reply goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain import mark
from app.domain.change import Incoming
from sync.protocol.canonical import raw_size
from sync.protocol.limits import REPLY_BYTES
from sync.protocol.messages import bucket_of, village_of
from sync.server.postgres import Connection
from sync.server.records import Row

ROW_BYTES = 160  # of a row without its body: ids, type, number, and the mark of an echo


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
        return Incoming(
            row.record,
            row.type,
            row.village,
            row.revision,
            deleted=False,
            body={},
            echo=mark.of_body(row.body),
        )


NO_ECHO = Echo()
# Rows of a bucket beyond a cursor, in order, at most so many: each with the replica that wrote it last.
After = Callable[[str, int, int], list[tuple[Incoming, str]]]


@dataclass(frozen=True)
class Page:
    """What one reply carries: rows in order, where every village now stands, whether to go on, and how many
    rows come then, 0 where nobody counted."""

    rows: tuple[Incoming, ...]
    cursors: Mapping[str, int]
    more: bool
    left: int = 0


def page(
    after: After,
    buckets: Sequence[str],
    cursors: Mapping[str, int],
    high: int,
    limit: int,
    echo: Echo = NO_ECHO,
) -> Page:
    """The next rows of each bucket after its cursor (by village code), at most `limit` together.

    `after` gives them: those `kept` in the database, or `among` the ones just written. A bucket read to its
    end stands at `high`, the last number this transaction can see; one that was cut at the last row given.
    """
    rows: list[Incoming] = []
    stand = {}
    more = False
    size = 0
    for bucket in buckets:
        village = village_of(bucket)
        if village is None:
            continue
        cursor = cursors.get(village, 0)
        room = limit - len(rows)
        found = after(bucket, cursor, room + 1) if not more else []
        taken = 0
        for row in (echo.of(*one) for one in found[:room]):
            if rows and size >= REPLY_BYTES:
                break
            rows.append(row)
            size += ROW_BYTES + (raw_size(row.body) if row.body else 0)
            cursor, taken = row.revision, taken + 1
        more = more or taken < len(found)
        stand[village] = cursor if more else high
    return Page(tuple(rows), stand, more)


def left(connection: Connection, county: str, cursors: Mapping[str, int]) -> int:
    """How many rows lie beyond `cursors`, by village code: what is still to come."""
    row = connection.execute(
        "SELECT sum((SELECT count(*) FROM record r WHERE r.county = %(county)s AND r.bucket = c.bucket"
        "  AND r.rev > c.rev) + (SELECT count(*) FROM moved_out m WHERE m.county = %(county)s"
        "  AND m.bucket = c.bucket AND m.rev > c.rev)) AS n"
        " FROM unnest(%(buckets)s::text[], %(revs)s::bigint[]) AS c (bucket, rev)",
        {"county": county, "buckets": [bucket_of(code) for code in cursors], "revs": list(cursors.values())},
    ).fetchone()
    return int(row["n"] or 0) if row is not None else 0


def kept(connection: Connection, county: str) -> After:
    """The rows the database holds."""
    return lambda bucket, cursor, limit: _after(connection, county, bucket, cursor, limit)


def among(rows: Iterable[Row]) -> After:
    """The rows a batch has just written: where nothing else lies beyond the cursors, nothing need be read."""
    ordered = sorted(rows, key=lambda row: row.rev)

    def after(bucket: str, cursor: int, limit: int) -> list[tuple[Incoming, str]]:
        here = (row for row in ordered if row.bucket == bucket and row.rev > cursor)
        return [(_as_told(row), row.replica) for row in islice(here, limit)]

    return after


def _as_told(row: Row) -> Incoming:
    held = row.held
    village = village_of(row.bucket) or ""
    return Incoming(row.record, held.type, village, row.rev, held.deleted, dict(held.body), left=False)


def _after(
    connection: Connection, county: str, bucket: str, cursor: int, limit: int
) -> list[tuple[Incoming, str]]:
    village = village_of(bucket) or ""
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
