"""A family that moves takes along what is yet to be decided about it."""

from __future__ import annotations

from app.domain.change import Outcome
from app.domain.conflict import Choice
from sync.protocol.cases import Writer
from sync.protocol.messages import bucket_of
from sync.server import at_hand, batch, county, records
from sync.server.__main__ import main
from sync.server.devices import Device
from sync.server.moves import move_household, move_record
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.test_cases import cases, decide, differ


def test_a_family_takes_its_open_cases_along(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    there = Desk(county_server, BRIDGE, worker="彭秀英")
    house, case = differ(mine, theirs)
    with connect(county_server.database) as connection:
        moved, _ = move_household(connection, COUNTY, house, BRIDGE)
    assert moved == 2, "the family and its case"
    for desk in (mine, there):
        assert desk.sync().reread == (), "both villages add up to what the county holds"
    assert (mine.sees(house), mine.sees(case.id)) == (None, None)
    (arrived,) = cases(there)
    assert (arrived.id, arrived.village, arrived.open) == (case.id, BRIDGE, True)
    word = decide(there, arrived, Choice.MINE)
    there.sync()
    assert there.outcome(word) is Outcome.APPLIED
    there.sync()
    assert (there.sees(house) or {})["door"] == "5号"
    assert TEA not in {case.village for case in cases(there)}


def test_one_record_that_moves_takes_its_open_case_along(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    there = Desk(county_server, BRIDGE, worker="彭秀英")
    house, case = differ(mine, theirs)
    ask = ["relocate", "--database", county_server.database, "--record", house, "--village", BRIDGE]
    assert main(ask) == 0
    for desk in (mine, there):
        assert desk.sync().reread == ()
    assert (mine.sees(house), mine.sees(case.id)) == (None, None)
    (arrived,) = cases(there)
    assert (arrived.id, arrived.village) == (case.id, BRIDGE)
    word = decide(there, arrived, Choice.MINE)
    there.sync()
    assert there.outcome(word) is Outcome.APPLIED


def test_a_word_from_the_village_it_left_decides_nothing(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house, case = differ(mine, theirs)
    word = decide(mine, case, Choice.MINE)
    with connect(county_server.database) as connection:
        move_record(connection, COUNTY, house, BRIDGE)
    mine.sync()
    assert mine.outcome(word) is Outcome.QUARANTINED
    there = Desk(county_server, BRIDGE, worker="彭秀英")
    there.sync()
    assert (there.sees(house) or {})["door"] == "4号", "what the county held stays"


def test_a_ticket_moves_with_its_story_and_a_person_leaves_the_ticket_where_it_was_received(
    county_server: County,
) -> None:
    desk, there = Desk(county_server), Desk(county_server, BRIDGE, worker="彭秀英")
    person = desk.new("person", name="李桂英", household="h-1")
    ticket = desk.new("ticket", state="registered", household="h-1", visitor=person, owner="w")
    line = desk.new("ticket_event", ticket=ticket, what="登记")
    call = desk.new("followup", ticket=ticket, why="问办好没有")
    desk.sync()
    with connect(county_server.database) as connection:
        assert move_record(connection, COUNTY, person, BRIDGE)[0] == 1
    there.sync()
    assert (there.sees(person) is not None, there.sees(ticket)) == (True, None)
    with connect(county_server.database) as connection:
        assert move_record(connection, COUNTY, ticket, BRIDGE)[0] == 3
    there.sync()
    desk.sync()
    assert all(there.sees(one) is not None for one in (ticket, line, call))
    assert all(desk.sees(one) is None for one in (ticket, line, call))


def test_what_the_county_writes_of_a_case_stays_in_the_village_it_lies_in(county_server: County) -> None:
    _, case = differ(Desk(county_server), Desk(county_server, worker="田大山"))
    with connect(county_server.database) as connection, connection.transaction():
        county.lock(connection, COUNTY)
        last = county.standing(connection, COUNTY).last
        work = batch.begin(connection, Device(COUNTY, "d", "r", "w"), (), (), at_hand.NOTHING, AT, last)
        row = records.load(connection, COUNTY, [case.id])[case.id]
        made = work.own(
            row, case.id, bucket_of(BRIDGE), row.held, Writer("w", "", ""), "about a record elsewhere"
        )
        batch.finish(work)
        held = records.load(connection, COUNTY, [case.id])[case.id]
    assert (made.bucket, made.rev) == (held.bucket, held.rev) == (bucket_of(TEA), last + 1)
