"""A computer enrolled anew keeps all its work: after being stopped, and after the county was put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import psycopg
import pytest

from app.actions.desk import Desk
from app.actions.entry.readmission import keys_for, readmit
from app.domain.people.household import Household
from app.domain.problem import UserError
from app.store import Store
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.client.keys import NewDevice, new_device
from sync.client.syncer import SyncReport, sync_once
from sync.protocol.errors import REVOKED, Refused
from sync.server import devices, query
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.desks import Clock, desk_on
from tests.facts import household
from tests.sync.county import AT, COUNTY, TEA, County

FORGET = (
    "DELETE FROM record WHERE rev > 1",
    "DELETE FROM op WHERE seq > 1",
    "UPDATE sequence SET last = 1",
)


@pytest.fixture
def desk(store: Store, county_server: County) -> Desk:
    desk = desk_on(store, Clock())
    store.meta.set_device(county_server.enrol().identity)
    return desk


def save(desk: Desk, *homes: Household) -> None:
    with desk.unit("home") as unit:
        for home in homes:
            unit.save(home)


def sync(desk: Desk, county: County, at: datetime = AT) -> SyncReport:
    with Transport(county.url) as transport:
        return sync_once(desk.store.ledger, transport, at=at)


def doors(county: County) -> dict[str, object]:
    with connect(county.database) as connection:
        return {row.record: row.body["door"] for row in query.bodies(connection, COUNTY, "household")}


def test_a_stopped_computer_goes_on_with_a_new_code_and_all_its_work(
    county_server: County, desk: Desk
) -> None:
    save(desk, household(id="a"))
    sync(desk, county_server)
    with connect(county_server.database) as connection:
        devices.revoke(connection, desk.store.meta.device().device, AT)
    save(desk, household(id="b", door="9号"), household(id="a", door="4号"))
    with pytest.raises(Refused) as refused:
        sync(desk, county_server)
    assert refused.value.refusal is REVOKED
    assert desk.store.ledger.waiting() == 2
    told = county_server.enrol()
    readmit(desk, told.identity, told.villages)
    assert desk.store.ledger.waiting() == 2
    assert sync(desk, county_server).waiting == 0
    assert doors(county_server) == {"a": "4号", "b": "9号"}


def test_the_keys_a_code_was_asked_with_are_kept_until_it_is_answered(
    county_server: County, desk: Desk
) -> None:
    code = county_server.issue()
    made = new_device(AT)
    first = keys_for(desk, code, (made.device, made.replica, made.key))
    with Transport(county_server.url) as transport:
        enrol(transport, code, "村部电脑", at=AT, new=NewDevice(*first))  # and the answer is lost
    other = new_device(AT)
    again = keys_for(desk, f" {code.lower()} ", (other.device, other.replica, other.key))
    assert again == first
    with Transport(county_server.url) as transport:
        told = enrol(transport, code, "村部电脑", at=AT, new=NewDevice(*again))
    assert readmit(desk, told.identity, told.villages).village == desk.village
    assert desk.store.meta.device().device == first[0]
    assert keys_for(desk, code, (other.device, other.replica, other.key))[0] == other.device


def test_what_a_restored_county_lost_comes_back_from_the_computer_that_made_it(
    county_server: County, desk: Desk
) -> None:
    save(desk, household(id="a"))
    sync(desk, county_server)
    save(desk, household(id="b", door="9号"))
    sync(desk, county_server)
    with psycopg.connect(county_server.database, autocommit=True) as connection:
        for statement in FORGET:
            connection.execute(statement.encode())
    assert main(["restored", "--database", county_server.database, "--county", COUNTY]) == 0
    save(desk, household(id="c", door="1号"))
    told = county_server.enrol()  # a clerk gave her a new code, though none was needed
    readmit(desk, told.identity, told.villages)
    assert sync(desk, county_server).waiting == 0
    assert doors(county_server) == {"a": "3号", "b": "9号", "c": "1号"}
    assert sorted(one.door for one in desk.store.reading.each(Household)) == ["1号", "3号", "9号"]
    assert desk.store.ledger.set_aside() == ()


@pytest.mark.parametrize(("changed", "words"), [("worker", "是给田大山的"), ("county", "是别的县的")])
def test_a_code_for_somebody_else_changes_nothing(
    county_server: County, desk: Desk, changed: str, words: str
) -> None:
    save(desk, household(id="a"))
    mine = desk.store.meta.device()
    hers = replace(county_server.enrol(worker="田大山").identity, county=COUNTY)
    stranger = hers if changed == "worker" else replace(mine, county="439902")
    with pytest.raises(UserError, match=words):
        readmit(desk, stranger, {TEA: "茶园村"})
    assert (desk.store.meta.device(), desk.store.ledger.waiting()) == (mine, 1)
