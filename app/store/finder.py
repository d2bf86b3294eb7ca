"""The search index: kept in the same transaction as the record, so it is never behind it."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from app.domain.problem import StorageFault
from app.domain.record import Body
from app.store.cipher import driver, faults, stored
from app.store.entries import INDEXED, Row, entry, home_of, place_of
from app.store.terms import (
    LONG_TAIL,
    PLACE_MARK,
    SHORT_TAIL,
    normal,
    plain_number,
    query_terms,
    readings,
    sounds_like,
    typed_initials,
    typed_number,
)

# Enough to rank by name and still answer within a keystroke on a township of 40,000 people.
MOST_CANDIDATES = 2_000
NUMBERS = ("id_number", "phone", "number")
DIGITS = re.compile(r"\d+")
# The columns of a row as `_matching` gives it.
TITLE, PLACE = 3, 4
# What the driver says of a damaged index. A row out of step with the terms shows as a broken constraint.
BROKEN = ("malformed", "fts5", "constraint failed")
TERM_FORMAT = 4  # what FTS5 writes into `term_config` for a table that deletes without content

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hit:
    """One search result: enough to show a row without opening the record."""

    kind: str
    record: str
    household: str
    title: str
    place: str
    birth: date | None = None


@dataclass(frozen=True)
class Hits:
    """`total` may be more than what is shown."""

    shown: tuple[Hit, ...]
    total: int


class Finder:
    """Search over everything the worker may see, as she types."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @faults()
    def find(self, query: str, *, kind: str | None = None, limit: int = 30) -> Hits:
        """The best `limit` hits for `query`: characters, sounds, initials, tails, tags, places.

        Who is so named comes before who lives in a place that sounds so, however many they are. A damaged
        index is made anew and asked again.
        """
        try:
            return self._find(query, kind, limit)
        except driver.DatabaseError as error:
            self._heal(error)
            return self._find(query, kind, limit)

    def _find(self, query: str, kind: str | None, limit: int) -> Hits:
        number = typed_number(query)
        wanted = [number] if number else query_terms(query)
        if not wanted:
            return Hits((), 0)
        named = self._matching(" AND ".join(f'"{term}"*' for term in wanted), kind)
        if len(number) > SHORT_TAIL:
            named += self._ending_in(number, kind)
        living = self._living(wanted, kind) if any(map(_spelt, wanted)) else []
        if not named and not living and len(wanted) == 1 and _spelt(wanted[0]):
            named, living = self._mixed(wanted[0], kind)
        text = normal(query)
        best = {row[1]: row for row in sorted(named, key=lambda row: _rank(row, text))}
        for row in sorted(living, key=lambda row: _rank(row, text, by_place=True)):
            best.setdefault(row[1], row)
        return Hits(tuple(_hit(row) for row in list(best.values())[:limit]), len(best))

    def index(self, kind: str, record: str, body: Body) -> None:
        """Put or replace one record; a household carries its place into its people's rows.

        A damaged index is made anew from what the records hold: nothing may be kept from being saved by it.
        """
        try:
            self._index(kind, record, body)
        except driver.DatabaseError as error:
            self._heal(error)

    def _index(self, kind: str, record: str, body: Body) -> None:
        if kind not in INDEXED:
            return
        _take_out(self._db, record)
        home = home_of(kind, record, body)
        place = place_of(body) if kind == "household" else _place_in(self._db, home)
        row, words = entry(kind, record, body, place)
        cursor = self._db.execute(
            "INSERT INTO found(record, kind, household, title, place, birth, sound)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            list(row),
        )
        self._db.execute(
            "INSERT INTO term(rowid, words) VALUES (?, ?)", [cursor.lastrowid, " ".join(sorted(words))]
        )
        if kind == "household":
            self._place_changed(record, place)

    def forget(self, record: str) -> None:
        """Take one record out of the index; a damaged index is made anew."""
        try:
            _take_out(self._db, record)
        except driver.DatabaseError as error:
            self._heal(error)
            _take_out(self._db, record)

    def flush(self) -> None:
        """Write what was indexed, so that a damaged index shows, and is made anew, before the commit."""
        try:
            self._db.execute("INSERT INTO term(term) VALUES ('flush')")
        except driver.DatabaseError as error:
            self._heal(error)

    def rebuild(self) -> int:
        """Make the index anew from the records, in one transaction; returns how many it holds."""
        # Households first: their people take the place from them.
        order = "CASE type WHEN 'household' THEN 0 ELSE 1 END"
        marks = ", ".join("?" * len(INDEXED))
        with faults(), self._db.atomic():
            # Without this row the table refuses everything, also to be emptied.
            self._db.execute("REPLACE INTO term_config(k, v) VALUES ('version', ?)", [TERM_FORMAT])
            self._db.execute("DELETE FROM found")
            self._db.execute("INSERT INTO term(term) VALUES ('delete-all')")
            rows = self._db.execute(
                f"SELECT type, id, body FROM record WHERE NOT deleted AND type IN ({marks}) ORDER BY {order}",
                list(INDEXED),
            ).fetchall()
            for kind, record, body in rows:
                # One that cannot be read must not keep all the others from being found.
                with contextlib.suppress(StorageFault, AttributeError):
                    self._index(kind, record, stored(body))
        return len(rows)

    def _heal(self, error: Exception) -> None:
        """Make a damaged index anew; raises `error` when it is not that, or the records are hurt too."""
        if not any(said in str(error) for said in BROKEN):
            raise error
        try:
            lines = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check(record)")]
        except driver.DatabaseError:
            raise error from None
        if lines != ["ok"]:
            raise error
        log.warning("the search index was damaged and is made anew")
        if self._db.conn.in_transaction:
            # What waits to be written into the damaged index would be refused at the savepoint.
            with contextlib.suppress(driver.DatabaseError):
                self._db.execute("INSERT INTO term(term) VALUES ('delete-all')")
        self.rebuild()

    def _matching(self, expression: str, kind: str | None) -> list[Row]:
        only = "AND f.kind = ?" if kind else ""
        parameters: list[Any] = [expression, *([kind] if kind else []), MOST_CANDIDATES]
        return list(
            self._db.execute(
                "SELECT f.kind, f.record, f.household, f.title, f.place, f.birth, f.sound FROM term"
                f" JOIN found f ON f.n = term.rowid WHERE term MATCH ? {only} LIMIT ?",
                parameters,
            )
        )

    def _living(self, wanted: Sequence[str], kind: str | None) -> list[Row]:
        # Asked for apart: a group of many must not crowd those so named out of the candidates.
        either = (f'("{one}"* OR "{PLACE_MARK}{one}"*)' if _spelt(one) else f'"{one}"*' for one in wanted)
        return self._matching(" AND ".join(either), kind)

    def _mixed(self, query: str, kind: str | None) -> tuple[list[Row], list[Row]]:
        # `ligy`, `laowz12`: whole syllables and initials mixed. The initials narrow, sounds decide.
        def said(mark: str, column: int) -> list[Row]:
            rows = self._matching(" OR ".join(f'"{mark}{one}"*' for one in initials), kind)
            return [row for row in rows if any(sounds_like(query, one) for one in readings(str(row[column])))]

        initials = typed_initials(query)
        return (said("", TITLE), said(PLACE_MARK, PLACE)) if initials else ([], [])

    def _ending_in(self, number: str, kind: str | None) -> list[Row]:
        # Tails of four and six are terms; one of another length narrows by them and is compared.
        tail = number[-LONG_TAIL:] if len(number) >= LONG_TAIL else number[-SHORT_TAIL:]
        return [row for row in self._matching(f'"{tail}"', kind) if self._has_number(row[1], number)]

    def _has_number(self, record: str, tail: str) -> bool:
        row = self._db.execute("SELECT body FROM record WHERE id = ?", [record]).fetchone()
        body = stored(row[0]) if row else {}
        return any(plain_number(str(body.get(field) or "")).endswith(tail) for field in NUMBERS)

    def _place_changed(self, household: str, place: str) -> None:
        rows = self._db.execute(
            "SELECT r.type, r.id, r.body FROM found f JOIN record r ON r.id = f.record"
            " WHERE f.household = ? AND f.record <> ? AND f.place <> ?",
            [household, household, place],
        ).fetchall()
        for kind, record, body in rows:
            self._index(kind, record, stored(body))


