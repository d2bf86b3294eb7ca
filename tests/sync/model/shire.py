"""The county of a history: a real database, put back to its beginning for each, that dies and is restored."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from app.domain.problem import StorageFault
from sync.protocol.canonical import canonical
from sync.server import blobs, county, lives, moves, records
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate, open_pool
from sync.server.settings import Serving
from sync.server.web import application
from tests.sync.county import AT, BRIDGE, COUNTY, TEA
from tests.sync.model.asked import Answer, Asked, InProcess
from tests.sync.model.wire import Served

Dump = Mapping[str, bytes]
REVIVALS = 100
NO_ROWS = 21  # bytes of a binary COPY of nothing: its head and its end
OUTSIDE = ("migration", "model_fault")
# Where a server process dies inside a batch: PostgreSQL itself ends the session there, at the n-th row, or,
# where `postmaster` is its number, is killed there as a whole.
DEATHS = ("op", "record", "conflict", "quarantine", "sequence", "commit")
PLACES = (*DEATHS[:-1], "blob")
TRAPS = """
CREATE TABLE model_fault (place text NOT NULL, rows integer NOT NULL, postmaster integer NOT NULL);
GRANT SELECT, UPDATE ON model_fault TO PUBLIC;
CREATE FUNCTION model_die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE there integer; first integer;
BEGIN
    UPDATE model_fault SET rows = rows - 1 WHERE place = TG_ARGV[0]
        RETURNING rows, postmaster INTO there, first;
    IF there = 0 AND first > 0 THEN
        EXECUTE format('COPY (SELECT) TO PROGRAM %L', 'kill -9 ' || first || ' $PPID');
    ELSIF there = 0 THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER model_die AFTER INSERT ON op DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION model_die('commit');
"""


class Looked:
    """What there is to look at in the county's database."""

    db: psycopg.Connection[Any]
    shelf: Path
    _tables: tuple[str, ...] = ()

    def tables(self) -> tuple[str, ...]:
        """Every table there is, so that a new one is never left out of a backup."""
        if not self._tables:
            rows = self.db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            self._tables = tuple(sorted({row["tablename"] for row in rows} - set(OUTSIDE)))
        return self._tables

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What the database says."""
        return self.db.execute(query.encode(), values).fetchall()

    def known(self, *changes: str) -> set[str]:
        """Those of the ids that stand in the log."""
        found = self.rows("SELECT op FROM op WHERE county = %s AND op = ANY(%s)", COUNTY, list(changes))
        return {row["op"] for row in found}

    def log(self) -> list[dict[str, Any]]:
        """Every op in commit order."""
        return self.rows("SELECT * FROM op WHERE county = %s ORDER BY seq", COUNTY)

    def held(self) -> dict[str, dict[str, Any]]:
        """Every record by id."""
        return {row["record"]: row for row in self.rows("SELECT * FROM record WHERE county = %s", COUNTY)}

    def last(self) -> int:
        """The number given last."""
        return int(self.rows("SELECT last FROM sequence WHERE county = %s", COUNTY)[0]["last"])

    def scope(self, worker: str) -> set[str]:
        """The villages of a worker."""
        found = self.rows("SELECT bucket FROM scope WHERE county = %s AND worker = %s", COUNTY, worker)
        return {row["bucket"].removeprefix("v:") for row in found}

    def epoch(self) -> str:
        """The life it is in."""
        (row,) = self.rows("SELECT id FROM epoch WHERE county = %s ORDER BY no DESC LIMIT 1", COUNTY)
        return str(row["id"])

    def print_of(self) -> bytes:
        """What a repeat may not alter: records, log, and what was set aside."""
        tables = ("record", "op", "conflict", "quarantine", "sequence", "moved_out")
        kept = {table: self.rows(f"SELECT to_jsonb(t) AS it FROM {table} t") for table in tables}  # noqa: S608  # our own tables
        return canonical(
            {t: sorted(json.dumps(r["it"], sort_keys=True) for r in rows) for t, rows in kept.items()}
        )

    @property
    def depot(self) -> blobs.Depot:
        """Where its files lie."""
        return blobs.in_folder(self.shelf)

    def files(self) -> set[str]:
        """The names of all whole files on the shelf."""
        return {path.name for path in self.shelf.glob(f"{COUNTY}/*/*")}

    def lose_files(self, keep: set[str]) -> None:
        """The shelf as a backup had it: nothing but these, and nothing that was still coming."""
        for path in self.shelf.glob("*/*/*"):
            if path.name not in keep:
                path.unlink()
        shutil.rmtree(self.shelf / blobs.COMING, ignore_errors=True)


class Mortal(Looked):
    """A county whose PostgreSQL can be killed: `cluster`, where it is nobody else's."""

    url: str
    cluster: EmbeddedDatabase | None

    def _look(self) -> None:
        self.db = psycopg.connect(self.url, autocommit=True, row_factory=dict_row)

    def kill(self) -> None:
        """All of PostgreSQL is killed now, and started again."""
        assert self.cluster is not None, "it is ours to kill"
        os.kill(self.cluster.process, signal.SIGKILL)
        self.revive(dead=True)

    def revive(self, *, dead: bool = False) -> bool:
        """PostgreSQL started again if it was killed, `dead` where that is known; whether it was. What it had
        called written is there."""
        if self.cluster is None:
            return False
        for _ in range(REVIVALS):
            time.sleep(0.05)  # until it is gone, and until its last processes let go of the memory
            try:
                if self.cluster.revive():
                    self.db.close()
                    self._look()
                    return True
                if not dead:
                    return False
            except (StorageFault, psycopg.OperationalError):
                dead = True
        raise AssertionError("PostgreSQL does not start again")


