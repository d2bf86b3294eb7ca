"""Putting a prepared store in the place of the one that is here: whole, and through any power cut.

The prepared files lie in `restoring/`. Once the journal is on the disk the step is decided: whatever
happens then, the next start goes on where it ended. Before that, nothing here has been touched.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.domain.problem import StorageFault
from app.domain.workdays import CHINA
from app.files import disk_fault, sync_folder, write_whole
from app.paths import Paths

STAGE = "restoring"
# The log first: beside another store than its own it would be folded into nothing.
NAMES = (
    "shoufangtong.db-wal",
    "shoufangtong.db-journal",
    "shoufangtong.db",
    "keys.json",
    "keys.json.copy",
    "attachments",
)
OWN = ("packs", "settings.json")  # put in place only where there is none
UNFINISHED = "上次从备份恢复，做到一半停住了。原来的和备份的都在。请找镇里。"
IN_THE_WAY = "这份资料正被另一个程序用着，没有换。先把它关掉，再来。"
Stop = Callable[[str], None]  # told before every step, for tests that cut the power there


def stage_of(paths: Paths) -> Path:
    """Where the files that will take the place of the present ones are prepared."""
    return paths.root / STAGE


def clear_stage(paths: Paths) -> None:
    """Throw away what was prepared and never decided."""
    if not paths.restoring.exists():
        shutil.rmtree(stage_of(paths), ignore_errors=True)


def replace_all(paths: Paths, at: datetime, stop: Stop = lambda _step: None) -> Path | None:
    """Put the prepared files in place; what was here goes into a folder of its own, which is returned.

    None when there was nothing. Raises StorageFault: before the journal is written nothing has changed,
    after it `finish` goes on.
    """
    new = sorted(name for name in (*NAMES, *OWN) if (stage_of(paths) / name).exists())
    aside = free_name(paths.root, at)
    _sync_all(stage_of(paths))
    stop("journal")
    write_whole(paths.restoring, json.dumps({"aside": aside, "new": new}).encode())
    try:
        return finish(paths, stop)
    except StorageFault:
        if not (paths.root / aside).exists():
            # Nothing could be moved yet (another program holds a file): it is as if nothing was asked.
            paths.restoring.unlink(missing_ok=True)
        raise


def finish(paths: Paths, stop: Stop = lambda _step: None) -> Path | None:
    """Go on with what was decided and not ended; does nothing when there is nothing. Raises StorageFault."""
    journal = paths.restoring
    if not journal.exists():
        return None
    aside, new = _decided(journal)
    try:
        _move_out(paths.root, paths.root / aside, new, stop)
        _move_in(paths.root, new, stop)
        sync_folder(paths.root)
        stop("journal gone")
        journal.unlink()
        sync_folder(paths.root)
        stop("stage gone")
        shutil.rmtree(stage_of(paths), ignore_errors=True)
    except PermissionError as error:
        raise StorageFault(IN_THE_WAY) from error
    except OSError as error:
        raise disk_fault(error) from error
    return paths.root / aside if (paths.root / aside).exists() else None


def _decided(journal: Path) -> tuple[str, tuple[str, ...]]:
    try:
        told = json.loads(journal.read_bytes())
        aside, new = (
            Path(str(told["aside"])).name,
            tuple(name for name in (*NAMES, *OWN) if name in told["new"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageFault(UNFINISHED) from error
    return aside, new


def _move_out(root: Path, aside: Path, new: tuple[str, ...], stop: Stop) -> None:
    for name in NAMES:
        if name in new and not (root / STAGE / name).exists():
            continue  # what lies here under that name is the new one already
        if (root / name).exists() and not (aside / name).exists():
            stop(f"out {name}")
            with contextlib.suppress(FileExistsError):
                aside.mkdir()
            try:
                os.rename(root / name, aside / name)
            except OSError:
                with contextlib.suppress(OSError):
                    aside.rmdir()  # goes only while it is empty
                raise
    if aside.exists():
        sync_folder(aside)
    sync_folder(root)


def _move_in(root: Path, new: tuple[str, ...], stop: Stop) -> None:
    for name in new:
        prepared = root / STAGE / name
        if prepared.exists() and not (name in OWN and (root / name).exists()):
            stop(f"in {name}")
            os.rename(prepared, root / name)


def _sync_all(stage: Path) -> None:
    try:
        for folder, _, _ in os.walk(stage):
            sync_folder(Path(folder))
    except OSError as error:
        raise disk_fault(error) from error


def free_name(root: Path, at: datetime) -> str:
    """What the folder with what is replaced at `at` will be called."""
    name = f"replaced-{at.astimezone(CHINA):%Y%m%d-%H%M%S}"
    number, free = 2, name
    while (root / free).exists():
        free, number = f"{name}-{number}", number + 1
    return free
