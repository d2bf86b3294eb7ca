"""Folders in which a county lies in plain for a moment: closed to others, and swept away when left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "sft-backup-"
# Releases before this one left such folders in the system's temporary one; tests and demos have others of
# that name, which hold more than a dump.
FORMER, FORMERLY_IN_IT = "sft-county-", ["county.dump"]


@contextlib.contextmanager
def folder_in(place: Path) -> Iterator[Path]:
    """A fresh folder in `place` that only its owner may enter; it is gone afterwards. Raises OSError.

    What a killed program left in `place` goes first, where the system has locks that end with a program.
    """
    sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    try:
        with _held(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(place: Path) -> None:
    """Take away every folder of ours in `place` that no living program holds."""
    for folder in (*place.glob(f"{PREFIX}*"), *place.glob(f"{FORMER}*")):
        with contextlib.suppress(OSError):  # another program took it away, or it is not ours to take
            if _is_ours(folder):
                with _held(folder) as alone:
                    if alone:
                        shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    if sys.platform == "win32" or folder.is_symlink() or folder.stat().st_uid != os.getuid():
        return False
    return folder.name.startswith(PREFIX) or [one.name for one in folder.iterdir()] == FORMERLY_IN_IT


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Whether this program alone holds the folder; when it ends, however it ends, it lets go."""
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
