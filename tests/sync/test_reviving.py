"""A county's own PostgreSQL that is killed comes back by itself, with everything that was acknowledged."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from app.domain.problem import Offline
from sync.server import county, reviver, running
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate
from sync.server.settings import Serving
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk

AT_MOST_SECONDS = 60


@pytest.fixture
def database() -> Iterator[EmbeddedDatabase]:
    made = tempfile.TemporaryDirectory(prefix="sft-revived-", ignore_cleanup_errors=True)
    with made as folder, EmbeddedDatabase(Path(folder)) as database:
        yield database


@pytest.fixture
def served(database: EmbeddedDatabase) -> Iterator[County]:
    migrate(database.url)
    with connect(database.url) as connection:
        county.found(connection, COUNTY, "模拟县", AT)
        county.add_village(connection, TEA, "茶园村")
    made = County(
        database.url, running.start(database.url, clock=lambda: AT, settings=Serving(wait_seconds=4))
    )
    yield made
    made.running.stop()


def kill(database: EmbeddedDatabase) -> None:
    whole = psutil.Process(database.process)
    gone = [whole, *whole.children(recursive=True)]
    for process in gone:
        process.kill()
    psutil.wait_procs(gone, AT_MOST_SECONDS)


def test_devices_hear_busy_while_it_is_dead_and_go_on_where_they_were(
    database: EmbeddedDatabase, served: County
) -> None:
    desk = Desk(served)
    first = desk.new(door="1号")
    desk.sync()
    kill(database)
    second = desk.new(door="2号")
    for _ in range(2):  # so long that it is asked less and less often
        with pytest.raises(Offline):
            desk.sync()
    assert database.revive()
    assert not database.revive(), "it runs"
    desk.sync()
    other = Desk(served, worker="田大山")
    other.sync()
    assert {(other.sees(one) or {})["door"] for one in (first, second)} == {"1号", "2号"}


def test_who_holds_it_revives_it_without_being_asked(
    database: EmbeddedDatabase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reviver, "LOOK_SECONDS", 0.05)
    with reviver.kept_alive(database):
        before = database.process
        kill(database)
        limit = time.monotonic() + AT_MOST_SECONDS
        while database.process == before and time.monotonic() < limit:
            time.sleep(0.05)
        with psycopg.connect(database.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert "was started again" in caplog.text
    caplog.clear()
