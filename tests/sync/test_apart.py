"""What befalls one of those who share a transaction is hers alone."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.domain.change import Verb
from app.domain.ids import new_id
from sync.client.http import Busy
from sync.protocol import codec
from sync.protocol.errors import CURSOR_AHEAD, READ_ONLY, Malformed, Refused
from sync.protocol.links import Forked
from sync.protocol.lives import NewLife
from sync.protocol.messages import Exchange, Op, Reply
from sync.server import alarms, devices, exchanges, handlers, judging, opening, query, writing
from sync.server.batch import Batch
from sync.server.postgres import connect
from sync.server.writing import Asked
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.waiting import asked_by, change_of, device_of, edit_of, locked, new_home


def test_one_that_is_refused_stops_nobody_and_leaves_nothing(county_server: County) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(4)]
    with connect(county_server.database) as connection:
        asked = [asked_by(desk, new_home()) for desk in desks]
        handlers.exchange(connection, asked[1].device, replace(asked[1].message, link=""), AT)
        asked[1] = asked_by(desks[1], new_home(), link="elsewhere")
        asked[2] = Asked(asked[2].device, replace(asked[2].message, epoch="another life"))
        replies = writing.together(connection, COUNTY, lambda: asked, lambda: AT)
        assert [type(reply) for reply in replies] == [Reply, Forked, NewLife, Reply]
        known = {row["op"] for row in connection.execute("SELECT op FROM op")}
    assert {one.message.ops[0].id for one in (asked[0], asked[3])} <= known
    assert not {one.message.ops[0].id for one in (asked[1], asked[2])} & known


def _broken(batch: Batch) -> None:
    batch.connection.execute("SELECT 1 / 0").fetchone()


def _unreadable(batch: Batch) -> None:
    del batch
    raise Malformed("what had waited cannot be read")


@pytest.mark.parametrize("fails", [_broken, _unreadable])
def test_one_that_ends_the_transaction_ends_only_its_own(
    county_server: County,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fails: Callable[[Batch], None],
) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(4)]
    houses = [desk.new(group="茶园组", door="1号") for desk in desks]
    true = judging.judge

    def judge(batch: Batch, op: Op) -> None:
        true(batch, op)
        if op.record == houses[2]:
            fails(batch)

    monkeypatch.setattr(judging, "judge", judge)
    assert _failed(county_server, desks) == [2]
    monkeypatch.setattr(judging, "judge", true)
    assert desks[2].sync().waiting == 0
    with connect(county_server.database) as connection:
        assert {row.record for row in query.bodies(connection, COUNTY, "household")} == set(houses)
    assert "each of 4 goes alone" in caplog.text
    assert "1 / 0" not in caplog.text
    caplog.clear()


def test_what_the_database_cannot_hold_stops_only_whose_it_is(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(4)]
    chance = random.Random(1)
    for number, desk in enumerate(desks):
        if number == 2:  # more than a row of an index, and an error PostgreSQL calls operational
            desk.new("person", id_number="".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(3000)))
        else:
            desk.new(group="茶园组", door="1号")
    assert _failed(county_server, desks) == [2]
    caplog.clear()


def test_where_one_has_heard_more_than_the_county_said_nobody_writes(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(3)]
    with connect(county_server.database) as connection:
        asked = [asked_by(desk, new_home(), heard=(n == 1) * 10**6) for n, desk in enumerate(desks)]
        told = writing.together(connection, COUNTY, lambda: asked, lambda: AT)
        codes = [one.refusal for one in told if isinstance(one, Refused)]
        assert codes == [READ_ONLY, CURSOR_AHEAD, READ_ONLY]
        assert connection.execute("SELECT count(*) AS n FROM op").fetchone() == {"n": 0}
        assert [one.kind for one in alarms.still_open(connection, COUNTY)] == [CURSOR_AHEAD.code]
    caplog.clear()


def test_what_one_deleted_another_brings_back_whole(county_server: County) -> None:
    first, second = Desk(county_server), Desk(county_server, worker="田大山")
    home = change_of(
        new_id(AT),
        "household",
        TEA,
        Verb.NEW,
        {"door": (None, "1号"), "note": (None, "有井"), "group": (None, "一")},
    )
    house = home.record
    with connect(county_server.database) as connection:
        for desk, op in (
            (first, home),
            (first, edit_of(house, {"door": ("1号", None)})),
            (second, edit_of(house, {"door": ("1号", "2号")})),
        ):
            handlers.exchange(connection, device_of(desk), asked_by(desk, op).message, AT)
        (case,) = query.bodies(connection, COUNTY, "conflict")
        heard = opening.of(connection, device_of(first)).standing.last
        gone = {"note": ("有井", None), "group": ("一", None)}
        word = {"state": ("open", "decided"), "choice": (None, "mine"), "theirs": (None, None)}
        asked = [
            asked_by(first, change_of(house, "household", TEA, Verb.DELETE, gone), heard=heard),
            asked_by(second, change_of(case.record, "conflict", TEA, Verb.EDIT, word), heard=heard),
        ]
        writing.together(connection, COUNTY, lambda: asked, lambda: AT)
        (row,) = query.bodies(connection, COUNTY, "household")
    assert row.body == {"door": "2号", "note": "有井", "group": "一"}


def test_a_computer_stopped_while_it_waits_writes_nothing(county_server: County) -> None:
    lost, other = Desk(county_server), Desk(county_server, worker="田大山")
    for desk in (lost, other):
        desk.new(group="茶园组", door="1号")
    with connect(county_server.database) as connection, locked(county_server) as lock:
        with ThreadPoolExecutor(2) as threads:
            rounds = [threads.submit(desk.sync) for desk in (lost, other)]
            lock.wait_for(2)
            devices.revoke(connection, device_of(lost).device, AT)
            lock.let_go()
            assert isinstance(rounds[0].exception(), Busy)
            assert rounds[1].result().sent == 1
        assert connection.execute("SELECT count(*) AS n FROM op").fetchone() == {"n": 1}


def test_a_row_in_another_hand_keeps_nobody_from_being_heard_or_answered(county_server: County) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(3)]
    for desk in desks[:2]:
        desk.new(group="茶园组", door="1号")
    with connect(county_server.database) as connection, connection.transaction():
        held = "SELECT 1 FROM device WHERE device = %s FOR NO KEY UPDATE"  # as an UPDATE of it does
        connection.execute(held, (device_of(desks[0]).device,))
        assert [desk.sync().exchanges for desk in desks] == [1, 1, 1]


def test_few_bytes_that_are_much_text_are_read_where_nobody_waits_for_them(
    county_server: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="1号", memo="雨" * 100_000)
    true, read = codec.decode_exchange, []

    def decode(packed: bytes, *most: int) -> Exchange:
        said = true(packed, *most)
        read.append((len(packed) < exchanges.SMALL_BYTES, threading.current_thread().name[:7], len(said.ops)))
        return said

    monkeypatch.setattr(codec, "decode_exchange", decode)
    assert desk.sync().waiting == 0
    assert (True, "writing", 1) in read
    assert (True, "hearing", 1) not in read


def test_a_service_that_stopped_writes_nothing_more(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    county_server.restart(graceful_seconds=1)
    desk = Desk(county_server)
    desk.new(group="茶园组", door="1号")
    with connect(county_server.database) as connection, locked(county_server) as lock:
        with ThreadPoolExecutor(1) as threads:
            going = threads.submit(desk.sync)
            lock.wait_for(1)
            county_server.running.stop()
            assert going.exception() is not None
        lock.let_go()
        assert connection.execute("SELECT count(*) AS n FROM op").fetchone() == {"n": 0}
    county_server.restart()
    assert desk.sync().sent == 1
    caplog.clear()


def _failed(county_server: County, desks: list[Desk]) -> list[int]:
    """Who of them was told to come again, when all came at once."""
    with locked(county_server) as lock, ThreadPoolExecutor(len(desks)) as threads:
        rounds = [threads.submit(desk.sync) for desk in desks]
        lock.wait_for(len(desks))
        lock.let_go()
        failed = [number for number, one in enumerate(rounds) if one.exception() is not None]
    with connect(county_server.database) as connection:
        log = {row["worker"] for row in connection.execute("SELECT worker FROM op")}
    assert len(log) == len(desks) - len(failed)
    return failed
