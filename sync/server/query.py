"""What the county holds, for whoever has to show or compare it: counts, whole bodies, open questions."""

from __future__ import annotations

from typing import Any

from app.domain.change import Incoming
from sync.protocol.messages import village_of
from sync.server.postgres import Connection


def holdings(connection: Connection, county: str) -> dict[str, Any]:
    """Counts for one county, ready for JSON.

    `records` is {type: live records}, `states` is {type: {state: live records}} for types that have
    one, `deleted` counts tombstones, `last` is the last commit number.
    """
    kinds = connection.execute(
        "SELECT type, body->>'state' AS state, count(*) AS n FROM record"
        " WHERE county = %s AND NOT deleted GROUP BY 1, 2 ORDER BY 1, 2",
        (county,),
    ).fetchall()
    records: dict[str, int] = {}
    states: dict[str, dict[str, int]] = {}
    for row in kinds:
        records[row["type"]] = records.get(row["type"], 0) + row["n"]
        if row["state"] is not None:
            states.setdefault(row["type"], {})[row["state"]] = row["n"]
    totals = connection.execute(
        "SELECT county.name, last,"
        " (SELECT count(*) FROM record r WHERE r.county = s.county AND deleted) AS deleted,"
        " (SELECT count(*) FROM op WHERE op.county = s.county) AS changes,"
        " (SELECT count(*) FROM conflict c WHERE c.county = s.county AND status = 'open') AS conflicts,"
        " (SELECT count(*) FROM quarantine q WHERE q.county = s.county AND status = 'open') AS quarantined,"
        " (SELECT count(*) FROM device d WHERE d.county = s.county AND revoked_at IS NULL) AS devices"
        " FROM sequence s JOIN county USING (county) WHERE s.county = %s",
        (county,),
    ).fetchone()
    return {"county": county, **(totals or {}), "records": records, "states": states}


def standings(connection: Connection) -> tuple[dict[str, Any], ...]:
    """For each county what a monitor watches; every count is read from an index or a short table."""
    rows = connection.execute(
        "SELECT county, last AS commit_number, durable AS durable_number,"
        " (SELECT count(*) FROM conflict c WHERE c.county = s.county AND status = 'open') AS open_conflicts,"
        " (SELECT count(*) FROM quarantine q WHERE q.county = s.county AND status = 'open')"
        " AS open_quarantine,"
        " (SELECT count(*) FROM alarm a WHERE a.county = s.county AND closed_at IS NULL) AS open_alarms,"
        " (SELECT count(*) FROM device d WHERE d.county = s.county AND revoked_at IS NULL) AS devices,"
        " (SELECT count(*) FROM device d WHERE d.county = s.county AND revoked_at IS NULL"
        "  AND coalesce(seen_at, enrolled_at) < now() - interval '7 days') AS devices_silent"
        " FROM sequence s ORDER BY county"
    )
    return tuple(rows)


def counties(connection: Connection) -> tuple[str, ...]:
    """The codes of the counties kept here."""
    rows = connection.execute("SELECT county FROM county ORDER BY county")
    return tuple(row["county"] for row in rows)


def bodies(connection: Connection, county: str, kind: str) -> tuple[Incoming, ...]:
    """Every live record of one type with its whole body, by id: what a device's file is compared with."""
    rows = connection.execute(
        "SELECT record, type, bucket, rev, deleted, body FROM record"
        " WHERE county = %s AND type = %s AND NOT deleted ORDER BY record",
        (county, kind),
    )
    return tuple(
        Incoming(
            row["record"],
            row["type"],
            village_of(row["bucket"]) or row["bucket"],
            row["rev"],
            row["deleted"],
            row["body"],
        )
        for row in rows
    )


def open_conflicts(connection: Connection, county: str) -> tuple[dict[str, Any], ...]:
    """Disagreements nobody has settled yet, oldest first, with both values and both writers."""
    rows = connection.execute(
        "SELECT c.seq, c.field, c.kind, c.bucket, c.record, c.type, c.base, c.server, c.client,"
        " c.worker, c.server_seq, theirs.worker AS server_worker, c.opened_at"
        " FROM conflict c LEFT JOIN op theirs ON theirs.county = c.county AND theirs.seq = c.server_seq"
        " WHERE c.county = %s AND c.status = 'open' ORDER BY c.seq, c.field",
        (county,),
    )
    return tuple(rows)


def open_quarantine(connection: Connection, county: str) -> tuple[dict[str, Any], ...]:
    """Changes set aside whole, oldest first, with the reason."""
    rows = connection.execute(
        "SELECT seq, reason, bucket, record, type, payload, worker, opened_at FROM quarantine"
        " WHERE county = %s AND status = 'open' ORDER BY seq",
        (county,),
    )
    return tuple(rows)
