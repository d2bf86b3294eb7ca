"""A worker at an enrolled computer, for telling stories of two or three of them in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.domain.change import Change, Outcome, Verb, difference
from app.domain.ids import new_id
from app.domain.record import Body, Json
from sync.client.http import Transport
from sync.client.pace import FULL_PACE, Pace
from sync.client.syncer import SyncReport, sync_once
from tests.sync.county import AT, TEA, County
from tests.sync.memory import MemoryLedger


class Desk:
    """Edits what it sees and syncs when told to."""

    def __init__(self, county: County, *villages: str, worker: str = "向海燕") -> None:
        self.ledger = MemoryLedger(county.enrol(*villages, worker=worker).identity)
        self._county = county

    def new(self, kind: str = "household", village: str = TEA, record: str = "", **body: Json) -> str:
        """A new record; returns its id."""
        record = record or new_id(AT)
        self._save(record, kind, village, Verb.NEW, {name: (None, value) for name, value in body.items()})
        return record

    def edit(self, record: str, kind: str = "household", village: str = TEA, **after: Json) -> Change:
        """Fields set to other values than the desk sees now."""
        seen = self.ledger.body(record) or {}
        return self._save(record, kind, village, Verb.EDIT, difference(seen, {**seen, **after}))

    def move(self, record: str, to: str, **after: Json) -> Change:
        """A ticket's next state, by its owner as seen now."""
        seen = self.ledger.body(record) or {}
        fields = difference(seen, {**seen, "state": to, **after})
        fields.setdefault("owner", (seen.get("owner"), seen.get("owner")))
        return self._save(record, "ticket", TEA, Verb.MOVE, fields)

    def delete(self, record: str, kind: str = "household", village: str = TEA) -> Change:
        """The record removed as seen now."""
        return self._save(record, kind, village, Verb.DELETE, difference(self.ledger.body(record) or {}, {}))

    def sync(self, at: datetime = AT, pace: Pace = FULL_PACE, *, offers: bool = True) -> SyncReport:
        """One round over real HTTP; without `offers` no copy of a life the county has lost is brought."""
        self.ledger.offers = offers
        with Transport(self._county.url) as transport:
            return sync_once(self.ledger, transport, at=at, pace=pace)

    def sees(self, record: str) -> Body | None:
        return self.ledger.body(record)

    def sees_all(self, kind: str) -> dict[str, Body]:
        """Every record of one type that she has, by id."""
        found = {key: self.sees(key) for key, row in self.ledger.rows.items() if row.type == kind}
        return {key: body for key, body in found.items() if body is not None}

    def outcome(self, change: Change) -> Outcome:
        return self.ledger.receipts()[change.id].outcome

    def _save(
        self, record: str, kind: str, village: str, verb: Verb, fields: Mapping[str, tuple[Json, Json]]
    ) -> Change:
        made = Change(
            new_id(AT), record, kind, village, verb, dict(fields), AT, self.ledger.identity().worker
        )
        return self.ledger.save(made)
