"""What the county asks of its computers: set by the clerk, kept with every earlier version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from psycopg.types.json import Jsonb

from app.domain.county_terms import Terms, checked, release_key, terms_in
from app.domain.problem import UserError
from sync.server import county
from sync.server.postgres import Connection


@dataclass(frozen=True)
class Said:
    """One version of the terms, and who set it when."""

    terms: Terms
    by: str
    at: datetime


def history(connection: Connection, code: str) -> tuple[Said, ...]:
    """Every version, the one in force first."""
    rows = connection.execute(
        "SELECT seq, body, set_by, set_at FROM terms WHERE county = %s ORDER BY seq DESC", (code,)
    )
    return tuple(Said(terms_in(row["seq"], row["body"]), row["set_by"], row["set_at"]) for row in rows)


def in_force(connection: Connection, code: str) -> Terms:
    """What holds now; the program's own figures where the county has said nothing."""
    said = history(connection, code)
    return said[0].terms if said else Terms()


def releases(connection: Connection, code: str) -> dict[str, int]:
    """How many computers that are not stopped said each release when they were last heard, oldest release
    first; "" stands for those that never said one."""
    rows = connection.execute(
        "SELECT app, count(*) AS n FROM device WHERE county = %s AND revoked_at IS NULL GROUP BY app", (code,)
    )
    found = {str(row["app"]): int(row["n"]) for row in rows}
    return {app: found[app] for app in sorted(found, key=release_key)}


def change(
    connection: Connection, code: str, by: str, at: datetime, changes: dict[str, str | int | date | None]
) -> Terms:
    """Ask otherwise from now on; `changes` by the names of `Terms`. What nothing changes is not written.

    Raises UserError for what no county may ask, or an unknown county; nothing is changed then.
    """
    if not by.strip():
        raise UserError("写一下是谁定的。", field="by")
    with connection.transaction():
        if not county.name_of(connection, code):
            raise UserError(f"还没有建 {code} 这个县。先运行 init。", field="county")
        county.lock(connection, code)
        before = in_force(connection, code)
        asked: dict[str, Any] = {**changes}
        after = checked(replace(before, **asked))
        if after == before:
            return before
        number = county.take_numbers(connection, code, 1)
        connection.execute(
            "INSERT INTO terms (county, seq, body, set_by, set_at) VALUES (%s, %s, %s, %s, %s)",
            (code, number, Jsonb(after.body()), by.strip(), at),
        )
    return replace(after, number=number)
