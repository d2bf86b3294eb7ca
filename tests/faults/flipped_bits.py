"""Turning bits in every page of a small store: each is found, its page is named, none is taken for data."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import StorageFault
from app.store import Store
from app.store.cipher import DAMAGED
from tests.faults.full_disk import KEY, PAGE, UNITS, village


def made(path: Path) -> Path:
    """A store at `path` with something in each of its tables, closed."""
    desk = village(path)
    for name in ("an_answer", "a_visit", "a_field", "a_checklist"):
        UNITS[name](desk)()
    desk.store.close()
    return path


def turn_bits(sound: Path, folder: Path, *, each: int, seed: int) -> Counter[str]:
    """Turn one bit of `sound`, `each` times in every page; how often it was refused, and how often
    nobody needed that page. Raises AssertionError when anything but the truth was told."""
    whole, path, chance = sound.read_bytes(), folder / "turned.db", random.Random(seed)
    store = Store(sound, KEY)
    truth = told(store)
    store.close()
    found: Counter[str] = Counter()
    for page in [number for number in range(len(whole) // PAGE) for _ in range(each)]:
        data = bytearray(whole)
        data[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        said = _said_of(path, page + 1)
        assert said in (truth, DAMAGED), page + 1
        found["refused" if said == DAMAGED else "not needed"] += 1
    return found


def told(store: Store) -> tuple[object, ...]:
    """What every door of the store says: records, search, log, drafts, what waits for the county."""
    reading = store.reading
    return (
        [*reading.each(Household), *reading.each(Person)],
        store.finder.find("jgy"),
        store.audit.lines(),
        store.audit.broken_at(),
        store.drafts.of_kind("visit"),
        store.ledger.outgoing(10**7),
        store.ledger.set_aside(),
        store.meta.device(),
    )


def _said_of(path: Path, number: int) -> object:
    """What a store with a damaged page tells, or the words in which it refuses to."""
    try:
        damaged = Store(path, KEY)
    except StorageFault as fault:  # a page that opening itself needs
        return fault.words
    try:
        assert any(f"page {number}" in line for line in damaged.integrity())
        return told(damaged)
    except StorageFault as fault:
        return fault.words
    finally:
        damaged.close()
