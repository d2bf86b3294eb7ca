"""A database that says nothing more keeps no service alive, and no service deaf."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.domain.problem import Offline
from sync.server import county, enrolment, running
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import LINE, connect, migrate, open_pool
from sync.server.settings import Serving
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
AT_MOST_SECONDS = 90
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP there")


@pytest.fixture
def database() -> Iterator[EmbeddedDatabase]:
    made = tempfile.TemporaryDirectory(prefix="sft-frozen-", ignore_cleanup_errors=True)
    with made as folder, EmbeddedDatabase(Path(folder)) as database:
        migrate(database.url)
        with connect(database.url) as connection:
            county.found(connection, COUNTY, "模拟县", AT)
            county.add_village(connection, TEA, "茶园村")
        yield database


@contextlib.contextmanager
def frozen(database: EmbeddedDatabase) -> Iterator[None]:
    """All its processes stand still, as on a machine that is paused or a disk that stalls."""
    first = psutil.Process(database.process)
    whole = [first, *first.children(recursive=True)]
    for process in whole:
        process.suspend()
    try:
        yield
    finally:
        for process in whole:
            process.resume()


class Child(County):
    """A county served by a program of its own."""

    def __init__(self, database: str, *more: str) -> None:
        self.database = database
        command = [sys.executable, "-m", "sync.server", "serve", "--database", database, "--port", "0", *more]
        self.program = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert self.program.stdout is not None
        for line in self.program.stdout:
            if "开着：" in line:
                self.address = line.split("：")[1].split("（")[0]
                break

    @property
    def url(self) -> str:
        return self.address

    def issue(self, *villages: str, worker: str = "向海燕", at: object = None) -> str:
        with connect(self.database) as connection:  # a program of its own has the clock of today
            return enrolment.issue(connection, villages or (TEA,), worker, running.now()).code


def asks(desk: Desk) -> threading.Thread:
    """The desk syncs beside us until it hears something or hangs up."""

    def go() -> None:
        with contextlib.suppress(Offline):
            desk.sync()

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    time.sleep(1)  # so that it is in the database; were it not, the service would only end sooner
    return thread


@pytest.mark.parametrize("more", [(), ("--workers", "2")], ids=["one process", "several"])
def test_a_service_told_to_end_does_though_its_database_stands_still(
    database: EmbeddedDatabase, more: tuple[str, ...]
) -> None:
    served = Child(database.url, "--graceful", "1", *more)
    children = psutil.Process(served.program.pid).children(recursive=True)
    try:
        desk = Desk(served)
        desk.new(door="1号")
        with frozen(database):
            asking = asks(desk)
            served.program.terminate()
            served.program.wait(AT_MOST_SECONDS)
            _, living = psutil.wait_procs(children, AT_MOST_SECONDS)
        assert not living
        asking.join(AT_MOST_SECONDS)
        assert desk.ledger.waiting() == 1, "what was under way is sent again"
    finally:
        served.program.kill()
        served.program.communicate()
    with connect(database.url) as connection:
        assert county.name_of(connection, COUNTY) == "模拟县"


def test_who_serves_within_her_own_program_is_not_held_either(
    database: EmbeddedDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    served = County(
        database.url, running.start(database.url, clock=lambda: AT, settings=Serving(graceful_seconds=0))
    )
    desk = Desk(served)
    with frozen(database):
        asking = asks(desk)
        served.running.stop()
        assert "is left behind" in caplog.text
    asking.join(AT_MOST_SECONDS)
    served.running.stop()
    caplog.clear()


def test_every_line_to_the_database_finds_out_that_its_end_is_gone(database: EmbeddedDatabase) -> None:
    wanted = {name: str(value) for name, value in LINE.items()}
    pool = open_pool(database.url)
    with pool.connection() as serving, connect(database.url) as clerk:
        for connection in (serving, clerk):
            told = connection.info.get_parameters()
            assert {name: told.get(name) for name in wanted} == wanted
        assert int(serving.info.get_parameters()["connect_timeout"]) <= 5
    pool.close()
