"""A damaged store gives back everything on its other pages, and says what it does not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.actions.safekeeping.salvage import Salvaged, salvage
from app.actions.safekeeping.salvage_mend import By
from app.domain.change import Incoming
from app.domain.people.household import Household
from app.domain.problem import NewerFile, StorageFault, UserError, WrongKey
from app.paths import Paths
from app.store import Store
from app.store.unit import change_in
from tests.conftest import KEY, NOW
from tests.desks import DEVICE
from tests.facts import GRANNY, HOME, household, person
from tests.store.wreck import PAGE, TABLES, Rows, Wreck, build, everything

BY = By("w-xiang", "向海燕", NOW)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store of one household and one person, in a folder of its own."""
    path = tmp_path / "home" / "shoufangtong.db"
    store = Store(path, KEY, create=True)
    store.meta.set_device(DEVICE)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        unit.save(person())
    store.close()
    return path


@dataclass(frozen=True)
class Outcome:
    done: Salvaged
    rows: Rows
    folder: Path


@pytest.fixture(scope="module")
def wreck(tmp_path_factory: pytest.TempPathFactory) -> Wreck:
    return build(tmp_path_factory.mktemp("village") / "shoufangtong.db")


def saved(home: Path, key: bytes = KEY) -> Outcome:
    """Salvage from the folder `home`; the damaged files must lie there as before."""
    before = {one.name: one.read_bytes() for one in home.iterdir()}
    out = home.with_name(home.name + "-out")
    done = salvage(Paths(home), [key], out, BY)
    assert before == {one.name: one.read_bytes() for one in home.iterdir()}
    store = Store(Paths(out).store, key)
    rows = everything(store)
    assert store.integrity() == ()
    store.close()
    assert b"SQLite format" not in Paths(out).store.read_bytes()
    return Outcome(done, rows, out)


def check(wreck: Wreck, gone: Iterable[int], came: Outcome) -> None:
    """Every row on other pages is back as it was; every other one is mended, or named."""
    bad, done = frozenset(gone), came.done
    told = told_of(wreck, done)
    for table in set(TABLES) - {"cursor"}:
        rows, back = wreck.rows[table], came.rows[table]
        for key, row in rows.items():
            if (table, key) == ("meta", "device"):
                check_identity(row, back, whole=not wreck.on[table][key] & bad)
            elif not wreck.on[table][key] & bad:
                assert back.get(key) == row, (table, key)
            else:
                assert key in told[table] or table in done.unsure, (table, key)
        more = {one for one in back.keys() - rows.keys() if table != "meta"}
        assert more == ({max(back)} if table == "audit" else set())
    made = done.mended.again | done.mended.to_fetch
    assert told["record"] - made == wreck.rows["record"].keys() - came.rows["record"].keys()
    for record in made:
        whole = len(wreck.rows["record"][record]) if record in done.mended.again else 5
        assert came.rows["record"][record][:whole] == wreck.rows["record"][record][:whole]
    if done.proved:
        assert set(done.bad) == bad - wreck.free
    if not any(one.kind == "outbox" for one in done.lost):
        check_waiting(came)


def check_identity(row: tuple[Any, ...], back: Mapping[object, tuple[Any, ...]], *, whole: bool) -> None:
    """The same device, under a replica of its own that names the one before."""
    was, now = json.loads(row[1]), json.loads(back["device"][1])
    assert now.pop("replica") != was["replica"]
    if whole:
        assert json.loads(back["was"][1]) == was.pop("replica")
        assert was == now


def told_of(wreck: Wreck, done: Salvaged) -> dict[str, set[object]]:
    """The keys of what the report says of rows that did not come back as they were, by table."""
    told: dict[str, set[object]] = {table: set() for table in TABLES}
    for one in done.lost:
        table = {"sent": "outbox"}.get(one.kind, one.kind)
        if table in TABLES:
            told[table].add(int(one.id) if table in ("outbox", "audit") else one.id)
        else:
            assert wreck.rows["record"][one.id][1] == one.kind
            told["record"].add(one.id)
    told["outbox"] |= done.mended.changes
    told["record"] |= done.mended.again | done.mended.to_fetch
    return told


