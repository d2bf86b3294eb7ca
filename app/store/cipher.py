"""Opening the encrypted file: driver, key, pragmas, and foreign errors turned into ours.

SQLCipher 4 through sqlcipher3: AES-256-CBC with an HMAC-SHA512 per page. The key is 32 random
bytes given raw, so opening costs no derivation here; the passphrase work is done in the vault.
"""

from __future__ import annotations

import contextlib
import json
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
from app.files import FULL, NOT_WRITTEN, disk_fault  # noqa: E402  # as above

__all__ = ["driver", "faults", "fits", "open_file"]
KEY_BYTES, PAGE_BYTES, CACHE_KIB = 32, 4096, 64 * 1024
# Wait long enough for a window that is just closing, short enough to be an answer. Of a full cache the newest
# statements throw each other out: each record cost 2 ms more, to compile its triggers.
OPENED = {"isolation_level": None, "timeout": 1.0, "cached_statements": 1_000}
LOCK_PLACE, LOCK_BYTES = 0x4000_0000, 512  # where SQLite locks (sqlite3 os.h: PENDING_BYTE and on)
DAMAGED = "资料文件坏了一部分，没有再动它。请先别用这份：用备份恢复，或把好的资料救出来。"
CLOSED = "资料已经锁上了，这一步没存。输口令打开，再做一次。"
NO_WRITING = "这个文件夹不让写。已存好的都在。请镇里帮看文件夹的权限。"
NOT_READ = "放资料的盘读不出来。看看是不是拔松了：插好，锁上再打开。已存好的都在盘上。"
GONE = "放资料的地方不见了：盘拔了，还是文件夹挪了？刚才这一步不一定存上。插回去，锁上再打开看一眼。"
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
        connection = driver.connect(str(path), **OPENED)
        try:
            _unlock(connection, key)
            _set_pragmas(connection)
            _check_length(connection, path)
        except BaseException:
            connection.close()
            raise
    if create and os.name == "posix":
        path.chmod(0o600)
    return _Kept(connection, path)


class _Kept(sqlite_utils.Database):
    """A database that looks, before a transaction and after it, whether its file is still in its place.

    An open file can be written for hours after its folder was deleted or its drive let go, and nothing
    says so: 已存好 would be told of what nobody will find again.
    """

    def __init__(self, connection: Any, path: Path) -> None:
        super().__init__(connection)
        self._path = path
        self._was = _identity(path)
        self._writer = connection.cursor()

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        """A cursor, as from `sqlite_utils`, whose care for transactions opened unasked is not needed here.

        Statements that give nothing back share one cursor: making one takes a third of their time.
        """
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "RETURNING" not in sql:
            return self._writer.execute(sql, parameters)
        return self.conn.cursor().execute(sql, parameters)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[sqlite_utils.Database]:
        """Raises StorageFault when the file is gone: nothing is begun then, or it is not known whether
        what was begun has been kept."""
        outermost = not self.conn.in_transaction
        if outermost:
            self._look()
        with super().atomic():
            yield self
        if outermost:
            self._look()

    def _look(self) -> None:
        try:
            there = _identity(self._path)
        except OSError:
            there = None
        if there != self._was:
            raise StorageFault(GONE)


def _identity(path: Path) -> tuple[int, int]:
    # Windows lets nobody move or delete an open file, and numbers files on old drives anew.
    found = path.stat()
    return (found.st_dev, found.st_ino) if os.name == "posix" else (0, 0)


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
        raise disk_fault(error) from error


def stored(text: str) -> Any:
    """The value of a JSON text out of the file. Raises StorageFault when its page was damaged.

    The driver reads a page whose HMAC fails as zeros, and only what it reads afterwards as an error. Of a
    long text it may so give back a beginning; that is never valid JSON, and never taken for data.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise StorageFault(DAMAGED) from error


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A bare connection to another file than the open one: a copy that is being made or looked at.

    The driver's errors come through; call it inside `faults`.
    """
    where = f"{path.resolve().as_uri()}?mode=ro" if read_only else str(path)
    connection = driver.connect(where, uri=read_only, isolation_level=None)
    try:
        _unlock(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def in_use(path: Path) -> bool:
    """Whether another program has the store open; asks without the key. Call it while it is closed here.

    Where locks cannot be asked for (Windows), an open file cannot be moved either, so False is safe.
    """
    if os.name != "posix":
        return False
    import fcntl

    with faults(), path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCK_BYTES, LOCK_PLACE)
        except BlockingIOError:
            return True
    return False


def _check_key(path: Path, key: bytes) -> None:
    # Closing after a wrong key would fold the log left by a power cut into the file. Read as
    # immutable, the log is not looked at. A second try, lest another program was just writing.
    place = f"{path.resolve().as_uri()}?immutable=1"
    log = path.with_name(path.name + "-wal")
    if _fits(place, key) or _fits(place, key):
        return
    if not (log.exists() and log.stat().st_size and _fits_log(path, log, key)):
        raise WrongKey(DAMAGED)


def _fits(place: str, key: bytes) -> bool:
    connection = driver.connect(place, uri=True)
    try:
        _unlock(connection, key)
    except WrongKey:
        return False
    except driver.DatabaseError as error:
        # The first page was read. That others are missing is no wonder when the power went, or the
        # disk was full, while the log was being folded in: it still holds them.
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
            raise
    finally:
        connection.close()
    return True


def _fits_log(path: Path, log: Path, key: bytes) -> bool:
    """Whether the key fits a file whose first page was torn while the log was being folded in."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with path.open("rb") as file:
            copy.write_bytes(file.read(PAGE_BYTES))
        copy.with_name(log.name).write_bytes(log.read_bytes())
        return _fits(copy.as_uri(), key)


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
        "recursive_triggers=ON",  # without it a row that is replaced would leave its counted fields behind
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


# By the driver's own number: its words say "disk I/O error" of a drive pulled out and of a quota alike.
NAMED = (
    ("SQLITE_FULL", FULL),
    ("SQLITE_IOERR_READ", NOT_READ),
    ("SQLITE_IOERR_SHORT_READ", DAMAGED),
    ("SQLITE_IOERR_CORRUPTFS", DAMAGED),
    ("SQLITE_IOERR_DATA", DAMAGED),
    ("SQLITE_IOERR", NOT_WRITTEN),
    ("SQLITE_READONLY", NO_WRITING),
    ("SQLITE_CANTOPEN", NO_WRITING),
    ("SQLITE_BUSY", BUSY),
    ("SQLITE_LOCKED", BUSY),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_NOTADB", DAMAGED),
)
UNKNOWN = "这一步没存上，已存好的都在。再试一次；还不行就报给县里。"


def _our(error: Exception) -> StorageFault:
    words = str(error)
    if "closed" in words:
        return StorageFault(CLOSED)
    if "decode to UTF-8" in words or "vtable constructor" in words:
        return StorageFault(DAMAGED)  # what only a damaged page can be: see `stored`
    name = str(getattr(error, "sqlite_errorname", ""))
    return StorageFault(next((words for start, words in NAMED if name.startswith(start)), UNKNOWN))
