"""What a database holds, as counts and sums: two that agree in it hold the same, row for row."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg import sql

from sync.server.postgres import Connection

# In a backup these may lawfully differ from what was dumped: they say what became of the backup itself.
OWN = frozenset({"backup"})
Census = Mapping[str, tuple[int, str]]


def taken(connection: Connection) -> dict[str, tuple[int, str]]:
    """Rows of every table, and a sum over their content in which no order counts."""
    connection.execute("SET LOCAL TimeZone = 'UTC'")
    connection.execute("SET LOCAL DateStyle = 'ISO, YMD'")
    connection.execute("SET LOCAL extra_float_digits = 1")
    names = [
        row["name"]
        for row in connection.execute(
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
    ]
    return {name: _of(connection, name) for name in names if name not in OWN}


def _of(connection: Connection, table: str) -> tuple[int, str]:
    query = sql.SQL(
        "SELECT count(*) AS n, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS s FROM {} t"
    )
    row = connection.execute(query.format(sql.Identifier(table))).fetchone()
    assert row is not None, "an aggregate has a row"
    return int(row["n"]), str(row["s"])
