"""A backup of the county in one file: good once it has been restored beside and holds the same, row for row.

Only then are devices told that its numbers are safe (`durable`). It holds everything the county knows, in
plain: whoever keeps it keeps it locked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.problem import StorageFault
from sync.server import backup_files, beside, census, pg_tools, stopping
from sync.server.backup_files import Manifest
from sync.server.beside import Kind
from sync.server.postgres import Connection, connect

STOPPED = "停下了，这一份备份没做成，做了一半的都删了。资料没有动。要备份就再运行一次。"
DENIED = "数据库的用户要有建库（CREATEDB）的权利，备份才能当场验一遍。"
UNLIKE = "备份验出来和资料对不上，没有算数。再做一次；还不行，报给技术支持。"


@dataclass(frozen=True)
class Backup:
    """One good backup: the file, and up to which number it holds each county."""

    file: Path
    upto: dict[str, int]
    rows: int


def make(database: str, folder: Path, at: datetime) -> Backup:
    """Back up the county in `database` into a new file in `folder`; every computer may go on meanwhile.

    Raises UserError when the database's user may not make the scratch database it is proven in, when
    `folder` is a file or when it is asked to stop; StorageFault when a step fails or what comes back is not
    what went in. Nothing is left behind then, and what a killed one left behind goes first.
    """
    with stopping.heeded(STOPPED) as request, backup_files.place_in(folder) as scratch:
        dumped = scratch / backup_files.DUMP
        with connect(database) as connection:
            _sweep(connection, database)
            manifest = _dump(connection, database, dumped, at)
            _prove(database, dumped, manifest)
            file = folder / backup_files.name_of(manifest)
            backup_files.pack(file, dumped, manifest)
            request.too_late()
            for place, number in manifest.upto.items():
                note(connection, place, number, file.name, at)
    return Backup(file, dict(manifest.upto), manifest.rows)


def newest(connection: Connection, county: str) -> tuple[datetime, int] | None:
    """When the last good backup was made, and up to which number it holds."""
    row = connection.execute(
        "SELECT at, upto FROM backup WHERE county = %s ORDER BY at DESC LIMIT 1", (county,)
    ).fetchone()
    return (row["at"], row["upto"]) if row else None


def note(connection: Connection, place: str, number: int, file: str, at: datetime) -> None:
    """Written down: `file` holds everything of a county up to `number`."""
    with connection.transaction():
        connection.execute(
            "INSERT INTO backup (county, at, upto, file) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (county, at) DO NOTHING",
            (place, at, number, file),
        )
        connection.execute(
            "UPDATE sequence SET durable = greatest(durable, %s) WHERE county = %s", (number, place)
        )


def _sweep(connection: Connection, database: str) -> None:
    """Drop the copies of a county that killed backups and restores left in the server."""
    for one in beside.left_over(connection):
        if one.kind is not Kind.ASIDE:  # that one a person decides about
            beside.drop(database, one.name)


def _dump(connection: Connection, database: str, out: Path, at: datetime) -> Manifest:
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        row = connection.execute("SELECT pg_export_snapshot() AS name").fetchone()
        assert row is not None, "a function has a row"
        upto = {
            one["county"]: int(one["last"])
            for one in connection.execute("SELECT county, last FROM sequence ORDER BY county")
        }
        steps = tuple(one["name"] for one in connection.execute("SELECT name FROM migration ORDER BY name"))
        pg_tools.dump(database, row["name"], out)
        return Manifest(at, upto, census.taken(connection), steps)


def _prove(database: str, dumped: Path, manifest: Manifest) -> None:
    """Restore it beside and compare. Raises UserError or StorageFault."""
    name = beside.proof_name(manifest.made_at)
    with beside.made(database, database, name, DENIED) as proof:
        pg_tools.restore(proof, dumped)
        with beside.reading(proof) as connection:
            if census.taken(connection) != dict(manifest.census):
                raise StorageFault(UNLIKE)
