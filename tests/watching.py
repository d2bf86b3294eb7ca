"""Seeing every file a program makes, also those it takes away again, and what its bytes say."""

from __future__ import annotations

import ctypes
import os
import re
import struct
import subprocess
import time
from pathlib import Path

CREATED = 0x100 | 0x80  # IN_CREATE, IN_MOVED_TO (linux/inotify.h)

WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|creat\(")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


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


class Trace:
    """Every file that this process opens to write, wherever it lies, as the kernel tells strace."""

    def __init__(self, notes: Path) -> None:
        self._notes = notes
        calls = "trace=open,openat,creat"
        command = ["strace", "-f", "-qq", "-e", calls, "-o", str(notes), "-p", str(os.getpid())]
        self._tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.works = self._attached()

    def end(self) -> set[Path]:
        """The files, by the names they were opened under."""
        self._tracer.terminate()
        self._tracer.wait(30)
        lines = self._notes.read_text(encoding="utf-8", errors="replace").splitlines()
        writing = (line for line in lines if WRITING.search(line) and not line.endswith(")"))
        names = (QUOTED.search(line) for line in writing)
        return {Path(_plain(name[1])) for name in names if name}

    def _attached(self) -> bool:
        """Not every system lets one process look at another."""
        probe = self._notes.with_name("probe")
        for _ in range(200):
            if self._tracer.poll() is not None:
                return False
            probe.write_bytes(b"")
            if self._notes.exists() and str(probe) in self._notes.read_text(errors="replace"):
                return True
            time.sleep(0.02)
        self._tracer.terminate()
        return False


def _plain(name: str) -> str:
    # strace writes other letters as octal bytes.
    return name.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
