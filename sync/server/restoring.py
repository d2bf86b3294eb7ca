"""A backup put in the place of the county: made ready beside, and in its place by one change of two names."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.problem import NewerFile, StorageFault, UserError
from sync.server import backup_files, backups, beside, census, lives, pg_tools, stopping
from sync.server.backup_files import Manifest
from sync.server.postgres import connect, migrate, owner, with_role

STOPPED = "停下了，没有恢复。原来的资料没有动，恢复了一半的删了。要恢复就再运行一次。"
DENIED = "数据库的用户要有建库（CREATEDB）的权利，才能恢复。资料没有动。"
UNLIKE = "放回去的和备份里记的对不上，没有用它。原来的资料没有动。换一份备份再试。"
IN_USE = "县里的服务还开着。先把它停了，再恢复。资料没有动。"
LOOKS, PAUSE_SECONDS = 25, 0.2  # a service that has just been stopped is let go by PostgreSQL a moment later


@dataclass(frozen=True)
class Restored:
    """Up to which number each county is there again; `aside` is the name of what was there, if anything."""

    upto: Mapping[str, int]
    rows: int
    aside: str | None


def put_back(database: str, file: Path, at: datetime) -> Restored:
    """Put a backup in the place of what is there, and begin a new life of every county in it.

    What was there stays in the same server under another name. Until the names are changed nothing of it
    is touched: whatever fails before leaves it as it was. Raises UserError when the file is none or damaged,
    when another program (the service) still uses the database or when it is asked to stop; NewerFile when a
    newer release made it; StorageFault when a step fails.
    """
    with stopping.heeded(STOPPED) as request, backup_files.opened(file) as (manifest, dumped):
        name, empty = _present(database)
        with_role(database)
        server = pg_tools.beside(database, beside.SERVER)
        with beside.made(database, server, beside.coming_name(name), DENIED) as coming:
            _make_ready(coming, dumped, manifest)
            _begin_lives(coming, manifest, file.name, at)
            request.too_late()
            aside = beside.swap(database, name, at)
        if empty:
            beside.drop(server, aside)
    return Restored(manifest.upto, manifest.rows, None if empty else aside)


def _present(database: str) -> tuple[str, bool]:
    """The name of the database and whether nothing is in it. Raises UserError when somebody is at work."""
    with owner(database) as connection:
        for _ in range(LOOKS):
            # Sessions without a user are PostgreSQL's own; they make way.
            row = connection.execute(
                "SELECT current_database() AS name,"
                " NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public') AS empty,"
                " EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
                "  AND pid <> pg_backend_pid() AND usesysid IS NOT NULL) AS used"
            ).fetchone()
            assert row is not None, "a question without a table has a row"
            if not row["used"]:
                return str(row["name"]), bool(row["empty"])
            time.sleep(PAUSE_SECONDS)
    raise UserError(IN_USE)


def _make_ready(coming: str, dumped: Path, manifest: Manifest) -> None:
    pg_tools.restore(coming, dumped)
    with beside.reading(coming) as connection:
        if census.taken(connection) != dict(manifest.census):
            raise StorageFault(UNLIKE)
    try:
        migrate(coming)
    except NewerFile as newer:  # a backup that does not name its steps
        raise NewerFile(backup_files.NEWER) from newer


def _begin_lives(coming: str, manifest: Manifest, file: str, at: datetime) -> None:
    with connect(coming) as connection:
        for place, number in manifest.upto.items():
            backups.note(connection, place, number, file, at)  # the file that was put back holds them
            lives.begin(connection, place, at)
