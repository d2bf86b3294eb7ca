"""The door opens for the right passphrase, for ever, and for no other; guessing only gets slower."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.entry.gate import Gate, Locked
from app.actions.entry.keys import change_passphrase, make_recovery
from app.actions.entry.opening import open_desk
from app.actions.tickets import tickets
from app.domain.problem import StorageFault, UserError
from app.paths import Paths
from app.store import Store
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
WORDS = "fengxiang guihua kaile"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(tmp_path: Path, clock: Clock) -> Gate:
    gate = Gate(Paths(tmp_path), clock, cost=QUICK)
    gate.create(WORDS, DEVICE)
    return gate


def test_the_right_passphrase_opens_the_store(gate: Gate) -> None:
    opened = gate.unlock("w-xiang", WORDS)
    store = Store(gate.paths.store, opened.key)
    assert store.meta.device() == DEVICE
    store.close()


def test_the_lock_page_knows_who_works_here(gate: Gate) -> None:
    assert [card.name for card in gate.workers()] == ["向海燕"]


def test_wrong_tries_are_counted_then_wait_then_go_on(gate: Gate, clock: Clock) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(Locked, match=f"还能试 {left} 次"):
            gate.unlock("w-xiang", "not this one")
    with pytest.raises(Locked, match="10 分"):
        gate.unlock("w-xiang", "not this one")
    with pytest.raises(Locked, match="请等"):
        gate.unlock("w-xiang", WORDS)
    clock.forward(minutes=10)
    assert gate.unlock("w-xiang", WORDS).name == "向海燕"
    assert gate.wait() == timedelta(0)


def test_a_clock_set_back_years_locks_nobody_out(gate: Gate, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(Locked):
            gate.unlock("w-xiang", "not this one")
    clock.at = clock.at.replace(year=2009)
    assert gate.wait() <= timedelta(hours=4)


def test_a_truncated_key_file_is_read_from_its_copy(gate: Gate) -> None:
    change_passphrase(gate, gate.unlock("w-xiang", WORDS), "ling yiju jidezhu")
    keys = gate.paths.keys
    keys.write_bytes(keys.read_bytes()[:50])
    with pytest.raises(Locked):
        gate.unlock("w-xiang", WORDS)  # the one that was changed opens nothing any more
    assert gate.unlock("w-xiang", "ling yiju jidezhu")


def test_a_key_file_beyond_repair_says_so(gate: Gate) -> None:
    for name in ("keys.json", "keys.json.copy"):
        gate.paths.keys.with_name(name).write_bytes(b"{")
    with pytest.raises(StorageFault, match="钥匙文件坏了"):
        gate.workers()


def test_changing_the_passphrase_leaves_the_data_alone(gate: Gate) -> None:
    before = gate.paths.store.read_bytes()
    change_passphrase(gate, gate.unlock("w-xiang", WORDS), "ling yiju jidezhu")
    assert gate.paths.store.read_bytes() == before
    assert gate.unlock("w-xiang", "ling yiju jidezhu")
    with pytest.raises(Locked):
        gate.unlock("w-xiang", WORDS)


@pytest.mark.parametrize("weak", ["", "1234567", "aaaaaaaaaa", "青石垭的桥头有三棵枫树"])
def test_a_weak_passphrase_is_refused_before_anything_is_made(tmp_path: Path, weak: str) -> None:
    gate = Gate(Paths(tmp_path), Clock(), cost=QUICK)
    with pytest.raises(UserError, match=r"口令(太|只能)"):
        gate.create(weak, DEVICE)
    assert not gate.exists


def test_a_slot_moved_to_another_worker_does_not_open(gate: Gate) -> None:
    text = gate.paths.keys.read_text(encoding="utf-8").replace("w-xiang", "w-peng")
    gate.paths.keys.write_text(text, encoding="utf-8")
    with pytest.raises(Locked):
        gate.unlock("w-peng", WORDS)


def test_neither_passphrase_nor_key_stands_in_the_key_file(gate: Gate) -> None:
    key = gate.unlock("w-xiang", WORDS).key
    for path in gate.paths.root.iterdir():
        data = path.read_bytes()
        assert key not in data
        assert key.hex().encode() not in data
        assert WORDS.encode() not in data


def test_the_recovery_code_opens_what_the_passphrase_opened(gate: Gate) -> None:
    opened = gate.unlock("w-xiang", WORDS)
    code = make_recovery(gate, opened)
    assert gate.recover("w-xiang", code) == opened
    assert gate.unlock("w-xiang", WORDS) == opened
    assert code.replace(" ", "") not in gate.paths.keys.read_text(encoding="utf-8")


def test_a_slip_in_the_recovery_code_names_its_group(gate: Gate) -> None:
    groups = make_recovery(gate, gate.unlock("w-xiang", WORDS)).split()
    groups[2] = str((int(groups[2][0]) + 1) % 10) + groups[2][1:]
    with pytest.raises(UserError, match="第 3 组"):
        gate.recover("w-xiang", " ".join(groups))


def test_a_new_sheet_makes_the_old_one_worthless(gate: Gate) -> None:
    opened = gate.unlock("w-xiang", WORDS)
    old = make_recovery(gate, opened)
    make_recovery(gate, opened)
    with pytest.raises(UserError, match="不是这台电脑的"):
        gate.recover("w-xiang", old)


def test_an_enrolment_the_disk_refused_can_be_tried_again(tmp_path: Path, clock: Clock) -> None:
    gate = Gate(Paths(tmp_path), clock, cost=QUICK)
    (tmp_path / "keys.json.new").mkdir()  # the key file cannot be written
    with pytest.raises(StorageFault):
        gate.create(WORDS, DEVICE)
    assert not gate.exists
    (tmp_path / "keys.json.new").rmdir()
    gate.create(WORDS, DEVICE)
    assert gate.unlock("w-xiang", WORDS)


def test_each_computer_of_a_village_gives_out_ticket_numbers_of_its_own(tmp_path: Path, clock: Clock) -> None:
    numbers = []
    for block in (0, 7):
        gate = Gate(Paths(tmp_path / str(block)), clock, cost=QUICK)
        opened = gate.create(WORDS, replace(DEVICE, serial_block=block))
        desk = open_desk(opened, gate.paths, clock)
        numbers.append(tickets.register(desk, request="办低保").number[-7:-1])
        desk.store.close()
    assert numbers == ["000001", "070001"]
