"""An answer off a stick that comes home late tells nothing that was heard to be otherwise since."""

from __future__ import annotations

from pathlib import Path

from app.domain.people.household import Household
from sync.client import stick
from sync.client.http import Transport
from sync.client.syncer import sync_once
from sync.server import records
from sync.server.postgres import connect
from tests.sync.albums import computer
from tests.sync.county import AT, BRIDGE, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.files import MemoryAlbum
from tests.sync.sticks import at_county


def test_a_record_that_left_the_village_does_not_come_back_with_an_old_answer(
    county_server: County, tmp_path: Path
) -> None:
    store = computer(tmp_path / "mine", county_server).store
    theirs = Desk(county_server, worker="田大山")
    house = theirs.new(group="茶园组")
    theirs.sync()
    (made,) = stick.make(store.ledger, MemoryAlbum(), "0.1.0", at=AT)
    answer = at_county(county_server, made.data).answer
    with Transport(county_server.url) as line:
        sync_once(store.ledger, line, at=AT)
        assert store.reading.find(Household, house) is not None
        with connect(county_server.database) as connection:
            records.relocate(connection, COUNTY, house, BRIDGE)
        sync_once(store.ledger, line, at=AT)
        assert store.reading.find(Household, house) is None
        assert stick.take(store.ledger, MemoryAlbum(), answer, at=AT).problem is None
        assert store.reading.find(Household, house) is None
        assert sync_once(store.ledger, line, at=AT).reread == ()
    store.close()
