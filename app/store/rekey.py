"""The same store under another key, made beside it and proved before anything is replaced."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from app.domain.problem import StorageFault, WrongKey
from app.store.cipher import faults, fits, open_file  # before sqlite_utils: it registers the driver

from sqlite_utils import Database  # isort: skip

STEP_PAGES = 512
Progress = Callable[[int, int], None]


def copy_under(
    path: Path, key: bytes, copy: Path, copy_key: bytes, progress: Progress = lambda done, total: None
) -> None:
    """Write the store at `path`, closed elsewhere, to `copy` under `copy_key`; `progress` gets pages.

    Every page is written anew, and the copy is then opened and looked through. Raises StorageFault, and
    leaves no copy, when the disk refuses or anything does not agree.
    """
    _remove(copy)
    try:
        source = open_file(path, key)
        try:
            _copy(source, copy, copy_key, progress)
            counted = _counts(source)
        finally:
            source.close()
        if path.with_name(path.name + "-wal").exists():
            raise StorageFault("资料正被另一个首访通开着，没有换钥匙。先关掉那一个。")
        _prove(copy, copy_key, counted)
    except BaseException:
        _remove(copy)
        raise


def which_fits(path: Path, keys: dict[int, bytes]) -> int:
    """The generation whose key opens the store at `path`, the newest first. Raises WrongKey."""
    for generation in sorted(keys, reverse=True):
        if fits(path, keys[generation]):
            return generation
    raise WrongKey("资料文件和钥匙文件不是一套。请用备份恢复，或交给镇里抢救。")


def _copy(source: Database, copy: Path, copy_key: bytes, progress: Progress) -> None:
    with faults():
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))  # the owner's alone from its first byte
        target = driver.connect(str(copy), isolation_level=None)
        try:
            target.execute(f"PRAGMA key=\"x'{copy_key.hex()}'\"")
            source.conn.backup(
                target, pages=STEP_PAGES, progress=lambda _, left, total: progress(total - left, total)
            )
        finally:
            target.close()


def _prove(copy: Path, key: bytes, counted: dict[str, int]) -> None:
    made = open_file(copy, key)
    try:
        with faults():
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            pages = made.execute("PRAGMA cipher_integrity_check").fetchall()
            tables = [str(row[0]) for row in made.execute("PRAGMA integrity_check")]
        if pages or tables != ["ok"] or _counts(made) != counted:
            raise StorageFault("换钥匙时抄出来的资料对不上，没有用它。原来的资料没有动。")
    finally:
        made.close()


def _counts(db: Database) -> dict[str, int]:
    with faults():
        names = ("record", "outbox", "audit", "draft", "meta", "found")
        return {name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in names}


def _remove(copy: Path) -> None:
    for path in (copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-journal", "-shm"))):
        path.unlink(missing_ok=True)
