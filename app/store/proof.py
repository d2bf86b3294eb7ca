"""Proving the file from inside: every page, every table, every record with its changes, the search index."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from app.domain.change import Change
from app.domain.record import Body, canonical
from app.store import counted
from app.store.cipher import driver, faults
from app.store.decided import with_decided
from app.store.entries import Row
from app.store.file_pages import FilePages
from app.store.index_proof import IndexProof, Told, body_in
from app.store.taking import overlaid
from app.store.unit import change_in

PAGE = re.compile(r"page (\d+)")
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
MOST_LINES = 1_000
STEPS_ALIVE = 200_000  # of the driver's own, some ten times a second


@dataclass(frozen=True)
class Pages:
    """How many pages the file has, and the numbers of those whose seal does not hold.

    `otherwise` is what else the driver said of the file, in its own words.
    """

    count: int
    bad: tuple[int, ...] = ()
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tables:
    """What the tables say against themselves, in the driver's words, and whether the search index holds.

    `amiss` are the kinds of records of which what is counted beside them says otherwise than they do.
    """

    wrong: tuple[str, ...] = ()
    index_holds: bool = True
    amiss: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """One record as it lies there. `body` is None when its text is no JSON object.

    `agrees` is whether the text is what the county's copy and the worker's own changes make of it; true
    where that cannot be told.
    """

    record: str
    kind: str
    village: str
    body: Body | None
    plain: bool  # the text is the canonical one
    agrees: bool
    deleted: bool


@dataclass(frozen=True)
class Waiting:
    """One unsent change: `number` in the outbox, what it says (None: unreadable), and whose it is."""

    number: int
    record: str
    change: Change | None
    has_record: bool


class Proof:
    """Reads everything, writes nothing; for the store's thread. `told(done, total)` is called as it goes."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self.file = FilePages(path)

    @faults()
    def folded(self) -> tuple[int, bytes]:
        """Fold the log into the file; how many pages there are then, and the salt it was opened with.

        From here to the next transaction the pages lie in the file (`file`) as they are.
        """
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        (salt,) = self._db.execute("PRAGMA cipher_salt").fetchone()
        return self.page_count(), bytes.fromhex(salt)

    @faults()
    def pages(self) -> Pages:
        """Every page of the file against its seal, by the driver in one go. The log is folded in first."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        lines = [str(row[0]) for row in self._db.execute("PRAGMA cipher_integrity_check").fetchall()]
        found = [(line, PAGE.search(line)) for line in lines]
        return Pages(
            self.page_count(),
            tuple(int(match[1]) for _, match in found if match),
            tuple(line for line, match in found if not match),
        )

    @faults()
    def page_count(self) -> int:
        """How many pages the file has."""
        (count,) = self._db.execute("PRAGMA page_count").fetchone()
        return int(count)

    @faults()
    def tables(self, alive: Callable[[], None] = lambda: None) -> Tables:
        """Every table and index; what concerns the search index alone is told apart, it can be made anew.

        `alive` is called now and then; what it raises ends it.
        """
        with self._interrupted(alive):
            return self._tables()

    def _tables(self) -> Tables:
        try:
            rows = self._db.execute(f"PRAGMA integrity_check({MOST_LINES})").fetchall()
            lines = [str(row[0]) for row in rows]
        except driver.DatabaseError as error:
            if "fts5" not in str(error):
                raise
            lines = [str(error), *self._each_table()]
        mine = [line for line in lines if "fts5" in line.lower()]
        wrong = tuple(line for line in lines if line not in mine and line != "ok")
        # Of a file that is damaged nothing more is asked: it is told of as that.
        return Tables(wrong, not mine, () if wrong else counted.amiss(self._db))

    @contextlib.contextmanager
    def _interrupted(self, alive: Callable[[], None]) -> Iterator[None]:
        """Call `alive` while the driver is at work. Only that its answer was an error gets through to us."""
        raised: list[BaseException] = []

        def go_on() -> int:
            try:
                alive()
            except BaseException as error:  # the driver would swallow it
                raised.append(error)
            return len(raised)

        self._db.conn.set_progress_handler(go_on, STEPS_ALIVE)
        try:
            yield
        except driver.DatabaseError:
            if raised:
                raise raised[0] from None
            raise
        finally:
            self._db.conn.set_progress_handler(None, 0)

    def _each_table(self) -> Iterator[str]:
        names = self._db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage"
        ).fetchall()
        for (name,) in names:
            for row in self._db.execute(f'PRAGMA integrity_check("{name}")').fetchall():
                yield str(row[0])

    @faults()
    def count(self, table: str) -> int:
        """Rows of one of our tables."""
        (count,) = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(count)

    def records(self) -> Iterator[Kept]:
        """Every record, in the order of creation, tombstones among them."""
        with faults():
            for row in self._db.execute(
                "SELECT id, type, village, body, deleted, county_body, county_deleted, revision FROM record"
                " ORDER BY id"
            ):
                yield self._kept(row)

    def villages(self) -> tuple[str, ...]:
        """Every village any record or change is or was in: records move when villages are merged."""
        with faults():
            rows = self._db.execute(
                "SELECT village FROM record UNION SELECT county_village FROM record"
                " UNION SELECT json_extract(payload, '$.village') FROM outbox WHERE json_valid(payload)"
            ).fetchall()
        return tuple(str(village) for (village,) in rows if village)

    def unsent(self) -> Iterator[Waiting]:
        """Every change the county has not confirmed, oldest first."""
        with faults():
            for number, change, record, payload, kind in self._db.execute(
                "SELECT o.n, o.change, o.record, o.payload, r.type FROM outbox o"
                " LEFT JOIN record r ON r.id = o.record WHERE o.seq IS NULL ORDER BY o.n"
            ):
                read = _change(payload)
                if read is not None and (read.id, read.record) != (change, record):
                    read = None
                same = kind is not None and (read is None or read.type == kind)
                yield Waiting(int(number), str(record), read, same)

    def index_holds(self, told: Told = lambda done, total: None) -> bool:
        """Whether the search index says of every record what one made anew would say."""
        return IndexProof(self._db).holds(told)

    def _kept(self, row: Row) -> Kept:
        record, kind, village, text, deleted, county, county_deleted, revision = row
        body = body_in(text)
        agrees = True
        # After a new enrolment everything is unsent once more: what holds is not known until the county
        # has been heard. And of a tombstone hers may be the one whole copy.
        settled = county is None or (revision > 0 and not county_deleted)
        if body is not None and settled and not deleted:
            agrees = body == self._laid(record, county, revision)
        return Kept(
            record, kind, village, body, body is None or canonical(body) == text, agrees, bool(deleted)
        )

    def _laid(self, record: str, county: str | None, revision: int) -> Body | None:
        rows = self._db.execute(
            "SELECT payload FROM outbox WHERE record = ?"
            " AND (? OR seq IS NULL OR (seq > ? AND outcome = 'applied')) ORDER BY n",
            [record, county is None, revision],
        )
        changes = [change for (payload,) in rows if (change := _change(payload))]
        base = {} if county is None else body_in(county)
        if base is None:
            return None
        with contextlib.suppress(*UNREADABLE):  # a decision that cannot be read is found elsewhere
            changes = changes if county is None else with_decided(self._db, record, revision, changes, base)
        return overlaid(base, changes)


def _change(payload: str) -> Change | None:
    try:
        return change_in(json.loads(payload))
    except UNREADABLE:
        return None
