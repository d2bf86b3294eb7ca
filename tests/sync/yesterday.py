"""Yesterday's county, put back in the place of today's."""

from __future__ import annotations

import psycopg

from sync.server import query
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import COUNTY, County


class Yesterday:
    """What the county held; `back` puts it there again, as a restore of its database does."""

    TABLES = ("record", "op", "conflict", "quarantine", "moved_out", "sequence", "epoch", "former")

    def __init__(self, county: County) -> None:
        self._database = county.database
        self._run(*(f"CREATE TABLE kept_{name} AS TABLE {name}" for name in self.TABLES))

    def back(self, *, announced: bool = True) -> None:
        for name in self.TABLES:
            self._run(f"TRUNCATE {name}", f"INSERT INTO {name} TABLE kept_{name}")
        if announced:
            assert main(["restore-finish", "--database", self._database, "--county", COUNTY]) == 0

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self._database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def held(county: County, record: str) -> dict[str, object]:
    with connect(county.database) as connection:
        found = {row.record: row.body for row in query.bodies(connection, COUNTY, "household")}
        return dict(found.get(record, {}))


def beside(county: County) -> int:
    """How many disagreements wait for a person."""
    with connect(county.database) as connection:
        return len(query.open_conflicts(connection, COUNTY))
