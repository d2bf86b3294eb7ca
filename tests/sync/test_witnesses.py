"""Copies of records the county lost with its disk: what is taken of them, what lies beside, what waits."""

from __future__ import annotations

import psycopg
import pytest

from app.domain.change import Incoming, Outcome
from sync.protocol.messages import Exchange
from sync.server import alarms, handlers, query, witness
from sync.server.__main__ import main
from sync.server.devices import Device
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.yesterday import Yesterday, beside, held


def test_a_record_whose_computer_is_gone_comes_back_from_a_colleague(county_server: County) -> None:
    gone, colleague = Desk(county_server), Desk(county_server, worker="田大山")
    old = gone.new(door="1号")
    gone.sync()
    yesterday = Yesterday(county_server)
    new = gone.new(door="2号", note="低保")
    gone.edit(old, door="9号")
    gone.sync()
    colleague.sync()
    yesterday.back()
    colleague.sync()
    assert held(county_server, new) == {"door": "2号", "note": "低保"}
    assert held(county_server, old) == {"door": "9号"}
    assert colleague.sees(new) == {"door": "2号", "note": "低保"}
    with connect(county_server.database) as connection:
        rows = connection.execute("SELECT record, payload FROM op WHERE reason = 'witness' ORDER BY seq")
        logged = {row["record"]: row["payload"]["f"] for row in rows}
    assert logged == {new: {"door": [None, "2号"], "note": [None, "低保"]}, old: {"door": ["1号", "9号"]}}


def test_a_copy_that_names_another_village_is_told_though_both_are_hers(county_server: County) -> None:
    desk = Desk(county_server)
    home = desk.new(door="1号")
    desk.sync()
    copy = Incoming(home, "household", BRIDGE, 1_000, False, {"door": "2号"})
    device = Device(COUNTY, "d", "r", desk.ledger.identity().worker)
    with connect(county_server.database) as connection, connection.transaction():
        witness.adopt(connection, device, [copy], [f"v:{TEA}", f"v:{BRIDGE}"], AT)
        (alarm,) = alarms.still_open(connection, COUNTY)
    assert (alarm.kind, alarm.subject) == (witness.ELSEWHERE, home)


def test_what_only_the_new_village_remembers_of_a_moved_record_waits_for_the_township(
    county_server: County,
) -> None:
    desk = Desk(county_server, TEA)
    home = desk.new(door="1号")
    desk.sync()
    device = Device(COUNTY, "d", "r", "w-bridge")
    copies = [Incoming(home, "household", BRIDGE, 1_000, False, {"door": "1号", "note": "低保"})]
    with connect(county_server.database) as connection, connection.transaction():
        for _ in range(2):  # offered again, nothing more comes of it
            witness.adopt(connection, device, copies, [f"v:{BRIDGE}"], AT)
        (kept,) = query.open_quarantine(connection, COUNTY)
    assert held(county_server, home) == {"door": "1号"}, "she may not write there"
    assert (kept["reason"], kept["worker"]) == (witness.ELSEWHERE, "w-bridge")
    command = ["quarantine", "release", "--database", county_server.database, "--county", COUNTY]
    assert main([*command, "--seq", str(kept["seq"]), "--by", "镇里"]) == 0
    assert held(county_server, home) == {"door": "1号", "note": "低保"}


@pytest.mark.parametrize("first", [0, 1])
def test_edits_one_after_another_do_not_disagree_whoever_comes_back_first(
    county_server: County, first: int
) -> None:
    one, two = Desk(county_server), Desk(county_server, worker="田大山")
    home = one.new(door="1号")
    one.sync()
    two.sync()
    yesterday = Yesterday(county_server)
    one.edit(home, door="2号")
    one.sync()
    two.sync()
    two.edit(home, door="3号")
    two.sync()
    yesterday.back()
    desks = (one, two)
    for desk in (desks[first], desks[1 - first], *desks):
        desk.sync()
    assert held(county_server, home) == {"door": "3号"}
    assert (one.sees(home), two.sees(home)) == ({"door": "3号"}, {"door": "3号"})
    assert beside(county_server) == 0


