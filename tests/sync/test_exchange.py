"""What two workers and a county make of each other's changes, over real HTTP and PostgreSQL."""

from __future__ import annotations

from app.domain.change import Outcome
from sync.client.http import Transport
from sync.client.pace import Pace
from sync.client.syncer import sync_once
from sync.server import query, records
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk


def held(county: County, kind: str = "household") -> dict[str, dict[str, object]]:
    """Bodies at the county, by record."""
    with connect(county.database) as connection:
        return {row.record: dict(row.body) for row in query.bodies(connection, COUNTY, kind)}


def conflicts(county: County) -> list[dict[str, object]]:
    with connect(county.database) as connection:
        return list(query.open_conflicts(connection, COUNTY))


def quarantine(county: County) -> list[dict[str, object]]:
    with connect(county.database) as connection:
        return list(query.open_quarantine(connection, COUNTY))


def test_what_one_worker_writes_another_of_the_village_reads(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = mine.new(group="茶园组", door="3号", note="𠮷家，门口有井")
    report = mine.sync()
    assert (report.sent, report.waiting, report.exchanges) == (1, 0, 1)
    assert report.outcomes == {Outcome.APPLIED: 1}
    assert report.villages == {TEA: "茶园村"}
    assert theirs.sync().received == 1
    assert theirs.sees(house) == {"group": "茶园组", "door": "3号", "note": "𠮷家，门口有井"}
    assert held(county_server)[house] == theirs.sees(house)


def test_whoever_hears_much_is_told_how_much_is_still_to_come(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    for number in range(50):
        theirs.new(group="茶园组", door=f"{number}号")
    theirs.sync()
    told: list[tuple[int, int]] = []
    with Transport(county_server.url) as transport:
        sync_once(
            mine.ledger, transport, at=AT, pace=Pace(rows=20),
            progress=lambda now: told.append((now.received, now.coming)),
        )  # fmt: skip
    assert told == [(0, 0), (20, 30), (20, 30), (50, 0)]


def test_nobody_reads_a_village_that_is_not_theirs(county_server: County) -> None:
    mine, theirs = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    assert theirs.sync().received == 0
    assert theirs.sees(house) is None


def test_different_fields_of_one_record_merge(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = mine.new(group="茶园组", door="3号", tags=["独居"])
    mine.sync()
    theirs.sync()
    mine.edit(house, phone="15400000001", tags=["独居", "无电视"])
    theirs.edit(house, door="4号", tags=["独居", "危房"])
    mine.sync()
    assert theirs.sync().outcomes == {Outcome.APPLIED: 1}
    mine.sync()
    both = {"group": "茶园组", "door": "4号", "phone": "15400000001", "tags": ["独居", "无电视", "危房"]}
    assert mine.sees(house) == theirs.sees(house) == both
    assert conflicts(county_server) == []


def test_the_same_field_twice_keeps_both_values_for_a_person(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    theirs.sync()
    mine.edit(house, door="4号")
    late = theirs.edit(house, door="5号", phone="15400000001")
    mine.sync()
    theirs.sync()
    assert theirs.outcome(late) is Outcome.CONFLICT
    assert theirs.sees(house) == {"group": "茶园组", "door": "4号", "phone": "15400000001"}
    (one,) = conflicts(county_server)
    assert (one["field"], one["kind"]) == ("door", "field")
    assert (one["base"], one["server"], one["client"]) == ("3号", "4号", "5号")
    assert one["server_worker"] == mine.ledger.identity().worker
    assert one["worker"] == theirs.ledger.identity().worker


def test_what_was_set_aside_gives_way_to_what_the_county_holds(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    theirs.sync()
    mine.edit(house, door="4号")
    mine.sync()
    late = theirs.edit(house, door="5号")
    assert theirs.sees(house) == {"group": "茶园组", "door": "5号"}
    report = theirs.sync()
    assert (report.received, theirs.outcome(late)) == (2, Outcome.CONFLICT)  # the record and its case
    assert theirs.sees(house) == {"group": "茶园组", "door": "4号"}
    again = theirs.edit(house, door="5号")
    assert theirs.sync().received == 2  # … which ends with it
    assert theirs.outcome(again) is Outcome.APPLIED


def test_a_chain_of_own_edits_is_never_a_conflict(county_server: County) -> None:
    mine = Desk(county_server)
    house = mine.new(group="茶园组", door="3号")
    for number in range(4, 9):
        mine.edit(house, door=f"{number}号")
    assert mine.sync().outcomes == {Outcome.APPLIED: 6}
    assert held(county_server)[house]["door"] == "8号"


def test_an_edit_of_a_record_nobody_created_is_kept_whole(county_server: County) -> None:
    mine = Desk(county_server)
    lost = mine.edit("never-created", door="5号")
    mine.sync()
    assert mine.outcome(lost) is Outcome.QUARANTINED
    (one,) = quarantine(county_server)
    assert one["reason"] == "unknown_record"
    assert one["payload"]["f"] == {"door": [None, "5号"]}  # type: ignore[index]  # it is an object
    assert held(county_server) == {}


def test_a_change_in_a_village_that_is_not_hers_is_kept_for_the_township(county_server: County) -> None:
    mine, theirs = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    house = theirs.new(village=BRIDGE, group="桥头组", door="1号")
    theirs.sync()
    direct = mine.edit(house, village=BRIDGE, door="9号")
    disguised = mine.edit(house, village=TEA, door="8号")
    mine.new(village="439999101201", group="哪里组", door="1号")
    mine.sync()
    assert mine.outcome(direct) is mine.outcome(disguised) is Outcome.QUARANTINED
    assert [one["reason"] for one in quarantine(county_server)] == ["out_of_scope"] * 3
    assert held(county_server) == {house: {"group": "桥头组", "door": "1号"}}


def test_a_ticket_that_moved_on_is_not_moved_back(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    ticket = mine.new("ticket", request="问高龄津贴", state="triaged", owner="w1")
    mine.sync()
    theirs.sync()
    mine.move(ticket, "transferred", handed_to="镇民政办")
    late = theirs.move(ticket, "instant", result="当场办了")
    mine.sync()
    theirs.sync()
    assert theirs.outcome(late) is Outcome.REJECTED
    assert held(county_server, "ticket")[ticket]["state"] == "transferred"
    assert "result" not in held(county_server, "ticket")[ticket]
    (one,) = conflicts(county_server)
    assert (one["kind"], one["server"]) == ("transition", {"state": "transferred", "owner": "w1"})
    assert one["client"] == {"state": "instant", "owner": "w1", "result": "当场办了"}


def test_a_delete_does_not_take_an_edit_it_has_not_seen(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    theirs.sync()
    mine.edit(house, phone="15400000001")
    blind = theirs.delete(house)
    mine.sync()
    theirs.sync()
    assert theirs.outcome(blind) is Outcome.CONFLICT
    assert theirs.sees(house) == mine.sees(house)
    seen = theirs.delete(house)
    theirs.sync()
    assert theirs.outcome(seen) is Outcome.APPLIED
    late = mine.edit(house, phone="15400000002")
    mine.sync()
    assert mine.outcome(late) is Outcome.CONFLICT
    assert mine.sees(house) is None
    # The first is settled: whoever was to be asked saw what is there and deleted it.
    assert [one["kind"] for one in conflicts(county_server)] == ["deleted"]


def test_a_record_that_moves_village_leaves_one_and_enters_the_other(county_server: County) -> None:
    tea, bridge = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    house = tea.new(group="茶园组", door="3号")
    tea.sync()
    bridge.sync()
    with connect(county_server.database) as connection:
        records.relocate(connection, COUNTY, house, BRIDGE)
    tea.sync()
    bridge.sync()
    assert tea.sees(house) is None
    assert bridge.sees(house) == {"group": "茶园组", "door": "3号"}
    with connect(county_server.database) as connection:
        records.relocate(connection, COUNTY, house, TEA)
    tea.sync()
    bridge.sync()
    assert bridge.sees(house) is None
    assert tea.sees(house) == {"group": "茶园组", "door": "3号"}


def test_a_village_given_later_comes_down_whole(county_server: County) -> None:
    from sync.server import county

    mine, theirs = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    house = theirs.new(village=BRIDGE, group="桥头组", door="1号")
    theirs.sync()
    mine.new(group="茶园组", door="3号")
    mine.sync()
    worker = mine.ledger.identity().worker
    with connect(county_server.database) as connection:
        county.set_scope(connection, COUNTY, worker, [TEA, BRIDGE])
    assert mine.sync().received == 1
    assert mine.sees(house) == {"group": "桥头组", "door": "1号"}
    with connect(county_server.database) as connection:
        county.set_scope(connection, COUNTY, worker, [BRIDGE])
    mine.sync()
    assert set(mine.ledger.cursors()) == {BRIDGE}


def test_fields_of_a_newer_release_survive_an_older_one(county_server: County) -> None:
    newer, older = Desk(county_server), Desk(county_server, worker="田大山")
    house = newer.new(group="茶园组", door="3号", future={"深": [1, True, None]})
    newer.sync()
    older.sync()
    older.edit(house, door="4号")
    older.sync()
    assert held(county_server)[house]["future"] == {"深": [1, True, None]}


def test_every_record_of_a_large_village_arrives_page_by_page(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    houses = [mine.new(group="茶园组", door=f"{n}号", note="记" * 120) for n in range(1203)]
    up = mine.sync()
    assert (up.sent, up.waiting) == (1203, 0)
    assert up.exchanges > 2
    down = theirs.sync()
    assert down.received == 1203
    assert down.exchanges == 3
    assert all(theirs.sees(house) == mine.sees(house) for house in houses)
    assert theirs.sync().received == 0


def test_an_idle_round_writes_nothing_and_costs_one_request(county_server: County) -> None:
    mine = Desk(county_server)
    mine.new(group="茶园组", door="3号")
    mine.sync()
    before = mine.ledger.cursors()
    report = mine.sync()
    assert (report.exchanges, report.sent, report.received) == (1, 0, 0)
    assert mine.ledger.cursors() == before
