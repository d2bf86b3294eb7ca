"""The key file survives any power cut and any damage to one of its two copies, and weakens for nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.problem import NewerFile, StorageFault
from app.domain.roles import Role
from app.vault import boxes, escrow, keyfile, recovery, roll
from app.vault.derive import FLOOR_MEMORY_KIB, FLOOR_SM3_PASSES, Cost
from app.vault.keyfile import KeyFile
from app.vault.profiles import GUOMI
from app.vault.slots import Holder, WorkerSlot, close_slot, open_slot
from tests.conftest import KEY

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
STORE, WORKER, WORDS = "store-1", "w-xiang", "fengxiang guihua kaile"
KEYS = {1: KEY}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture(scope="module")
def keys() -> KeyFile:
    slot = close_slot(STORE, Holder(WORKER, "向海燕"), WORDS, KEYS, QUICK)
    _, public = boxes.new_pair()
    county = escrow.close_slot(STORE, "439901", public, KEYS)
    sheet = recovery.close_slot(STORE, recovery.new_code(), KEYS)
    return KeyFile(STORE, (slot,), sheet, county).stamped(KEYS)


def slot_in(found: KeyFile) -> WorkerSlot:
    slot = found.workers[0]
    assert isinstance(slot, WorkerSlot)
    return slot


def test_what_was_written_is_read_and_opens(path: Path, keys: KeyFile) -> None:
    keyfile.write(path, keys)
    found = keyfile.read(path)
    assert found == keys
    assert roll.names(path) == ((WORKER, "向海燕", Role.WORKER),)
    assert open_slot(STORE, slot_in(found), WORDS) == KEYS
    assert open_slot(STORE, slot_in(found), WORDS + " ") is None
    assert found.untouched(1, KEY)


def test_the_key_and_the_passphrase_are_in_neither_copy(path: Path, keys: KeyFile) -> None:
    keyfile.write(path, keys)
    for file in path.parent.iterdir():
        raw = file.read_bytes()
        assert KEY not in raw
        assert WORDS.encode() not in raw
        assert KEY.hex().encode() not in raw


def test_either_copy_alone_is_enough(path: Path, keys: KeyFile) -> None:
    for broken in ("keys.json", "keys.json.copy"):
        keyfile.write(path, keys)
        path.with_name(broken).write_bytes(b"\x00" * 512)
        assert keyfile.read(path) == keys


def test_writing_over_a_damaged_file_never_damages_its_copy(path: Path, keys: KeyFile) -> None:
    keyfile.write(path, keys)
    path.write_bytes(b"\x00" * 512)
    path.with_name("keys.json.new").mkdir()  # the disk refuses the very first write
    with pytest.raises(StorageFault):
        keyfile.write(path, keys)
    assert keyfile.read(path) == keys


def _damaged(path: Path, keys: KeyFile, change: dict[str, Any]) -> None:
    keyfile.write(path, keys)
    data = json.loads(path.read_bytes())
    data["workers"][0].update(change)
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "AAAA"}, {"salt": ""}, {"wrapped": "AAAA"}, {"wrapped": "*"}, {"passes": 0},
        {"passes": 10_000}, {"memory_kib": 8}, {"memory_kib": 2**31}, {"lanes": 0}, {"lanes": "x"},
        {"salt": None}, {"public": "AAAA"}, {"boxes": {}}, {"boxes": {"1": "AAAA"}}, {"boxes": {"x": ""}},
    ],
)  # fmt: skip
def test_a_slot_no_release_would_write_is_read_from_the_copy(
    path: Path, keys: KeyFile, change: dict[str, Any]
) -> None:
    _damaged(path, keys, change)
    assert keyfile.read(path) == keys


@pytest.mark.parametrize(
    "change",
    [
        {"worker": "w-other"},
        {"passes": 2},
        {"memory_kib": 2 * FLOOR_MEMORY_KIB},
        {"role": "officer"},
        {"with_device": True},
    ],
)  # fmt: skip
def test_a_slot_bent_to_another_worker_or_cost_opens_nothing(
    path: Path, keys: KeyFile, change: dict[str, Any]
) -> None:
    _damaged(path, keys, change)
    assert open_slot(STORE, slot_in(keyfile.read(path)), WORDS) is None
    assert not keyfile.read(path).untouched(1, KEY)


def test_a_slot_carried_to_another_store_opens_nothing(keys: KeyFile) -> None:
    assert open_slot("store-2", slot_in(keys), WORDS) is None


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b"\xff", b"[" * 200_000, b'{"format":1,"store":"s","slots":3}']
)
def test_two_damaged_copies_say_so(path: Path, raw: bytes) -> None:
    for name in ("keys.json", "keys.json.copy"):
        path.with_name(name).write_bytes(raw)
    with pytest.raises(StorageFault, match="钥匙文件坏了"):
        keyfile.read(path)


def test_a_newer_key_file_is_refused_politely(path: Path, keys: KeyFile) -> None:
    keyfile.write(path, keys)
    data = json.loads(path.read_bytes())
    path.write_text(json.dumps({**data, "format": 3}), encoding="utf-8")
    with pytest.raises(NewerFile, match="新版"):
        keyfile.read(path)
    with pytest.raises(NewerFile, match="新版"):
        roll.names(path)


def test_a_worker_has_one_slot(keys: KeyFile) -> None:
    other = replace(slot_in(keys), holder=Holder("w-li", "李会计"))
    both = keys.with_worker(other)
    assert [slot.worker for slot in both.with_worker(other).workers] == [WORKER, "w-li"]
    assert both.without_worker("w-li") == keys


def test_every_box_can_be_filled_anew_without_any_passphrase(keys: KeyFile) -> None:
    both = {1: KEY, 2: bytes(range(32))}
    filled = keys.filled(both).stamped(both)
    assert open_slot(STORE, slot_in(filled), WORDS) == both
    only = keys.filled({2: both[2]}).stamped({2: both[2]})
    assert open_slot(STORE, slot_in(only), WORDS) == {2: both[2]}
    assert only.untouched(2, both[2])
    assert not only.untouched(1, KEY)


def test_a_stranger_who_adds_a_slot_or_takes_the_stamps_off_is_noticed(keys: KeyFile) -> None:
    stranger = close_slot(STORE, Holder("w-thief", "某人"), "some other words", {1: bytes(32)}, QUICK)
    assert not keys.with_worker(stranger).untouched(1, KEY)
    assert not replace(keys.with_worker(stranger), stamps={}).untouched(1, KEY)
    assert not replace(keys, stamped_with="hmac-sm3").untouched(1, KEY)


def test_a_box_of_another_holder_or_generation_opens_nothing(keys: KeyFile) -> None:
    slot = slot_in(keys)
    foreign = escrow.close_slot(STORE, "439901", slot.public, KEYS)
    assert open_slot(STORE, replace(slot, boxes=foreign.boxes), WORDS) is None
    assert open_slot(STORE, replace(slot, boxes={2: slot.boxes[1]}), WORDS) is None


def test_the_chinese_profile_locks_and_opens(path: Path) -> None:
    cost = Cost(FLOOR_SM3_PASSES, 0, 1)
    slot = close_slot(STORE, Holder(WORKER, "向海燕"), WORDS, KEYS, cost, GUOMI)
    keyfile.write(path, KeyFile(STORE, (slot,)).stamped(KEYS, GUOMI.stamp))
    found = keyfile.read(path)
    assert (slot_in(found).lock.derivation, slot_in(found).lock.sealing) == ("pbkdf2-hmac-sm3", "sm4-gcm")
    assert open_slot(STORE, slot_in(found), WORDS) == KEYS
    assert open_slot(STORE, slot_in(found), "another one") is None
    assert found.untouched(1, KEY)


def test_a_slot_bound_to_its_computer_needs_the_computers_half_too() -> None:
    slot = close_slot(STORE, Holder(WORKER, "向海燕"), WORDS, KEYS, QUICK, device_secret=b"d" * 32)
    assert open_slot(STORE, slot, WORDS, b"d" * 32) == KEYS
    assert open_slot(STORE, slot, WORDS, b"e" * 32) is None
    assert open_slot(STORE, slot, WORDS) is None