def _take_out(db: Database, record: str) -> None:
    row = db.execute("SELECT n FROM found WHERE record = ?", [record]).fetchone()
    if row:
        db.execute("DELETE FROM term WHERE rowid = ?", [row[0]])
        db.execute("DELETE FROM found WHERE n = ?", [row[0]])


def _place_in(db: Database, household: str) -> str:
    row = db.execute("SELECT place FROM found WHERE record = ?", [household]).fetchone()
    return str(row[0]) if row else ""


def _spelt(term: str) -> bool:
    """Whether `term` may be a sound or initials: Latin letters, or such with a door behind them."""
    return term.isascii() and term[0].isalpha()


def _rank(row: Row, query: str, *, by_place: bool = False) -> tuple[int, int, str, str, str]:
    title, syllables = normal(str(row[TITLE])), str(row[6]).split()
    initials = "".join(syllable[0] for syllable in syllables)
    joined = "".join(syllables)
    if title == query or initials == query or joined == query:
        closeness = 0
    elif title.startswith(query) or initials.startswith(query) or joined.startswith(query):
        closeness = 1
    elif query in title or query in initials:
        closeness = 2
    else:
        by_place = by_place or query in normal(str(row[PLACE]))
        closeness = 3 if by_place else 4
    order = str(row[6])
    if row[0] == "household":
        order = _along_the_road(joined)
    elif by_place and DIGITS.search(query):
        order = _along_the_road(str(row[PLACE]))
    return closeness, INDEXED.index(row[0]), order, str(row[PLACE]), str(row[1])


def _along_the_road(place: str) -> str:
    """Sorts doors as they stand: 2 before 10."""
    return DIGITS.sub(lambda figures: figures[0].zfill(6), place)


def _hit(row: Row) -> Hit:
    birth = date.fromisoformat(row[5]) if row[5] else None
    return Hit(str(row[0]), str(row[1]), str(row[2]), str(row[3]), str(row[4]), birth)