def test_what_was_written_since_the_restore_stays_and_the_copy_lies_beside_it(county_server: County) -> None:
    gone, colleague = Desk(county_server), Desk(county_server, worker="田大山")
    home = gone.new(door="1号")
    gone.sync()
    yesterday = Yesterday(county_server)
    gone.edit(home, door="2号", note="有狗")
    gone.sync()
    colleague.sync()
    yesterday.back()
    newcomer = Desk(county_server, worker="覃桂英")
    newcomer.sync()
    newcomer.edit(home, door="7号")
    newcomer.sync()
    colleague.sync()
    assert held(county_server, home) == {"door": "7号", "note": "有狗"}
    with connect(county_server.database) as connection:
        (one,) = query.open_conflicts(connection, COUNTY)
    assert (one["field"], one["server"], one["client"]) == ("door", "7号", "2号")


@pytest.mark.parametrize("lived_through_it", [True, False], ids=["in the copy", "never seen"])
def test_what_came_before_a_copy_of_its_record_comes_in_with_it(
    county_server: County, caplog: pytest.LogCaptureFixture, lived_through_it: bool
) -> None:
    gone, colleague = Desk(county_server), Desk(county_server, worker="田大山")
    early = Desk(county_server, worker="覃桂英")
    yesterday = Yesterday(county_server)
    home = gone.new(door="1号")
    gone.sync()
    if lived_through_it:
        early.sync()
        mine = early.edit(home, door="2号")
        early.sync()
    colleague.sync()
    yesterday.back()
    if not lived_through_it:
        mine = early.edit(home, door="2号")
    early.sync(offers=False)
    assert early.outcome(mine) is Outcome.QUARANTINED
    caplog.clear()  # of what was not offered she holds something else, and read again
    colleague.sync()
    early.sync()
    with connect(county_server.database) as connection:
        assert query.open_quarantine(connection, COUNTY) == ()
    if lived_through_it:
        assert early.outcome(mine) is Outcome.APPLIED
        assert (held(county_server, home), beside(county_server)) == ({"door": "2号"}, 0)
    else:
        assert early.outcome(mine) is Outcome.CONFLICT
        assert (held(county_server, home), beside(county_server)) == ({"door": "1号"}, 1)


def test_what_her_own_copy_lets_in_is_told_with_it(county_server: County) -> None:
    desk = Desk(county_server)
    mine = desk.edit("h-lost", door="2号")
    desk.sync()
    me = desk.ledger.identity()
    assert desk.outcome(mine) is Outcome.QUARANTINED
    copy = Incoming("h-lost", "household", TEA, 1_000, False, {"door": "1号"})
    said = Exchange(me.replica, me.epoch, (), desk.ledger.cursors(), 500, copies=(copy,))
    with connect(county_server.database) as connection:
        told = handlers.exchange(connection, Device(COUNTY, me.device, me.replica, me.worker), said, AT)
    assert [(one.change, one.outcome) for one in told.settled] == [(mine.id, Outcome.CONFLICT)]


def test_nobody_brings_back_what_is_not_in_her_villages(county_server: County) -> None:
    gone, colleague = Desk(county_server), Desk(county_server, worker="田大山")
    yesterday = Yesterday(county_server)
    home = gone.new(door="1号")
    gone.sync()
    colleague.sync()
    yesterday.back()
    with psycopg.connect(county_server.database, autocommit=True) as connection:
        connection.execute("DELETE FROM scope WHERE worker = %s", (colleague.ledger.identity().worker,))
    colleague.sync()
    assert held(county_server, home) == {}
    gone.sync()
    assert held(county_server, home) == {"door": "1号"}, TEA
