"""Opening the encrypted file: driver, key, pragmas, and foreign errors turned into ours.

SQLCipher 4 through sqlcipher3: AES-256-CBC with an HMAC-SHA512 per page. The key is 32 random
bytes given raw, so opening costs no derivation here; the passphrase work is done in the vault.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

# sqlite-utils looks for this name first; without it, it would catch the wrong exception types.
sys.modules.setdefault("pysqlite3", driver)
sys.modules.setdefault("pysqlite3.dbapi2", driver)

import sqlite_utils  # noqa: E402  # must follow the registration above

from app.domain.problem import StorageFault, WrongKey  # noqa: E402  # as above

__all__ = ["driver", "faults", "fits", "open_file"]
KEY_BYTES = 32
CACHE_KIB = 64 * 1024
BUSY_SECONDS = 1.0  # long enough for a window that is just closing, short enough to be an answer
DAMAGED = "资料文件坏了一部分，没有再动它。请先别用这份，用备份恢复，或交给镇里抢救。"
CLOSED = "资料已经锁上了，这一步没存。输口令打开，再做一次。"
NO_WRITING = "这个文件夹不让写。已存好的都在。请镇里帮看文件夹的权限。"
BUSY = "这份资料正被另一个首访通开着。先关掉那一个，再来开。"


def open_file(path: Path, key: bytes, *, create: bool = False) -> sqlite_utils.Database:
    """Open the store at `path` with a raw 32-byte key; the calling thread owns the connection.

    Raises WrongKey when the key does not fit, StorageFault when the file is missing, damaged,
    locked by another program or on a disk that refuses.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store key is 32 bytes")
    if not create and not path.exists():
        raise StorageFault("没找到这台电脑上的资料。是不是换了地方？请镇里帮看。")
    with faults():
        if not create and path.stat().st_size == 0:
            raise StorageFault(DAMAGED)  # any key opens an empty file, as a new and empty village
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size:
            _check_key(path, key)
            if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
                raise StorageFault(NO_WRITING)  # the driver would call it an I/O error, as if damaged
        connection = driver.connect(str(path), isolation_level=None, timeout=BUSY_SECONDS)
        try:
            _unlock(connection, key)
            _set_pragmas(connection)
            _check_length(connection, path)
        except BaseException:
            connection.close()
            raise
    if create and os.name == "posix":
        path.chmod(0o600)
    return sqlite_utils.Database(connection)


def fits(path: Path, key: bytes) -> bool:
    """Whether `key` opens the store at `path`, without writing to it. Raises StorageFault."""
    with faults():
        try:
            _check_key(path, key)
        except WrongKey:
            return False
        return True


@contextlib.contextmanager
def faults() -> Iterator[None]:
    """Turn driver and disk errors into StorageFault, at this one door; also a decorator.

    A use from another thread is nobody's bad luck but a fault of the program: RuntimeError.
    """
    try:
        yield
    except driver.ProgrammingError as error:
        if "thread" in str(error):
            raise RuntimeError("the store is used only on the thread that opened it") from error
        raise _our(error) from error
    except driver.DatabaseError as error:
        raise _our(error) from error
    except OSError as error:
        from app.files import disk_fault

        raise disk_fault(error) from error


def _check_key(path: Path, key: bytes) -> None:
    # Closing after a wrong key would fold the log left by a power cut into the file. Read as
    # immutable, the log is not looked at. A second try, lest another program was just writing.
    for last in (False, True):
        connection = driver.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        try:
            _unlock(connection, key)
            return
        except WrongKey:
            if last:
                raise
        finally:
            connection.close()


def _unlock(connection: Any, key: bytes) -> None:
    # SQLCipher writes to stderr on a wrong key; that line is noise, the exception says it all.
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    # Before anything is read: a log index made earlier would become a file of its own.
    connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if "not a database" in str(error):
            raise WrongKey(DAMAGED) from error
        raise


def _set_pragmas(connection: Any) -> None:
    # FULL: what was called 已保存 survives a power cut. The locking mode set while unlocking makes
    # a second program be refused now instead of colliding later.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "temp_store=MEMORY",
        f"cache_size=-{CACHE_KIB}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")


def _check_length(connection: Any, path: Path) -> None:
    # A file cut short still opens; reading the lost pages fails much later, in the worker's hands.
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    log = path.with_name(path.name + "-wal")
    in_log = log.stat().st_size if log.exists() else 0
    if path.stat().st_size + in_log < int(pages) * int(page_bytes):
        raise StorageFault(DAMAGED)


def _our(error: Exception) -> StorageFault:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StorageFault(BUSY)
    if "closed" in text:
        return StorageFault(CLOSED)
    if "full" in text:
        return StorageFault("电脑满了，新的存不进去。已存好的都在。先清出一些地方。")
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return StorageFault(NO_WRITING)
    if (
        "malformed" in text
        or "corruption" in text
        or "not a database" in text
        or "HMAC" in text
        or "disk I/O" in text
    ):
        return StorageFault(DAMAGED)
    return StorageFault("这一步没存上，已存好的都在。再试一次；还不行就报给县里。")
