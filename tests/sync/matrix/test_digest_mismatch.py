"""Row 23: a laptop's copy of a village is not what the county holds, and nobody noticed when it happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.people.household import Household
from app.store import Store
from sync.client.http import Transport
from sync.client.syncer import SyncReport, sync_once
from sync.server.postgres import connect
from tests.sync.county import AT, TEA, County
from tests.sync.desk import Desk

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path, county_server: County) -> Iterator[Store]:
    made = Store(tmp_path / "store.db", KEY, create=True)
    made.meta.set_device(county_server.enrol(TEA).identity)
    yield made
    made.close()


def round_of(store: Store, county: County) -> SyncReport:
    with Transport(county.url) as transport:
        return sync_once(store.ledger, transport, at=AT)


def divergences(county: County) -> list[str]:
    with connect(county.database) as connection:
        return [row["bucket"] for row in connection.execute("SELECT bucket FROM divergence").fetchall()]


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM record WHERE id = ?",
        "UPDATE record SET revision = revision - 1 WHERE id = ?",
        "UPDATE record SET county_deleted = 1, deleted = 1 WHERE id = ?",
    ],
    ids=["a record is gone", "one is older than was said", "one looks deleted"],
)
def test_it_is_read_again_whole_and_the_county_is_told(
    store: Store, county_server: County, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = Desk(county_server, worker="田大山")
    house, beside = other.new(group="茶园组", door="3号"), other.new(group="茶园组", door="5号")
    other.sync()
    assert round_of(store, county_server).reread == ()
    store._db.execute(harm, [house])
    store._db.execute("DELETE FROM meta WHERE key LIKE 'digest %'")  # as a mended store has it
    with store.unit(actor="w", at=AT) as unit:
        unit.save(Household(beside, TEA, "茶园组", door="6号"))
    report = round_of(store, county_server)
    assert report.reread == (TEA,)
    assert report.waiting == 0
    assert store.reading.get(Household, house).door == "3号"
    assert store.reading.get(Household, beside).door == "6号"
    assert divergences(county_server) == [f"v:{TEA}"]
    assert round_of(store, county_server).reread == ()
    assert "reads it again" in caplog.text
    caplog.clear()
