"""Several processes answer for one county, and nobody who syncs can tell."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import pytest

from sync.server.postgres import connect
from sync.server.running import now
from sync.server.settings import Serving
from sync.server.workers import Workers
from tests.sync.county import COUNTY, County
from tests.sync.desk import Desk
from tests.sync.served import ask, figure


@dataclass
class Shared(County):
    """A county whose service is several processes."""

    running: Workers  # type: ignore[assignment]  # it has a url and is stopped alike

    def issue(self, *villages: str, worker: str = "向海燕", at: datetime | None = None) -> str:
        return super().issue(*villages, worker=worker, at=at or now())  # its clock cannot be stopped


@pytest.fixture
def shared_county(county_database: str) -> Iterator[Shared]:
    workers = Workers(county_database, Serving(), 2)
    yield Shared(county_database, workers)
    workers.stop()


def test_eight_computers_at_two_processes_lose_and_double_nothing(shared_county: Shared) -> None:
    desks = [Desk(shared_county, worker=f"协理员{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as together:
        for turn in range(5):
            for desk in desks:
                for door in range(4):
                    desk.new(group="茶园组", door=f"{turn}-{door}号")
            assert sum(report.sent for report in together.map(Desk.sync, desks)) == 32
    for desk in desks:
        desk.sync()
    with connect(shared_county.database) as connection:
        rows = connection.execute("SELECT record, seq FROM op WHERE county = %s ORDER BY seq", (COUNTY,))
        numbers = [(row["record"], row["seq"]) for row in rows]
    assert [seq for _, seq in numbers] == list(range(1, 161))
    assert all(desk.sees(record) for desk in desks for record, _ in numbers)
    # Whichever process is asked, the figures are those of both.
    assert {figure(shared_county.url, 'ops_total{outcome="applied"}') for _ in range(6)} == {160}


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_process_that_was_killed_is_replaced(
    shared_county: Shared, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(shared_county)
    killed = shared_county.running.processes[0]
    os.kill(killed, signal.SIGKILL)
    until = time.monotonic() + 60
    while killed in shared_county.running.processes:
        assert time.monotonic() < until
        assert shared_county.running.alive
        time.sleep(0.1)
    desk.new(group="茶园组", door="3号")
    assert desk.sync().sent == 1
    assert "is replaced" in caplog.text
    caplog.clear()


def test_the_processes_end_with_the_one_that_started_them(county_database: str) -> None:
    workers = Workers(county_database, Serving(), 2)
    assert ask(workers.url, "/v1/live").status_code == 200
    processes = workers.processes
    workers.stop()
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
