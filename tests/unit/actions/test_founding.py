"""The first start of a computer is whole or not there at all, whenever the power goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, open_desk
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
WORDS = "fengxiang guihua kaile"
SCRIPT = """
import os, sys
from pathlib import Path
from app.actions.entry import founding
from tests.unit.actions.test_founding import DEVICE, WORDS, gate_in

place, name = {"keys": (founding.keyfile, "write"), "rename": (founding, "replace_whole")}[sys.argv[2]]
setattr(place, name, lambda *given: os._exit(9))
gate_in(Path(sys.argv[1])).create(WORDS, DEVICE)
"""


def gate_in(folder: Path) -> Gate:
    return Gate(Paths(folder), Clock(), cost=QUICK)


def killed_before(step: str, folder: Path) -> Gate:
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(folder), step], check=False)
    assert done.returncode == 9
    return gate_in(folder)


def opens(gate: Gate) -> bool:
    desk = open_desk(gate.unlock("w-xiang", WORDS), gate.paths, Clock())
    device = desk.store.meta.device()
    close_desk(desk)
    return device == DEVICE


def test_killed_before_its_keys_it_begins_anew(tmp_path: Path) -> None:
    gate = killed_before("keys", tmp_path)
    assert not gate.exists
    gate.create(WORDS, DEVICE)
    assert opens(gate)


def test_killed_before_the_last_step_it_is_finished_at_the_next_start(tmp_path: Path) -> None:
    gate = killed_before("rename", tmp_path)
    assert gate.exists
    assert opens(gate)
    assert not gate.paths.founding.exists()


@pytest.mark.parametrize("name", ["shoufangtong.db", "keys.json"])
def test_what_is_there_already_is_never_made_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"somebody else's")
    gate = gate_in(tmp_path)
    with pytest.raises(Exception, match="已经有一份资料"):
        gate.create(WORDS, DEVICE)
    assert (tmp_path / name).read_bytes() == b"somebody else's"
