"""Search as one types, a visit saved beside a bare commit of its bytes, and what a big store asks for."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from sqlite_utils import Database

from app.actions.desk import Desk
from app.actions.safekeeping import page_proof
from app.actions.village import finding
from app.actions.visits import visits
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.record import canonical, to_body
from app.domain.visits.visit import Met
from app.store import Store
from bench import beside
from bench.measure import Row, absolute, p95, ratio, seconds
from bench.township import KEY, NOW, Township

VILLAGES = 10_000  # people: a few villages, a township, and a large one
TOWNSHIP, LARGEST = 40_000, 60_000
SEARCHES = 400
SEARCH_LIMIT_SECONDS, LARGEST_SEARCH_LIMIT_SECONDS = 0.050, 0.100
OPENINGS, OPEN_LIMIT_SECONDS = 15, 0.050
VERIFY_LIMIT_SECONDS = 1.0  # for each 100 MB
FILLER_BYTES, FILLER_AT_ONCE, FILLER_ROWS = 1_000_000, 20, 1_080
SAVES = 60
SAVE_LIMIT = 2.0


def rows() -> list[Row]:
    """All on one encrypted file, which grows, in a temporary folder on the working disk."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder, Township(Path(folder)) as township:
        township.grow(VILLAGES)
        table = [_search(township, SEARCH_LIMIT_SECONDS), *_save(township.desk)]
        township.grow(TOWNSHIP)
        table.append(_open(township))
        table += beside.rows(township.written, Path(folder))
        township.written.clear()
        township.grow(LARGEST)
        return [*table, _search(township, LARGEST_SEARCH_LIMIT_SECONDS), _verify(township)]


def _open(township: Township) -> Row:
    """As after the passphrase: key tried, log looked at, tables checked for their release."""
    township.desk.store.close()
    opened, times = [], []
    for _ in range(OPENINGS):
        times.append(seconds(lambda: opened.append(Store(township.path, KEY))))
        opened.pop().close()
    township.reopen()
    name = f"打开 {TOWNSHIP} 人的资料"
    return absolute(name, median(times), "钥匙已经有了，到能查能写", OPEN_LIMIT_SECONDS)


def _verify(township: Township) -> Row:
    township.desk.store.close()
    size = township.path.stat().st_size / 1e8
    township.reopen()
    check = "PRAGMA cipher_integrity_check"
    database: Database = township.desk.store._db
    found: list[object] = []
    # The best of three: what the machine does meanwhile is not the store's.
    took = min(seconds(lambda: found.extend(database.execute(check).fetchall())) for _ in range(3)) / size
    assert not found
    name = f"验 {size * 100:.0f} MB 的每一页"
    return absolute(name, took, f"每 100 MB；就是每秒 {100 / took:.0f} MB", VERIFY_LIMIT_SECONDS)


def full() -> list[Row]:
    """What takes a large file, and minutes to fill it: only when asked for."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder, Township(Path(folder)) as township:
        database: Database = township.desk.store._db
        for start in range(0, FILLER_ROWS, FILLER_AT_ONCE):
            database.execute(
                "WITH RECURSIVE n(i) AS (VALUES(?) UNION ALL SELECT i + 1 FROM n LIMIT ?)"
                " INSERT INTO draft SELECT 'f' || i, 'filler', '', hex(randomblob(?)), '' FROM n",
                [start, FILLER_AT_ONCE, FILLER_BYTES // 2],
            )
        proof, heard = township.desk.store.proof, list[int]()
        count, salt = proof.folded()
        size = township.path.stat().st_size / 1e8
        assert size * 1e8 >= 1 << 30, "a store of a GiB"

        def look() -> None:
            found = page_proof.prove(proof.file, count, salt, KEY, lambda done, _: heard.append(done))
            assert not found.bad

        took = min(seconds(look) for _ in range(3)) / size
        assert len(set(heard)) > 100, "it says how far it is, by percents"
        theirs = seconds(proof.pages) / size
        beside = f"每 100 MB；每秒 {100 / took:.0f} MB，驱动自己一口气查每秒 {100 / theirs:.0f} MB"
        return [absolute(f"分段验 {size * 100:,.0f} MB 的每一页", took, beside, VERIFY_LIMIT_SECONDS)]


def _search(township: Township, limit: float) -> Row:
    desk, people = township.desk, township.people
    chance = random.Random(7)
    queries = []
    for person in chance.sample(people, SEARCHES // 4):
        sound = desk.store.finder.find(person.name, kind="person", limit=1).shown
        queries += [person.name[:2], person.name[-2:], (person.id_number or "3013")[-4:]]
        queries.append("".join(word[0] for word in _syllables(person.name)) if sound else "lgy")
    queries += [*"lzwxcyt", "lwz", "cyz3", "laowuzu", "tangbian", "laowz12", "老屋组12号"]
    times = [seconds(partial(finding.people, desk, query)) for query in queries]
    return absolute(f"在 {len(people)} 人里找人，p95", p95(times), "每次敲键的回答", limit)


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
