"""Which records were written since something was worked out from all of them.

A trigger notes every record in the statement that writes it, whoever does: a save, the county's rows, a
restore. What is undone is undone here too. The list stands in the memory of the connection and names ids
alone; nothing of it reaches the disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlite_utils import Database

from app.store.cipher import faults

T = TypeVar("T")

# One line for each record, under its last number: a year without closing it is no longer than the village.
# What is there already is taken out first, for inside a trigger the conflict clause of the statement rules.
_MADE = (
    "CREATE TEMP TABLE written (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, type TEXT NOT NULL,"
    " UNIQUE (id, type))",
    "CREATE TEMP TRIGGER written_new AFTER INSERT ON main.record BEGIN"
    " DELETE FROM written WHERE id = NEW.id AND type = NEW.type;"
    " INSERT INTO written(id, type) VALUES (NEW.id, NEW.type); END",
    "CREATE TEMP TRIGGER written_gone AFTER DELETE ON main.record BEGIN"
    " DELETE FROM written WHERE id = OLD.id AND type = OLD.type;"
    " INSERT INTO written(id, type) VALUES (OLD.id, OLD.type); END",
    "CREATE TEMP TRIGGER written_changed AFTER UPDATE OF id, type, village, body, deleted ON main.record"
    " BEGIN DELETE FROM written WHERE id = OLD.id AND type = OLD.type OR id = NEW.id AND type = NEW.type;"
    " INSERT INTO written(id, type) SELECT OLD.id, OLD.type UNION SELECT NEW.id, NEW.type; END",
)


@dataclass(frozen=True)
class Held(Generic[T]):
    """Everything of a kind by id, as it was when `upto` records had been written.

    `changed` are the ids written since the answer it was made from; None: it was made from nothing.
    """

    records: Mapping[str, T]
    upto: int
    changed: frozenset[str] | None = None


class Written:
    """One for each open file. A number taken outside a transaction holds for good."""

    def __init__(self, db: Database) -> None:
        self._db = db
        with faults():
            for statement in _MADE:
                db.execute(statement)

    @faults()
    def upto(self) -> int:
        """The number of the last record that was written, 0 for none."""
        (number,) = self._db.execute("SELECT coalesce(max(n), 0) FROM temp.written").fetchone()
        return int(number)

    @faults()
    def since(self, kind: str, number: int) -> tuple[str, ...]:
        """The ids of `kind` written, moved or taken out after `number`."""
        rows = self._db.execute("SELECT id FROM temp.written WHERE n > ? AND type = ?", [number, kind])
        return tuple(str(one) for (one,) in rows)


def with_these(known: Mapping[str, T], changed: Sequence[str], found: Mapping[str, T]) -> dict[str, T]:
    """`known` with those that are `changed` as they are `found`, and without those that are not found; in
    the order of ids, in which `known` is."""
    made, last, in_order = dict(known), max(known, default=""), True
    for one in sorted(changed):
        if one not in found:
            made.pop(one, None)
            continue
        in_order = in_order and (one in made or one > last)
        made[one] = found[one]
    return made if in_order else dict(sorted(made.items()))
