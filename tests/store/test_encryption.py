"""A stolen file tells nothing; a wrong key, a cut or a second program is told apart and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problem import NewerFile, StorageFault, WrongKey
from app.store import Store
from tests.conftest import KEY
from tests.facts import NOW, household, person

PLANTED = ("蒋桂英", "茶园组", "15400003013", "jiangguiying", "低保")


def _fill(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        unit.save(person(tags=("低保",)))


def test_no_name_number_or_header_can_be_read_in_any_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", KEY, create=True)
    _fill(store)
    while_open = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.close()
    closed = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for data in (while_open, closed):
        assert len(data) > 4096
        assert b"SQLite format 3" not in data
        for secret in (*PLANTED, person().id_number or ""):
            assert secret.encode() not in data
            assert secret.encode("utf-16-le") not in data


def test_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store(path, KEY, create=True).close()
    before = path.read_bytes()
    with pytest.raises(WrongKey):
        Store(path, bytes(32))
    assert path.read_bytes() == before


def test_a_file_cut_short_is_named_damaged(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    store = Store(path, KEY, create=True)
    _fill(store)
    store.close()
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(StorageFault, match="坏了"):
        Store(path, KEY)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="没找到"):
        Store(tmp_path / "none.db", KEY)


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    store = Store(path, KEY, create=True)
    future = {"migration_set": "store", "name": "m999_future", "applied_at": "2031"}
    store._db["_sqlite_migrations"].insert(future)
    store.close()
    with pytest.raises(NewerFile, match="新版"):
        Store(path, KEY)


def test_a_sound_file_has_nothing_to_say(store: Store) -> None:
    _fill(store)
    assert store.integrity() == ()
