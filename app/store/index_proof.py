"""Proving the search index: held beside what one made anew from the records would hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from sqlite_utils import Database

from app.domain.record import Body
from app.store.cipher import driver, faults
from app.store.entries import INDEXED, Row, entry, home_of, place_of

Told = Callable[[int, int], None]
COLUMNS = "record, kind, household, title, place, birth, sound"
# What separates terms for the index (`tokenize='ascii'`): all of ASCII but letters and digits.
BETWEEN = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
ASKED_FOR = 500  # so many terms are also asked for, as a search would
HASH_BITS = (1 << 64) - 1


class IndexProof:
    """Reads the records and the index, and writes neither."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def holds(self, told: Told) -> bool:
        """Whether the search index says of every record what one made anew would say."""
        with faults():
            shown = {row[1]: row for row in self._db.execute(f"SELECT n, {COLUMNS} FROM found")}
            wanted = self._entries(shown, told)
            if wanted is None:
                return False
            try:
                return wanted == self._terms() and self._numbers() == set(wanted)
            except driver.DatabaseError:
                return False  # what is wrong with the pages themselves is said by `pages`

    def _entries(self, shown: dict[str, Row], told: Told) -> dict[int, int] | None:
        """The sum of the terms by row number, as it should be; None when a row of `found` differs."""
        marks = ", ".join("?" * len(INDEXED))
        order = "CASE type WHEN 'household' THEN 0 ELSE 1 END"
        rows = self._db.execute(
            f"SELECT type, id, body FROM record WHERE NOT deleted AND type IN ({marks}) ORDER BY {order}",
            list(INDEXED),
        )
        places: dict[str, str] = {}
        sums: dict[int, int] = {}
        every = max(1, len(shown) // ASKED_FOR)
        for done, (kind, record, text) in enumerate(rows):
            told(done, len(shown))
            body, there = body_in(text), shown.get(record)
            if body is None and there is None:
                continue  # it cannot be read, and is told of as that
            if body is None or there is None:
                return None
            home = home_of(kind, record, body)
            # Its household was deleted at the county: the place last known stays.
            place = place_of(body) if kind == "household" else places.get(home, str(there[5]))
            if kind == "household":
                places[record] = place
            row, words = entry(kind, record, body, place)
            if tuple(there[1:]) != row or (done % every == 0 and not self._finds(there[0], words, done)):
                return None
            sums[there[0]] = sum(map(hash, _tokens(words))) & HASH_BITS
        return sums if len(sums) == len(shown) else None

    def _finds(self, number: int, words: set[str], turn: int) -> bool:
        tokens = sorted(_tokens(words))
        if not tokens:
            return True
        asked = [f'"{tokens[turn % len(tokens)]}"', number]
        try:
            found = self._db.execute("SELECT 1 FROM term WHERE term MATCH ? AND rowid = ?", asked).fetchone()
        except driver.DatabaseError:
            return False
        return found is not None

    def _terms(self) -> dict[int, int]:
        # A number of 64 bits for each row in place of its terms: a township has millions of them.
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, term, instance)"
        )
        try:
            sums: dict[int, int] = dict.fromkeys(self._numbers(), 0)
            for term, number in self._db.execute("SELECT term, doc FROM temp.terms"):
                sums[number] = sums.get(number, 0) + hash(term) & HASH_BITS
            return sums
        finally:
            self._db.execute("DROP TABLE temp.terms")

    def _numbers(self) -> set[int]:
        return {number for (number,) in self._db.execute("SELECT id FROM term_docsize")}


def body_in(text: str) -> Body | None:
    """The body that is stored as `text`, or None when it is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _tokens(words: set[str]) -> set[str]:
    """`words` as the index keeps them."""
    return {token for word in words for token in BETWEEN.split(word) if token}
