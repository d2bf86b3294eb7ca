"""How often an exchange asks the database: the same for twenty changes as for one, and once for silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import DictRow

from app.domain.change import Change, Verb
from app.domain.ids import new_id
from sync.protocol.messages import Exchange, Op
from sync.protocol.wire import op_of
from sync.server import handlers, opening, records
from sync.server.devices import Device
from sync.server.postgres import Connection, connect
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


def _new(kind: str = "household") -> Op:
    return op_of(Change(new_id(AT), new_id(AT), kind, TEA, Verb.NEW, {"door": (None, "1号")}, AT, "w"))


def _device(desk: Desk) -> Device:
    me = desk.ledger.identity()
    return Device(me.county, me.device, me.replica, me.worker)


def test_twenty_changes_ask_no_more_than_one(county_server: County) -> None:
    desk = Desk(county_server)
    asked = []
    with connect(county_server.database) as connection, counting(connection):
        for count in (1, 20):
            Counting.asked = 0
            ops = tuple(_new() for _ in range(count))
            reply = handlers.exchange(connection, _device(desk), _exchange(desk, ops, 0), AT)
            assert len(reply.receipts) == count
            asked.append(Counting.asked)
    assert asked[0] == asked[1] <= 13


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
