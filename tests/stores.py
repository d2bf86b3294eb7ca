"""Stores that stand at once: what would be written anew for every test is written once, and copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.actions.desk import Desk
from app.domain import ids
from app.store import Store
from tests.desks import Clock, desk_on

KEY = bytes(range(32))


@cache
def shelf() -> Path:
    """Where the first ones lie until this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="sft-first-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class First(NamedTuple):
    """What lies on the shelf, and the last id given out when it was made."""

    path: Path
    last_id: int

    def copy(self, to: Path) -> None:
        """Lay a copy down at `to`, a folder or a file; ids made from now on sort after those in it."""
        (shutil.copytree if self.path.is_dir() else shutil.copyfile)(self.path, to)
        ids._last = self.last_id


def shelved(path: Path) -> First:
    """What was just made at `path`."""
    return First(path, ids._last)


def new_store(path: Path) -> Store:
    """An empty encrypted store in a file of its own, under `KEY`, its tables as a new program makes them."""
    shutil.copyfile(_empty(), path)
    return Store(path, KEY)


def furnished_store(path: Path, furnish: Callable[[Desk], Desk], at: datetime, *overlays: Path) -> Store:
    """A store in a file of its own as `furnish` left one at `at`, at a desk with `overlays`."""
    _furnished(furnish, at, *overlays).copy(path)
    return Store(path, KEY)


@cache
def _empty() -> Path:
    made = shelf() / "empty.db"
    Store(made, KEY, create=True).close()
    return made


@cache
def _furnished(furnish: Callable[[Desk], Desk], at: datetime, *overlays: Path) -> First:
    made = Path(tempfile.mkdtemp(dir=shelf())) / "store.db"
    store = new_store(made)
    furnish(desk_on(store, Clock(at), *overlays))
    store.close()
    return shelved(made)
