"""Reading records back as domain values, by id or by the lookups the schema has an index for."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlite_utils import Database

from app.domain.problem import StorageFault
from app.domain.record import Record, from_body
from app.domain.workdays import china_day
from app.store.cipher import faults, stored
from app.store.lookups import BY_TIME, DUE, LOOKUPS, WITHIN, field_of
from app.store.written import Held, Written, with_these

R = TypeVar("R", bound=Record)
Equals = str | Iterable[str]
DAY = len("2026-11-20")

log = logging.getLogger(__name__)


class Reading:
    """Typed reads. `get` raises, `find` may return None, `where` and `each` give them in id order,
    which is the order of creation (ids begin with the time). What a newer release wrote and this one
    cannot read stays as it is in the file and is passed over here, with a line in the log.

    `each` builds every record of a kind: fine for households, not for ten years of visits. What a page
    needs of those is asked for by `by_day`, `due`, `latest`, `count_by` and `columns`, whose cost grows
    with the answer and not with the years."""

    def __init__(self, db: Database, written: Written) -> None:
        self._db, self._written = db, written

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

    def where(self, kind: type[R], **equals: Equals) -> tuple[R, ...]:
        """Records whose indexed fields equal the given values: `where(Person, household=id)`; or one of
        several: `where(Ticket, state=open_states)`, `where(TicketEvent, ticket=ids)`."""
        unknown = set(equals) - set(LOOKUPS[kind.TYPE])
        if unknown:
            raise ValueError(f"no index on {sorted(unknown)} of {kind.TYPE}")
        if not equals:
            return tuple(self.each(kind))
        tests, values = _tests(equals)
        index = f"{kind.TYPE}_{next(iter(equals))}"
        return tuple(self._select(kind, tests, values, index=index))

    def each(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind."""
        return self._select(kind, "", [])

    def again(self, kind: type[R], before: Held[R] | None = None) -> Held[R]:
        """Every record of a kind by id, in id order. Made from `before`, an earlier answer, only what was
        written since is read: all else are the very values of then."""
        upto = self._written.upto()
        if before is None:
            return Held({one.id: one for one in self.each(kind)}, upto)
        changed = self._written.since(kind.TYPE, before.upto)
        found = {one.id: one for one in self.many(kind, changed)} if changed else {}
        records = with_these(before.records, changed, found) if changed else before.records
        return Held(records, upto, frozenset(changed))

    def many(self, kind: type[R], records: Sequence[str]) -> tuple[R, ...]:
        """The records with these ids that exist, in the order asked for."""
        wanted = json.dumps(list(records))
        found = {
            record.id: record
            for record in self._select(kind, " AND id IN (SELECT value FROM json_each(?))", [wanted])
        }
        return tuple(found[record] for record in records if record in found)

    def by_day(
        self, kind: type[R], *, first: date | None = None, before: date | None = None,
        newest_first: bool = False, limit: int = -1, skip: int = 0, **equals: Equals,
    ) -> tuple[R, ...]:  # fmt: skip
        """Visits by the day they began, tickets by the day they were received: from `first` on, up to
        but without `before` (days in China; None: no bound), earliest first unless `newest_first`.

        `limit` and `skip` cut a page out of a list without bounds: `by_day(Ticket, newest_first=True,
        limit=50, skip=100, state=ended)`. `equals` may name any field of text, also one without an index;
        records that are passed over for it are read, not built. Those of one household lie together:
        `by_day(Visit, household=id, newest_first=True, limit=1)`.
        """
        by, of = BY_TIME[kind.TYPE], WITHIN[kind.TYPE]
        one_home = isinstance(equals.get(of), str)
        home = _tests({of: equals.pop(of)} if one_home else {})
        span, other = _span(by, first, before), _tests(equals, plainly=True)
        way = "DESC" if newest_first else "ASC"
        tail = f"ORDER BY {field_of(by)} {way}, id {way} LIMIT ? OFFSET ?"
        tests, values = home[0] + span[0] + other[0], [*home[1], *span[1], *other[1], limit, skip]
        index = f"{kind.TYPE}_{'within' if one_home else 'by_time'}"
        found = self._select(kind, tests, values, index=index, tail=tail)
        return tuple(one for one in found if _within(getattr(one, by), first, before))

    def due(self, kind: type[R], by: date) -> tuple[R, ...]:
        """What is not done yet and due on or before the day `by`, the earliest first."""
        on, done = DUE[kind.TYPE]
        tests = f" AND {field_of(done)} IS NULL AND {field_of(on)} <= ?"
        tail = f"ORDER BY {field_of(on)}, id"
        return tuple(self._select(kind, tests, [by.isoformat()], index=f"{kind.TYPE}_due", tail=tail))

    @faults()
    def latest(self, kind: type[Record], among: Iterable[str], **equals: Equals) -> dict[str, date]:
        """The last day there was a `kind` for each household of `among`; none is left out of the answer.

        `latest(Visit, homes, met="home", purpose=("VP07", "VP01"))` looks only at those of these values:
        one step for each household, and one more for each later record that is not of them.
        """
        by, of = field_of(BY_TIME[kind.TYPE]), field_of(WITHIN[kind.TYPE])
        tests, values = _tests(equals, plainly=True)
        rows = self._db.execute(
            f"SELECT value, (SELECT max({by}) FROM record INDEXED BY {kind.TYPE}_within"
            f" WHERE type = '{kind.TYPE}' AND NOT deleted AND {of} = value{tests}) FROM json_each(?)",
            [*values, json.dumps(list(among))],
        )
        return {str(home): day for home, last in rows if last and (day := _day(last))}

    @faults()
    def count(self, kind: type[Record]) -> int:
        (number,) = self._db.execute(
            "SELECT count(*) FROM record WHERE type = ? AND NOT deleted", [kind.TYPE]
        ).fetchone()
        return int(number)

    @faults()
    def count_by(self, kind: type[Record], name: str, **equals: Equals) -> dict[str, int]:
        """How many records there are for each value of a looked-up field; "" for those without it."""
        if name not in LOOKUPS[kind.TYPE]:
            raise ValueError(f"no index on {name} of {kind.TYPE}")
        tests, values = _tests(equals, plainly=True)
        rows = self._db.execute(
            f"SELECT {field_of(name)}, count(*) FROM record INDEXED BY {kind.TYPE}_{name}"
            f" WHERE type = '{kind.TYPE}' AND NOT deleted{tests} GROUP BY {field_of(name)}",
            values,
        )
        return {str(value or ""): int(number) for value, number in rows}

    @faults()
    def columns(
        self, kind: type[Record], *names: str, first: date | None = None, before: date | None = None
    ) -> list[tuple[Any, ...]]:
        """Some fields of many records without building them, for sums: (id, field, field, …), with `names`
        as paths into the body (`answers.findings`). Texts and numbers as they are stored; None for an empty
        field; a list or table as JSON text.

        With `first` or `before` those of these days only, as `by_day`, in that order; else in id order.
        """
        fields = ", ".join(["id", *map(field_of, names)])
        if first is None and before is None:
            where, index, order = "", "record_type", "id"
            bounds: list[str] = []
        else:
            by = BY_TIME[kind.TYPE]
            where, bounds = _span(by, first, before)
            index, order = f"{kind.TYPE}_by_time", f"{field_of(by)}, id"
            fields = f"{field_of(by)}, {fields}"
        rows = self._db.execute(
            f"SELECT {fields} FROM record INDEXED BY {index}"
            f" WHERE type = '{kind.TYPE}' AND NOT deleted{where} ORDER BY {order}",
            bounds,
        ).fetchall()
        if not bounds:
            return [tuple(row) for row in rows]
        return [tuple(row[1:]) for row in rows if _within(_day(row[0]), first, before)]

    @faults()
    def bodies(self, kind: str) -> dict[str, dict[str, Any]]:
        """Bodies by id, as they would be compared with the county's."""
        rows = self._db.execute("SELECT id, body FROM record WHERE type = ? AND NOT deleted", [kind])
        return {record: stored(body) for record, body in rows}

    def _select(
        self, kind: type[R], tests: str, values: list[Any], *, index: str = "", tail: str = "ORDER BY id"
    ) -> Iterator[R]:
        # Named, for the planner would rather read all of a kind than trust an index over an expression.
        chosen = f" INDEXED BY {index}" if index else ""
        tests = f"type = '{kind.TYPE}' AND NOT deleted{tests}"
        sql = f"SELECT id, village, body FROM record{chosen} WHERE {tests} {tail}"
        with faults():
            rows = self._db.execute(sql, values).fetchall()
        for row in rows:
            if (built := _build(kind, row)) is not None:
                yield built


