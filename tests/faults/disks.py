"""Real disks to fill, to make read-only and to pull out: file systems in memory, where one may mount them."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(place: Path, options: str) -> Iterator[Path]:
    """A file system mounted at `place`; skips the test where mounting is not for us."""
    place.mkdir()
    if sys.platform != "linux" or mount("-t", "tmpfs", "-o", options, "none", str(place)):
        pytest.skip("mounting a small disk takes Linux and the right to mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False, capture_output=True)


def mount(*words: str) -> int:
    """The exit status of `mount`."""
    program = shutil.which("mount")
    return subprocess.run([program, *words], capture_output=True, check=False).returncode if program else 1


def pull_out(place: Path) -> None:
    """Take the file system away while its files are open."""
    subprocess.run(["umount", "--lazy", str(place)], check=True, capture_output=True)
