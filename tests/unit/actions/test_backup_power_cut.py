"""The power may go in the middle of a backup: the store and every older backup are as they were."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from app.actions.safekeeping import backup_places, backups
from app.domain.manifest import Reason
from tests.store.agreement import assert_agrees
from tests.unit.actions.backing import Laptop, backed_up, laptop

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills a process it has forked")
STEPS = ("copy", "check", "check 1", "put", "put 1")


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    made = laptop(tmp_path)
    (tmp_path / "stick").mkdir()
    made.choose(tmp_path / "stick")
    return made


def killed_at(box: Laptop, wanted: str) -> None:
    """Make a backup in a process of its own, killed when it comes to the step `wanted`."""

    def step(what: str, done: int, of: int) -> None:
        if f"{what} {done}".removesuffix(" 0") == wanted or (what, wanted) == ("copy", "copy"):
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            desk = box.open()
            backups.make(desk, box.opened.key, box.paths, Reason.NIGHTLY, step=step)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_in_the_middle_leaves_no_half_backup(box: Laptop, step: str) -> None:
    whole = backed_up(box).read_bytes()
    box.clock.forward(days=1)
    killed_at(box, step)
    desk = box.open()
    assert_agrees(desk.store)
    for place in backup_places.places(box.paths):
        (oldest, *rest) = reversed(backup_places.found_in(place.folder))
        assert oldest.file.read_bytes() == whole
        assert len(rest) == (step == "put 1" and place.chosen)
    (box.paths.backups / "首访通-青石垭村-20261121-143200.sftbak.new").write_bytes(b"half")
    backups.make(desk, box.opened.key, box.paths, Reason.NIGHTLY)
    desk.store.close()
    assert not list(box.paths.root.rglob("*.new"))
    assert not list(box.paths.root.parent.rglob(backups.SCRATCH))
