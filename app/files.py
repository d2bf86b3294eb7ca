"""Files written as if the power will go: temporary name, flush, fsync, replace."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from app.domain.problem import StorageFault

FULL = "电脑满了，新的存不进去。已存好的都在。先清出一些地方。"
NOT_WRITTEN = "电脑的盘没写进去。已存好的都在，请先别关机，再试一次。"


def write_whole(path: Path, data: bytes) -> None:
    """Replace `path` by `data` so that a crash leaves either the old file or the new one.

    Readable by the owner only. Raises StorageFault, worded for the worker, when the disk refuses.
    """
    write_pieces(path, [data])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """`write_whole` for what comes in pieces."""
    temporary = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise disk_fault(error) from error


def read_small(path: Path, most_bytes: int = 1_000_000) -> bytes:
    """The content of a file somebody chose, up to `most_bytes`. Raises StorageFault when it is unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(most_bytes)
    except OSError as error:
        raise StorageFault("这个文件读不了。U 盘插紧，再选一次。") from error


def replace_whole(new: Path, old: Path) -> None:
    """Put the finished file `new` in the place of `old`, durably. Raises StorageFault."""
    try:
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(new, old)
        sync_folder(old.parent)
    except OSError as error:
        raise disk_fault(error) from error


def disk_fault(error: OSError) -> StorageFault:
    """The worker's words for what the disk said."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFault(FULL)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageFault("这个文件夹不让写。已存好的都在。请镇里帮看文件夹的权限。")
    return StorageFault(NOT_WRITTEN)


def forget_cached(descriptor: int) -> None:
    """Have the next read of a file that was brought to the disk come from there, where the system can."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last. A rename is durable only once its folder is; Windows has no such
    call and needs none. Raises OSError."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
