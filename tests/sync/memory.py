"""A ledger in memory that keeps every promise of the real one; the contract holds for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.change import Change, Earlier, Incoming, Outcome, Receipt, Verb
from app.domain.device import DeviceIdentity
from app.domain.record import Body
from sync.protocol.canonical import raw_size
from sync.protocol.wire import op_of
from tests.sync.checked import Checked, made_from


class MemoryLedger(Checked):
    """The county's copy of each record, and the worker's changes laid over it until they come back."""

    def __init__(self, identity: DeviceIdentity) -> None:
        super().__init__()
        self._identity = identity
        self._outbox: dict[str, Change] = {}
        self.given: dict[str, Receipt] = {}
        self.rows: dict[str, Incoming] = {}
        self._cursors: dict[str, int] = {}
        self._copies: dict[str, Incoming] = {}
        self._former: dict[str, int] = {}
        self._marked: set[str] = set()  # records that are being read again
        self.offers = True  # whether copies of a life the county has lost are brought

    def identity(self) -> DeviceIdentity:
        return self._identity

    def outgoing(self, limit_bytes: int) -> tuple[Change, ...]:
        batch: list[Change] = []
        size = 0
        for change in self._outbox.values():
            if change.id in self.given:
                continue
            size += raw_size(op_of(change).payload)
            if batch and size > limit_bytes:
                break
            batch.append(change)
        return tuple(batch)

    def cursors(self) -> Mapping[str, int]:
        return dict(self._cursors)

    def settle(
        self,
        receipts: Sequence[Receipt],
        rows: Sequence[Incoming],
        cursors: Mapping[str, int],
        epoch: str,
        at: datetime,
        link: str = "",
    ) -> frozenset[str]:
        del at
        newer = [
            one for one in receipts if one.change not in self.given or one.seq >= self.given[one.change].seq
        ]
        receipts_after = {**self.given, **{receipt.change: receipt for receipt in newer}}
        taken: dict[str, Incoming] = {}  # read whole before anything is changed
        upto, need = dict(cursors), set()
        for row in rows:
            held = taken.get(row.record) or self.rows.get(row.record)
            if held is not None and held.revision >= row.revision and row.record not in self._marked:
                continue
            made = row if not row.echo else made_from(row, held, self._outbox.values(), receipts_after)
            if made is None:
                need.add(row.record)
                upto[row.village] = min(upto[row.village], row.revision - 1)
            else:
                taken[row.record] = made
        self.rows.update(taken)
        self._marked.difference_update(taken)
        self._former = {one: seq for one, seq in self._former.items() if one not in receipts_after}
        self.given = receipts_after
        self._cursors = upto
        self._identity = replace(
            _standing(self._identity, receipts, link), villages=tuple(sorted(cursors)), epoch=epoch
        )
        return frozenset(need)

    def begin_life(self, epoch: str, kept_upto: int, at: datetime) -> None:
        del at
        lost = {change: one for change, one in self.given.items() if one.seq > kept_upto}
        self.given = {change: one for change, one in self.given.items() if change not in lost}
        applied = (one for one in lost.values() if one.outcome is Outcome.APPLIED)
        self._former = {one.change: one.seq for one in applied}
        self._copies = {row.record: row for row in self.rows.values() if row.revision > kept_upto}
        self._cursors = {}
        self._identity = replace(self._identity, epoch=epoch)

    def earlier(self, limit_bytes: int) -> Earlier:
        copies = tuple(self._copies.values()) if self.offers else ()
        return Earlier(copies if limit_bytes > 1 else copies[:1], dict(self._former))

    def heard(self, records: Sequence[str], durable: int) -> None:
        for record in records:
            self._copies.pop(record, None)
        waits = {change.record for change in self._outbox.values() if change.id not in self.given}
        self.rows = {
            record: row
            for record, row in self.rows.items()
            if row.village in self._identity.villages or record in waits
        }
        self._outbox = {
            one: change
            for one, change in self._outbox.items()
            if change.village in self._identity.villages or one not in self.given
        }

    def waiting(self) -> int:
        return sum(change not in self.given for change in self._outbox)

    def matters(self) -> int:
        waiting = (change for change in self._outbox.values() if change.id not in self.given)
        return len({change.record for change in waiting})

    # What the worker does and sees, for tests.

    def save(self, change: Change) -> Change:
        self._outbox[change.id] = change
        return change

    def receipts(self) -> dict[str, Receipt]:
        return dict(self.given)

    def body(self, record: str) -> Body | None:
        """The record as the worker sees it, or None when it is not there (any more)."""
        row = self.rows.get(record)
        body: Body | None = None if row is None or row.deleted or row.left else dict(row.body)
        for change in self._outbox.values():
            if change.record != record or not self._laid_over(change):
                continue
            if change.verb is Verb.DELETE:
                body = None
            elif body is not None or change.verb is Verb.NEW:
                body = {**(body or {}), **{name: new for name, (_, new) in change.fields.items()}}
        return body

    def _laid_over(self, change: Change) -> bool:
        receipt = self.given.get(change.id)
        if receipt is None:
            return True
        heard = self._cursors.get(change.village, 0)
        return receipt.outcome is Outcome.APPLIED and heard < receipt.seq


def _standing(me: DeviceIdentity, receipts: Sequence[Receipt], link: str) -> DeviceIdentity:
    number = max((one.seq for one in receipts), default=0) if link else 0
    at = max(number, me.link_at)
    return replace(me, was="", apart=False, link=link or me.link, link_at=at)
