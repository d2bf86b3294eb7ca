"""Whichever side is killed in the middle of a file, it goes on from there and arrives whole."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

from app.actions import far_files
from sync.protocol.blobs import Piece
from tests.sync.albums import carry, computer, computer_again, notice_with, sync
from tests.sync.county import County
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, files_county, hash_of, picture, send
from tests.sync.test_blobs import put

__all__ = ["files_county"]
PATIENCE_SECONDS = 120
SENDER = """
import sys
from pathlib import Path
from tests.sync.albums import carry, computer_again
desk = computer_again(Path(sys.argv[1]))
def killed():
    if list(Path(sys.argv[3]).glob("*")):
        print("half", flush=True)
        sys.stdin.read()
    return False
carry(desk, sys.argv[2], killed)
"""


def until(true: Callable[[], bool]) -> None:
    """Wait for it, however slow the machine."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_computer_killed_while_it_sends_goes_on(files_county: FilesCounty, tmp_path: Path) -> None:
    desk = computer(tmp_path / "first", files_county)
    notice_with(desk, 1500)
    sync(desk, files_county.url)
    desk.store.close()
    where = [str(tmp_path / "first"), files_county.url, str(files_county.folder / "coming")]
    program = subprocess.Popen(
        [sys.executable, "-c", SENDER, *where], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"half\n"
    program.kill()
    program.communicate()
    (come,) = files_county.coming()
    again = computer_again(tmp_path / "first")
    try:
        left = far_files.waiting(again)
        assert 0 < come < left.size
        carry(again, files_county.url)
        assert far_files.waiting(again).files == 0
        assert len(files_county.kept()) == 2
    finally:
        again.store.close()


def test_a_county_killed_while_it_takes_goes_on(county_server: County, tmp_path: Path) -> None:
    data = picture(1, 3000)
    desk = Desk(county_server)
    county = FilesCounty(county_server.database, county_server.running, tmp_path / "shelf")
    program, url = served(county)
    try:
        proxy = _At(url, county)
        put(proxy, desk, data[:1000], Piece(0, 3000, False), hash_of(data))
    finally:
        program.kill()
        program.communicate()
    assert county.coming() == [1000]
    program, url = served(county)
    try:
        send(MemoryAlbum({"a": data}), desk.ledger.identity(), url)
    finally:
        program.kill()
        program.communicate()
    assert county.kept() == {hash_of(data): data}


class _At(FilesCounty):
    """The same county at another address."""

    def __init__(self, url: str, county: FilesCounty) -> None:
        super().__init__(county.database, county.running, county.folder)
        self._url = url

    @property
    def url(self) -> str:
        return self._url


def served(county: FilesCounty) -> tuple[subprocess.Popen[bytes], str]:
    """The county's own program on a free port, answering."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["serve", "--database", county.database, "--blobs", str(county.folder), "--port", str(port)]
    program = subprocess.Popen(
        [sys.executable, "-m", "sync.server", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    until(lambda: _answers(url))
    return program, url


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/v1/health", timeout=5, proxies={"http": ""}).ok
    except requests.exceptions.ConnectionError:
        return False
