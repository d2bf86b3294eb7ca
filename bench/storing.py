"""Search over 10,000 people as one types, and a whole visit saved beside one bare commit of its bytes."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from statistics import median

from sqlite_utils import Database

from app import packs
from app.actions import finding, visits
from app.actions.desk import Desk
from app.domain.household import Household
from app.domain.ids import new_id
from app.domain.person import Person
from app.domain.record import canonical, to_body
from app.domain.visit import Met
from app.domain.workdays import CHINA
from app.store import Store
from bench.measure import Row, absolute, p95, ratio, seconds
from demo.village.village import generate

PEOPLE = 10_000
SEARCHES = 400
SEARCH_LIMIT_SECONDS = 0.050
SAVES = 60
SAVE_LIMIT = 2.0
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=CHINA)


def rows() -> list[Row]:
    """Three rows, on one encrypted file in a temporary folder on the working disk."""
    with _desk() as desk:
        people = _fill(desk)
        return [_search(desk, people), *_save(desk)]


@contextmanager
def _desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        store = Store(Path(folder) / "bench.db", os.urandom(32), create=True)
        try:
            yield Desk(
                store=store, worker="w", worker_name="向海燕", worker_phone="15400001108",
                village="439901101201", village_name="青石垭村", pack=packs.load(packs.reference()),
                calendar=packs.calendar(), clock=lambda: NOW,
            )  # fmt: skip
        finally:
            store.close()


def _fill(desk: Desk) -> list[Person]:
    everyone: list[Person] = []
    seed = 0
    while len(everyone) < PEOPLE:
        village = generate(seed, date(2026, 11, 20))
        seed += 1
        homes = {home.id: new_id(NOW) for home in village.households}
        with desk.unit("fill") as unit:
            for home in village.households:
                unit.save(replace(home, id=homes[home.id]))
            for person in village.people[: PEOPLE - len(everyone)]:
                moved = replace(person, id=new_id(NOW), household=homes[person.household])
                unit.save(moved)
                everyone.append(moved)
    return everyone


def _search(desk: Desk, people: list[Person]) -> Row:
    chance = random.Random(7)
    queries = []
    for person in chance.sample(people, SEARCHES // 4):
        sound = desk.store.finder.find(person.name, kind="person", limit=1).shown
        queries += [person.name[:2], person.name[-2:], (person.id_number or "3013")[-4:]]
        queries.append("".join(word[0] for word in _syllables(person.name)) if sound else "lgy")
    queries += [*"lzwxcyt", "lwz", "cyz3", "laowuzu", "tangbian", "laowz12", "老屋组12号"]
    times = [seconds(partial(finding.people, desk, query)) for query in queries]
    return absolute(f"在 {PEOPLE} 人里找人，p95", p95(times), "每次敲键的回答", SEARCH_LIMIT_SECONDS)


def _syllables(name: str) -> list[str]:
    from app.store.terms import sound

    return sound(name).split() or ["l"]


def _save(desk: Desk) -> list[Row]:
    """Two rows: a field of the form as it is filled, and the whole visit signed and queued."""
    kept: list[float] = []
    signed: list[float] = []
    one_row: list[float] = []
    same_rows: list[float] = []
    database: Database = desk.store._db  # the same file, without anything of ours around it
    database.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, body TEXT) STRICT")
    for home in list(desk.store.reading.each(Household))[:SAVES]:
        visit = replace(visits.begin(desk, home.id, purpose="VP01"), met=Met.REFUSED)
        visit = visit.answered("note", "门口说了几句话，没让进屋，下周再来。" * 6)
        kept.append(seconds(partial(visits.keep, desk, visit)))
        body = canonical(to_body(visit))
        one_row.append(seconds(partial(_one_row, database, home.id, body)))
        signed.append(seconds(partial(visits.finish, desk, visit)))
        written = _written(database, visit.id)
        other = replace(visit, id=new_id(NOW))
        visits.keep(desk, other)
        same_rows.append(seconds(partial(_same_rows, database, other.id, written)))
    bare, rows = (
        "同一加密文件里，同样多字节的一次落盘提交",
        "同样的三行、同样的字（记录、待传、留痕）直接落盘",
    )
    return [
        ratio("存走访的一格", median(kept), median(one_row), bare, SAVE_LIMIT),
        ratio("走访签好锁上", median(signed), median(same_rows), rows, SAVE_LIMIT),
    ]


def _one_row(database: Database, key: str, body: str) -> None:
    with database.atomic():
        database.execute("INSERT INTO bare VALUES (?, ?)", [key, body])


def _written(database: Database, record: str) -> tuple[str, str, tuple[str, ...]]:
    """What signing wrote: the record's body, what waits for the county, the line of the log."""
    (body,) = database.execute("SELECT body FROM record WHERE id = ?", [record]).fetchone()
    (waits,) = database.execute("SELECT payload FROM outbox WHERE record = ?", [record]).fetchone()
    line = database.execute(
        "SELECT at, actor, verb, subject, detail, chain FROM audit WHERE subject = ?", [record]
    ).fetchone()
    return body, waits, line


def _same_rows(database: Database, key: str, written: tuple[str, str, tuple[str, ...]]) -> None:
    body, waits, line = written
    with database.atomic():
        database.execute(
            "INSERT INTO record(id, type, village, body) VALUES (?, 'visit', '439901101201', ?)", [key, body]
        )
        database.execute("INSERT INTO outbox(change, record, payload) VALUES (?, ?, ?)", [key, key, waits])
        database.execute(
            "INSERT INTO audit(at, actor, verb, subject, detail, chain) VALUES (?, ?, ?, ?, ?, ?)", line
        )
        database.execute("DELETE FROM draft WHERE id = ?", [key])
