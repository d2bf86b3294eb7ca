"""A damaged search index is made anew at the first failure: every search is answered, every word saved."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.domain.change import Incoming
from app.domain.problem import StorageFault
from app.domain.record import to_body
from app.store import Store
from tests.conftest import KEY
from tests.desks import DEVICE
from tests.facts import GRANNY, NOW, VILLAGE, household, person
from tests.store.agreement import assert_agrees

NEIGHBOUR = f"{GRANNY[:-1]}9"
DAMAGES = (
    "DELETE FROM term_data WHERE id > 10",
    "UPDATE term_data SET block = x'00ff00ff' WHERE id > 10",
    "UPDATE term_data SET block = zeroblob(40) WHERE id > 10",
    "DELETE FROM term_data",
    "DELETE FROM term_config",
    "UPDATE term_config SET v = 99",
)
UNSEEN = "UPDATE term_data SET block = x'ffffffff' WHERE id = 10"  # an index that looks empty


def damaged(folder: Path, statement: str) -> Store:
    """A store with 蒋桂英 in it, its index damaged on the disk, opened again."""
    with closing(Store(folder / "s.db", KEY, create=True)) as store:
        store.meta.set_device(DEVICE)
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household())
            unit.save(person())
        store._db.execute(statement)
    return Store(folder / "s.db", KEY)


def expected(caplog: pytest.LogCaptureFixture) -> None:
    assert [one.getMessage() for one in caplog.records] == ["the search index was damaged and is made anew"]
    caplog.clear()


@pytest.mark.parametrize("statement", DAMAGES)
def test_a_search_is_answered_from_the_index_made_anew(
    tmp_path: Path, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(damaged(tmp_path, statement)) as store:
        assert [hit.title for hit in store.finder.find("jgy").shown] == ["蒋桂英"]
        expected(caplog)
        assert store.proof.index_holds()
    with closing(Store(tmp_path / "s.db", KEY)) as store:
        assert store.finder.find("蒋桂英").total == 1
        assert_agrees(store)


@pytest.mark.parametrize("statement", [*DAMAGES, UNSEEN])
def test_a_record_is_saved_whatever_became_of_the_index(
    tmp_path: Path, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(damaged(tmp_path, statement)) as store:
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(person(name="蒋桂花"))
            unit.save(person(id=NEIGHBOUR, name="彭冬秀"))
        assert [hit.title for hit in store.finder.find("蒋桂花").shown] == ["蒋桂花"]
        assert store.finder.find("pdx").total == 1
        caplog.clear()
        assert_agrees(store)


@pytest.mark.parametrize("statement", [*DAMAGES, UNSEEN])
def test_the_countys_answer_is_taken_whatever_became_of_the_index(
    tmp_path: Path, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = to_body(person(id=NEIGHBOUR, name="彭冬秀"))
    row = Incoming(NEIGHBOUR, "person", VILLAGE, 7, False, body)
    with closing(damaged(tmp_path, statement)) as store:
        store.ledger.settle((), (row,), {VILLAGE: 7}, "e-1", NOW)
        assert store.finder.find("pdx").total == 1
        assert store.finder.find("蒋桂英").total == 1
        caplog.clear()
        assert store.proof.index_holds()


def test_where_the_records_are_hurt_too_nothing_is_written(tmp_path: Path) -> None:
    with closing(damaged(tmp_path, "DELETE FROM term_data")) as store:
        db = store._db
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'person_household'")
        db.execute("PRAGMA writable_schema = RESET")
        before = db.execute("SELECT count(*) FROM found").fetchone()
        with pytest.raises(StorageFault, match="坏了"):
            store.finder.find("蒋桂英")
        assert db.execute("SELECT count(*) FROM found").fetchone() == before
