"""Sticks, cards and telephones that were plugged in: where a backup may be carried, and photos come from."""

from __future__ import annotations

import os
import shutil
import string
import sys
from dataclasses import dataclass
from pathlib import Path

REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
MOUNTS = (Path("/media"), Path("/run/media"))
PHOTO_FOLDERS = ("DCIM", "Pictures")  # cameras; what came by messages
TELEPHONES = ("mtp:", "gphoto2:", "afc:")  # as the desktop names what it shows


@dataclass(frozen=True)
class Drive:
    """`root` is where it is mounted, `name` what to call it, `free` its free bytes."""

    root: Path
    name: str
    free: int


def removable(mounts: tuple[Path, ...] = MOUNTS) -> tuple[Drive, ...]:
    """The drives that are plugged in now, in the order of their names."""
    roots = _roots(mounts)
    found = (_drive(root) for root in roots)
    return tuple(sorted((one for one in found if one), key=lambda one: one.name))


def camera_folders(mounts: tuple[Path, ...] = MOUNTS, telephones: Path | None = None) -> tuple[Path, ...]:
    """Where photos lie on what is plugged in: `DCIM` of a stick or card, and of telephones a Linux desktop
    shows as folders. Windows shows a telephone as no folder: the dialog for files reaches it there.
    """
    roots = _roots(mounts)
    if sys.platform != "win32":
        shown = telephones or Path(f"/run/user/{os.getuid()}/gvfs")
        for one in (each for each in _folders(shown) if each.name.startswith(TELEPHONES)):
            roots += [one, *_folders(one)]  # a telephone has one folder for each of its stores
    inside = (root / name for root in roots for name in PHOTO_FOLDERS)
    return tuple(folder for folder in inside if folder.is_dir())


def free_bytes(folder: Path) -> int:
    """Room on the disk of `folder`, or of the nearest folder above it that is there; 0 when unknown."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return 0


def _roots(mounts: tuple[Path, ...]) -> list[Path]:
    """Letters on Windows; elsewhere `/media/<user>/<drive>`, as desktops mount them, or `/media/<drive>`."""
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW
        letters = [Path(f"{letter}:\\") for letter in string.ascii_uppercase]
        return [root for root in letters if kind(str(root)) == REMOVABLE]
    found = []
    for mount in mounts:
        for first in _folders(mount):
            if os.path.ismount(first):
                found.append(first)
            else:
                found.extend(inner for inner in _folders(first) if os.path.ismount(inner))
    return found


def _folders(folder: Path) -> list[Path]:
    try:
        return [one for one in folder.iterdir() if one.is_dir()]
    except OSError:
        return []


def _drive(root: Path) -> Drive | None:
    try:
        free = shutil.disk_usage(root).free
    except OSError:
        return None
    return Drive(root, root.name or str(root).rstrip("\\"), free)
