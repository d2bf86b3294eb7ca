"""How the ledger in memory finds out that it is not what the county takes it for, and mends itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain import mark
from app.domain.change import Change, Incoming, Outcome, Receipt
from app.domain.device import DeviceIdentity
from app.domain.ids import new_id
from app.domain.record import Body, Json
from sync.protocol.canonical import raw_size
from sync.protocol.wire import op_of


class Checked:
    """The part of the ledger that checks, and keeps what the county says of itself."""

    rows: dict[str, Incoming]
    given: dict[str, Receipt]
    _outbox: dict[str, Change]
    _cursors: dict[str, int]
    _marked: set[str]
    _identity: DeviceIdentity

    def __init__(self) -> None:
        self.renewed: list[tuple[datetime, int]] = []
        self.told_terms: dict[str, Json] = {}

    def learn(self, escrow_key: bytes, pack_key: bytes, stick_key: bytes = b"") -> None:
        self._identity = replace(
            self._identity, escrow_key=escrow_key, pack_key=pack_key, stick_key=stick_key
        )

    def renew(self, at: datetime, told: tuple[int, Mapping[str, Json]] | None = None, stick: int = 0) -> None:
        self.renewed.append((at, stick))
        if told is not None and told[0] > self._identity.terms:
            self.told_terms = dict(told[1])
            self._identity = replace(self._identity, terms=told[0])

    def waiting_bytes(self, after: int) -> int:
        waiting = [change for change in self._outbox.values() if change.id not in self.given]
        return sum(raw_size(op_of(change).payload) for change in waiting[after:])

    def go_apart(self, at: datetime) -> None:
        me = self._identity
        self._identity = replace(me, replica=new_id(at), was=me.was or me.replica, apart=True, link="")

    def agree(self, digests: Mapping[str, int], again: Sequence[str]) -> tuple[str, ...]:
        waits = {change.record for change in self._outbox.values() if change.id not in self.given}
        for record in [one for one in self._marked if self.rows[one].village in again]:
            row = self.rows.pop(record)
            if record in waits:
                self.rows[record] = replace(row, village="")
        differing = [one for one, theirs in digests.items() if _sum(one, self.rows.values()) != theirs]
        fresh = [village for village in differing if village not in again]
        self._marked = {row.record for row in self.rows.values() if row.village in fresh}
        self._cursors.update(dict.fromkeys(fresh, 0))
        return tuple(differing)


def made_from(
    row: Incoming, held: Incoming | None, changes: Iterable[Change], receipts: Mapping[str, Receipt]
) -> Incoming | None:
    """An echo with its body, or None when another comes out than the county's."""
    body: Body = dict(held.body) if held is not None else {}
    since = held.revision if held is not None else 0
    for change in changes:
        receipt = receipts.get(change.id)
        if change.record != row.record or receipt is None or receipt.outcome is not Outcome.APPLIED:
            continue
        if since < receipt.seq <= row.revision:
            body.update({name: new for name, (_, new) in change.fields.items()})
    body = {name: value for name, value in body.items() if value not in (None, "", [], {})}
    return replace(row, body=body, echo="") if mark.of_body(body) == row.echo else None


def _sum(village: str, rows: Iterable[Incoming]) -> int:
    here = (row for row in rows if row.village == village and not row.left)
    return sum(mark.standing(one.record, one.revision, deleted=one.deleted) for one in here) % mark.SPAN
