"""Printers for tests: the system's real printing library before a print server that does as it is told."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
USUAL = "village"
NOBODY = "/nonexistent/cups"  # where no print server is: a test never reaches the printer of whoever runs it


class Printers:
    """What stands on the network; `taken` are the documents that came, oldest first, `asked` the words about
    them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stand({USUAL: {"state": 3}})

    def stand(self, printers: dict[str, dict[str, int]]) -> None:
        """From now on these printers are there: their state (3 idle, 5 stopped), `refuses` 1 for no jobs."""
        part = self.folder / "printers.part"
        part.write_text(json.dumps(printers), encoding="utf-8")
        part.rename(self.folder / "printers.json")

    @property
    def taken(self) -> list[bytes]:
        return [path.read_bytes() for path in self._numbered("pdf")]

    @property
    def asked(self) -> list[bytes]:
        return [path.read_bytes() for path in self._numbered("txt")]

    def _numbered(self, suffix: str) -> list[Path]:
        found = (path for path in self.folder.glob(f"*.{suffix}") if path.stem.isdigit())
        return sorted(found, key=lambda path: int(path.stem))


def library() -> ctypes.CDLL | None:
    """The system's printing library, where it has one."""
    name = ctypes.util.find_library("cups")
    return ctypes.CDLL(name) if name and sys.platform == "linux" else None


needs_printers = pytest.mark.skipif(library() is None, reason="a system without this printing library")


@contextmanager
def print_server() -> Iterator[Printers]:
    """One usual printer at the service of this thread until the block ends."""
    cups = library()
    assert cups is not None, "ask `library` before"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        found = Printers(folder)
        command = [sys.executable, "-m", "tests.print_server", str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == "open\n"
            cups.cupsSetServer(str(folder / "door").encode())
            yield found
            cups.cupsSetServer(NOBODY.encode())
            server.terminate()
