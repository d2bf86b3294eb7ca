"""Cursors never skip: whoever has heard N has heard everything up to N, however many write at once."""

from __future__ import annotations

import threading

from app.domain.change import Change, Incoming, Verb
from app.domain.ids import new_id
from sync.protocol.messages import Exchange
from sync.protocol.wire import op_of
from sync.server import handlers, query
from sync.server.devices import Device
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk

WRITERS = 4
ROUNDS = 25


def test_a_reader_beside_four_writers_misses_nothing(county_server: County) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(WRITERS)]
    reader = Desk(county_server, worker="田大山")
    done = threading.Event()
    heard: dict[str, Incoming] = {}
    cursor = 0

    def write(desk: Desk) -> None:
        me = desk.ledger.identity()
        device = Device(me.county, me.device, me.replica, me.worker)
        with connect(county_server.database) as connection:
            for _ in range(ROUNDS):
                ops = tuple(op_of(_new()) for _ in range(3))
                message = Exchange(me.replica, me.epoch, ops, {}, 1)
                handlers.exchange(connection, device, message, AT)

    def read() -> None:
        nonlocal cursor
        me = reader.ledger.identity()
        device = Device(me.county, me.device, me.replica, me.worker)
        with connect(county_server.database) as connection:
            last_look = False
            while True:
                message = Exchange(me.replica, me.epoch, (), {TEA: cursor}, 7)
                reply = handlers.exchange(connection, device, message, AT)
                heard.update({row.record: row for row in reply.rows})
                cursor = reply.cursors[TEA]
                if last_look and not reply.more:
                    return
                last_look = done.is_set()

    writers = [threading.Thread(target=write, args=(desk,)) for desk in desks]
    reading = threading.Thread(target=read)
    for thread in (*writers, reading):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reading.join()
    with connect(county_server.database) as connection:
        there = {row.record: row for row in query.bodies(connection, COUNTY, "household")}
    assert len(there) == WRITERS * ROUNDS * 3
    assert heard == there
    assert sorted(row.revision for row in there.values()) == list(range(1, len(there) + 1))


def _new() -> Change:
    fields = {"group": (None, "茶园组"), "door": (None, "1号")}
    return Change(new_id(AT), new_id(AT), "household", TEA, Verb.NEW, fields, AT, "w")
