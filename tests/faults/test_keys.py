"""Whatever befalls the key file or is tried as a key: the data stay as they were, the way in is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.actions.entry.gate import Gate
from app.domain.people.household import Household
from app.domain.problem import StorageFault, WrongKey
from app.paths import Paths
from app.store import Store
from app.vault import keyfile
from tests.desks import DEVICE, Clock
from tests.facts import HOME, NOW, household
from tests.faults.day import QUICK
from tests.faults.full_disk import KEY, village

WORDS = "fengxiang guihua kaile"


@pytest.mark.parametrize(("tries", "hot"), [(1_000, False), (100, True)])
def test_a_thousand_wrong_keys_leave_every_file_as_it_was(tmp_path: Path, tries: int, hot: bool) -> None:
    store = village(tmp_path / "s.db").store
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="在日志里"))
    place = Path(shutil.copytree(tmp_path, tmp_path.with_name(f"copy{tries}")))  # as a power cut leaves it
    store.close()
    if not hot:
        shutil.rmtree(place)
        shutil.copytree(tmp_path, place)
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    assert ("s.db-wal" in before) is hot
    for number in range(tries):
        with pytest.raises(WrongKey):
            Store(place / "s.db", number.to_bytes(32))
    assert {file.name: file.read_bytes() for file in place.iterdir()} == before
    again = Store(place / "s.db", KEY)
    assert again.reading.get(Household, HOME).note == "在日志里"
    again.close()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path)
    Gate(paths, Clock(), cost=QUICK).create(WORDS, DEVICE)
    return paths


def test_a_key_file_cut_at_any_length_is_read_from_its_copy(paths: Paths) -> None:
    whole, keys = paths.keys.read_bytes(), keyfile.read(paths.keys)
    for length in range(len(whole)):
        paths.keys.write_bytes(whole[:length])
        assert keyfile.read(paths.keys) == keys
    paths.keys.unlink()
    assert keyfile.read(paths.keys) == keys


def test_a_key_file_and_copy_both_cut_say_so_and_the_store_is_not_touched(paths: Paths) -> None:
    copy, before = paths.keys.with_name("keys.json.copy"), paths.store.read_bytes()
    gate = Gate(paths, Clock(), cost=QUICK)
    for length in (0, 1, 50, len(copy.read_bytes()) - 2):
        for file in (paths.keys, copy):
            file.write_bytes(file.read_bytes()[:length])
        for use in (gate.workers, lambda: gate.unlock("w-xiang", WORDS), lambda: gate.recover("w-xiang", "")):
            with pytest.raises(StorageFault, match="钥匙文件坏了"):
                use()
    assert paths.store.read_bytes() == before
