"""The real ledger, on a real cipher file, keeps every promise the syncer relies on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.change import Change, Earlier, Incoming, Outcome, Receipt
from app.domain.device import DeviceIdentity
from app.domain.people.household import Household
from app.domain.record import Body, Json, from_body
from app.store import Store
from tests.conftest import KEY
from tests.desks import DEVICE
from tests.facts import NOW, VILLAGE
from tests.sync.ledger_contract import CONTRACT
from tests.sync.seated import Factory, applied, change, new, row


class Counts:
    """How much waits in a store."""

    _store: Store

    def waiting(self) -> int:
        return self._store.ledger.waiting()

    def waiting_bytes(self, after: int) -> int:
        return self._store.ledger.waiting_bytes(after)

    def matters(self) -> int:
        return self._store.ledger.matters()


class Heard:
    """What the county says of itself and of this file, kept by the real ledger."""

    _store: Store

    def go_apart(self, at: datetime) -> None:
        self._store.ledger.go_apart(at)

    def agree(self, digests: Mapping[str, int], again: Sequence[str]) -> tuple[str, ...]:
        return self._store.ledger.agree(digests, again)

    def learn(self, escrow_key: bytes, pack_key: bytes, stick_key: bytes = b"") -> None:
        self._store.ledger.learn(escrow_key, pack_key, stick_key)

    def renew(self, at: datetime, told: tuple[int, Mapping[str, Json]] | None = None, stick: int = 0) -> None:
        self._store.ledger.renew(at, told, stick)

    def begin_life(self, epoch: str, kept_upto: int, at: datetime) -> None:
        self._store.ledger.begin_life(epoch, kept_upto, at)


class StoreBench(Counts, Heard):
    """A worker at a store, seen as the contract wants it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.meta.set_device(DEVICE)

    def identity(self) -> DeviceIdentity:
        return self._store.ledger.identity()

    def outgoing(self, limit_bytes: int) -> tuple[Change, ...]:
        return self._store.ledger.outgoing(limit_bytes)

    def cursors(self) -> Mapping[str, int]:
        return self._store.ledger.cursors()

    def settle(
        self,
        receipts: Sequence[Receipt],
        rows: Sequence[Incoming],
        cursors: Mapping[str, int],
        epoch: str,
        at: datetime,
        link: str = "",
    ) -> frozenset[str]:
        return self._store.ledger.settle(receipts, rows, cursors, epoch, at, link)

    def earlier(self, limit_bytes: int) -> Earlier:
        return self._store.ledger.earlier(limit_bytes)

    def heard(self, records: Sequence[str], durable: int) -> None:
        self._store.ledger.heard(records, durable)

    def save(self, change: Change) -> Change:
        body = {**(self.body(change.record) or {}), **{name: new for name, (_, new) in change.fields.items()}}
        with self._store.unit(actor=change.actor, at=NOW) as unit:
            queued = unit.save(from_body(Household, change.record, VILLAGE, body))
        assert queued is not None
        return queued

    def body(self, record: str) -> Body | None:
        return self._store.reading.bodies("household").get(record)


@pytest.fixture
def factory(tmp_path: Path) -> Iterator[Factory]:
    opened: list[Store] = []

    def make() -> StoreBench:
        opened.append(Store(tmp_path / f"{len(opened)}.db", KEY, create=True))
        return StoreBench(opened[-1])

    yield make
    for store in opened:
        store.close()


@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
def test_the_real_ledger_keeps(promise: Callable[[Factory], None], factory: Factory) -> None:
    promise(factory)


def test_old_work_is_not_laid_over_a_copy_from_a_life_that_was_lost(factory: Factory) -> None:
    bench = factory()
    made = bench.save(new("h1", door="1号"))
    bench.settle([applied(made, 1)], [row("h1", 1, door="1号")], {VILLAGE: 1}, "e1", NOW)
    bench.settle([], [row("h1", 3, door="5号")], {VILLAGE: 3}, "e1", NOW)
    bench.begin_life("e2", 2, NOW)
    bench.heard(["h1"], 0)
    edit = bench.save(change("h1", note=(None, "8号")))
    bench.settle([applied(edit, 2**41, Outcome.CONFLICT)], [], {}, "e2", NOW)
    assert (bench.body("h1") or {})["door"] == "5号", "a colleague wrote it after her, and she had seen it"
