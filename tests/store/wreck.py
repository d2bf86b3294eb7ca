"""A store worth saving, every row of it with the pages it lies on, and ways to wreck it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.change import Incoming, Outcome, Receipt
from app.domain.checklists.print_job import PrintJob
from app.store import Store
from app.store.attachments import Attachment
from app.store.btree import Forest, free_pages
from app.store.drafts import Draft
from app.vault.pages import Pages
from demo.village import generate
from tests.conftest import KEY, NOW
from tests.desks import DEVICE
from tests.facts import ticket, visit

PAGE = 4096
TABLES = ("record", "outbox", "cursor", "meta", "draft", "audit", "attachment", "print_job", "ballot")
LONG = "屋后头的坎子垮了一截，落雨天要有人看到。"
HOUSEHOLDS = 180

Rows = dict[str, dict[object, tuple[Any, ...]]]


@dataclass(frozen=True)
class Wreck:
    """A file as it lay before anything happened to it, its rows by table and key, and the pages of each.

    `trees` are the pages of each table and index, the root first, `rests` those with the rest of long rows,
    `free` the unused.
    """

    raw: bytes
    rows: Rows
    on: dict[str, dict[object, frozenset[int]]]
    trees: dict[str, tuple[int, ...]]
    rests: tuple[int, ...]
    free: frozenset[int]

    @property
    def pages(self) -> int:
        return len(self.raw) // PAGE

    def one_percent(self, seed: int) -> frozenset[int]:
        """That many pages anywhere in the file."""
        return frozenset(random.Random(seed).sample(range(1, self.pages + 1), -(-self.pages // 100)))

    def destroy(self, path: Path, numbers: Iterable[int]) -> Path:
        """The file at `path` with those pages written over by chance."""
        chance, raw = random.Random(7), bytearray(self.raw)
        for number in numbers:
            raw[(number - 1) * PAGE : number * PAGE] = chance.randbytes(PAGE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path


def build(path: Path) -> Wreck:
    """Some thousand records: half confirmed by the county, tickets, long visits, drafts, and unsent work."""
    store = Store(path, KEY, create=True)
    store.meta.set_device(DEVICE)
    village = generate()
    homes = village.households[:HOUSEHOLDS]
    with store.unit(actor="w-xiang", at=NOW, why="roster") as unit:
        for home in homes:
            for one in (home, *village.members(home.id)):
                unit.save(one)
    _confirm(store, NOW)
    for number, home in enumerate(homes):
        at = NOW + timedelta(days=number % 30)
        with store.unit(actor="w-xiang", at=at, why="visit") as unit:
            said = {"note": LONG * (number % 5 * 60)}
            unit.save(visit(id=_id(at, number, 1), household=home.id, started_at=at, answers=said))
            unit.save(ticket(id=_id(at, number, 2), household=home.id, received_at=at))
            unit.save(replace(home, note=f"看过 {number}"))
            store.attachments.put(_photo(at, number))
            store.print_jobs.save(
                [PrintJob(_id(at, number, 4), "checklist", home.id, LONG, "7KQ2MD", at, "w")]
            )
        if number < 40:
            store.ballots.put("home-2026.11", {"note": LONG * number})
            store.drafts.save(Draft(f"draft-{number:02}", "visit", home.id, {"note": LONG * number}, at))
    for number in range(35, 40):
        store.drafts.drop(f"draft-{number}")
    store.close()
    return look_at(path)


def look_at(path: Path) -> Wreck:
    """What is in the file at `path`, and where."""
    store = Store(path, KEY)
    rows = everything(store)
    roots = dict(store._db.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage").fetchall())
    store.close()
    raw = path.read_bytes()
    opener = Pages(KEY, raw[:16])
    plain = {
        at // PAGE + 1: opener.open(at // PAGE + 1, raw[at : at + PAGE]) for at in range(0, len(raw), PAGE)
    }
    assert all(plain.values())
    forest = Forest({number: page for number, page in plain.items() if page})
    free = free_pages(forest.pages, int.from_bytes(forest.pages[1][32:36], "big"))
    trees = {name: tuple(forest.walk(root, set(), set())) for name, root in roots.items()}
    on = {table: _lying(forest, trees[table], table) for table in TABLES}
    assert {table: set(found) for table, found in on.items()} == {table: set(rows[table]) for table in TABLES}
    return Wreck(raw, rows, on, trees, tuple(sorted(forest.overflow)), frozenset(free))


def everything(store: Store) -> Rows:
    """Every row of every table that matters, by its key."""
    return {table: {row[0]: tuple(row) for row in store._db.execute(SELECT[table])} for table in TABLES}


SELECT = {table: f"SELECT * FROM {table}" for table in TABLES}  # noqa: S608  # our own constants


def _lying(forest: Forest, pages: Iterable[int], table: str) -> dict[object, frozenset[int]]:
    found: dict[object, frozenset[int]] = {}
    for number in pages:
        node = forest.node(number)
        assert node is not None
        for at, row in enumerate(forest.rows(number)):
            key = row.rowid if table in ("outbox", "audit") else row.values[0]
            alone = Forest(forest.pages)
            alone._row(node.cells[at])
            found[key] = frozenset({number, *alone.overflow})
    return found


def _confirm(store: Store, at: datetime) -> None:
    changes = store.ledger.outgoing(100_000_000)
    receipts = [Receipt(one.id, Outcome.APPLIED, seq) for seq, one in enumerate(changes, 1)]
    rows = [
        Incoming(one.record, one.type, one.village, seq, False, {n: v for n, (_, v) in one.fields.items()})
        for seq, one in enumerate(changes, 1)
    ]
    store.ledger.settle(receipts, rows, {DEVICE.villages[0]: len(changes)}, DEVICE.epoch, at)


def _photo(at: datetime, number: int) -> Attachment:
    chance = random.Random(number)
    sha256, key = chance.randbytes(32).hex(), chance.randbytes(32)
    return Attachment(_id(at, number, 3), _id(at, number, 1), "photo", "image/jpeg", 90_000, sha256, key, at)


def _id(at: datetime, number: int, kind: int) -> str:
    head = f"{int(at.timestamp() * 1000):012x}"
    return f"{head[:8]}-{head[8:]}-7000-8000-{kind:04x}{number:08x}"