def check_waiting(came: Outcome) -> None:
    """Every record is the county's copy with what waits laid over it: nothing of hers will be left out."""
    views = {record: json.loads(row[5] or "{}") for record, row in came.rows["record"].items()}
    for _, change, record, payload, seq, *_ in sorted(came.rows["outbox"].values()):
        if seq is None and record in views:
            told = change_in(json.loads(payload))
            assert told.id == change
            views[record] |= {name: new for name, (_, new) in told.fields.items()}
    for record, view in views.items():
        if record not in came.done.mended.to_fetch:
            body = json.loads(came.rows["record"][record][3])
            assert body == {name: value for name, value in view.items() if value is not None}, record


def check_exchange(wreck: Wreck, came: Outcome) -> None:
    """What the county has comes back with the next exchange, and hers lies over it as before."""
    rows = [
        Incoming(row[0], row[1], row[6], row[8], bool(row[7]), json.loads(row[5]))
        for row in wreck.rows["record"].values()
        if row[5] is not None
    ]
    store = Store(Paths(came.folder).store, KEY)
    assert set(store.ledger.cursors().values()) == {0}
    store.ledger.settle([], rows, {DEVICE.villages[0]: len(rows)}, DEVICE.epoch, NOW)
    never_there = {one.id for one in came.done.lost} - {row.record for row in rows}
    expected = {key: row for key, row in wreck.rows["record"].items() if key not in never_there}
    assert everything(store)["record"] == expected
    store.close()


def check_search(came: Outcome) -> None:
    store = Store(Paths(came.folder).store, KEY)
    for home in list(store.reading.each(Household))[::40]:
        assert home.id in {hit.record for hit in store.finder.find(home.place, kind="household").shown}
    waiting = [change.id for change in store.ledger.outgoing(100_000_000)]
    assert waiting == [row[1] for _, row in sorted(came.rows["outbox"].items()) if row[4] is None]
    store.close()


@pytest.mark.parametrize("seed", [1, 3])
def test_what_lies_on_other_pages_comes_back_and_the_rest_is_named(
    wreck: Wreck, tmp_path: Path, seed: int
) -> None:
    bad = wreck.one_percent(seed)
    wreck.destroy(tmp_path / "home" / "shoufangtong.db", bad)
    came = saved(tmp_path / "home")
    check(wreck, bad, came)
    check_search(came)
    check_exchange(wreck, came)


def test_a_whole_store_comes_back_whole(wreck: Wreck, tmp_path: Path) -> None:
    wreck.destroy(tmp_path / "home" / "shoufangtong.db", ())
    came = saved(tmp_path / "home")
    check(wreck, (), came)
    assert came.done.whole
    assert came.rows["cursor"] == wreck.rows["cursor"]
    assert came.done.words()[-1] == "都救回来了。"


def test_without_the_first_page_nothing_on_the_others_is_lost(wreck: Wreck, tmp_path: Path) -> None:
    wreck.destroy(tmp_path / "home" / "shoufangtong.db", [1])
    came = saved(tmp_path / "home")
    check(wreck, [1], came)
    assert came.done.whole
    assert not came.done.proved


def test_a_file_cut_short_gives_what_is_left(wreck: Wreck, tmp_path: Path) -> None:
    kept = wreck.pages - 12
    path = wreck.destroy(tmp_path / "home" / "shoufangtong.db", ())
    path.write_bytes(wreck.raw[: kept * PAGE + 100])
    check(wreck, range(kept + 1, wreck.pages + 1), saved(tmp_path / "home"))


