"""The county itself: its name, its villages, the life of its numbering, and the lock on its numbers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.problem import UserError
from sync.protocol.messages import bucket_of, village_of
from sync.server.postgres import Connection

LOCK_SPACE = 0x5346  # keeps our advisory locks apart from anyone else's in the same database


@dataclass(frozen=True)
class Standing:
    """Where the county's numbering stands: its epoch, the last commit number, the last one backed up.

    `halted`: a device has heard more than this county ever said; it takes nothing in until a person looked.
    """

    epoch: str
    last: int
    durable: int
    halted: bool = False


def found(connection: Connection, county: str, name: str, at: datetime) -> None:
    """Enters a county (6-digit code). Repeating it only renames. Raises UserError on a bad code."""
    if not re.fullmatch(r"[0-9]{6}", county) or not name.strip():
        raise UserError("县的代码是 6 位数字，还要有名称。", field="county")
    with connection.transaction():
        connection.execute(
            "INSERT INTO county (county, name, created_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (county) DO UPDATE SET name = excluded.name",
            (county, name.strip(), at),
        )
        connection.execute("INSERT INTO sequence (county) VALUES (%s) ON CONFLICT DO NOTHING", (county,))
        connection.execute("INSERT INTO stick_key (county) VALUES (%s) ON CONFLICT DO NOTHING", (county,))
        connection.execute("INSERT INTO id_key (county) VALUES (%s) ON CONFLICT DO NOTHING", (county,))
        connection.execute(
            "INSERT INTO epoch (county, no, id, from_seq, started_at) VALUES (%s, 1, %s, 0, %s)"
            " ON CONFLICT DO NOTHING",
            (county, secrets.token_hex(8), at),
        )


def add_village(connection: Connection, village: str, name: str) -> None:
    """Enters or renames a village (12-digit code). Raises UserError when its county is not entered."""
    if not re.fullmatch(r"[0-9]{12}", village) or not name.strip():
        raise UserError("村的代码是 12 位数字，还要有名称。", field="village")
    must_be_there(connection, village[:6])
    connection.execute(
        "INSERT INTO village (county, village, name) VALUES (%s, %s, %s)"
        " ON CONFLICT (county, village) DO UPDATE SET name = excluded.name",
        (village[:6], village, name.strip()),
    )


def name_of(connection: Connection, county: str) -> str:
    """The county's name."""
    row = connection.execute("SELECT name FROM county WHERE county = %s", (county,)).fetchone()
    return str(row["name"]) if row else ""


def must_be_there(connection: Connection, county: str) -> None:
    """Raises UserError for a county that was never entered."""
    if not name_of(connection, county):
        raise UserError(f"还没有建 {county} 这个县。先运行 init。", field="county")


def worker_name(connection: Connection, county: str, worker: str) -> str:
    """The name of one of the county's workers, "" for one it does not know."""
    row = connection.execute(
        "SELECT name FROM worker WHERE county = %s AND worker = %s", (county, worker)
    ).fetchone()
    return str(row["name"]) if row else ""


def villages_in(connection: Connection, county: str, buckets: Iterable[str]) -> dict[str, str]:
    """Names of the villages among `buckets`, by code."""
    codes = [code for bucket in buckets if (code := village_of(bucket)) is not None]
    rows = connection.execute(
        "SELECT village, name FROM village WHERE county = %s AND village = ANY(%s) ORDER BY village",
        (county, codes),
    )
    return {row["village"]: row["name"] for row in rows}


def buckets(connection: Connection, county: str) -> tuple[str, ...]:
    """Every village of the county, as buckets."""
    rows = connection.execute("SELECT village FROM village WHERE county = %s ORDER BY village", (county,))
    return tuple(bucket_of(row["village"]) for row in rows)


def scope_of(connection: Connection, county: str, worker: str) -> tuple[str, ...]:
    """The buckets a worker may read and write, in order."""
    rows = connection.execute(
        "SELECT bucket FROM scope WHERE county = %s AND worker = %s ORDER BY bucket", (county, worker)
    )
    return tuple(row["bucket"] for row in rows)


def set_scope(connection: Connection, county: str, worker: str, villages: Iterable[str]) -> None:
    """Gives a worker exactly these villages; a village taken away stays in the county."""
    buckets = [bucket_of(village) for village in villages]
    with connection.transaction():
        connection.execute("DELETE FROM scope WHERE county = %s AND worker = %s", (county, worker))
        for bucket in buckets:
            connection.execute("INSERT INTO scope VALUES (%s, %s, %s)", (county, worker, bucket))


def standing(connection: Connection, county: str) -> Standing:
    """The numbering as this transaction sees it."""
    row = connection.execute(
        "SELECT id, last, durable, EXISTS (SELECT FROM alarm a WHERE a.county = sequence.county"
        "  AND kind = 'cursor_ahead' AND closed_at IS NULL) AS halted FROM sequence JOIN epoch USING (county)"
        " WHERE county = %s ORDER BY no DESC LIMIT 1",
        (county,),
    ).fetchone()
    assert row is not None, "a device always belongs to a county that has been entered"
    return Standing(row["id"], row["last"], row["durable"], row["halted"])


def lock(connection: Connection, county: str) -> None:
    """Takes the county's numbers until the transaction ends.

    Whoever commits next has the next numbers, so a cursor that has seen N has seen all before N. A
    sequence object gives numbers out of commit order, and a cursor would then skip rows for ever.
    """
    connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_SPACE, int(county)))


def take_numbers(connection: Connection, county: str, count: int) -> int:
    """Reserves `count` commit numbers and returns the first. Needs the lock."""
    return ask_numbers(connection, county, count)()


def ask_numbers(connection: Connection, county: str, count: int) -> Callable[[], int]:
    """The same, asked now and read when it is needed."""
    taken = connection.execute(
        "UPDATE sequence SET last = last + %s WHERE county = %s RETURNING last", (count, county)
    )

    def first() -> int:
        row = taken.fetchone()
        assert row is not None, "a device always belongs to a county that has been entered"
        return int(row["last"]) - count + 1

    return first
