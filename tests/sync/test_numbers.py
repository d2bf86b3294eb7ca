"""Cursors never skip: whoever has heard N has heard everything up to N, however many write at once."""

from __future__ import annotations

import threading

from app.domain.change import Change, Incoming, Verb
from app.domain.ids import new_id
from sync.protocol.messages import Exchange, Op
from sync.protocol.wire import op_of
from sync.server import handlers, query
from sync.server.devices import Device
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk

WRITERS = 4
ROUNDS = 25


def test_a_reader_beside_four_writers_misses_nothing(county_server: County) -> None:
    writers = [
        threading.Thread(target=write, args=(county_server, Desk(county_server, worker=f"走访员{n}")))
        for n in range(WRITERS)
    ]
    done = threading.Event()
    heard: dict[str, Incoming] = {}
    desk = Desk(county_server, worker="田大山")
    reader = threading.Thread(target=read, args=(county_server, desk, done, heard))
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    with connect(county_server.database) as connection:
        there = {row.record: row for row in query.bodies(connection, COUNTY, "household")}
    assert len(there) == WRITERS * ROUNDS * 3
    assert heard == there
    assert sorted(row.revision for row in there.values()) == list(range(1, len(there) + 1))


def write(county: County, desk: Desk) -> None:
    """Three new households an exchange, straight at the handler so that writers really meet."""
    with connect(county.database) as connection:
        for _ in range(ROUNDS):
            ops = tuple(op_of(_new()) for _ in range(3))
            handlers.exchange(connection, device_of(desk), ask(desk, ops, {}, 1), AT)


def read(county: County, desk: Desk, done: threading.Event, heard: dict[str, Incoming]) -> None:
    """Pulls in small pages all the while, and once more to the end after the last writer."""
    cursors: dict[str, int] = {}
    last_look = False
    with connect(county.database) as connection:
        while True:
            reply = handlers.exchange(connection, device_of(desk), ask(desk, (), cursors, 7), AT)
            heard.update({row.record: row for row in reply.rows})
            cursors = dict(reply.cursors)
            if last_look and not reply.more:
                return
            last_look = done.is_set()


def device_of(desk: Desk) -> Device:
    me = desk.ledger.identity()
    return Device(me.county, me.device, me.replica, me.worker)


def ask(desk: Desk, ops: tuple[Op, ...], cursors: dict[str, int], limit: int) -> Exchange:
    me = desk.ledger.identity()
    return Exchange(me.replica, me.epoch, ops, cursors, limit)


def _new() -> Change:
    fields = {"group": (None, "茶园组"), "door": (None, "1号")}
    return Change(new_id(AT), new_id(AT), "household", TEA, Verb.NEW, fields, AT, "w")
