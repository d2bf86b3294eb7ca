"""The key file survives any power cut and any damage to one of its two copies, and weakens for nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.problem import NewerFile, StorageFault
from app.vault import keyfile, recovery
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from app.vault.keyfile import KeyFile
from app.vault.slots import close_slot, open_slot
from tests.conftest import KEY

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
STORE, WORKER, WORDS = "store-1", "w-xiang", "fengxiang guihua kaile"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture(scope="module")
def keys() -> KeyFile:
    slot = close_slot(STORE, WORKER, "向海燕", WORDS, KEY, QUICK)
    return KeyFile(STORE, (slot,), recovery.close_slot(STORE, recovery.new_code(), KEY))


def test_what_was_written_is_read_and_opens(path: Path, keys: KeyFile) -> None:
    keyfile.write(path, keys)
    found = keyfile.read(path)
    assert found == keys
    assert open_slot(STORE, found.slots[0], WORDS) == KEY
    assert open_slot(STORE, found.slots[0], WORDS + " ") is None


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
    data["slots"][0].update(change)
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "AAAA"}, {"salt": ""}, {"wrapped": "AAAA"}, {"wrapped": "*"}, {"passes": 0},
        {"passes": 10_000}, {"memory_kib": 8}, {"memory_kib": 2**31}, {"lanes": 0}, {"lanes": "x"},
        {"salt": None},
    ],
)  # fmt: skip
def test_a_slot_no_release_would_write_is_read_from_the_copy(
    path: Path, keys: KeyFile, change: dict[str, Any]
) -> None:
    _damaged(path, keys, change)
    assert keyfile.read(path) == keys


@pytest.mark.parametrize(
    "change", [{"worker": "w-other"}, {"passes": 2}, {"memory_kib": 2 * FLOOR_MEMORY_KIB}]
)
def test_a_slot_bent_to_another_worker_or_cost_opens_nothing(
    path: Path, keys: KeyFile, change: dict[str, Any]
) -> None:
    _damaged(path, keys, change)
    assert open_slot(STORE, keyfile.read(path).slots[0], WORDS) is None


def test_a_slot_carried_to_another_store_opens_nothing(keys: KeyFile) -> None:
    assert open_slot("store-2", keys.slots[0], WORDS) is None


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
    path.write_text(json.dumps({**data, "format": 2}), encoding="utf-8")
    with pytest.raises(NewerFile, match="新版"):
        keyfile.read(path)


def test_a_worker_has_one_slot(keys: KeyFile) -> None:
    other = replace(keys.slots[0], worker="w-li", name="李会计")
    both = keys.with_slot(other)
    assert [slot.worker for slot in both.with_slot(other).slots] == [WORKER, "w-li"]
