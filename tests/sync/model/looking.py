"""What there is to look at in a laptop's store, without altering it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.domain.change import Change, Verb
from app.domain.device import DeviceIdentity
from app.domain.record import Json
from app.store import Store
from app.store.unit import change_in


class Looked:
    """What there is to look at in a store."""

    store: Store

    @property
    def me(self) -> DeviceIdentity:
        return self.store.meta.device()

    def sql(self, query: str, *values: Any) -> list[Any]:
        """What the file says."""
        return list(self.store._db.execute(query, list(values)).fetchall())

    def outbox(self) -> dict[str, tuple[Change, str | None]]:
        """Every change it holds, with its outcome if it has one."""
        rows = self.sql("SELECT payload, outcome FROM outbox ORDER BY n")
        found = ((change_in(read(payload)), outcome) for payload, outcome in rows)
        return {change.id: (change, outcome) for change, outcome in found}

    def numbers(self) -> dict[str, int | None]:
        """The number of every change it holds that was applied; None while it waits or was not."""
        rows = self.sql("SELECT change, iif(outcome = 'applied', seq, NULL) FROM outbox")
        return dict(rows)

    def ids(self) -> set[str]:
        """The ids of every change it holds."""
        return {change for (change,) in self.sql("SELECT change FROM outbox")}

    def kind_of(self, record: str) -> str:
        return str(self.sql("SELECT type FROM record WHERE id = ?", record)[0][0])

    def row(self, record: str) -> tuple[str, dict[str, Json], str]:
        kind, body, village = self.sql("SELECT type, body, village FROM record WHERE id = ?", record)[0]
        return str(kind), read(body), str(village)

    def visible(self, kind: str = "") -> list[str]:
        """Records she can work at: none that she is just taking away."""
        rows = self.sql("SELECT id FROM record WHERE deleted = 0 AND body <> '{}' ORDER BY id")
        leaving_ = {c.record for c, o in self.outbox().values() if c.verb is Verb.DELETE and o is None}
        found = [record for (record,) in rows if record not in leaving_]
        return [record for record in found if not kind or self.kind_of(record) == kind]

    def view(self) -> dict[str, tuple[str, dict[str, Json]]]:
        """What she sees: village and body of every record, by id. Of a village that was taken away only what
        photos keep is left, and nobody is told what becomes of it."""
        rows = self.sql(
            "SELECT id, village, body, EXISTS (SELECT 1 FROM attachment a WHERE a.record = record.id)"
            " FROM record WHERE deleted = 0"
        )
        mine = self.store.ledger.cursors()
        return {
            record: (village, full(read(body)))
            for record, village, body, kept in rows
            if village in mine or not kept
        }

    def print_of(self) -> list[Any]:
        """What a repeat may not alter."""
        return [
            self.sql("SELECT * FROM record ORDER BY id"),
            self.sql("SELECT change, record, payload, seq, outcome FROM outbox ORDER BY n"),
            self.sql("SELECT village, seq FROM cursor ORDER BY village"),
            self.sql("SELECT attachment FROM file_waiting ORDER BY attachment"),
        ]


def read(text: str) -> Any:
    return json.loads(text)


def alike(one: Json, other: Json) -> bool:
    empty = (None, "", [], {})
    return one == other or (one in empty and other in empty)


def full(body: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in body.items() if value not in (None, "", [], {})}
