"""Reading records back as domain values, by id or by the lookups the schema has an index for."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlite_utils import Database

from app.domain.problem import StorageFault
from app.domain.record import Record, from_body
from app.store.cipher import faults, stored
from app.store.schema import LOOKUPS, REGISTER_LOOKUPS

R = TypeVar("R", bound=Record)

log = logging.getLogger(__name__)

INDEXED = LOOKUPS | REGISTER_LOOKUPS


class Reading:
    """Typed reads. `get` raises, `find` may return None, `where` and `each` give them in id order,
    which is the order of creation (ids begin with the time). What a newer release wrote and this one
    cannot read stays as it is in the file and is passed over here, with a line in the log."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, kind: type[R], record: str) -> R | None:
        with faults():
            row = self._db.execute(
                "SELECT id, village, body FROM record WHERE id = ? AND type = ? AND NOT deleted",
                [record, kind.TYPE],
            ).fetchone()
        return _build(kind, row) if row else None

    def get(self, kind: type[R], record: str) -> R:
        """Raises StorageFault when there is no such record."""
        found = self.find(kind, record)
        if found is None:
            raise StorageFault("这条记录没找到，可能已经被合并或迁走。回到列表再打开一次。")
        return found

    def where(self, kind: type[R], **equals: str) -> tuple[R, ...]:
        """Records whose indexed fields equal the given values, e.g. `where(Person, household=id)`."""
        unknown = set(equals) - set(INDEXED[kind.TYPE])
        if unknown:
            raise ValueError(f"no index on {sorted(unknown)} of {kind.TYPE}")
        tests = "".join(f" AND json_extract(body, '$.{name}') = ?" for name in equals)
        return tuple(self._select(kind, tests, list(equals.values())))

    def each(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind."""
        return self._select(kind, "", [])

    def many(self, kind: type[R], records: Sequence[str]) -> tuple[R, ...]:
        """The records with these ids that exist, in the order asked for."""
        wanted = json.dumps(list(records))
        found = {
            record.id: record
            for record in self._select(kind, " AND id IN (SELECT value FROM json_each(?))", [wanted])
        }
        return tuple(found[record] for record in records if record in found)

    @faults()
    def count(self, kind: type[Record]) -> int:
        (number,) = self._db.execute(
            "SELECT count(*) FROM record WHERE type = ? AND NOT deleted", [kind.TYPE]
        ).fetchone()
        return int(number)

    @faults()
    def bodies(self, kind: str) -> dict[str, dict[str, Any]]:
        """Bodies by id, as they would be compared with the county's."""
        rows = self._db.execute("SELECT id, body FROM record WHERE type = ? AND NOT deleted", [kind])
        return {record: stored(body) for record, body in rows}

    def _select(self, kind: type[R], tests: str, values: list[Any]) -> Iterator[R]:
        tests = f"type = '{kind.TYPE}' AND NOT deleted{tests}"
        sql = f"SELECT id, village, body FROM record WHERE {tests} ORDER BY id"
        with faults():
            rows = self._db.execute(sql, values).fetchall()
        for row in rows:
            if (built := _build(kind, row)) is not None:
                yield built


def _build(kind: type[R], row: Any) -> R | None:
    record, village, body = row
    try:
        return from_body(kind, record, village, stored(body))
    except (ValueError, TypeError) as error:
        # One record of a newer release must not take every list it stands in down with it.
        log.error("a %s this release cannot read: %s (%s)", kind.TYPE, record, type(error).__name__)
        return None
