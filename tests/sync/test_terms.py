"""What a county asks of its computers is told once, believed with proof, and never bars what is sent."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.change import Outcome
from app.domain.county_terms import Terms
from app.domain.problem import UserError
from sync.client.county_keys import terms_told
from sync.client.http import Transport
from sync.client.keys import public_keys, signed_headers
from sync.client.syncer import SyncReport, sync_once
from sync.protocol import codec
from sync.protocol import terms as spelling
from sync.protocol.limits import SYNC_PATH
from sync.protocol.messages import Exchange
from sync.server import terms as county_terms
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.meter import Meter
from tests.sync.sticks import at_county, read_back, written
from tests.sync.test_exchange import held

TODAY = AT.date()
OLD, NEW = "0.1.0", "0.2.0"


def ask(county: County, by: str = "李主任", **changes: str | int | date | None) -> Terms:
    """What the clerk does."""
    with connect(county.database) as connection:
        return county_terms.change(connection, COUNTY, by, AT, changes)


def synced(county: County, desk: Desk, release: str) -> SyncReport:
    with Transport(county.url, app=release) as transport:
        return sync_once(desk.ledger, transport, at=AT)


def raw_answer(county: County, desk: Desk, terms: int | None = None) -> dict[str, object]:
    """The bare answer to one request of this computer."""
    me = desk.ledger.identity()
    message = Exchange(me.replica, me.epoch, (), dict(desk.ledger.cursors()), 500, terms=terms)
    body = codec.encode_exchange(message)
    with Transport(county.url) as transport:
        packed = transport.post(SYNC_PATH, body, signed_headers(SYNC_PATH, body, me.device, me.key, AT))
    told: dict[str, object] = json.loads(zlib.decompress(packed, 31))
    return told


def test_terms_are_told_once_to_whoever_does_not_know_them(county_server: County) -> None:
    desk = Desk(county_server)
    synced(county_server, desk, NEW)
    assert desk.ledger.identity().terms == 0
    asked = ask(county_server, unsent_days=3, ask="民政局办公室")
    synced(county_server, desk, NEW)
    assert desk.ledger.identity().terms == asked.number
    assert desk.ledger.told_terms == {"unsent_days": 3, "ask": "民政局办公室"}
    assert "terms" not in raw_answer(county_server, desk, terms=asked.number)
    assert "terms" not in raw_answer(county_server, desk)  # a release that has never heard of terms
    again = ask(county_server, unsent_days=4)
    assert again.number > asked.number
    synced(county_server, desk, NEW)
    assert desk.ledger.told_terms == {"unsent_days": 4, "ask": "民政局办公室"}


def test_terms_are_believed_only_of_the_county_that_enrolled(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desk, other = Desk(county_server), Desk(county_server, worker="田大山")
    ask(county_server, lease_days=7)
    told = spelling.read(raw_answer(county_server, desk, terms=0)["terms"])
    me = desk.ledger.identity()
    assert terms_told(me, told) == (told.number, {"lease_days": 7})
    for spoilt in (
        replace(told, body={"lease_days": 8}),
        replace(told, number=told.number + 1),
        replace(told, proof=bytes(32)),
        spelling.read(raw_answer(county_server, other, terms=0)["terms"]),
    ):
        assert terms_told(me, spoilt) is None
    assert "without its proof" in caplog.text
    caplog.clear()


def test_what_a_newer_county_adds_is_proven_and_kept(county_server: County) -> None:
    me = Desk(county_server).ledger.identity()
    body = {"lease_days": 40, "of_a_newer_release": {"a": [1, None]}}
    told = spelling.told(public_keys(me.key)[1], me.county, me.device, 9, body)
    assert terms_told(me, spelling.read(json.loads(json.dumps(spelling.spelt(told))))) == (9, body)


def test_an_old_release_hears_nothing_new_from_the_day_named_and_sends_for_ever(
    county_server: County,
) -> None:
    old, new = Desk(county_server), Desk(county_server, worker="田大山")
    mine = old.new(group="茶园组", door="1号")
    synced(county_server, old, OLD)
    ask(county_server, minimum_release="0.2", pull_from=TODAY + timedelta(days=1))
    theirs = new.new(group="茶园组", door="2号")
    synced(county_server, new, NEW)
    assert synced(county_server, old, OLD).received == 1  # only told so far
    ask(county_server, pull_from=TODAY)
    late = new.new(group="茶园组", door="3号")
    synced(county_server, new, NEW)
    cursors = dict(old.ledger.cursors())
    change = old.edit(mine, door="4号")
    report = synced(county_server, old, OLD)
    assert (report.sent, report.received, report.waiting, report.reread) == (1, 0, 0, ())
    assert old.outcome(change) is Outcome.APPLIED
    assert held(county_server)[mine]["door"] == "4号"
    assert dict(old.ledger.cursors()) == cursors
    assert (old.sees(mine) or {})["door"] == "4号"
    assert (old.sees(theirs), old.sees(late)) == ({"group": "茶园组", "door": "2号"}, None)
    assert synced(county_server, old, OLD).exchanges == 1
    assert synced(county_server, old, "").received == 0  # releases before this one said no number
    # With the new release everything comes that was withheld.
    assert synced(county_server, old, NEW).received == 2
    assert old.sees(late) is not None
    synced(county_server, new, NEW)
    assert old.ledger.cursors() == new.ledger.cursors()


def test_a_computer_enrolled_with_an_old_release_can_hand_in_a_whole_village(county_server: County) -> None:
    ask(county_server, minimum_release="0.2", pull_from=TODAY)
    old = Desk(county_server)
    made = [old.new(group="茶园组", door=f"{number}号", note="字" * 900) for number in range(700)]
    report = synced(county_server, old, OLD)
    assert report.exchanges > 2
    assert (report.sent, report.received, report.waiting) == (700, 0, 0)
    assert held(county_server).keys() == set(made)
    assert all(old.sees(one) for one in made)


def test_an_old_release_s_conflict_is_kept_and_told_when_it_is_new_again(county_server: County) -> None:
    old, new = Desk(county_server), Desk(county_server, worker="田大山")
    home = old.new(group="茶园组", door="1号")
    synced(county_server, old, OLD)
    synced(county_server, new, NEW)
    ask(county_server, minimum_release="0.2", pull_from=TODAY)
    new.edit(home, door="2号")
    synced(county_server, new, NEW)
    change = old.edit(home, door="3号")
    synced(county_server, old, OLD)
    assert old.outcome(change) is Outcome.CONFLICT
    assert held(county_server)[home]["door"] == "2号"
    synced(county_server, old, NEW)
    assert (old.sees(home) or {})["door"] == "2号"
    assert len(old.sees_all("conflict")) == 1


def test_terms_come_home_on_a_stick_too_and_renew(county_server: County) -> None:
    desk = Desk(county_server)
    asked = ask(county_server, lease_days=60)
    (made,) = written(desk)
    answer = at_county(county_server, made.data).answer
    read_back(desk, answer)
    assert desk.ledger.identity().terms == asked.number
    assert desk.ledger.renewed[-1] == (AT, int(AT.timestamp()))


def test_every_round_that_was_answered_renews_and_no_other(county_server: County) -> None:
    desk = Desk(county_server)
    synced(county_server, desk, NEW)
    assert desk.ledger.renewed == [(AT, 0)]
    county_server.running.stop()
    with pytest.raises(Exception, match="没有网"):
        synced(county_server, desk, NEW)
    assert len(desk.ledger.renewed) == 1
    county_server.restart()


@pytest.fixture
def meter(county_server: County) -> Iterator[Meter]:
    with Meter(county_server.url) as meter:
        yield meter


def test_knowing_the_terms_costs_an_idle_exchange_next_to_nothing(
    county_server: County, meter: Meter
) -> None:
    desk = Desk(county_server)
    ask(county_server, minimum_release="0.2", ask="民政局办公室")
    speaks = 0
    sizes = []
    for _ in range(3):
        meter.restart()
        with Transport(meter.url, app=NEW, speaks=speaks) as transport:
            sync_once(desk.ledger, transport, at=AT)
            speaks = transport.speaks
        sizes.append(meter.bytes)
    assert 200 < sizes[-1] <= 600


def test_the_clerk_sets_and_reads_them_and_every_version_stays(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("terms", "--database", county_server.database, "--county", COUNTY)
    assert main(where) == 0
    assert "县里还没有定过" in capsys.readouterr().out
    assert main((*where, "--minimum-release", "0.2", "--pull-from", "2027-03-01", "--by", "李主任")) == 0
    assert "2027-03-01 起更旧的收不到新资料，送上来的照收" in capsys.readouterr().out
    assert main((*where, "--minimum-release", "no", "--lease-days", "0", "--by", "李主任")) == 0
    synced(county_server, Desk(county_server), "0.10")
    synced(county_server, Desk(county_server, worker="田大山"), "0.9")
    Desk(county_server, worker="田小山")  # enrolled, and never heard again
    assert main((*where, "--show")) == 0
    told = capsys.readouterr().out
    assert "没说过 1 台、0.9 1 台、0.10 1 台" in told
    assert "最低版本：不要求" in told
    assert told.count("李主任") == 2
    assert main((*where, "--lease-days", "3", "--by", "李主任")) == 1
    assert "7 到 3650 天" in capsys.readouterr().err
    assert main((*where, "--unsent-days", "3")) == 1
    assert "谁定的" in capsys.readouterr().err
    assert main((*where, "--pull-from", "明天", "--by", "李主任")) == 1
    assert "2027-03-01 这样的日子" in capsys.readouterr().err
    with connect(county_server.database) as connection:
        with pytest.raises(UserError, match="还没有建"):
            county_terms.change(connection, "430000", "李主任", AT, {"lease_days": 9})
        said = county_terms.history(connection, COUNTY)
        same = county_terms.change(connection, COUNTY, "李主任", AT, {"lease_days": 0})
        assert county_terms.history(connection, COUNTY) == said
    assert same == said[0].terms
    assert [one.terms.lease_days for one in said] == [0, 30]
