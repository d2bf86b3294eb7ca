"""How often an exchange asks the database: the same for twenty changes as for one, and once for silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
from psycopg.rows import DictRow

from app.domain.change import Change, Verb
from app.domain.ids import new_id
from app.domain.record import Json
from sync.protocol.messages import Exchange, Op
from sync.protocol.wire import op_of
from sync.server import county, handlers, opening, records
from sync.server.devices import Device
from sync.server.postgres import Connection, connect, open_pool, owner
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk


class Counting(psycopg.Cursor[DictRow]):
    """A cursor that counts what is asked through it and its like."""

    asked: int = 0

    def execute(self, *given: Any, **more: Any) -> Counting:
        Counting.asked += 1
        super().execute(*given, **more)
        return self


@contextmanager
def counting(connection: Connection) -> Iterator[None]:
    connection.cursor_factory = Counting
    Counting.asked = 0
    yield


def _exchange(desk: Desk, ops: tuple[Op, ...], heard: int) -> Exchange:
    me = desk.ledger.identity()
    return Exchange(me.replica, me.epoch, ops, {TEA: heard}, 500, reads=1)


def _change(record: str, door: tuple[Json, Json] = (None, "7号"), verb: Verb = Verb.EDIT) -> Op:
    return op_of(Change(new_id(AT), record, "household", TEA, verb, {"door": door}, AT, "w"))


def _new(kind: str = "household") -> Op:
    return op_of(Change(new_id(AT), new_id(AT), kind, TEA, Verb.NEW, {"door": (None, "1号")}, AT, "w"))


def _device(desk: Desk) -> Device:
    me = desk.ledger.identity()
    return Device(me.county, me.device, me.replica, me.worker)


def test_twenty_changes_ask_no_more_than_one(county_server: County) -> None:
    desk = Desk(county_server)
    asked, heard = [], 0
    with connect(county_server.database) as connection, counting(connection):
        for count in (1, 20):
            Counting.asked = 0
            ops = tuple(_new() for _ in range(count))
            reply = handlers.exchange(connection, _device(desk), _exchange(desk, ops, heard), AT)
            assert len(reply.receipts) == len(reply.rows) == count
            asked.append(Counting.asked)
            heard = reply.cursors[TEA]
    assert asked[0] == asked[1] <= 7


def test_a_writer_is_told_of_her_own_rows_what_a_reader_would_be(county_server: County) -> None:
    desk, other = Desk(county_server), Desk(county_server)
    house = desk.new(group="茶园组", door="1号")
    gone = desk.new(group="茶园组", door="2号")
    desk.sync()
    other.sync()
    other.edit(house, door="9号")
    other.sync()
    with connect(county_server.database) as connection:
        heard = opening.of(connection, _device(desk)).standing.last
        new = _new()
        ops = (
            new,
            _change(house, ("1号", "3号")),
            _change(gone, ("2号", None), Verb.DELETE),
            _change(new_id(AT)),
        )
        wrote = handlers.exchange(
            connection, _device(desk), replace(_exchange(desk, ops, heard), reads=0), AT
        )
        read = handlers.exchange(connection, _device(desk), replace(_exchange(desk, (), heard), reads=0), AT)
    assert {row.record for row in wrote.rows} >= {new.record, house, gone}
    assert any(row.type == "conflict" for row in wrote.rows)
    assert (wrote.rows, wrote.cursors, wrote.more) == (read.rows, read.cursors, read.more)


def test_a_plan_made_for_a_small_table_does_not_read_it_through_when_it_has_grown(
    county_server: County,
) -> None:
    desk = Desk(county_server)
    pool = open_pool(county_server.database, 1)
    try:
        with pool.connection() as connection:
            heard = _pushed(connection, desk, 1, 0)
            with owner(county_server.database) as everything:
                everything.execute("ANALYZE")  # as the server does by itself within a minute
            for _ in range(12):  # so often that every statement has been prepared
                heard = _pushed(connection, desk, 1, heard)
            before = _read_through(connection)
            heard = _pushed(connection, desk, 400, heard)
            _pushed(connection, desk, 1, heard)
            assert _read_through(connection) == before
    finally:
        pool.close()


def _pushed(connection: Connection, desk: Desk, count: int, heard: int) -> int:
    ops = tuple(_new() for _ in range(count))
    return handlers.exchange(connection, _device(desk), _exchange(desk, ops, heard), AT).cursors[TEA]


def _read_through(connection: Connection) -> dict[str, int]:
    """How often each of the great tables was read from end to end."""
    connection.execute("SELECT pg_stat_force_next_flush()")
    rows = connection.execute(
        "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname IN ('op', 'record', 'quarantine')"
    )
    return {row["relname"]: row["seq_scan"] for row in rows}


def test_a_county_of_many_villages_costs_no_more_than_one_of_two(county_server: County) -> None:
    desk = Desk(county_server)
    with connect(county_server.database) as connection:
        for number in range(300, 500):
            county.add_village(connection, f"{COUNTY}102{number}", f"{number}村")
    pool = open_pool(county_server.database, 1)
    try:
        with pool.connection() as connection:
            before = _villages_read(connection)
            assert opening.of(connection, _device(desk)).villages == {TEA: "茶园村"}
            assert _villages_read(connection) == before + 1
    finally:
        pool.close()


def _villages_read(connection: Connection) -> int:
    connection.execute("SELECT pg_stat_force_next_flush()")
    row = connection.execute(
        "SELECT idx_tup_fetch + seq_tup_read AS n FROM pg_stat_user_tables WHERE relname = 'village'"
    ).fetchone()
    assert row is not None
    return int(row["n"])


def test_silence_is_one_question(county_server: County) -> None:
    desk = Desk(county_server)
    with connect(county_server.database) as connection:
        said = handlers.exchange(connection, _device(desk), _exchange(desk, (_new(),), 0), AT)
        heard = said.cursors[TEA]
        with counting(connection):
            quiet = handlers.exchange(connection, _device(desk), _exchange(desk, (), heard), AT)
        assert Counting.asked == 1
    assert (quiet.rows, quiet.cursors, quiet.more) == ((), {TEA: heard}, False)
    assert quiet.villages == said.villages
    assert quiet.digests == said.digests


def test_what_left_for_another_village_is_news_on_both_sides(county_server: County) -> None:
    here, there = Desk(county_server), Desk(county_server, BRIDGE, worker="田大山")
    house = here.new(group="茶园组", door="1号")
    here.sync()
    with connect(county_server.database) as connection:
        told = [opening.of(connection, _device(desk)) for desk in (here, there)]
        heard = [dict.fromkeys(one.digests, one.standing.last) for one in told]
        assert not any(one.news(cursors) for one, cursors in zip(told, heard, strict=True))
        records.relocate(connection, COUNTY, house, BRIDGE)
        told = [opening.of(connection, _device(desk)) for desk in (here, there)]
        assert all(one.news(cursors) for one, cursors in zip(told, heard, strict=True))
