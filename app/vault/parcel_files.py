"""Files on a stick: written so that one is whole there or not there at all, and found again.

A stick is pulled out whenever somebody feels like it. So each file comes under another name first, goes to
the disk, is renamed and read back from there; only what came back letter by letter was written.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from app.domain.problem import StorageFault
from app.files import forget_cached, sync_folder

FOLDER = "首访通"  # on a stick, beside whatever else is on it
COMING = ".new"  # behind the name of a file that is not whole yet
GONE = "U 盘拔掉了，或者没插紧，没写完。这台电脑里的一件没少：插好，再写一次。"
FULL = "U 盘满了，没写完。这台电脑里的一件没少：清出一些地方或换一个，再写一次。"
LOCKED = "这个 U 盘不让写。侧面有小锁的拨开，或换一个。这台电脑里的一件没少。"
WORN = "U 盘写进去的读出来不一样，这个 U 盘坏了。这台电脑里的一件没少：换一个，再写一次。"
UNREADABLE = "U 盘上的文件读不出来。插紧再试一次；还不行，换一个 U 盘再拷。"
MOST_LOOKED_AT = 2000  # files of a stick


def put(path: Path, data: bytes) -> None:
    """`data` at `path`, proven by reading it back. Raises StorageFault, worded for the worker; then there is
    at most a file that ends in `COMING`, which nobody reads."""
    coming = path.with_name(path.name + COMING)
    try:
        path.parent.mkdir(exist_ok=True)
        descriptor = os.open(
            coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            forget_cached(file.fileno())
        if coming.read_bytes() != data:
            raise StorageFault(WORN)
        os.replace(coming, path)
        sync_folder(path.parent)
        if path.stat().st_size != len(data):
            raise StorageFault(WORN)
    except OSError as error:
        with contextlib.suppress(OSError):
            coming.unlink()
        raise StorageFault(words_of(error)) from error


def words_of(error: OSError) -> str:
    """What stands in the way of writing, for the worker."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FULL
    return LOCKED if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else GONE


def get(path: Path, most_bytes: int) -> bytes:
    """The content, or one byte more than `most_bytes` of it. Raises StorageFault."""
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except OSError as error:
        raise StorageFault(UNREADABLE) from error


def found(places: Iterable[Path], suffix: str) -> tuple[Path, ...]:
    """The files with this suffix: those named in `places` themselves, and those in folders named there, or in
    their `FOLDER`; in the order of their names."""
    files: dict[Path, None] = {}
    for place in places:
        for one in _in(place):
            if one.suffix == suffix and not one.name.startswith("._") and len(files) < MOST_LOOKED_AT:
                files[one] = None
    return tuple(files)


def sweep(path: Path) -> None:
    """Take a file away that is no longer needed, if the stick lets us."""
    with contextlib.suppress(OSError):
        path.unlink()


def _in(place: Path) -> list[Path]:
    try:
        if not place.is_dir():
            return [place]
        inside = place / FOLDER
        folders = (place, inside) if inside.is_dir() else (place,)
        return sorted(one for folder in folders for one in folder.iterdir() if one.is_file())
    except OSError as error:
        raise StorageFault(UNREADABLE) from error