def test_the_tops_of_the_trees_may_go(wreck: Wreck, tmp_path: Path) -> None:
    inner = [wreck.trees["record"][0], wreck.trees["outbox"][0], wreck.trees["record_type"][0]]
    bad = {
        1,
        wreck.trees["attachment"][1],
        *inner,
        wreck.rests[len(wreck.rests) // 2],
        wreck.trees["sqlite_sequence"][0],
    }
    wreck.destroy(tmp_path / "home" / "shoufangtong.db", bad)
    came = saved(tmp_path / "home")
    check(wreck, bad, came)
    check_search(came)


def test_one_byte_of_the_salt_is_found_again(small: Path) -> None:
    raw = bytearray(small.read_bytes())
    raw[9] ^= 0x40
    small.write_bytes(raw)
    came = saved(small.parent)
    assert came.done.proved
    assert came.done.whole
    assert set(came.rows["record"]) == {HOME, GRANNY}


def test_a_lost_identity_leaves_a_store_that_opens(wreck: Wreck, tmp_path: Path) -> None:
    bad = wreck.trees["meta"]
    wreck.destroy(tmp_path / "home" / "shoufangtong.db", bad)
    came = saved(tmp_path / "home")
    check(wreck, bad, came)
    assert not came.done.whole
    assert any("重新登记" in words for words in came.done.words())
    store = Store(Paths(came.folder).store, KEY)
    assert store.meta.device().worker_name == "向海燕"
    store.close()


def test_an_unsent_edit_that_was_lost_is_told_again_by_its_record(wreck: Wreck, tmp_path: Path) -> None:
    edits = [key for key, row in wreck.rows["outbox"].items() if '"verb":"edit"' in row[3]]
    bad = {min(wreck.on["outbox"][edits[100]])}
    wreck.destroy(tmp_path / "home" / "shoufangtong.db", bad)
    came = saved(tmp_path / "home")
    check(wreck, bad, came)
    assert not came.done.lost
    assert edits[100] in came.done.mended.changes
    for number in came.done.mended.changes:
        was, now = wreck.rows["outbox"][number], came.rows["outbox"][number]
        assert now[2] == was[2]
        assert '"fields":' + was[3].split('"fields":')[1].split(',"id"')[0] in now[3]


@pytest.mark.parametrize("cut", ["whole", "torn", "hit"])
def test_a_log_left_by_a_power_cut_counts(small: Path, cut: str) -> None:
    store = Store(small, KEY)
    log, marks = small.with_name(small.name + "-wal"), []
    for number in range(3):
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household(note=f"第 {number} 次"))
        marks.append(log.stat().st_size)
    raw, main = bytearray(log.read_bytes()), small.read_bytes()
    store.close()
    if cut == "torn":
        raw = raw[: marks[2] - PAGE]
    elif cut == "hit":
        raw[marks[0] + 1000] ^= 1  # the first page of the second save: page 1 of the file
    small.write_bytes(main)
    log.write_bytes(raw)
    came = saved(small.parent)
    store = Store(Paths(came.folder).store, KEY)
    assert store.reading.get(Household, HOME).note == ("第 1 次" if cut == "torn" else "第 2 次")
    store.close()
    assert not came.done.lost


def test_a_wrong_key_says_so_and_leaves_nothing(small: Path) -> None:
    with pytest.raises(WrongKey, match="钥匙对不上"):
        saved(small.parent, bytes(32))
    assert not any(small.parent.with_name("home-out").iterdir())


def test_a_later_release_is_not_read_by_half(small: Path) -> None:
    store = Store(small, KEY)
    store._db.execute("UPDATE _sqlite_migrations SET name = 'm999_later' WHERE name LIKE 'm003%'")
    store.close()
    with pytest.raises(NewerFile, match="请先升级"):
        saved(small.parent)
    assert not any(small.parent.with_name("home-out").iterdir())


def test_what_is_no_store_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageFault):
        salvage(Paths(tmp_path / "none"), [KEY], tmp_path / "out", BY)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("我的")
    with pytest.raises(UserError, match="已经有东西"):
        salvage(Paths(tmp_path / "none"), [KEY], tmp_path / "full", BY)
