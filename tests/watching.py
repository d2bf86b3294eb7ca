"""Seeing every file a program makes, also those it takes away again, and what its bytes say."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

CREATED = 0x100 | 0x80  # IN_CREATE, IN_MOVED_TO (linux/inotify.h)


class Watch:
    """Names of all that is created directly in a folder, as the Linux kernel tells them."""

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._libc.inotify_add_watch(self._descriptor, os.fsencode(folder), CREATED) > 0

    def seen(self) -> set[str]:
        names: set[str] = set()
        while True:
            try:
                data = os.read(self._descriptor, 1 << 16)
            except BlockingIOError:
                return names
            while data:
                length = struct.unpack_from("iIII", data)[3]
                names.add(data[16 : 16 + length].rstrip(b"\0").decode())
                data = data[16 + length :]

    def close(self) -> None:
        os.close(self._descriptor)


def spellings(word: str) -> set[bytes]:
    """A word as any program might write it."""
    return {word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}


def deleted_but_open() -> list[str]:
    """Files of this process that have no name any more and could still hold anything."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:
            continue
        if target.startswith("/") and target.endswith(" (deleted)") and "/memfd:" not in target:
            found.append(target)
    return found
