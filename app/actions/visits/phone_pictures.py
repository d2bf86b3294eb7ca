"""Pictures on a telephone, a camera's card or a stick that is plugged in: the newest first, to point at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import drives
from app.domain.workdays import CHINA

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
DEEPEST = 3  # folders below DCIM: 100APPLE, Camera/2026/11
MOST_LOOKED_AT, MOST_SHOWN = 20_000, 96


@dataclass(frozen=True)
class OnPhone:
    """`taken` is when the file was written last, which is when the picture was taken or arrived."""

    path: Path
    taken: datetime


def newest(folder: Path | None = None) -> tuple[OnPhone, ...]:
    """At most 96 pictures, the newest first: of `folder`, or of all that is plugged in."""
    folders = (folder,) if folder is not None else drives.camera_folders()
    found = sorted(_pictures(folders), key=lambda one: (one[0], str(one[1])), reverse=True)
    return tuple(OnPhone(path, datetime.fromtimestamp(at, CHINA)) for at, path in found[:MOST_SHOWN])


def _pictures(folders: Iterable[Path]) -> Iterator[tuple[float, Path]]:
    looked_at = 0
    for folder in folders:
        for entry in _entries(folder, DEEPEST):
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                return
            path = Path(entry.path)
            if path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
                try:
                    yield entry.stat().st_mtime, path
                except OSError:  # pulled out meanwhile
                    continue


def _entries(folder: Path, deep: int) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            inside = list(entries)
    except OSError:
        return
    for entry in inside:
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        if not is_folder:
            yield entry
        elif deep and not entry.name.startswith("."):
            yield from _entries(Path(entry.path), deep - 1)
