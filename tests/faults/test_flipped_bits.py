"""One bit turned in any page of the file is found, its page is named, and it is never taken for data."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from app.domain.people.household import Household
from app.domain.problem import StorageFault
from app.store import Store
from app.store.cipher import DAMAGED
from tests.facts import HOME, NOW, household
from tests.faults.flipped_bits import made, turn_bits
from tests.faults.full_disk import KEY, PAGE, village
from tests.store.agreement import assert_agrees


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return made(tmp_path / "s.db")


def test_a_bit_turned_in_any_page_is_found_named_and_never_read(sound: Path, tmp_path: Path) -> None:
    found = turn_bits(sound, tmp_path, each=1, seed=3)
    assert found.total() == sound.stat().st_size // PAGE
    # Every index has a page of its own, and most are not asked by a store as small as this one.
    assert found["refused"] > found.total() // 3


def test_the_lost_end_of_a_long_note_is_no_shorter_note(tmp_path: Path) -> None:
    """The driver gives zeros for a damaged page, and no error if it is the last one of a long text."""
    path, note = tmp_path / "s.db", "写" * 9_000
    store = village(path).store
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note=note))
    store.close()
    whole = path.read_bytes()
    for page in range(1, len(whole) // PAGE):
        path.write_bytes(whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :])
        assert note_in(path) in (note, DAMAGED), page + 1


def note_in(path: Path) -> str:
    try:
        store = Store(path, KEY)
    except StorageFault as fault:
        return fault.words
    try:
        return next(store.reading.each(Household)).note
    except StorageFault as fault:
        return fault.words
    finally:
        store.close()


def test_a_bit_turned_anywhere_in_the_log_gives_an_earlier_state_whole(sound: Path, tmp_path: Path) -> None:
    """A log says where it ends by its sums alone: it is read up to the page that does not fit."""
    (tmp_path / "open").mkdir()
    shutil.copy(sound, tmp_path / "open" / "s.db")
    store, notes = Store(tmp_path / "open" / "s.db", KEY), ["", "一", "二", "三"]
    for note in notes[1:]:
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household(note=note))
    files = {file.name: file.read_bytes() for file in (tmp_path / "open").iterdir()}
    store.close()
    log, chance = files["s.db-wal"], random.Random(4)
    for place in range(0, len(log), PAGE):
        data = bytearray(log)
        data[min(place + chance.randrange(PAGE), len(log) - 1)] ^= 1 << chance.randrange(8)
        for name, content in {**files, "s.db-wal": bytes(data)}.items():
            (tmp_path / name).write_bytes(content)
        again = Store(tmp_path / "s.db", KEY)
        assert_agrees(again)
        assert again.reading.get(Household, HOME).note in (*notes, "县" * 3_000)
        again.close()
