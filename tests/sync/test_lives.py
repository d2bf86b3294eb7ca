"""A county put back from a backup gets back what it lost, from whoever has it, and nobody has to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.change import Outcome
from sync.client.http import Busy
from sync.protocol.errors import CURSOR_AHEAD, Refused
from sync.server import alarms, lives, query
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.yesterday import Yesterday, beside, held


def test_what_it_lost_is_sent_again_without_anybody_asking(county_server: County) -> None:
    desk = Desk(county_server)
    kept = desk.new(door="1号")
    desk.sync()
    yesterday = Yesterday(county_server)
    lost = desk.new(door="2号")
    desk.edit(kept, door="9号")
    desk.sync()
    yesterday.back()
    unsent = desk.new(door="3号")
    report = desk.sync()
    assert (report.waiting, report.left) == (0, 0)
    assert [held(county_server, one)["door"] for one in (kept, lost, unsent)] == ["9号", "2号", "3号"]
    assert beside(county_server) == 0
    assert desk.sync().exchanges == 1, "and it is over"


def test_numbers_of_a_new_life_are_never_those_of_an_old_one(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(door="1号")
    desk.sync()
    yesterday = Yesterday(county_server)
    kept = frozenset(one.seq for one in desk.ledger.receipts().values())
    highest = max(kept)
    for life in range(3):  # each put back to before the last one began
        yesterday.back(announced=False)
        with connect(county_server.database) as connection:
            lives.begin(connection, COUNTY, AT + timedelta(seconds=life))
        again = desk.new(door=f"{life + 2}号")
        desk.sync()
        numbers = {one.seq for one in desk.ledger.receipts().values()} - kept
        assert min(numbers) > highest, "a number is never given twice"
        highest = max(numbers)
        assert desk.sees(again) == {"door": f"{life + 2}号"}


def test_what_was_set_aside_before_is_set_aside_again(county_server: County) -> None:
    one, two = Desk(county_server), Desk(county_server, worker="田大山")
    home = one.new(door="1号")
    one.sync()
    two.sync()
    yesterday = Yesterday(county_server)
    one.edit(home, door="2号")
    mine = two.edit(home, door="3号")
    one.sync()
    two.sync()
    assert two.outcome(mine) is Outcome.CONFLICT
    yesterday.back()
    two.sync()
    one.sync()
    assert beside(county_server) == 1


def test_a_second_restore_is_survived_as_the_first(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(door="1号")
    desk.sync()
    yesterday = Yesterday(county_server)
    lost = desk.new(door="2号")
    desk.sync()
    yesterday.back()
    yesterday.back()
    desk.sync()
    yesterday.back()
    assert desk.sync().waiting == 0
    assert held(county_server, lost) == {"door": "2号"}


def test_a_restore_nobody_announced_closes_the_county_until_somebody_looks(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    ahead, behind = Desk(county_server), Desk(county_server, worker="田大山")
    ahead.new(door="1号")
    ahead.sync()
    yesterday = Yesterday(county_server)
    lost = ahead.new(door="2号")
    ahead.sync()
    yesterday.back(announced=False)
    with pytest.raises(Refused) as refused:
        ahead.sync()
    assert refused.value.refusal is CURSOR_AHEAD
    assert "has heard more than this county ever said" in caplog.text
    caplog.clear()
    unsent = behind.new(door="3号")
    with pytest.raises(Busy, match="先不收新的"):  # else it would be given a number that was given before
        behind.sync()
    with connect(county_server.database) as connection:
        (alarm,) = alarms.still_open(connection, COUNTY)
        assert (alarm.kind, alarm.subject) == ("cursor_ahead", ahead.ledger.identity().device)
        assert [one["open_alarms"] for one in query.standings(connection)] == [1], "a monitor sees it"
        lives.begin(connection, COUNTY, AT)
        assert alarms.still_open(connection, COUNTY) == ()
    ahead.sync()
    behind.sync()
    assert held(county_server, lost) == {"door": "2号"}
    assert held(county_server, unsent) == {"door": "3号"}
