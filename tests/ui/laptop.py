"""A whole program on an enrolled laptop: real key file, real encrypted store, a window in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, introduce, open_desk
from app.domain.device import DeviceIdentity
from app.paths import Paths
from app.vault import device_secret
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.stores import First, shelf, shelved
from tests.ui.village import furnish
from ui.bootstrap import Program
from ui.pages.unlock import UnlockPage

T = TypeVar("T")
QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
PASSPHRASE = "guyu qian zhongwan douzi"


def enrolled(folder: Path, device: DeviceIdentity = DEVICE, *, furnished: bool = True) -> Paths:
    """The folder of a laptop that was enrolled before, with the families of `tests.ui.village`."""
    paths = Paths(folder / "laptop")
    if device is DEVICE:  # what a county gave out lies on one computer only
        _first(furnished).copy(paths.root)
    else:
        _enrol(paths, device, furnished)
    return paths


@cache
def _first(furnished: bool) -> First:
    paths = Paths(Path(tempfile.mkdtemp(dir=shelf())) / "laptop")
    _enrol(paths, DEVICE, furnished)
    return shelved(paths.root)


def _enrol(paths: Paths, device: DeviceIdentity, furnished: bool) -> None:
    clock = Clock()
    opened = Gate(paths, clock, cost=QUICK).create(PASSPHRASE, device)
    desk = open_desk(opened, paths, clock)
    introduce(desk, village_names={device.villages[0]: "青石垭村"}, phone="15400001108")
    if furnished:
        furnish(desk)
    close_desk(desk)


@contextmanager
def running(
    app: QApplication, paths: Paths, *, automatic_sync: bool = False, backs_up: bool = False
) -> Iterator[Program]:
    """The program started, at its lock; stopped at the end whatever happened.

    `backs_up`: it makes its nightly backup by itself, also before it locks.
    """
    program = Program(app, paths, Clock(), automatic_sync=automatic_sync, automatic_backup=backs_up)
    program.gate = program.keeper.gate = Gate(
        paths, program.clock, cost=QUICK, device_secret=device_secret.get
    )
    try:
        program.start()
        app.processEvents()
        yield program
    finally:
        program.stop()
        shiboken6.delete(program.window)
        shiboken6.delete(program)


def unlock(program: Program, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase and press 开锁; returns when the answer is there."""
    page = program.window.centralWidget()
    assert isinstance(page, UnlockPage)
    page.box.setText(passphrase)
    page.open_button.click()
    assert program.tasks.wait_idle(60_000)


def asked(program: Program, work: Callable[[Desk], T]) -> T:
    """What `work(desk)` says, done on the store's thread."""
    heard: list[T] = []
    program.tasks.run(program, work, heard.append)
    assert program.tasks.wait_idle(60_000)
    return heard[0]


def go(program: Program, name: str, **params: object) -> None:
    """Go to a page and wait until it has what it asked for."""
    program.window.go(name, **params)
    assert program.tasks.wait_idle(60_000)


def keep(program: Program, name: str) -> None:
    """A picture for whoever wants to look: SFT_PICTURES names the folder."""
    if folder := os.environ.get("SFT_PICTURES"):
        QApplication.processEvents()
        program.window.grab().save(f"{folder}/{name}.png")
