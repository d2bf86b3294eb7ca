"""Cursors never skip: whoever has heard N has heard everything up to N, however many write at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.domain.change import Change, Incoming, Verb
from app.domain.ids import new_id
from sync.protocol.messages import Exchange, Op, Reply
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


def test_writers_of_one_record_never_undo_each_other(county_server: County) -> None:
    first = Desk(county_server, worker="田大山")
    house = first.new(group="茶园组", door="1号")
    first.sync()
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(WRITERS)]
    together(
        *(
            lambda desk=desk, n=n: count_up(county_server, desk, house, f"field{n}")
            for n, desk in enumerate(desks)
        )
    )
    with connect(county_server.database) as connection:
        (there,) = query.bodies(connection, COUNTY, "household")
        assert query.open_conflicts(connection, COUNTY) == ()
    assert there.body == {"group": "茶园组", "door": "1号"} | {f"field{n}": ROUNDS for n in range(WRITERS)}


def test_one_change_arriving_on_two_roads_at_once_is_one_change(county_server: County) -> None:
    desk = Desk(county_server)
    replies: list[Reply] = []
    for _ in range(10):
        message = ask(desk, (op_of(_new()),), {}, 1)
        together(*[lambda message=message: replies.append(say(county_server, desk, message))] * 3)
    seqs = {receipt.change: receipt.seq for reply in replies for receipt in reply.receipts}
    assert sorted(seqs.values()) == list(range(1, 11))
    assert len(replies) == 30


def together(*stories: Callable[[], object]) -> None:
    """Runs them at once, to their ends."""
    with ThreadPoolExecutor(max_workers=len(stories)) as threads:
        for done in [threads.submit(story) for story in stories]:
            done.result()


def say(county: County, desk: Desk, message: Exchange) -> Reply:
    with connect(county.database) as connection:
        return handlers.exchange(connection, device_of(desk), message, AT)


def count_up(county: County, desk: Desk, house: str, field: str) -> None:
    with connect(county.database) as connection:
        for number in range(ROUNDS):
            fields = {field: (number or None, number + 1)}
            edit = Change(new_id(AT), house, "household", TEA, Verb.EDIT, fields, AT, "w")
            handlers.exchange(connection, device_of(desk), ask(desk, (op_of(edit),), {}, 1), AT)


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
