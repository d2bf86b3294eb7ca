"""A changed data key: every way in goes on, the old key opens nothing, and no power cut loses anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.actions.entry import keys, rotation
from app.actions.entry.gate import Gate, Opened
from app.actions.entry.opening import close_desk, open_desk
from app.domain.people.household import Household
from app.domain.problem import StorageFault, UserError, WrongKey
from app.domain.roles import Role
from app.paths import Paths
from app.store import Store
from app.vault import keyfile
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.ui.village import furnish

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
WORDS, HERS = "fengxiang guihua kaile", "shui kai de lanzhou"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    gate = Gate(Paths(tmp_path), Clock(), cost=QUICK)
    opened = gate.create(WORDS, DEVICE)
    desk = open_desk(opened, gate.paths, Clock())
    furnish(desk)
    close_desk(desk)
    keys.let_in(gate, opened, "w-tian", "田干部", Role.OFFICER, HERS)
    return gate


def held(gate: Gate, opened: Opened) -> tuple[Any, ...]:
    store = Store(gate.paths.store, opened.key)
    try:
        assert store.integrity() == ()
        assert store.audit.broken_at() is None
        bodies = store.reading.bodies(Household.TYPE)
        found = store.finder.find("李", kind="person")
        return bodies, store.ledger.waiting(), store.audit.lines()[:5], found
    finally:
        store.close()


def test_everybody_opens_the_same_village_under_the_new_key(gate: Gate) -> None:
    old = gate.unlock("w-xiang", WORDS)
    code = keys.make_recovery(gate, old)
    before = held(gate, old)
    new = rotation.rotate(gate, old)
    assert new.key != old.key
    assert held(gate, new) == before
    store = Store(gate.paths.store, new.key)
    assert store.audit.lines()[-1].verb == "change data key"
    store.close()
    assert gate.unlock("w-xiang", WORDS) == new
    assert gate.unlock("w-tian", HERS).key == new.key
    assert gate.recover("w-xiang", code).key == new.key
    with pytest.raises(WrongKey):
        Store(gate.paths.store, old.key)


def test_a_key_file_kept_from_before_opens_nothing_later(gate: Gate) -> None:
    kept = (gate.paths.root / "keys.json").read_bytes()
    old = gate.unlock("w-xiang", WORDS)
    keys.shut_out(gate, old, "w-tian")
    rotation.rotate(gate, old)
    for name in ("keys.json", "keys.json.copy"):
        (gate.paths.root / name).write_bytes(kept)
    hers = gate.unlock("w-tian", HERS)
    with pytest.raises(WrongKey):
        Store(gate.paths.store, hers.key)


class Cut(Exception):
    """The power goes."""


@pytest.mark.parametrize("step", range(4))
def test_the_power_may_go_at_every_step(gate: Gate, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    old = gate.unlock("w-xiang", WORDS)
    before = held(gate, old)
    done = 0

    def cutting(real: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*given: Any) -> Any:
            nonlocal done
            if done == step:
                raise Cut
            done += 1
            return real(*given)

        return instead

    monkeypatch.setattr(rotation, "copy_under", cutting(rotation.copy_under))
    monkeypatch.setattr(rotation.keyfile, "write", cutting(keyfile.write))
    monkeypatch.setattr(rotation, "replace_whole", cutting(rotation.replace_whole))
    with pytest.raises(Cut):
        rotation.rotate(gate, old)
    monkeypatch.undo()
    for worker, words in (("w-xiang", WORDS), ("w-tian", HERS)):
        again = gate.unlock(worker, words)
        assert again.sound
        assert held(gate, again) == before
    assert len({*keyfile.read(gate.paths.keys).stamps}) == 1
    assert held(gate, rotation.rotate(gate, gate.unlock("w-xiang", WORDS))) == before
    assert not list(gate.paths.root.glob("*.next*"))


def test_a_full_disk_leaves_everything_as_it_was(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    old = gate.unlock("w-xiang", WORDS)
    before = held(gate, old)
    beside = gate.paths.root / "shoufangtong.db.next"
    beside.mkdir()  # the copy cannot be written
    with pytest.raises((StorageFault, OSError)):
        rotation.rotate(gate, old)
    beside.rmdir()
    assert held(gate, gate.unlock("w-xiang", WORDS)) == before


def test_it_is_not_done_while_another_program_has_the_store_open(gate: Gate) -> None:
    opened = gate.unlock("w-xiang", WORDS)
    store = Store(gate.paths.store, opened.key)
    with pytest.raises(StorageFault, match="正被另一个"):
        rotation.rotate(gate, opened)
    store.close()


def test_an_auditor_may_not(gate: Gate) -> None:
    opened = gate.unlock("w-xiang", WORDS)
    keys.let_in(gate, opened, "w-shen", "审计小组", Role.AUDITOR, WORDS)
    with pytest.raises(UserError, match="审计员"):
        rotation.rotate(gate, gate.unlock("w-shen", WORDS))
