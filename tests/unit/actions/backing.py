"""An enrolled laptop with a little work on it, for tests of backing up and putting back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from app import settings
from app.actions.desk import Desk
from app.actions.entry.gate import Gate, Opened
from app.actions.entry.keys import make_recovery
from app.actions.entry.opening import introduce, open_desk
from app.actions.safekeeping import backups, restoring
from app.domain.device import DeviceIdentity
from app.domain.manifest import Reason
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.facts import household, person
from tests.stores import First, shelf, shelved

QUICK = Cost(1, FLOOR_MEMORY_KIB)
PASSPHRASE = "guyu qian zhongwan douzi"


@dataclass
class Laptop:
    """`open` gives the desk; close its store when done."""

    paths: Paths
    clock: Clock
    opened: Opened
    code: str

    def open(self) -> Desk:
        return open_desk(self.opened, self.paths, self.clock)

    def gate(self) -> Gate:
        return Gate(self.paths, self.clock, cost=QUICK)

    def choose(self, folder: Path) -> None:
        """Have backups go to `folder` as well."""
        settings.save(
            self.paths.settings, replace(settings.load(self.paths.settings), backup_folder=str(folder))
        )


def laptop(folder: Path, device: DeviceIdentity = DEVICE) -> Laptop:
    """Enrolled, with the family of `tests.facts`, nothing sent yet."""
    paths = Paths(folder / "laptop")
    if device is not DEVICE:  # what a county gave out lies on one computer only
        return _enrol(paths, device)
    made, first = _first()
    first.copy(paths.root)
    return replace(made, paths=paths, clock=Clock())


@cache
def _first() -> tuple[Laptop, First]:
    made = _enrol(Paths(Path(tempfile.mkdtemp(dir=shelf())) / "laptop"), DEVICE)
    return made, shelved(made.paths.root)


def _enrol(paths: Paths, device: DeviceIdentity) -> Laptop:
    clock = Clock()
    gate = Gate(paths, clock, cost=QUICK)
    opened = gate.create(PASSPHRASE, device)
    made = Laptop(paths, clock, opened, make_recovery(gate, opened))
    desk = made.open()
    introduce(desk, village_names={device.villages[0]: "青石垭村"})
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    desk.store.close()
    return made


def backed_up(box: Laptop) -> Path:
    """Today's backup of the laptop, made while its clock stands still; the clock goes on an hour."""
    desk = box.open()
    file = backups.make(desk, box.opened.key, box.paths, Reason.ASKED).placed[0].file
    desk.store.close()
    box.clock.forward(hours=1)
    assert file is not None
    return file


def look(paths: Paths, file: Path, clock: Clock, passphrase: str = PASSPHRASE) -> restoring.Candidate:
    chosen = restoring.choose(paths, file, clock)
    worker = chosen.workers()[0].worker
    return restoring.look(chosen, lambda gate: gate.unlock(worker, passphrase), paths, clock)


def restore(box: Laptop, file: Path, passphrase: str = PASSPHRASE) -> restoring.Restored:
    return restoring.use(look(box.paths, file, box.clock, passphrase), box.clock())
