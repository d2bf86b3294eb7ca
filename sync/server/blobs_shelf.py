"""Where the county keeps files: a folder, or whatever else can put, read and drop by name.

The other shelf is `blobs_s3`.
Files lie as they came: what protects them at rest is the disk's own encryption (docs/security.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from app.files import sync_folder

READ_BYTES = 1 << 20
SPARE_BYTES = 500_000_000  # of a disk, left for the database


class Away(OSError):
    """The shelf cannot be reached now: whoever asked is to come again."""


class Shelf(Protocol):
    """Whole files by county and SHA-256. Every method may raise OSError."""

    def put(self, county: str, sha256: str, file: Path) -> None:
        """Keep the content of `file`, proven before; when this returns it lasts. May take `file` away."""
        ...

    def has(self, county: str, sha256: str) -> bool: ...

    def read(self, county: str, sha256: str, start: int, size: int) -> bytes:
        """At most `size` bytes from `start` on. Raises FileNotFoundError when it is not there."""
        ...

    def drop(self, county: str, sha256: str) -> None:
        """Take it away; nothing happens when it is not there."""
        ...


class Folder:
    """A shelf in a folder: `<county>/<first two letters>/<hash>`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, county: str, sha256: str, file: Path) -> None:
        target = self._place(county, sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(file, target)
        for folder in (target.parent, target.parent.parent, self._root):  # each may have been made just now
            sync_folder(folder)

    def has(self, county: str, sha256: str) -> bool:
        return self._place(county, sha256).is_file()

    def read(self, county: str, sha256: str, start: int, size: int) -> bytes:
        with self._place(county, sha256).open("rb") as file:
            file.seek(start)
            return file.read(size)

    def drop(self, county: str, sha256: str) -> None:
        self._place(county, sha256).unlink(missing_ok=True)

    def _place(self, county: str, sha256: str) -> Path:
        return self._root / county / sha256[:2] / sha256


class Parts:
    """Files that have begun to come, one for each computer and hash, so that two never write into one.

    What is here after the power went is what counts: a device goes on from its end.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, device: str, sha256: str) -> Path:
        """Where a part lies. The id of a device is not of our making: it never becomes a name."""
        return self.root / f"{hashlib.sha256(device.encode()).hexdigest()[:16]}-{sha256}"

    def size(self, device: str, sha256: str) -> int:
        """How many bytes have come."""
        try:
            return self.path(device, sha256).stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, device: str, sha256: str, offset: int, piece: bytes) -> None:
        """Write `piece` at `offset`, the end; all of it or nothing. Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(
            self.path(device, sha256), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(descriptor, "rb+") as file:
            file.seek(offset)
            try:
                file.write(piece)
                file.flush()
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(descriptor, offset)
                raise

    def digest(self, device: str, sha256: str) -> str:
        """The SHA-256 of what has come."""
        digest = hashlib.sha256()
        with self.path(device, sha256).open("rb") as file:
            while piece := file.read(READ_BYTES):
                digest.update(piece)
        return digest.hexdigest()

    def drop(self, device: str, sha256: str) -> None:
        """Begin again."""
        self.path(device, sha256).unlink(missing_ok=True)

    def roomy(self, size: int) -> bool:
        """Whether the disk takes `size` bytes and keeps some to spare."""
        self.root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free > size + SPARE_BYTES

    def sweep(self, now: datetime, after: timedelta) -> int:
        """Take away parts that nobody went on with; how many."""
        old = [path for path in self._all() if now.timestamp() - path.stat().st_mtime > after.total_seconds()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _all(self) -> Iterator[Path]:
        return self.root.iterdir() if self.root.is_dir() else iter(())