def _tests(equals: Mapping[str, Equals], *, plainly: bool = False) -> tuple[str, list[str]]:
    """`AND …` for every field, and the values. `plainly`: compare only, look into no other index."""
    tests, values = "", list[str]()
    plus = "+" if plainly else ""
    for name, wanted in equals.items():
        if isinstance(wanted, str):
            tests += f" AND {plus}{field_of(name)} = ?"
            values.append(wanted)
        else:
            tests += f" AND {plus}{field_of(name)} IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(list(wanted)))
    return tests, values


def _span(by: str, first: date | None, before: date | None) -> tuple[str, list[str]]:
    # A day wider on both sides: another computer may write its moments with another offset.
    tests, bounds = "", list[str]()
    if first is not None:
        tests += f" AND {field_of(by)} >= ?"
        bounds.append((first - timedelta(days=1)).isoformat())
    if before is not None:
        tests += f" AND {field_of(by)} < ?"
        bounds.append((before + timedelta(days=1)).isoformat())
    return tests, bounds


def _within(value: date | datetime | None, first: date | None, before: date | None) -> bool:
    if first is None and before is None:
        return True
    if value is None:
        return False
    day = china_day(value) if isinstance(value, datetime) else value
    return (first is None or day >= first) and (before is None or day < before)


def _day(text: Any) -> date | None:
    # Another device's slip must not break every list it would stand in.
    try:
        return china_day(datetime.fromisoformat(text)) if len(text) > DAY else date.fromisoformat(text)
    except (ValueError, TypeError):
        return None


def _build(kind: type[R], row: Any) -> R | None:
    record, village, body = row
    try:
        return from_body(kind, record, village, stored(body))
    except (ValueError, TypeError) as error:
        # One record of a newer release must not take every list it stands in down with it.
        log.error("a %s this release cannot read: %s (%s)", kind.TYPE, record, type(error).__name__)
        return None
