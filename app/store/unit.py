"""The only way to write: one transaction holds the row, its change for the county, and its audit line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from app.domain.change import Change, Verb, difference
from app.domain.ids import new_id
from app.domain.locks import guard
from app.domain.problem import UserError
from app.domain.record import Body, Json, Record, canonical, names_of, to_body
from app.store.cipher import stored

Fields = dict[str, tuple[Json, Json]]
CASE = "conflict"
# Half of what one message may carry, as sent: whatever is saved can also be told to the county.
LARGEST_CHANGE_BYTES = 1_000_000


# What a step also says it saw: the county moves a ticket only if nobody else took it over meanwhile, and lets
# nobody decide over a value she has not seen.
SEEN = {"ticket": "owner", "conflict": "theirs"}


@dataclass(frozen=True)
class Unit:
    """An open transaction of one worker. Leaving it well commits; leaving it by an error undoes all.

    `index` puts a record into the search index in the same transaction; with `barred`, which says why, only
    the log is written. `again` makes what is in sight of a record anew and returns its kind.
    """

    db: Database
    actor: str
    at: datetime
    why: str
    index: Callable[[str, str, Body], None]
    touched: set[str]
    barred: str = ""
    again: Callable[[str], str | None] = lambda _record: None

    def save(self, record: Record) -> Change | None:
        """Write `record` and queue what changed for the county; None when nothing changed.

        Raises UserError when something locked would change, it is too long to be sent, or whoever is at
        the desk may only look.
        """
        if self.barred:
            raise UserError(self.barred)
        old, village = self._current(record)
        new = to_body(record)
        fields = _known(difference(old or {}, new), record)
        if old is not None and not fields:
            return None
        if old is not None:
            guard(record.TYPE, old, fields.keys())
        verb = _verb(record.TYPE, old, fields)
        seen = SEEN.get(record.TYPE) if "state" in fields else None
        if old is not None and seen:
            fields.setdefault(seen, (old.get(seen), old.get(seen)))
        body = {name: value for name, value in (old or {}).items() if name not in fields}
        body |= {name: value for name, (_, value) in fields.items() if value is not None}
        change = self._change(record, village, verb, fields)
        self.db.execute(
            "INSERT INTO record(id, type, village, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT(id) DO UPDATE SET body = excluded.body, deleted = 0",
            [record.id, record.TYPE, village, canonical(body)],
        )
        self._queue(change)
        self.index(record.TYPE, record.id, body)
        self.audit(f"save {record.TYPE}", record.id, ",".join(fields))
        self.touched.add(record.TYPE)
        self._decided(record.TYPE, body)
        return change

    def take_back(self, kind: str, record: str) -> bool:
        """Undo the last change of a record while the county has not answered it; False when it has.

        A change that is on its way right now may still arrive: the county's copy then shows it again.
        """
        row = self.db.execute(
            "SELECT n, payload, seq FROM outbox WHERE record = ? ORDER BY n DESC LIMIT 1", [record]
        ).fetchone()
        if row is None or row[2] is not None:
            return False
        change = change_in(stored(row[1]))
        (found,) = self.db.execute("SELECT body FROM record WHERE id = ?", [record]).fetchone()
        body = stored(found)
        for name, (old, _) in change.fields.items():
            body.pop(name, None) if old is None else body.update({name: old})
        self.db.execute("DELETE FROM outbox WHERE n = ?", [row[0]])
        self.db.execute("UPDATE record SET body = ? WHERE id = ?", [canonical(body), record])
        self.index(kind, record, body)
        self.audit(f"take back {kind}", record, ",".join(change.fields))
        self.touched.add(kind)
        self._decided(kind, body)
        return True

    def _decided(self, kind: str, body: Body) -> None:
        """What is decided of a disagreement stands in sight at once, and goes with the decision."""
        of = body.get("of") if kind == CASE else None
        altered = self.again(of) if isinstance(of, str) else None
        if altered:
            self.touched.add(altered)

    def audit(self, verb: str, subject: str, detail: str = "") -> None:
        """Add one line to the hash chain: who did what to which record, never the values."""
        row = self.db.execute("SELECT chain FROM audit ORDER BY n DESC LIMIT 1").fetchone()
        line = [self.at.isoformat(), self.actor, verb, subject, detail]
        chain = hashlib.sha256(f"{row[0] if row else ''}{canonical(line)}".encode()).hexdigest()
        self.db.execute(
            "INSERT INTO audit(at, actor, verb, subject, detail, chain) VALUES (?, ?, ?, ?, ?, ?)",
            [*line, chain],
        )

    def _current(self, record: Record) -> tuple[Body | None, str]:
        """The body in the store (None: there is none, or it was deleted) and the village it is in.

        Only the county moves a record to another village: a page that was opened before the move
        must not send its edit to the old one, where it would be set aside.
        """
        row = self.db.execute(
            "SELECT type, body, village, deleted FROM record WHERE id = ?", [record.id]
        ).fetchone()
        if row is None:
            return None, record.village
        kind, body, village, deleted = row
        if kind != record.TYPE:
            raise ValueError(f"{record.id} is a {kind}, not a {record.TYPE}")
        return (None if deleted else stored(body)), str(village)

    def _change(self, record: Record, village: str, verb: Verb, fields: Fields) -> Change:
        return Change(
            id=new_id(self.at),
            record=record.id,
            type=record.TYPE,
            village=village,
            verb=verb,
            fields=fields,
            at=self.at,
            actor=self.actor,
            why=self.why,
        )

    def _queue(self, change: Change) -> None:
        payload = canonical(change_out(change))
        if len(payload.encode("utf-8", "surrogatepass")) > LARGEST_CHANGE_BYTES:
            raise UserError("这一条写得太长，县里收不下，还没有存。删短一点再存。")
        self.db.execute(
            "INSERT INTO outbox(change, record, payload) VALUES (?, ?, ?)",
            [change.id, change.record, payload],
        )


def _known(fields: Fields, record: Record) -> Fields:
    # What a newer release wrote and this one does not know stays as it is.
    mine = names_of(type(record))
    return {name: pair for name, pair in fields.items() if name in mine}


def change_out(change: Change) -> dict[str, Any]:
    """A change as it waits in the outbox."""
    return {
        "id": change.id,
        "record": change.record,
        "type": change.type,
        "village": change.village,
        "verb": change.verb.value,
        "fields": {name: list(pair) for name, pair in change.fields.items()},
        "at": change.at.isoformat(),
        "actor": change.actor,
        "why": change.why,
    }


def change_in(data: dict[str, Any]) -> Change:
    """The reverse of `change_out`."""
    pairs = {name: (old, new) for name, (old, new) in data["fields"].items()}
    at = datetime.fromisoformat(data["at"])
    return Change(**{**data, "verb": Verb(data["verb"]), "fields": pairs, "at": at})


def _verb(kind: str, old: Body | None, fields: Fields) -> Verb:
    if old is None:
        return Verb.NEW
    # A ticket's step is all or nothing: the county must not merge half of it.
    return Verb.MOVE if kind == "ticket" and "state" in fields else Verb.EDIT
