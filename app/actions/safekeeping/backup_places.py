"""Where backups go: a folder on this computer, and the stick the worker chose; and putting one there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import container, settings
from app.domain.keeping import Kept, to_drop
from app.domain.manifest import Manifest
from app.domain.problem import StorageFault
from app.domain.workdays import CHINA
from app.files import sync_folder
from app.paths import Paths

FOLDER = "首访通备份"
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f.\s]+')  # what a stick's file system will not have in a name
ABSENT = "没看到 U 盘，插紧再试。"
FULL = "U 盘满了，这份没放进去。上面原来的备份都没动。换一个 U 盘，或先清出一些地方。"
NO_WRITING = "这个 U 盘不让写。上面原来的备份都没动。看看侧面的小开关，或换一个。"
UNREADABLE = "写到 U 盘上的和原来的对不上，没有算数。原来的备份都没动。换一个 U 盘。"
HOME_FULL = "电脑满了，新的备份放不下。已存好的都在。先清出一些地方，或备份到 U 盘。"
HOME_NO_WRITING = "备份的文件夹不让写。已存好的都在。请镇里帮看文件夹的权限。"
TROUBLE = "备份没写成。已存好的、原来的备份都在。再试一次。"


@dataclass(frozen=True)
class Place:
    """A folder for backups. `base` must be there already: a stick that is not plugged in is not made up."""

    base: Path
    folder: Path
    chosen: bool = False


@dataclass(frozen=True)
class Placed:
    """What came of one place: the file, or the words why there is none."""

    place: Place
    file: Path | None
    words: str = ""


@dataclass(frozen=True)
class Found:
    """A backup that lies somewhere, by its outside only."""

    file: Path
    manifest: Manifest
    chosen: bool


def places(paths: Paths) -> tuple[Place, ...]:
    """The chosen one first: a backup is moved, not copied, into the last."""
    home = Place(paths.root, paths.backups)
    chosen = settings.load(paths.settings).backup_folder
    return (place_in(Path(chosen)), home) if chosen else (home,)


def place_in(base: Path) -> Place:
    """Our own folder on a stick or in a folder the worker pointed at."""
    return Place(base, base if base.name == FOLDER else base / FOLDER, chosen=True)


def put(made: Path, digest: str, name: str, place: Place, *, last: bool) -> Placed:
    """Put the proven file `made` into `place` under `name`, whole or not at all.

    `digest` is its SHA-256: what was written is read back and compared. What lies there already is not
    touched. Never raises for what the disk says: the words are in the answer.
    """
    if not place.base.is_dir():
        return Placed(place, None, ABSENT)
    temporary = place.folder / f"{name}.new"
    try:
        place.folder.mkdir(exist_ok=True)
        for half in place.folder.glob(f"首访通-*{container.ENDING}.new"):
            half.unlink()  # what a power cut left of one before
        target = _free_name(place.folder, name)
        if last and made.stat().st_dev == place.folder.stat().st_dev:
            os.replace(made, target)
        else:
            container.copy_whole(made, temporary)
            if container.digest_of(temporary) != digest:
                temporary.unlink()
                return Placed(place, None, UNREADABLE)
            os.replace(temporary, target)
        sync_folder(place.folder)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        return Placed(place, None, _words(error, chosen=place.chosen))
    return Placed(place, target)


def file_name(village: str, at: datetime) -> str:
    """`首访通-青石垭村-20261120-193005.sftbak`, in China's time."""
    when = at.astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
    return f"首访通-{UNFIT.sub('', village)[:40] or '村'}-{when}{container.ENDING}"


def found_in(folder: Path, *, chosen: bool = False) -> tuple[Found, ...]:
    """The backups in a folder, newest first; what is no backup or cannot be read is passed over."""
    try:
        names = [path for path in folder.iterdir() if path.name.endswith(container.ENDING)]
    except OSError:
        return ()
    known = (_looked_at(path, chosen) for path in names)
    return tuple(sorted((one for one in known if one), key=_age, reverse=True))


def prune(place: Place, line: str, now: datetime) -> tuple[Path, ...]:
    """Delete what the rule no longer keeps of this store's own backups; returns what went.

    Another village's backups on the same stick are nobody's to delete.
    """
    own = {one.file.name: one for one in found_in(place.folder) if line and one.manifest.line == line}
    kept = [
        Kept(name, one.manifest.generation, one.manifest.made_at, one.manifest.risky)
        for name, one in own.items()
    ]
    gone = []
    for name in sorted(to_drop(kept, now)):
        with contextlib.suppress(OSError):
            own[name].file.unlink()
            gone.append(own[name].file)
    return tuple(gone)


def _looked_at(path: Path, chosen: bool) -> Found | None:
    try:
        return Found(path, container.outside(path).manifest, chosen)
    except StorageFault:
        return None


def _age(found: Found) -> tuple[datetime, int]:
    return found.manifest.made_at, found.manifest.generation


def _free_name(folder: Path, name: str) -> Path:
    return next(path for path in _names(folder, name) if not path.exists())


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    number = 2
    while True:
        yield folder / f"{name.removesuffix(container.ENDING)}-{number}{container.ENDING}"
        number += 1


def _words(error: OSError, *, chosen: bool) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):  # FAT32 takes no file beyond 4 GB
        return FULL if chosen else HOME_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NO_WRITING if chosen else HOME_NO_WRITING
    if chosen and error.errno in (errno.ENODEV, errno.ENXIO, errno.ENOENT):
        return ABSENT
    return TROUBLE
