"""What a computer needs beside its store to work as before: the county's policy packs and the settings.

Both are plain in a backup, as they are on the computer: nothing in them is secret or about anybody. The
folder that backups go to is left out, for its path may name somebody; where a backup is found on a stick,
that stick is chosen again. A restore puts back only what the computer has none of: it may be newer here.
"""

from __future__ import annotations

import errno
import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app import container, settings
from app.actions.safekeeping.backup_places import FOLDER
from app.domain.manifest import Manifest
from app.paths import Paths

TAKEN = "belongings"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Brought:
    """`kind` ("packs" or "settings") is inside; `used` when this computer has none of its own."""

    kind: str
    used: bool


def take(paths: Paths, scratch: Path) -> None:
    """Copy them aside, on the store's thread, where packs are changed too. Raises OSError or StorageFault.

    A pack that cannot be read keeps nobody from a backup of her records: it is left out.
    """
    taken = scratch / TAKEN
    taken.mkdir()
    if paths.packs.is_dir():
        try:
            shutil.copytree(paths.packs, taken / "packs")
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            log.error("policy packs could not be read and are left out of the backup")
            shutil.rmtree(taken / "packs", ignore_errors=True)
    if paths.settings.is_file():
        kept = replace(settings.load(paths.settings), backup_folder="")
        settings.save(taken / container.SETTINGS, kept)


def parts(scratch: Path) -> Mapping[str, Path]:
    """What was taken, by its name in the container."""
    taken = scratch / TAKEN
    files = sorted(path for path in taken.rglob("*") if path.is_file())
    return {path.relative_to(taken).as_posix(): path for path in files}


def brought(paths: Paths, manifest: Manifest) -> tuple[Brought, ...]:
    """What is inside of them, and whether it will be put back."""
    names = [part.name for part in manifest.parts]
    found = []
    if any(name.startswith(container.PACKS) for name in names):
        found.append(Brought("packs", not paths.packs.exists()))
    if container.SETTINGS in names:
        found.append(Brought("settings", not paths.settings.exists()))
    return tuple(found)


def wanted(paths: Paths, name: str) -> bool:
    """Whether the part `name` is to be prepared; what is not of these always is."""
    if name.startswith(container.PACKS):
        return not paths.packs.exists()
    return name != container.SETTINGS or not paths.settings.exists()


def choose_stick(stage: Paths, paths: Paths, file: Path) -> None:
    """Have backups go again to where this one lies, if that is our folder on a stick. Raises StorageFault."""
    folder = file.parent
    if stage.settings.exists() and folder.name == FOLDER and folder != paths.backups:
        kept = settings.load(stage.settings)
        settings.save(stage.settings, replace(kept, backup_folder=str(folder.parent)))