@dataclass
class Shire(Mortal):
    """`at` is the county's clock, `shelf` the folder of its files; `wired`: it is asked over a socket."""

    url: str
    shelf: Path
    cluster: EmbeddedDatabase | None = None
    wired: bool = False
    at: datetime = AT
    first: Dump = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        migrate(self.url)
        self.served: InProcess | Served | None = None
        self._look()
        with connect(self.url) as connection:
            county.found(connection, COUNTY, "模拟县", AT)
            county.add_village(connection, TEA, "茶园村")
            county.add_village(connection, BRIDGE, "石桥村")
        self._lay_traps()
        self.pool = open_pool(self.url)
        self.start()
        self.first = self.dump()

    def _lay_traps(self) -> None:
        self.db.execute(TRAPS.encode())
        for table in PLACES:
            self.db.execute(
                f"CREATE TRIGGER model_here AFTER INSERT OR UPDATE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION model_die('{table}')".encode()
            )

    def start(self) -> None:
        """The service begun anew, as after a restart: whatever it kept in memory is gone."""
        if self.served is not None:
            self.served.stop()
        settings = Serving(depot=self.depot)
        if self.wired:
            self.served = Served(self.url, lambda: self.at, settings)
        else:
            self.served = InProcess(self.loop, application(self.pool, lambda: self.at, settings))

    def ask(self, asked: Asked) -> Answer:
        """What the service now running answers."""
        assert self.served is not None, "it was started"
        return self.served.ask(asked)

    def ask_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """What it answers to requests that come at one moment."""
        assert self.served is not None, "it was started"
        return self.served.ask_all(asked)

    def die_at(self, place: str, rows: int, *, whole: bool = False) -> None:
        """The next session that writes its `rows`-th row at `place` is ended by PostgreSQL there; `whole`:
        all of PostgreSQL is killed there with SIGKILL."""
        self.call_off()
        first = self.cluster.process if whole and self.cluster is not None else 0
        self.db.execute("INSERT INTO model_fault VALUES (%s, %s, %s)", (place, rows, first))

    def call_off(self) -> bool:
        """No more deaths; whether one was still to come."""
        return self.db.execute("DELETE FROM model_fault").rowcount > 0

    def dump(self) -> Dump:
        """The county as it is: a backup."""
        found = {}
        with self.db.transaction():
            self.db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for table in self.tables():
                with self.db.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)".encode()) as copy:
                    found[table] = b"".join(bytes(part) for part in copy)
        return found

    def load(self, dump: Dump) -> None:
        """A backup put back in place of everything, and the service begun anew."""
        with self.db.transaction():
            gone = "; ".join(f"DELETE FROM {table}" for table in self.tables())  # noqa: S608  # our own tables
            self.db.execute(f"SET LOCAL session_replication_role = replica; {gone}".encode())
            for table, data in dump.items():
                if len(data) <= NO_ROWS:
                    continue
                with self.db.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)".encode()) as copy:
                    copy.write(data)
        self.start()

    def announce(self) -> None:
        """The administrator says that a backup was put back, which took its time."""
        self.at += timedelta(seconds=1)
        with connect(self.url) as connection:
            lives.begin(connection, COUNTY, self.at)

    def relocate(self, record: str, village: str) -> None:
        """A record moved to another village by the county."""
        with connect(self.url) as connection:
            records.relocate(connection, COUNTY, record, village)

    def move_family(self, household: str, village: str) -> list[str]:
        """A family and all that is its own moved by the county; the records that went."""
        before = self.held()
        with connect(self.url) as connection:
            moves.move_household(connection, COUNTY, household, village)
        after = self.held()
        return [record for record, row in after.items() if row["bucket"] != before[record]["bucket"]]

    def rescope(self, worker: str, *villages: str) -> None:
        """Exactly these villages from now on."""
        with connect(self.url) as connection:
            county.set_scope(connection, COUNTY, worker, villages)

    def close(self) -> None:
        """Lets go of the database."""
        if self.served is not None:
            self.served.stop()
        self.pool.close()
        self.db.close()
        self.loop.close()
