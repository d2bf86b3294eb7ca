"""Reading columns instead of records: what a report counts, in one query for each kind of record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from app.store import counted
from app.store.cipher import faults
from app.store.lookups import BY_TIME, field_of

SEPARATOR = "\x1f"  # ASCII's unit separator: no name and no word has it
_id = itemgetter(0)
Row = tuple[Any, ...]  # id, village code, then the values asked for; None where there is none


class Figures:
    """Building twelve thousand records to count them takes seconds; their columns take a hundredth of it.

    Paths are names of fields, with dots into nested ones. Values are as they are stored: days and instants
    as ISO text, money as fen, yes and no as 1 and 0, a list or a table as JSON text (`listed`). What is kept
    in `app.store.counted` is read from there, anything else from the records.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def columns(self, kind: str, paths: Sequence[str]) -> list[Row]:
        """Every record of `kind`, in the order of creation."""
        return sorted(self._rows(kind, paths, "", []), key=_id)

    def between(self, kind: str, field: str, first: date, last: date, paths: Sequence[str]) -> list[Row]:
        """Records whose `field`, a day or an instant, falls into the days given; an instant may still be of
        the day before or after, for it is told in the zone it was written in."""
        tests = " AND {} >= ? AND {} < ?"
        span = [(first - timedelta(days=1)).isoformat(), (last + timedelta(days=2)).isoformat()]
        index = f"{kind}_by_time" if BY_TIME.get(kind) == field else "record_type"
        # They mostly lie so already: quicker here than to have them ordered there.
        return sorted(self._rows(kind, paths, tests, span, field, index), key=_id)

    def in_time(self, kind: str, first: date, last: date, paths: Sequence[str]) -> list[Row]:
        """As `between` of the field the schema keeps `kind` in the order of, and in that order."""
        by = BY_TIME[kind]
        tests = " AND {} >= ? AND {} < ? ORDER BY {}, id"
        span = [(first - timedelta(days=1)).isoformat(), (last + timedelta(days=2)).isoformat()]
        return self._rows(kind, paths, tests, span, by, f"{kind}_by_time")

    def among(self, kind: str, field: str, values: Iterable[str], paths: Sequence[str]) -> list[Row]:
        """Records whose `field`, one of the schema's lookups, is among `values`: those of one value together,
        in the order of creation."""
        tests = " AND {} IN (SELECT value FROM json_each(?)) ORDER BY {}, id"
        return self._rows(kind, paths, tests, [json.dumps(list(values))], field, f"{kind}_{field}")

    @faults()
    def joined(
        self, kind: str, of: str, values: Iterable[str], paths: Sequence[str]
    ) -> list[tuple[str, ...]]:
        """For each of `values` of which there is anything: the value, then for every path what its records
        say, as one text in the order of creation, with `SEPARATOR` between them.

        `of` is the field the counted rows of `kind` lie in the order of, so that they are joined as they are
        read; seven records so take the time of two rows.
        """
        if counted.COUNTED[kind][0] != of:
            raise ValueError(f"what is counted of {kind} does not lie in the order of {of}")
        by = counted.column_of(of)
        said = [f"group_concat(coalesce({counted.column_of(path)}, ''), char(31))" for path in paths]
        rows = self._db.execute(
            f"SELECT {', '.join([by, *said])} FROM {counted.table_of(kind)}"
            f" WHERE {by} IN (SELECT value FROM json_each(?)) GROUP BY {by}",
            [json.dumps(list(values))],
        )
        return [tuple(row) for row in rows]

    @faults()
    def these(self, kind: str, records: Iterable[str], paths: Sequence[str]) -> list[Row]:
        """The records with these ids that are there, in no order; what is counted cannot be found by id."""
        wanted = ", ".join(["id", "village", *map(field_of, paths)])
        sql = f"SELECT {wanted} FROM record WHERE id IN (SELECT value FROM json_each(?))"
        return list(
            self._db.execute(
                f"{sql} AND type = '{kind}' AND NOT deleted", [json.dumps(list(records))]
            ).fetchall()
        )

    @faults()
    def lengths(self, kind: str, field: str, value: str, listed: str) -> dict[int, int]:
        """How many records whose counted `field` is `value` have how long a counted list `listed`."""
        one, many = counted.column_of(field), counted.column_of(listed)
        rows = self._db.execute(
            f"SELECT coalesce(json_array_length({many}), 0), count(*) FROM {counted.table_of(kind)}"
            f" WHERE {one} = ? GROUP BY 1",
            [value],
        )
        return {int(length): int(count) for length, count in rows}

    @faults()
    def _rows(
        self, kind: str, paths: Sequence[str], tests: str, values: list[Any],
        field: str = "", index: str = "record_type",
    ) -> list[Row]:  # fmt: skip
        name: Callable[[str], str]
        if counted.knows(kind, (*paths, field) if field else paths):
            name, source = counted.column_of, f"{counted.table_of(kind)} WHERE true"
        else:
            name, source = field_of, f"record INDEXED BY {index} WHERE type = '{kind}' AND NOT deleted"
        wanted = ", ".join(["id", "village", *map(name, paths)])
        tests = tests.replace("{}", name(field))
        return list(self._db.execute(f"SELECT {wanted} FROM {source}{tests}", values).fetchall())


@lru_cache(maxsize=4096)
def _read(text: str) -> Any:
    return json.loads(text)


def listed(text: str | None) -> Any:
    """What a list or a table says that came as JSON text; () for none. Nobody may change it."""
    return _read(text) if text else ()
