"""A ledger with a worker sitting at it, and the households she and the county write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Protocol

from app.domain.change import Change, Incoming, Outcome, Receipt, Verb
from app.domain.ids import new_id
from app.domain.record import Body, Json
from sync.client.ledger import Ledger

VILLAGE = "439901101201"
OTHER = "439901101202"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=8)))


class Bench(Ledger, Protocol):
    """A ledger with a worker sitting at it. Records are of type household."""

    def save(self, change: Change) -> Change:
        """The worker makes this change; returns it as it waits in the outbox, whatever its id there."""
        ...

    def body(self, record: str) -> Body | None:
        """What she sees of a record; None when it is gone. Empty fields may be missing or None."""
        ...


Factory = Callable[[], Bench]


def change(record: str, verb: Verb = Verb.EDIT, **fields: tuple[Json, Json]) -> Change:
    """A household change in `VILLAGE` by the worker."""
    return Change(new_id(AT), record, "household", VILLAGE, verb, fields, AT, "w1")


def new(record: str, **body: Json) -> Change:
    """A new household."""
    return change(record, Verb.NEW, **{name: (None, value) for name, value in body.items()})


def row(record: str, revision: int, **body: Json) -> Incoming:
    """A household as the county holds it."""
    return Incoming(record, "household", VILLAGE, revision, False, dict(body))


def applied(one: Change, seq: int, outcome: Outcome = Outcome.APPLIED) -> Receipt:
    return Receipt(one.id, outcome, seq)
