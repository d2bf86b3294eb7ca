"""PostgreSQL in a folder dies with the last program that holds it, however that program ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from sync.server import watchdog
from sync.server.embedded import EmbeddedDatabase

ROOT = Path(__file__).resolve().parents[2]
AT_MOST_SECONDS = 60
OWNER = """
import sys
from pathlib import Path
from sync.server.embedded import EmbeddedDatabase
database = EmbeddedDatabase(Path(sys.argv[1]))
print(database._server.get_pid(), database._watchdog.pid, flush=True)
if sys.stdin.read(1):
    database.stop()
"""


class Owner:
    """A program of its own that holds the database of a folder until it is told to let go, or killed."""

    def __init__(self, folder: Path) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.program.stdout is not None
        self.server, self.watchdog = map(int, self.program.stdout.readline().split())

    def kill(self) -> None:
        """SIGKILL; it is not buried yet, as a parent that is busy would leave it."""
        self.program.kill()

    def let_go(self) -> None:
        self.program.communicate("x", timeout=AT_MOST_SECONDS)


@contextmanager
def owning(folder: Path) -> Iterator[Owner]:
    owner = Owner(folder)
    try:
        yield owner
    finally:
        owner.program.kill()
        owner.program.communicate()


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sft-killed-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def runs(pid: int) -> bool:
    """A program that has ended and only waits to be buried runs no more."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def soon(true: Callable[[], bool]) -> bool:
    limit = time.monotonic() + AT_MOST_SECONDS
    while not true() and time.monotonic() < limit:
        time.sleep(0.02)
    return true()


def test_the_server_goes_when_its_only_owner_is_killed(folder: Path) -> None:
    with owning(folder) as owner:
        assert runs(owner.server)
        owner.kill()
        assert soon(lambda: not runs(owner.server))
        assert soon(lambda: not runs(owner.watchdog))
    with EmbeddedDatabase(folder) as database, psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    log = (folder / "postgres" / "log").read_text(encoding="utf-8")
    assert "not properly shut down" not in log, "it was stopped in good order"


def test_the_server_stays_while_another_owner_lives_and_goes_with_the_last(folder: Path) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(owning(folder))
        second = stack.enter_context(owning(folder))
        assert first.server == second.server
        first.kill()
        assert soon(lambda: not runs(first.watchdog)), "it has done what it had to do"
        assert runs(second.server)
        second.kill()
        assert soon(lambda: not runs(second.server))


def test_who_lets_go_last_in_good_order_stops_it_though_another_was_killed(folder: Path) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(owning(folder))
        second = stack.enter_context(owning(folder))
        first.kill()
        assert soon(lambda: not runs(first.watchdog))
        second.let_go()
        assert soon(lambda: not runs(second.server))
        assert not runs(second.watchdog)


def test_owners_killed_at_once_leave_nothing_running(folder: Path) -> None:
    with ExitStack() as stack:
        owners = [stack.enter_context(owning(folder)) for _ in range(3)]
        for owner in owners:
            owner.kill()
        assert soon(lambda: not runs(owners[0].server))


def test_a_watchdog_without_a_server_to_stop_does_nothing(folder: Path) -> None:
    (folder / "postgres").mkdir()
    watchdog.stop_if_last(folder / "postgres", os.getpid())
    assert list((folder / "postgres").iterdir()) == []
