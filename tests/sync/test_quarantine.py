"""What came too early or from the wrong village stays whole, and comes in by the same merge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.change import Outcome
from app.domain.conflict import Conflict
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.domain.record import Body, Json
from sync.client.pace import Pace
from sync.server import quarantine, query
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk


def kept(county: County) -> list[dict[str, object]]:
    with connect(county.database) as connection:
        return list(query.open_quarantine(connection, COUNTY))


def body(county: County, record: str) -> Body:
    with connect(county.database) as connection:
        return {row.record: row.body for row in query.bodies(connection, COUNTY, "household")}[record]


def test_an_edit_that_came_before_its_record_comes_in_with_it(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = new_id(AT)
    early = mine.edit(house, door="5号")
    after: dict[str, tuple[Json, Json]] = {"door": ("5号", "6号")}
    later = mine.ledger.save(replace(early, id=new_id(AT), fields=after))
    mine.sync()
    assert mine.outcome(early) is Outcome.QUARANTINED
    theirs.new(record=house, group="茶园组")
    theirs.sync()
    assert body(county_server, house) == {"group": "茶园组", "door": "6号"}
    assert kept(county_server) == []
    mine.sync()
    assert mine.outcome(early) is mine.outcome(later) is Outcome.APPLIED
    assert mine.sees(house) == theirs.sees(house) == {"group": "茶园组", "door": "6号"}


def test_what_comes_in_late_is_judged_like_any_other(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = new_id(AT)
    early = mine.edit(house, door="5号")
    mine.sync()
    theirs.new(record=house, group="茶园组", door="4号")
    theirs.sync()
    mine.sync()
    assert mine.outcome(early) is Outcome.CONFLICT
    assert body(county_server, house)["door"] == "4号"
    (case,) = [row for row in mine.ledger.rows.values() if row.type == Conflict.TYPE]
    assert (case.body["theirs"], case.body["mine"]) == ("4号", "5号")
    assert case.body["mine_who"] == "向海燕"


def test_within_one_request_the_order_does_not_strand_anything(county_server: County) -> None:
    mine = Desk(county_server)
    house = new_id(AT)
    early = mine.edit(house, door="5号")
    mine.new(record=house, group="茶园组")
    mine.sync()
    assert body(county_server, house) == {"group": "茶园组", "door": "5号"}
    mine.sync()
    assert mine.outcome(early) is Outcome.APPLIED


def test_the_township_lets_in_what_was_out_of_scope(county_server: County) -> None:
    mine, theirs = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    house = theirs.new(village=BRIDGE, group="桥头组", door="1号")
    theirs.sync()
    late = mine.edit(house, village=BRIDGE, door="9号")
    mine.sync()
    (one,) = kept(county_server)
    with connect(county_server.database) as connection:
        seq = int(str(one["seq"]))
        # She never saw 1号: the release is merged like any other change, and a person decides.
        assert quarantine.release(connection, COUNTY, seq, "镇里", AT) is Outcome.CONFLICT
        with pytest.raises(UserError, match="已经处理过了"):
            quarantine.release(connection, COUNTY, seq, "镇里", AT)
    mine.sync()
    assert mine.outcome(late) is Outcome.CONFLICT
    theirs.sync()
    assert any(row.type == Conflict.TYPE for row in theirs.ledger.rows.values())


def test_what_the_township_leaves_out_stays_whole_with_its_reason(county_server: County) -> None:
    mine = Desk(county_server)
    lost = mine.edit(new_id(AT), door="5号")
    mine.sync()
    (one,) = kept(county_server)
    with connect(county_server.database) as connection:
        with pytest.raises(UserError, match="为什么"):
            quarantine.refuse(connection, COUNTY, int(str(one["seq"])), "镇里", " ", AT)
        quarantine.refuse(connection, COUNTY, int(str(one["seq"])), "镇里", "这户不归我们村", AT)
    assert kept(county_server) == []
    mine.sync()
    receipt = mine.ledger.receipts()[lost.id]
    assert (receipt.outcome, receipt.reason) == (Outcome.QUARANTINED, "refused:这户不归我们村")


def test_what_became_of_it_is_told_before_much_that_came_later(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    lost = mine.edit(new_id(AT), door="5号")
    mine.sync()
    (one,) = kept(county_server)
    with connect(county_server.database) as connection:
        quarantine.refuse(connection, COUNTY, int(str(one["seq"])), "镇里", "这户不归我们村", AT)
    for number in range(30):
        theirs.new(group="茶园组", door=f"{number}号")
    theirs.sync()
    report = mine.sync(pace=Pace(rows=20))
    assert (report.exchanges, report.received) == (2, 30)
    assert mine.ledger.receipts()[lost.id].reason == "refused:这户不归我们村"


def test_a_receipt_says_why(county_server: County) -> None:
    mine = Desk(county_server)
    lost = mine.edit("never-created", door="5号")
    mine.sync()
    assert mine.ledger.receipts()[lost.id].reason == "unknown_record"


def test_one_identity_number_in_two_households_is_a_case_and_nobody_vanishes(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    first = mine.new("person", name="蒋桂英", household="h1", id_number="439901194811203427")
    mine.sync()
    second = theirs.new("person", name="蒋贵英", household="h2", id_number="439901194811203427")
    theirs.sync()
    (case,) = [row for row in theirs.ledger.rows.values() if row.type == Conflict.TYPE]
    assert (case.body["kind"], case.body["of"], case.body["theirs"]) == ("duplicate", second, first)
    assert theirs.sees(first)
    assert theirs.sees(second)
    theirs.edit(second, "person", id_number="43990119481120346X")
    theirs.sync()
    assert theirs.ledger.rows[case.record].body["state"] == "decided"


def test_of_another_village_only_the_question_is_told(county_server: County) -> None:
    mine, theirs = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    first = mine.new("person", name="蒋桂英", id_number="439901194811203427")
    mine.sync()
    second = theirs.new("person", village=BRIDGE, name="蒋桂英", id_number="439901194811203427")
    theirs.sync()
    mine.sync()
    here = [row for row in mine.ledger.rows.values() if row.type == Conflict.TYPE]
    there = [row for row in theirs.ledger.rows.values() if row.type == Conflict.TYPE]
    assert [row.body["of"] for row in here] == [first]
    assert [row.body["of"] for row in there] == [second]
    assert all("theirs" not in row.body for row in (*here, *there))
    assert "mine_who" not in here[0].body


def test_the_clerk_lists_lets_in_and_leaves_out_by_command(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    house = theirs.new(village=BRIDGE, group="桥头组")
    theirs.sync()
    mine.edit(house, village=BRIDGE, note="有狗")
    mine.edit(new_id(AT), door="5号")
    mine.sync()
    first, second = (str(one["seq"]) for one in kept(county_server))

    def clerk(*arguments: str) -> str:
        where = ("--database", county_server.database, "--county", COUNTY)
        assert main(["quarantine", arguments[0], *where, *arguments[1:]]) == 0
        return capsys.readouterr().out

    listed = clerk("list")
    assert "写的不是她管的村" in listed
    assert "那条传上来会自己进去" in listed
    assert clerk("release", "--seq", first, "--by", "镇里").startswith("放进去了。")
    assert clerk("refuse", "--seq", second, "--by", "镇里", "--why", "没有这一户").startswith("记下了")
    assert clerk("list") == "没有收不进去的。\n"
    assert body(county_server, house) == {"group": "桥头组", "note": "有狗"}
