"""Pages of a real store open one by one, and nothing that is no page is taken for one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.store import Store, btree, log_file
from app.store.drafts import Draft
from app.vault.pages import MAGIC, PAGE_BYTES, Pages, near_salts
from tests.conftest import KEY, NOW
from tests.facts import HOME, household, person

Files = tuple[bytes, bytes]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A store and the log that lies beside it while it is open."""
    store = Store(tmp_path / "s.db", KEY, create=True)
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="坎" * 5000))
        unit.save(person())
    raw = (tmp_path / "s.db").read_bytes(), (tmp_path / "s.db-wal").read_bytes()
    store.close()
    return raw


def page(raw: bytes, number: int) -> bytes:
    return raw[(number - 1) * PAGE_BYTES : number * PAGE_BYTES]


def test_every_page_proves_itself_under_its_own_number(files: Files) -> None:
    raw, _ = files
    pages = Pages(KEY, raw[:16])
    count = len(raw) // PAGE_BYTES
    assert all(pages.proved(number, page(raw, number)) for number in range(1, count + 1))
    assert not pages.proved(2, page(raw, 3))
    plain = pages.open(1, page(raw, 1))
    assert plain is not None
    assert plain.startswith(MAGIC)
    assert int.from_bytes(plain[28:32], "big") == count


@pytest.mark.parametrize("at", [0, 2000, 4020, 4095])
def test_one_bit_anywhere_and_the_page_is_not_believed(files: Files, at: int) -> None:
    raw, _ = files
    hit = bytearray(page(raw, 4))
    hit[at] ^= 1
    assert Pages(KEY, raw[:16]).open(4, bytes(hit)) is None


def test_a_salt_differs_from_itself_in_one_byte_at_most() -> None:
    salts = list(near_salts(bytes(16)))
    assert salts[0] == bytes(16)
    assert len(set(salts)) == len(salts) == 1 + 16 * 255


def test_the_log_is_summed_over_what_is_encrypted(files: Files) -> None:
    raw, log = files
    pages = Pages(KEY, raw[:16])
    read = log_file.read(log, None)
    assert read.pages
    assert all(pages.proved(number, one) for number, one in read.pages.items())
    assert next(iter(log_file.first_pages(log)))[:16] == raw[:16]


def test_a_log_whose_own_header_is_gone_is_read_by_its_pages(files: Files) -> None:
    raw, log = files
    headless = bytes(log_file.HEADER_BYTES) + log[log_file.HEADER_BYTES :]
    proved = Pages(KEY, raw[:16]).proved
    assert log_file.read(headless, proved).pages == log_file.read(log, None).pages
    assert log_file.read(headless[:5000], None).pages == {}


def test_a_damaged_frame_costs_its_page_and_no_other(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", KEY, create=True)
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
    # A later transaction, on other pages, without which a torn one at the end had never been confirmed.
    store.drafts.save(Draft("d", "visit", HOME, {"note": "还没写完"}, NOW))
    (root,) = store._db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record'").fetchone()
    salt = (tmp_path / "s.db").read_bytes()[:16]
    log = bytearray((tmp_path / "s.db-wal").read_bytes())
    store.close()
    whole = log_file.read(bytes(log), None)
    log[bytes(log).rindex(whole.pages[root]) + 50] ^= 1
    read = log_file.read(bytes(log), Pages(KEY, salt).proved)
    assert read.lost == {root}
    assert read.pages == {number: one for number, one in whole.pages.items() if number != root}


def test_what_was_deleted_lies_on_no_unused_page(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", KEY, create=True)
    for number in range(20):
        store.drafts.save(Draft(str(number), "visit", HOME, {"note": "杉树" * 3000}, NOW))
    for number in range(20):
        store.drafts.drop(str(number))
    store.close()
    raw = (tmp_path / "s.db").read_bytes()
    pages = Pages(KEY, raw[:16])
    plain = {
        number: pages.plain(number, page(raw, number)) for number in range(1, len(raw) // PAGE_BYTES + 1)
    }
    free = btree.free_pages(plain, int.from_bytes(plain[1][32:36], "big"))
    assert len(free) > 80
    assert not any("杉树".encode() in one for one in plain.values())


def test_nothing_that_is_no_page_is_taken_for_one() -> None:
    chance = random.Random(4)
    for _ in range(400):
        kind = bytes([chance.choice((2, 5, 10, 13))])
        assert btree.node(kind + chance.randbytes(btree.USABLE_BYTES - 1), 2) is None
    assert btree.node(bytes(btree.USABLE_BYTES), 2) is None


def test_a_page_cut_or_changed_never_raises(files: Files) -> None:
    raw, _ = files
    pages, chance = Pages(KEY, raw[:16]), random.Random(5)
    plain = {
        number: pages.plain(number, page(raw, number)) for number in range(1, len(raw) // PAGE_BYTES + 1)
    }
    for _ in range(300):
        number = chance.choice(list(plain))
        hit = bytearray(plain[number])
        hit[chance.randrange(len(hit))] = chance.randrange(256)
        forest = btree.Forest({**plain, number: bytes(hit)})
        for one in forest.walk(1, set(), set()):
            list(forest.rows(one))
        for one in plain:
            list(forest.rows(one))


@pytest.mark.parametrize(
    ("raw", "value"),
    [(b"\x05", 5), (b"\x81\x00", 128), (b"\xff" * 9, -1), (b"\x80" * 8 + b"\x01", 1)],
)
def test_a_varint_is_as_the_file_format_says(raw: bytes, value: int) -> None:
    assert btree.varint(raw, 0) == (value, len(raw))


@pytest.mark.parametrize("raw", [b"", b"\x81", b"\xff" * 8])
def test_a_varint_past_the_end_is_none(raw: bytes) -> None:
    with pytest.raises(btree.NotSane):
        btree.varint(raw, 0)
