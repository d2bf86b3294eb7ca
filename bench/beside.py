"""The encrypted file beside a plain one of Python's own sqlite3, with the same tables and statements.

Both are given the very statements that the store gave its driver while people were entered, with the
same write-ahead log, the same cache and the same durability; so what is compared is driver and cipher.
The plain file lacks `contentless_delete`, which a Python's own SQLite may be too old for. Each measures
in turn with the other, and of what is done twice the better time counts: the rest is the machine's.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from app.store import Store
from app.store.cipher import CACHE_KIB, open_file
from bench.measure import Row, ratio, seconds
from bench.township import KEY, Statement

IMPORT_LIMIT, WARM_LIMIT, COLD_LIMIT, COMMIT_LIMIT = 1.15, 1.1, 1.8, 1.3
READS, WARM_ROUNDS, COLD_ROUNDS, COMMITS = 400, 25, 9, 200
QUERIES = (
    "SELECT id, village, body FROM record WHERE id = ? AND type = 'person' AND NOT deleted",
    "SELECT id, village, body FROM record WHERE type = 'person' AND NOT deleted"
    " AND json_extract(body, '$.household') = ? ORDER BY id",
    "SELECT id, village, body FROM record WHERE type = 'person' AND NOT deleted"
    " AND json_extract(body, '$.id_number') = ? ORDER BY id",
)
Ask = tuple[str, str]


def rows(written: list[list[Statement]], folder: Path) -> list[Row]:
    """Four rows, from the villages a township was entered in."""
    first = Twins(folder, "first")
    second = Twins(folder, "second")
    gc.freeze()  # the recorded statements are nobody's garbage, and no worker's program holds them
    *most, last = written
    saved = _by_person(last)
    imported = _import([first, second], [*most, [one for each in saved[:-COMMITS] for one in each]])
    asked = _questions(first.ours)
    warm, commits = _warm(first, asked), [_commit_field(first), _commit_person(first, saved[-COMMITS:])]
    for twins in (first, second):
        twins.close()
    return [imported, warm, _cold(first, asked), *commits]


class Twins:
    """Two files with the same tables, ours encrypted and theirs plain, and a connection to each."""

    def __init__(self, folder: Path, name: str) -> None:
        self.our_path, self.their_path = folder / f"{name}-cipher.db", folder / f"{name}-plain.db"
        Store(self.our_path, KEY, create=True).close()
        self.ours, self.theirs = self.our_connection(), self.their_connection()
        for sql in _tables(self.ours):
            self.theirs.execute(sql)

    def our_connection(self) -> Any:
        """As the store opens it."""
        return open_file(self.our_path, KEY).conn

    def their_connection(self) -> Any:
        """With the same pragmas, where they are not about the key."""
        connection = sqlite3.connect(self.their_path, isolation_level=None)
        for pragma in (
            "locking_mode=EXCLUSIVE",
            "journal_mode=WAL",
            "synchronous=FULL",
            "temp_store=MEMORY",
            f"cache_size=-{CACHE_KIB}",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def close(self) -> None:
        for one in (self.ours, self.theirs):
            one.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            one.close()

    def in_turn(self, work: Callable[[Any], object], rounds: int) -> tuple[list[float], list[float]]:
        """Seconds of each, run alternately, now one first and now the other."""
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds):
            pair = ((0, self.ours), (1, self.theirs))
            for which, connection in pair if number % 2 else pair[::-1]:
                times[which].append(seconds(partial(work, connection)))
        return times


def _tables(ours: Any) -> list[str]:
    made = ours.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'term\\_%' ESCAPE '\\'"
        " AND name NOT LIKE '\\_%' ESCAPE '\\' AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " AND tbl_name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    return [sql.replace(" contentless_delete=1,", "") for (sql,) in made]


def _import(both: list[Twins], written: list[list[Statement]]) -> Row:
    """Village by village, each in one transaction, as rosters come in."""
    best: tuple[list[float], list[float]] = ([], [])
    for twins in both:
        found = [twins.in_turn(partial(_replay, statements), 1) for statements in written]
        for side, times in enumerate(best):
            once = [one[side][0] for one in found]
            times[:] = [min(pair) for pair in zip(once, times or once, strict=True)]
    count = sum(sql.startswith("INSERT INTO record") for one in written for sql, _ in one)
    words = f"标准库 sqlite3 写明文：同样的表、索引、全文索引，同样 {sum(map(len, written)) // 1000} 千条语句"
    return ratio(f"导入 {len(written)} 个村（{count} 条）", sum(best[0]), sum(best[1]), words, IMPORT_LIMIT)


def _replay(statements: list[Statement], connection: Any) -> None:
    """As the store gives them: what is written through one cursor, what is asked through its own."""
    write = connection.cursor().execute
    write("BEGIN")
    for sql, values in statements:
        if sql.endswith("VALUES ('flush')"):
            continue  # Python's own SQLite does not know it yet; at the commit both do what it asks for
        if sql.startswith("SELECT"):
            connection.cursor().execute(sql, values).fetchone()
        else:
            write(sql, values)
    write("COMMIT")


def _questions(connection: Any) -> list[Ask]:
    """By number, by household and by identity number, of people all over the file."""
    chance = random.Random(7)
    told = connection.execute(
        "SELECT id, json_extract(body, '$.household'), json_extract(body, '$.id_number')"
        " FROM record WHERE type = 'person'"
    ).fetchall()
    chosen = chance.sample(told, READS)
    return [
        (QUERIES[which], one[which] or one[0])
        for one in chosen
        for which in (chance.randrange(len(QUERIES)),)
    ]


def _warm(twins: Twins, asked: list[Ask]) -> Row:
    times = twins.in_turn(partial(_ask, asked), WARM_ROUNDS)
    return ratio(
        f"{READS} 次按索引读（热）", *map(min, times), "标准库 sqlite3 读明文，同样的缓存", WARM_LIMIT
    )


def _cold(twins: Twins, asked: list[Ask]) -> Row:
    """A fresh connection each time, and the system is asked to forget what it holds of the files."""
    times: tuple[list[float], list[float]] = ([], [])
    sides = ((twins.our_path, twins.our_connection), (twins.their_path, twins.their_connection))
    for _ in range(COLD_ROUNDS):
        for (path, connect), kept in zip(sides, times, strict=True):
            connection = connect()
            _forget(path)
            kept.append(seconds(partial(_ask, asked, connection)))
            connection.close()
    words = "标准库 sqlite3 读明文，新开的连接，系统的缓存也丢开"
    return ratio(f"{READS} 次按索引读（冷）", median(times[0]), median(times[1]), words, COLD_LIMIT)


def _forget(path: Path) -> None:
    """Have the system drop its cache of a file, where it can be asked."""
    if not hasattr(os, "posix_fadvise"):
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _ask(asked: list[Ask], connection: Any) -> None:
    for sql, value in asked:
        assert connection.cursor().execute(sql, (value,)).fetchall()


def _commit_field(twins: Twins) -> Row:
    """A field of a form kept, the commit a worker waits for most often: on the disk before it returns."""
    sql = (
        "INSERT INTO draft(id, kind, subject, body, saved_at) VALUES ('d', 'visit', 'h', ?, '')"
        " ON CONFLICT(id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at"
    )
    note = "门口说了几句话，没让进屋，下周再来。" * 6
    times = []
    for number in range(COMMITS):  # each another text, or there would be nothing to write
        body = json.dumps({"note": f"{note}{number}"}, ensure_ascii=False)
        times.append(twins.in_turn(partial(_replay, [(sql, (body,))]), 1))
    ours, theirs = (median(one[side][0] for one in times) for side in (0, 1))
    words = "标准库 sqlite3 写明文，同样一格，同样等到落盘"
    return ratio("存一格，落盘", ours, theirs, words, COMMIT_LIMIT)


def _commit_person(twins: Twins, saved: list[list[Statement]]) -> Row:
    """A whole person: record, change, line of the log, search terms; some twenty pages."""
    times = [twins.in_turn(partial(_replay, statements), 1) for statements in saved]
    ours, theirs = (median(one[side][0] for one in times) for side in (0, 1))
    words = "标准库 sqlite3 写明文，同样的记录、待传、留痕、检索词，同样等到落盘"
    return ratio("存一个人，落盘", ours, theirs, words, COMMIT_LIMIT)


def _by_person(statements: list[Statement]) -> list[list[Statement]]:
    """The statements of one village, apart for each record that was saved."""
    apart: list[list[Statement]] = []
    for sql, values in statements:
        if sql.startswith("SELECT type, body"):
            apart.append([])
        apart[-1].append((sql, values))
    return apart
