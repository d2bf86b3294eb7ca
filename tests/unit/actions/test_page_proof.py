"""Pages are proved slice by slice, and nothing is found that the driver does not find, nor the reverse."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.actions.safekeeping import page_proof
from app.domain.problem import StorageFault
from app.store import Store, proof
from app.store.drafts import Draft
from app.store.proof import Pages
from tests.conftest import KEY
from tests.facts import NOW

PAGE = 4096
SMALL = 8  # pages a slice, so that a small store has many


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(page_proof, "SLICE_PAGES", SMALL)
    monkeypatch.setattr(proof, "STEPS_ALIVE", 10)
    file = tmp_path / "s.db"
    with closing(Store(file, KEY, create=True)) as store:
        for n in range(12):
            store.drafts.save(Draft(f"d-{n}", "t", "", {"text": os.urandom(8_000).hex()}, NOW))
    return file


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path, KEY)) as opened:
        yield opened


def proved(store: Store, told: page_proof.Told = lambda done, total: None) -> Pages:
    count, salt = store.proof.folded()
    return page_proof.prove(store.proof.file, count, salt, KEY, told)


def test_it_finds_what_the_driver_finds(path: Path, store: Store) -> None:
    chance = random.Random(4)
    assert proved(store) == store.proof.pages() == Pages(store.proof.page_count())
    hurt = sorted(chance.sample(range(2, store.proof.page_count() + 1), 6))
    with path.open("r+b") as file:
        for number in hurt:
            at = (number - 1) * PAGE + chance.randrange(PAGE)
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 1 << chance.randrange(8)]))
        file.seek((hurt[0] - 1) * PAGE)
        file.write(bytes(PAGE))  # a page of nothing but zeros is none of ours either
    assert proved(store).bad == tuple(hurt)
    assert store.proof.pages().bad == tuple(hurt)


def test_a_turned_bit_in_the_salt_is_page_one(path: Path, store: Store) -> None:
    raw = path.read_bytes()
    with path.open("r+b") as file:
        file.write(bytes([raw[0] ^ 4]))
    assert proved(store).bad == (1,)


def test_a_page_somewhere_else_than_it_was_written_is_named(path: Path, store: Store) -> None:
    raw = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(9 * PAGE)
        file.write(raw[10 * PAGE : 11 * PAGE])
    assert proved(store).bad == (10,)


def test_a_file_cut_short_says_how_much_is_missing(path: Path, store: Store) -> None:
    count, salt = store.proof.folded()
    os.truncate(path, (count - 2) * PAGE + 100)
    found = page_proof.prove(store.proof.file, count, salt, KEY, lambda done, total: None)
    assert found.bad == (count - 1, count)
    assert found.otherwise == (f"末尾少了 {2 * PAGE - 100} 字节",)


def test_it_says_how_far_it_is_and_can_be_stopped(store: Store) -> None:
    heard: list[tuple[int, int]] = []
    count = store.proof.page_count()
    proved(store, lambda done, total: heard.append((done, total)))
    assert heard == [(min(end, count), count) for end in range(SMALL, count + SMALL, SMALL)]

    def enough(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        proved(store, enough)
    with pytest.raises(KeyboardInterrupt):
        store.proof.tables(lambda: enough(0, 1))
    assert store.integrity() == ()


def test_looking_does_not_give_up_the_lock_on_the_open_file(path: Path, store: Store) -> None:
    proved(store)
    with multiprocessing.get_context("spawn").Pool(1) as other:
        assert "另一个" in other.apply(refused, (str(path),))


def refused(path: str) -> str:
    """What another program is told that wants to open the store."""
    try:
        Store(Path(path), KEY).close()
    except StorageFault as fault:
        return fault.words
    return json.dumps("opened")
