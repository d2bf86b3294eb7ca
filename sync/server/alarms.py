"""What somebody at the county has to look at: raised here, closed by what mends it or by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sync.server.postgres import Connection


@dataclass(frozen=True)
class Alarm:
    """`kind` is the code of what happened, `subject` the id of the device or record it is about."""

    kind: str
    subject: str
    detail: str
    raised_at: datetime


def sound(
    connection: Connection, county: str, kind: str, subject: str, at: datetime, detail: str = ""
) -> None:
    """Write it down once while it is open. `detail` names numbers and codes, never what a field holds."""
    connection.execute(
        "INSERT INTO alarm (county, kind, subject, detail, raised_at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (county, kind, subject, detail, at),
    )


def still_open(connection: Connection, county: str) -> tuple[Alarm, ...]:
    """What nobody has closed yet, oldest first."""
    rows = connection.execute(
        "SELECT kind, subject, detail, raised_at FROM alarm"
        " WHERE county = %s AND closed_at IS NULL ORDER BY no",
        (county,),
    )
    return tuple(Alarm(row["kind"], row["subject"], row["detail"], row["raised_at"]) for row in rows)


def close(connection: Connection, county: str, at: datetime, *, kind: str, subject: str = "") -> int:
    """Close those of `kind` (about `subject`, or about anything); returns how many."""
    done = connection.execute(
        "UPDATE alarm SET closed_at = %s WHERE county = %s AND kind = %s AND closed_at IS NULL"
        " AND (%s = '' OR subject = %s)",
        (at, county, kind, subject, subject),
    )
    return done.rowcount
