"""The box of anonymous answers: nothing in it says when, of whom or after which other an answer came.

A row is known by random bits alone and lies in their order, in a table without row numbers: neither its
place nor a clock leads to the family that was asked just then. Nothing of it goes into the log or the
outbox until the box is opened, and it is opened only for several at once.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from app.store.cipher import faults, stored

# One that was put back from a backup after it had become a record is in the box no more.
STILL_HERE = "id NOT IN (SELECT id FROM record)"


class Ballots:
    """`put` and `take_out` are called inside a unit, with what becomes of the draft and the records."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, edition: str, answers: Mapping[str, Any]) -> None:
        """Lay the answers to an edition of a questionnaire into the box."""
        body = json.dumps(answers, ensure_ascii=False, sort_keys=True)
        row = [str(UUID(bytes=secrets.token_bytes(16), version=4)), edition, body]
        self._db.execute("INSERT INTO ballot(id, edition, body) VALUES (?, ?, ?)", row)

    @faults()
    def count(self, edition: str) -> int:
        """How many answers to that edition lie in the box."""
        row = self._db.execute(
            f"SELECT count(*) FROM ballot WHERE edition = ? AND {STILL_HERE}", [edition]
        ).fetchone()
        return int(row[0])

    def take_out(self, edition: str) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Empty the box of that edition; each answer with the id its record is to have, in random order."""
        rows = self._db.execute(
            f"SELECT id, body FROM ballot WHERE edition = ? AND {STILL_HERE} ORDER BY id", [edition]
        ).fetchall()
        self._db.execute("DELETE FROM ballot WHERE edition = ?", [edition])
        return tuple((str(row[0]), stored(row[1])) for row in rows)


def every_ballot(db: Database) -> tuple[tuple[Any, ...], ...]:
    """All that lies in the box of a store, of whatever release."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'ballot'").fetchone():
        return ()
    return tuple(db.execute("SELECT id, edition, body FROM ballot"))


def lay_back(db: Database, rows: Iterable[tuple[Any, ...]]) -> None:
    """Take over what lay in the box of the store that is left; what has become a record is not laid back."""
    db.conn.executemany("INSERT OR IGNORE INTO ballot(id, edition, body) VALUES (?, ?, ?)", list(rows))
    db.execute(f"DELETE FROM ballot WHERE NOT ({STILL_HERE})")
