"""The audit log read back: proving that no line was taken out or changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from app.domain.record import canonical
from app.store.cipher import faults


@dataclass(frozen=True)
class AuditLine:
    at: datetime
    actor: str
    verb: str
    subject: str
    detail: str


class Audit:
    """Append-only; lines are written through a unit."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @faults()
    def lines(self, subject: str | None = None) -> tuple[AuditLine, ...]:
        """All lines, or those about one record, oldest first."""
        tail = "WHERE subject = ?" if subject else ""
        rows = self._db.execute(
            f"SELECT at, actor, verb, subject, detail FROM audit {tail} ORDER BY n",
            [subject] if subject else [],
        )
        return tuple(AuditLine(datetime.fromisoformat(row[0]), *row[1:]) for row in rows)

    def latest(self) -> Iterator[AuditLine]:
        """All lines, newest first, read as they are asked for."""
        with faults():
            rows = self._db.execute("SELECT at, actor, verb, subject, detail FROM audit ORDER BY n DESC")
            for row in rows:
                yield AuditLine(datetime.fromisoformat(row[0]), *row[1:])

    @faults()
    def newest(self, *, after: int = 0) -> datetime | None:
        """The latest moment any line after number `after` bears."""
        (at,) = self._db.execute("SELECT max(at) FROM audit WHERE n > ?", [after]).fetchone()
        return datetime.fromisoformat(at) if at else None

    @faults()
    def count(self) -> int:
        """The number of the last line."""
        (last,) = self._db.execute("SELECT coalesce(max(n), 0) FROM audit").fetchone()
        return int(last)

    @faults()
    def began(self) -> datetime | None:
        """When this store's first line was written; None for a store without one."""
        row = self._db.execute("SELECT at FROM audit ORDER BY n LIMIT 1").fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def broken_at(self) -> int | None:
        """The number of the first line whose chain does not follow from the line before, or None."""
        return next((number for number, _, holds in self.follow() if not holds), None)

    def follow(self) -> Iterator[tuple[int, str, bool]]:
        """Number, hash, and whether it follows from the line before, of every line, oldest first."""
        before = ""
        with faults():
            for number, at, actor, verb, subject, detail, chain in self._db.execute(
                "SELECT n, at, actor, verb, subject, detail, chain FROM audit ORDER BY n"
            ):
                line = canonical([at, actor, verb, subject, detail])
                before = hashlib.sha256(f"{before}{line}".encode()).hexdigest()
                yield int(number), str(chain), before == chain

    @faults()
    def written(self) -> int:
        """How many lines were ever written: more than there are when the last ones were cut off."""
        row = self._db.execute("SELECT seq FROM main.sqlite_sequence WHERE name = 'audit'").fetchone()
        return int(row[0]) if row else 0
