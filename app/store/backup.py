"""Copying the open file page by page under its own key, and proving a copy by opening it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from app.domain.problem import StorageFault
from app.store.cipher import connect, faults, open_file

PAGES_A_STEP = 2_048
LINE_LENGTH = 32
Progress = Callable[[int, int], None]  # done, of all


@dataclass(frozen=True)
class Holds:
    """What a file holds: its migrations, its records by kind, changes not yet sent, lines of the audit."""

    schema: tuple[str, ...]
    counts: Mapping[str, int]
    unsent: int
    audit: int


class Original:
    """An open store as the backup sees it, whatever release its tables are of."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @faults()
    def holds(self) -> Holds:
        return _holds(self._db)

    @faults()
    def line(self) -> str:
        """The mark of this store and all its copies: the beginning of its audit chain, "" without one."""
        row = self._db.execute("SELECT chain FROM audit ORDER BY n LIMIT 1").fetchone()
        return str(row[0])[:LINE_LENGTH] if row else ""

    @faults()
    def village(self) -> str:
        """The name of the worker's village, its code while the name is not known, "" before enrolment."""
        kept = {key: json.loads(value) for key, value in self._db.execute("SELECT key, value FROM meta")}
        code = str(next(iter(kept.get("device", {}).get("villages", ())), ""))
        return str((kept.get("village_names") or {}).get(code, code))

    @faults()
    def copy_to(self, path: Path, key: bytes, progress: Progress | None = None) -> None:
        """Write a copy to `path`, one plain file without a log. Call it between transactions.

        The driver's own backup, never a copy of the file: what is still in the log comes along.
        """
        target = connect(path, key)
        try:
            for pragma in ("synchronous=OFF", "journal_mode=OFF"):  # whoever keeps it brings it to the disk
                target.execute(f"PRAGMA {pragma}").fetchall()

            def step(_status: int, remaining: int, total: int) -> None:
                if progress:
                    progress(total - remaining, total)

            self._db.conn.backup(target, pages=PAGES_A_STEP, progress=step)
            target.execute("PRAGMA journal_mode=DELETE").fetchall()
        finally:
            target.close()


@contextlib.contextmanager
def original_at(path: Path, key: bytes) -> Iterator[Original]:
    """The store at `path` as it is, not brought up to date. Raises WrongKey or StorageFault."""
    db = open_file(path, key)
    try:
        yield Original(db)
    finally:
        db.close()


def proven(path: Path, key: bytes) -> Holds:
    """What a copy holds, once every page and every table has been found sound.

    Raises WrongKey or StorageFault.
    """
    with faults():
        connection = connect(path, key, read_only=True)
        try:
            wrong = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
            wrong += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            if wrong:
                raise StorageFault("备份写好了，打开一查有坏处，没有算数。再做一次。")
            return _holds(connection)
        finally:
            connection.close()


def _holds(db: Any) -> Holds:
    kinds = db.execute("SELECT type, count(*) FROM record WHERE NOT deleted GROUP BY type")
    names = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'store' ORDER BY name")
    return Holds(
        schema=tuple(str(name) for (name,) in names),
        counts={str(kind): int(count) for kind, count in kinds},
        unsent=_count(db, "outbox WHERE seq IS NULL"),
        audit=_count(db, "audit"),
    )


def _count(db: Any, what: str) -> int:
    (number,) = db.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(number)
