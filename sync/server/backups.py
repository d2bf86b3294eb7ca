"""A backup of the county in one file: good once it has been restored beside and holds the same, row for row.

Only then are devices told that its numbers are safe (`durable`). It holds everything the county knows, in
plain: whoever keeps it keeps it locked up.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from app.domain.problem import StorageFault, UserError
from app.files import disk_fault, replace_whole
from sync.server import census, lives, pg_tools
from sync.server.postgres import Connection, connect, migrate, with_role

SUFFIX = ".sftcounty"
MANIFEST, DUMP = "manifest.json", "county.dump"
FORMAT = 1
PIECE = 1024 * 1024
NOT_OURS = "这个文件不是县里的备份，或者没拷完整。现有的资料没有动。"


@dataclass(frozen=True)
class Backup:
    """One good backup: the file, and up to which number it holds each county."""

    file: Path
    upto: dict[str, int]
    rows: int


def make(database: str, folder: Path, at: datetime) -> Backup:
    """Back up the county in `database` into a new file in `folder`; every computer may go on meanwhile.

    Raises UserError when the database's user may not make the scratch database it is proven in, StorageFault
    when a step fails or what comes back is not what went in. Nothing is left behind then.
    """
    with tempfile.TemporaryDirectory(prefix="sft-county-") as scratch:
        dumped = Path(scratch) / DUMP
        with connect(database) as connection:
            upto, counted = _dump(connection, database, dumped)
            _prove(database, dumped, counted)
            file = folder / f"县资料-{'-'.join(upto)}-{at:%Y%m%d-%H%M%S}{SUFFIX}"
            _pack(file, dumped, {"v": FORMAT, "made_at": at.isoformat(), "upto": upto, "census": counted})
            for place, number in upto.items():
                _note(connection, place, number, file.name, at)
    return Backup(file, upto, sum(rows for rows, _ in counted.values()))


def put_back(database: str, file: Path, at: datetime) -> Backup:
    """Put a backup in the place of what is there, and begin a new life of every county in it.

    What was there stays in the same server under another name. Raises UserError when the file is none, is
    damaged, or another program (the service) still uses the database; StorageFault when a step fails.
    """
    with _opened(file) as (manifest, dumped):
        counted = {name: (int(rows), str(content)) for name, (rows, content) in manifest["census"].items()}
        _make_room(database, at)
        with_role(database)
        pg_tools.restore(database, dumped)
        with _reading(database) as connection:
            if census.taken(connection) != counted:
                raise StorageFault("放回去的和备份里记的对不上，没有开始用它。换一份备份再试。")
    migrate(database)
    upto = {str(place): int(number) for place, number in manifest["upto"].items()}
    with connect(database) as connection:
        for place, number in upto.items():
            _note(connection, place, number, file.name, at)  # the file that was put back holds them
            lives.begin(connection, place, at)
    return Backup(file, upto, sum(rows for rows, _ in counted.values()))


def newest(connection: Connection, county: str) -> tuple[datetime, int] | None:
    """When the last good backup was made, and up to which number it holds."""
    row = connection.execute(
        "SELECT at, upto FROM backup WHERE county = %s ORDER BY at DESC LIMIT 1", (county,)
    ).fetchone()
    return (row["at"], row["upto"]) if row else None


def _dump(connection: Connection, database: str, out: Path) -> tuple[dict[str, int], dict[str, Any]]:
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
        pg_tools.dump(database, row["name"], out)
        return upto, census.taken(connection)


def _prove(database: str, dumped: Path, counted: census.Census) -> None:
    """Restore it beside and compare. Raises UserError or StorageFault."""
    name = f"sft_proof_{secrets.token_hex(6)}"
    with psycopg.connect(database, autocommit=True) as owner:
        try:
            owner.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        except psycopg.errors.InsufficientPrivilege as error:
            raise UserError("数据库的用户要有建库（CREATEDB）的权利，备份才能当场验一遍。") from error
        try:
            pg_tools.restore(pg_tools.beside(database, name), dumped)
            with _reading(pg_tools.beside(database, name)) as connection:
                if census.taken(connection) != dict(counted):
                    raise StorageFault("备份验出来和资料对不上，没有算数。再做一次；还不行，报给技术支持。")
        finally:
            owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextlib.contextmanager
def _reading(database: str) -> Iterator[Connection]:
    with (
        psycopg.connect(database, row_factory=dict_row, autocommit=True) as connection,
        connection.transaction(),
    ):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


def _make_room(database: str, at: datetime) -> None:
    """An empty database under the name of the present one, which goes aside if it holds anything."""
    with psycopg.connect(database, autocommit=True) as owner:
        name = owner.info.dbname
        row = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        if row is not None and not row[0]:
            return
    with psycopg.connect(pg_tools.beside(database, "postgres"), autocommit=True) as owner:
        try:
            owner.execute(f'ALTER DATABASE "{name}" RENAME TO "{name}_{at:%Y%m%d_%H%M%S}"'.encode())
        except psycopg.errors.ObjectInUse as error:
            raise UserError("县里的服务还开着。先把它停了，再恢复。资料没有动。") from error
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())


def _note(connection: Connection, place: str, number: int, file: str, at: datetime) -> None:
    with connection.transaction():
        connection.execute(
            "INSERT INTO backup (county, at, upto, file) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (county, at) DO NOTHING",
            (place, at, number, file),
        )
        connection.execute(
            "UPDATE sequence SET durable = greatest(durable, %s) WHERE county = %s", (number, place)
        )


def _pack(file: Path, dumped: Path, manifest: dict[str, Any]) -> None:
    manifest = {**manifest, "sha256": _hash(dumped)}
    temporary = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch(0o600)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False))
            packed.write(dumped, DUMP)
        replace_whole(temporary, file)
        with zipfile.ZipFile(file) as packed:  # as it lies there now, perhaps on a stick
            if packed.testzip() is not None:
                raise StorageFault("写出来的备份读着不对，没有算数。换一个地方存。")
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise disk_fault(error) from error


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """The manifest, and the dump taken out and found whole. Raises UserError."""
    with tempfile.TemporaryDirectory(prefix="sft-county-") as scratch:
        try:
            with zipfile.ZipFile(file) as packed:
                manifest = json.loads(packed.read(MANIFEST))
                dumped = Path(packed.extract(DUMP, scratch))
            whole = manifest["v"] == FORMAT and manifest["sha256"] == _hash(dumped)
        except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
            raise UserError(NOT_OURS, field="file") from error
        if not whole:
            raise UserError(NOT_OURS, field="file")
        yield manifest, dumped


def _hash(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
