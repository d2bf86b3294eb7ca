"""The power may go at any step of a restore: the old store or the new one opens, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from app.actions.entry.opening import open_desk
from app.actions.safekeeping import backups, replacing, restoring
from app.domain.manifest import Reason
from app.domain.people.household import Household
from app.paths import Paths
from tests.facts import HOME, household
from tests.store.agreement import assert_agrees
from tests.unit.actions.backing import PASSPHRASE, Laptop, laptop

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills a process it has forked")
MOST_STEPS = 40


def killed_at(number: int, work: Callable[[replacing.Stop], object]) -> str:
    """Do `work` in a process of its own that is killed before its step `number` (from 0).

    Returns the name of that step, "" when the work ended before.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        steps = iter(range(MOST_STEPS))

        def stop(step: str) -> None:
            if next(steps) == number:
                os.write(write, step.encode())
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            work(stop)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        step = told.read().decode()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == bool(step)
    return step


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Path, frozenset[str]]:
    """A laptop with a backup, worked in further; what waits to be sent."""
    box = laptop(tmp_path_factory.mktemp("before"))
    box.paths.attachments.mkdir()
    (box.paths.attachments / "photo").write_bytes(b"sealed")
    desk = box.open()
    file = backups.make(desk, box.opened.key, box.paths, Reason.ASKED).placed[0].file
    assert file is not None
    with desk.unit("edit") as unit:
        unit.save(household(door="9号"))
    waiting = frozenset(one.id for one in desk.store.ledger.outgoing(10**7))
    desk.store.close()
    (box.paths.attachments / "young").write_bytes(b"sealed too")
    return box, Path(shutil.move(file, box.paths.root.parent)), waiting


def restore(box: Laptop, file: Path, stop: replacing.Stop) -> None:
    chosen = restoring.choose(box.paths, file, box.clock)
    opened = restoring.look(chosen, lambda gate: gate.unlock("w-xiang", PASSPHRASE), box.paths, box.clock)
    restoring.use(opened, box.clock(), stop)


def assert_whole(box: Laptop, waiting: frozenset[str]) -> bool:
    """The next start opens a store with everything in it; True when it is the new one."""
    gate = box.gate()
    assert gate.exists
    desk = open_desk(gate.unlock("w-xiang", PASSPHRASE), box.paths, box.clock)
    assert_agrees(desk.store)
    assert desk.store.integrity() == ()
    assert {one.id for one in desk.store.ledger.outgoing(10**7)} == waiting
    assert desk.store.reading.get(Household, HOME).door == "9号"
    new = desk.store.meta.device().replica != "r-1"
    desk.store.close()
    assert {path.name for path in box.paths.attachments.iterdir()} == {"photo", "young"}
    assert not box.paths.restoring.exists()
    assert bool(list(box.paths.root.glob("replaced-*"))) == new
    return new


def test_a_kill_before_any_step_leaves_the_old_or_the_new_one_whole(
    before: tuple[Laptop, Path, frozenset[str]], tmp_path: Path
) -> None:
    origin, file, waiting = before
    outcomes: dict[str, bool] = {}
    for number in range(MOST_STEPS):
        box = Laptop(Paths(tmp_path / str(number)), origin.clock, origin.opened, origin.code)
        shutil.copytree(origin.paths.root, box.paths.root)
        step = killed_at(number, lambda stop, box=box: restore(box, file, stop))
        again = 0
        while step and killed_at(again, lambda stop, box=box: replacing.finish(box.paths, stop)):
            again += 1  # and killed again while the next start goes on with it
        outcomes[step] = assert_whole(box, waiting)
        shutil.rmtree(box.paths.root)
        if not step:
            break
    decided = list(outcomes).index("out shoufangtong.db")
    assert [step for step, new in outcomes.items() if not new] == list(outcomes)[:decided]
    assert list(outcomes)[:3] == ["backup", "carry", "journal"]
    assert len(outcomes) == 14
