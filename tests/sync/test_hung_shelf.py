"""A store of photos that accepts and says nothing keeps photos waiting, and nothing else."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sync.client.blobs import Carrier
from sync.client.http import Busy, Transport
from sync.server import blobs_s3, running
from sync.server.blobs import COMING, Depot
from sync.server.blobs_s3 import Bucket
from sync.server.blobs_shelf import Parts
from sync.server.postgres import POOL_SIZE
from sync.server.settings import Serving
from sync.server.turns import AT_ONCE
from tests.sync.county import AT
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, files_county, hash_of, picture, send

__all__ = ["files_county"]


class Hole:
    """Takes every connection and never says a word."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self.asked = threading.Semaphore(0)
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def close(self) -> None:
        for line in (self._door, *self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._lines.append(self._door.accept()[0])
                self.asked.release()


@pytest.fixture
def hole(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hole]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setattr(blobs_s3, "SECONDS", 60)  # so that nobody below is helped by its giving up
    made = Hole()
    yield made
    made.close()


def test_records_go_while_every_question_about_photos_hangs(
    files_county: FilesCounty, hole: Hole, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desks = [Desk(files_county, worker=f"协理员{number}") for number in range(POOL_SIZE + 1)]
    pictures = [picture(number) for number in range(POOL_SIZE)]
    for desk, data in zip(desks, pictures, strict=False):
        send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    files_county.running.stop()
    depot = Depot(Bucket("photos", endpoint=hole.url), Parts(tmp_path / COMING))
    settings = Serving(depot=depot, wait_seconds=2, graceful_seconds=0)
    files_county.running = running.start(files_county.database, clock=lambda: AT, settings=settings)

    def ask(number: int) -> str:
        with Transport(files_county.url) as transport:
            carrier = Carrier(transport, desks[number].ledger.identity(), AT)
            try:
                carrier.standings([hash_of(pictures[number])])
            except Busy:
                return "busy"
        return "told"

    with ThreadPoolExecutor(POOL_SIZE) as asking:
        heard = [asking.submit(ask, number) for number in range(POOL_SIZE)]
        for _ in range(AT_ONCE):
            assert hole.asked.acquire(timeout=60)
        for door in range(3):
            desks[-1].new(door=f"{door}号")
            assert desks[-1].sync().sent == 1
        assert sum(one.done() for one in heard) <= POOL_SIZE - AT_ONCE, "the others hang all the while"
        hole.close()
        assert {one.result(60) for one in heard} == {"busy"}
    caplog.clear()


def test_a_silent_store_is_given_up_before_a_computer_hangs_up() -> None:
    assert blobs_s3.SECONDS * blobs_s3.ATTEMPTS <= 10
