"""The bytes of the open file, page by page and still sealed, for whoever can tell whether each one holds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from app.store.cipher import PAGE_BYTES, faults

LOCK_PAGE = (1 << 30) // PAGE_BYTES + 1  # SQLite never uses the page at 1 GiB: its locks are there


class FilePages:
    """Reads beside the open connection, from any thread, and writes nothing.

    The file is let go of after the connection and not before: closing it would give up the locks that
    the system keeps for this program on it, and another program could write into the open store.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._lock = threading.Lock()

    @faults()
    def size(self) -> int:
        """How many bytes the file has now."""
        return self._path.stat().st_size

    @faults()
    def salt(self) -> bytes:
        """The first 16 bytes, which every page's seal depends on."""
        return self._bytes(0, 16)

    @faults()
    def read(self, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """Pages `first` to `last` by number, from 1; short or empty where the file ends before."""
        for begin, end in _around(first, last):
            raw = self._bytes((begin - 1) * PAGE_BYTES, (end + 1 - begin) * PAGE_BYTES)
            for number in range(begin, end + 1):
                at = (number - begin) * PAGE_BYTES
                yield number, raw[at : at + PAGE_BYTES]

    def let_go(self) -> None:
        """Close the file, once the connection is closed."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _bytes(self, at: int, length: int) -> bytes:
        with self._lock:
            if self._file is None:
                self._file = self._path.open("rb", buffering=0)
            self._file.seek(at)
            pieces = []
            while length and (piece := self._file.read(length)):
                pieces.append(piece)
                length -= len(piece)
        return b"".join(pieces)


def _around(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The same pages but for the one with the locks, which some systems let nobody read."""
    for begin, end in ((first, min(last, LOCK_PAGE - 1)), (max(first, LOCK_PAGE + 1), last)):
        if begin <= end:
            yield begin, end
