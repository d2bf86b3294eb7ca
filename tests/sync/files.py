"""A county that keeps files in a folder, and a computer with files to send."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.device import DeviceIdentity
from app.domain.record import Json
from sync.client.blobs import Carried, Carrier, Waiting, send_all
from sync.client.http import Transport
from sync.server import blobs, running
from tests.sync.county import AT, County

__all__ = ["FilesCounty", "files_county"]


@dataclass
class FilesCounty(County):
    """A county with a depot in `folder`; its clock is `at`."""

    folder: Path = Path()
    at: datetime = AT

    @property
    def depot(self) -> blobs.Depot:
        return blobs.in_folder(self.folder)

    def restart(self) -> None:
        self.running.stop()
        self.start()

    def start(self) -> None:
        self.running = running.start(self.database, clock=lambda: self.at, depot=self.depot)

    def kept(self) -> dict[str, bytes]:
        """Everything on the shelf, by hash."""
        return {one.name: one.read_bytes() for one in self.folder.glob("4*/??/*")}

    def coming(self) -> list[int]:
        """How many bytes of each half-sent file there are."""
        return sorted(one.stat().st_size for one in (self.folder / "coming").glob("*"))


@pytest.fixture
def files_county(county_server: County, tmp_path: Path) -> Iterator[FilesCounty]:
    """Serving, with a shelf."""
    county_server.running.stop()
    made = FilesCounty(county_server.database, county_server.running, tmp_path / "shelf")
    made.start()
    yield made
    made.running.stop()


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def picture(number: int = 1, size: int = 100_000) -> bytes:
    """Bytes like those of a JPEG: no two pieces alike."""
    block = hashlib.sha256(str(number).encode()).digest()
    return b"".join(hashlib.sha256(block + at.to_bytes(4, "big")).digest() for at in range(size // 32 + 1))[
        :size
    ]


@dataclass
class MemoryAlbum:
    """Files in memory, for what no store is needed for."""

    files: dict[str, bytes] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def unsent(self, limit: int) -> Sequence[Waiting]:
        left = [name for name in self.files if name not in self.done]
        return [Waiting(name, hash_of(self.files[name]), len(self.files[name])) for name in left][:limit]

    def content(self, attachment: str) -> bytes:
        return self.files[attachment]

    def sent(self, attachments: Sequence[str]) -> None:
        self.done.extend(attachments)


def send(album: MemoryAlbum, identity: DeviceIdentity, url: str) -> Carried:
    with Transport(url) as transport:
        return send_all(album, Carrier(transport, identity, AT))


def fetch(sha256: str, identity: DeviceIdentity, url: str) -> bytes:
    with Transport(url) as transport:
        return Carrier(transport, identity, AT).fetch(sha256, lambda _come, _all: None, lambda: False)


def named(*hashes: str) -> list[Json]:
    """The pictures of a notice."""
    return [{"id": f"p{place}", "sha256": one, "category": "posted"} for place, one in enumerate(hashes)]
