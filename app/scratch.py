"""Where this process puts temporary files: a folder in memory where the system has one, never the disk.

A print job passes through a plain temporary file of the printing library. On Linux that file lies in memory
then; a page of memory can still reach a swap file, which is the operating system's to encrypt.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

PREFIX = "shoufangtong-"
VARIABLE = "TMPDIR"  # asked by Qt, by the printing library and by Python
LEAST_BYTES = 64_000_000  # a long print job
MEMORY = ("tmpfs", "ramfs")
MOUNTS = Path("/proc/self/mounts")


class Scratch:
    """From `Scratch()` to `end` every temporary file of the process is made in `folder`.

    `folder` is None where no place in memory is known (Windows, macOS, a Linux without one): temporary files
    go where the system puts them then. Begin it before other threads: it changes the environment.
    """

    def __init__(self, places: Iterable[Path] | None = None, mounts: Path = MOUNTS) -> None:
        self.folder: Path | None = None
        self._lock = -1
        self._before = (os.environ.get(VARIABLE), tempfile.tempdir)
        for place in _usual() if places is None else places:
            if in_memory(place, mounts) and self._take(place):
                os.environ[VARIABLE] = tempfile.tempdir = str(self.folder)
                break

    def end(self) -> None:
        """Take the folder away with all that was left in it; repeating it does nothing."""
        if self.folder is None:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)
        self.folder = None
        variable, tempfile.tempdir = self._before
        if variable is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = variable

    def _take(self, place: Path) -> bool:
        try:
            if shutil.disk_usage(place).free < LEAST_BYTES:
                return False
            _sweep(place)
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        except OSError:
            return False
        self._lock = os.open(folder, os.O_RDONLY)
        _lock(self._lock)
        self.folder = folder
        return True


def in_memory(place: Path, mounts: Path = MOUNTS) -> bool:
    """Whether the folder lies on a file system that is kept in memory, as the kernel tells it."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
        real = place.resolve(strict=True)
    except OSError:
        return False
    above = {str(one) for one in (real, *real.parents)}
    holding = [(len(line[1]), number, line[2]) for number, line in enumerate(lines) if line[1] in above]
    return bool(holding) and max(holding)[2] in MEMORY


def _usual() -> tuple[Path, ...]:
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    return (Path(given), Path("/dev/shm")) if given else (Path("/dev/shm"),)  # noqa: S108  # checked to be memory


def _sweep(place: Path) -> None:
    """Take away what a program that was killed left there; a living one holds its lock."""
    for folder in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another program that starts now took it away
            _sweep_one(folder)


def _sweep_one(folder: Path) -> None:
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _lock(descriptor):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
