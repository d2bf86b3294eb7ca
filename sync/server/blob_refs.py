"""Which records name which files: kept with every record that is written and every op that is set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sync.protocol.blobs import named_in
from sync.protocol.messages import Op
from sync.server.postgres import Connection


def note(connection: Connection, county: str, bodies: Mapping[str, tuple[str, object]]) -> None:
    """What each of these records names now; `bodies` gives bucket and body (None: deleted) by record."""
    named = [
        (record, sha256, bucket)
        for record, (bucket, body) in bodies.items()
        for sha256 in dict.fromkeys(named_in(body))
    ]
    records, hashes, buckets = ([one[place] for one in named] for place in range(3))
    connection.execute(
        "DELETE FROM blob_ref r WHERE county = %s AND record = ANY(%s) AND seq = 0 AND NOT EXISTS"
        " (SELECT 1 FROM unnest(%s::text[], %s::text[]) AS named (record, sha256)"
        " WHERE named.record = r.record AND named.sha256 = r.sha256)",
        (county, list(bodies), records, hashes),
    )
    if named:
        connection.execute(
            "INSERT INTO blob_ref (county, record, sha256, bucket)"
            " SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING",
            (county, records, hashes, buckets),
        )


def note_aside(connection: Connection, county: str, ops: Iterable[tuple[int, Op]]) -> None:
    """What ops that were set aside name, by their numbers: it is kept until a person has decided."""
    rows = [
        (county, sha256, op.record, seq, op.bucket)
        for seq, op in ops
        for sha256 in dict.fromkeys(named_in(op.payload.get("f")))
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO blob_ref (county, sha256, record, seq, bucket) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                rows,
            )
