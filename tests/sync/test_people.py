"""Villages change hands, people leave, families move: what was not sent comes home, what is not ours goes."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from app.domain.problem import UserError
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.client.late import HANDED_IN, hand_in
from sync.protocol.errors import CODE_EXPIRED, REVOKED, Refused
from sync.protocol.stopped import Stopped, stopped_in
from sync.server import backups, doctor, people, query
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def aside(county: County) -> list[tuple[str, str]]:
    with connect(county.database) as connection:
        return [(row["record"], row["reason"]) for row in query.open_quarantine(connection, COUNTY)]


def holds(county: County, record: str) -> bool:
    with connect(county.database) as connection:
        return any(row.record == record for row in query.bodies(connection, COUNTY, "household"))


def test_a_village_taken_away_is_handed_in_and_forgotten(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(county_server, TEA, BRIDGE)
    tea, bridge = desk.new(door="1号"), desk.new(village=BRIDGE, door="2号")
    desk.sync()
    late = desk.new(village=BRIDGE, door="3号")
    where = ("--database", county_server.database, "--county", COUNTY)
    words = said(capsys, "assign", *where, "--worker", "向海燕", "--take", BRIDGE)
    assert TEA in words
    desk.sync()
    assert aside(county_server) == [(late, "out_of_scope")]
    assert [desk.sees(one) is not None for one in (tea, bridge, late)] == [True, False, False]
    assert holds(county_server, bridge)
    said(capsys, "assign", *where, "--worker", "向海燕", "--give", BRIDGE)
    desk.sync()
    assert desk.sees(bridge) == {"door": "2号"}
    assert "向海燕  茶园村、石桥村" in said(capsys, "workers", *where)


def test_no_code_left_in_a_drawer_gives_a_village_back(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    Desk(county_server, TEA, BRIDGE)
    gone, both, other = (county_server.issue(*which) for which in ((TEA,), (TEA, BRIDGE), (BRIDGE,)))
    theirs = county_server.issue(TEA, worker="田大山")
    where = ("--database", county_server.database, "--county", COUNTY)
    assert "只管这个村的码作废" in said(capsys, "assign", *where, "--worker", "向海燕", "--take", TEA)
    with Transport(county_server.url) as transport:
        with pytest.raises(UserError) as refused:
            enrol(transport, gone, "家里的电脑", at=AT)
        assert refused.value.words == CODE_EXPIRED.words
        for code, villages in ((both, [BRIDGE]), (other, [BRIDGE]), (theirs, [TEA])):
            assert list(enrol(transport, code, "家里的电脑", at=AT).identity.villages) == villages
    assert "向海燕  石桥村\n" in said(capsys, "workers", *where)


def test_nobody_is_left_without_a_village_or_confused_with_a_namesake(county_server: County) -> None:
    with connect(county_server.database) as connection:
        Desk(county_server, TEA)
        with pytest.raises(UserError, match="revoke --worker"):
            people.assign(connection, COUNTY, "向海燕", (), (TEA,))
        with pytest.raises(UserError, match="没有"):
            people.assign(connection, COUNTY, "向海燕", ("439901101299",), ())
        with pytest.raises(UserError, match="没有"):
            people.find(connection, COUNTY, "田大山")
        Desk(county_server, BRIDGE)  # of that name, in another village: another person
        with pytest.raises(UserError, match="有 2 个"):
            people.find(connection, COUNTY, "向海燕")


def test_who_left_still_brings_home_what_was_not_sent_and_reads_nothing_more(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, stays = Desk(county_server), Desk(county_server, worker="田大山")
    home = gone.new(door="1号")
    gone.sync()
    unsent = gone.edit(home, door="9号")
    where = ("--database", county_server.database, "--county", COUNTY)
    assert "1 台电脑停用了" in said(capsys, "revoke", *where, "--worker", "向海燕")
    secret = stays.new(door="5号")
    stays.sync()
    with pytest.raises(Stopped) as stopped:
        gone.sync()
    assert stopped.value.refusal is REVOKED
    assert stopped.value.words == HANDED_IN
    assert gone.ledger.waiting() == 0
    assert gone.sees(secret) is None
    assert aside(county_server) == [(home, "late")]
    with connect(county_server.database) as connection:
        (one,) = query.open_quarantine(connection, COUNTY)
        assert one["payload"]["op"] == unsent.id
        (row,) = query.bodies(connection, COUNTY, "household")[:1]
    assert row.body["door"] == "1号", "laid aside, not applied"
    with pytest.raises(Stopped):
        gone.sync()
    assert len(aside(county_server)) == 1


def test_after_its_time_and_of_a_lost_computer_nothing_is_taken(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(county_server)
    where = ("--database", county_server.database)
    said(capsys, "revoke", *where, "--county", COUNTY, "--worker", "向海燕")
    desk.new(door="1号")
    with psycopg.connect(county_server.database, autocommit=True) as connection:
        connection.execute("UPDATE device SET late_until = %s", (AT - timedelta(days=1),))
    with pytest.raises(Refused) as refused:
        desk.sync()
    assert (refused.value.refusal, desk.ledger.waiting(), aside(county_server)) == (REVOKED, 1, [])
    other = Desk(county_server, worker="田大山")
    other.new(door="2号")
    device = other.ledger.identity().device
    assert "接着做三件事" in said(capsys, "lost", *where, "--device", device)
    with pytest.raises(Refused) as refused:
        other.sync()
    assert isinstance(refused.value, Stopped)
    assert (refused.value.proven, refused.value.takes) == (True, False), (
        "it hears that it was stopped, no more"
    )
    assert (other.ledger.waiting(), aside(county_server)) == (1, [])
    assert "停用" in said(capsys, "devices", *where, "--county", COUNTY)


def test_nothing_is_handed_in_to_whoever_cannot_prove_to_be_the_county(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(county_server)
    desk.new(door="1号")
    with Transport(county_server.url) as transport:
        told = hand_in(desk.ledger, transport, Stopped(bytes(32)), at=AT, cancelled=lambda: False)
    assert told.words == REVOKED.words
    assert desk.ledger.waiting() == 1
    assert "without the county's proof" in caplog.text
    caplog.clear()
    assert stopped_in({"late": "zz"}) is None
    assert stopped_in({"late": 1}) is None


def test_a_family_moves_with_everything_that_is_its_own(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = Desk(county_server, TEA), Desk(county_server, BRIDGE, worker="田大山")
    home, other = old.new(door="1号"), old.new(door="2号")
    granny = old.new("person", household=home)
    ticket = old.new("ticket", household=home, state="registered", owner="w")
    part = old.new("subtask", ticket=ticket)
    theirs = old.new("person", household=other)
    old.sync()
    new.sync()
    where = ("--database", county_server.database)
    assert "4 条资料" in said(capsys, "move", *where, "--household", home, "--village", BRIDGE)
    old.sync()
    new.sync()
    moved = (home, granny, ticket, part)
    assert [old.sees(one) for one in moved] == [None] * 4
    assert all(new.sees(one) for one in moved)
    assert old.sees(theirs) == {"household": other}
    assert main(["move", *where, "--household", granny, "--village", TEA]) == 1
    assert "没有这一户" in capsys.readouterr().err


def test_the_doctor_says_what_to_mend_and_with_what(
    county_server: County, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--database", county_server.database)
    assert main(["doctor", *where]) == 1
    told = capsys.readouterr().out
    for words in ("运行 backup", "2 个村还没有人管", "运行 escrow-key", "运行 pack key", "fsync 关着"):
        assert words in told
    desk = Desk(county_server, TEA, BRIDGE)
    desk.new(door="1号")
    desk.sync()
    backups.make(county_server.database, tmp_path_factory.mktemp("kept"), AT)
    with connect(county_server.database) as connection:
        found = [one.words for one in doctor.look(connection, AT) if COUNTY in one.words]
        late = [one.words for one in doctor.look(connection, AT + timedelta(days=31))]
        assert not any("backup" in words or "没有人管" in words for words in found)
        assert any("超过一天了" in words for words in late)
        assert any("1 台电脑 30 天没来过" in words for words in late)
        connection.execute("UPDATE sequence SET last = 0")
        assert any("编号倒退" in one.words for one in doctor.look(connection, AT) if one.bad)
