"""Requests that wait for one county share a transaction, and nobody sees whether they did."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.domain.change import Change, Outcome, Verb
from app.domain.ids import new_id
from app.domain.record import Json
from sync.client.http import Busy
from sync.protocol.errors import FORK, Refused
from sync.protocol.lives import NewLife
from sync.protocol.messages import Exchange, Op, Reply
from sync.protocol.wire import op_of
from sync.server import county, handlers, judging, opening, query, writing
from sync.server.batch import Batch
from sync.server.devices import Device
from sync.server.postgres import Connection, connect
from sync.server.writing import Asked
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.served import figure

TABLES = ("record", "op", "conflict", "quarantine", "sequence", "digest", "replica_link", "blob_ref")
NUMBERS = ("430000195001010011", "43000019500101002X")
KINDS = {"household": ("door", "note", "tags"), "person": ("name", "id_number"), "ticket": ("state", "owner")}


@pytest.mark.parametrize("seed", range(16))
def test_what_goes_together_comes_out_as_if_each_had_gone_alone(
    county_server: County, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    told = Tale(county_server, random.Random(seed))
    with connect(county_server.database) as connection:
        asked = told.requests(connection)
        with _undone(connection):
            alone = [writing.one(connection, one.device, one.message, AT) for one in asked]
            apart = _everything(connection)
        shared = writing.together(connection, COUNTY, lambda: asked, AT)
        assert _everything(connection) == apart
        for one, reply, before in zip(asked, shared, alone, strict=True):
            assert isinstance(reply, Reply)
            assert reply.receipts == before.receipts
            assert (reply.reused, reply.link) == (before.reused, before.link)
            _hears_what_a_reader_would(connection, one, reply)
    assert len({receipt.outcome for reply in alone for receipt in reply.receipts}) > 1, "it was no idle tale"
    caplog.clear()  # ids were used again, and the county says so


def test_one_that_is_refused_stops_nobody_and_leaves_nothing(county_server: County) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(4)]
    with connect(county_server.database) as connection:
        asked = [_asked(desk, _new()) for desk in desks]
        handlers.exchange(connection, asked[1].device, replace(asked[1].message, link=""), AT)
        asked[1] = _asked(desks[1], _new(), link="elsewhere")
        asked[2] = Asked(asked[2].device, replace(asked[2].message, epoch="another life"))
        replies = writing.together(connection, COUNTY, lambda: asked, AT)
        assert [type(reply) for reply in replies] == [Reply, type(replies[1]), NewLife, Reply]
        assert isinstance(replies[1], Refused)
        assert replies[1].refusal is FORK
        known = {row["op"] for row in connection.execute("SELECT op FROM op")}
    assert {one.message.ops[0].id for one in (asked[0], asked[3])} <= known
    assert not {one.message.ops[0].id for one in (asked[1], asked[2])} & known


def test_colleagues_in_one_transaction_hear_of_each_other(county_server: County) -> None:
    first, second = Desk(county_server), Desk(county_server, worker="田大山")
    house = first.new(group="茶园组", door="1号")
    first.sync()
    with connect(county_server.database) as connection:
        edits = [_edit(house, {"door": ("1号", door)}) for door in ("2号", "3号")]
        heard = opening.of(connection, _device(first)).standing.last
        asked = [_asked(desk, edit, heard=heard) for desk, edit in zip((first, second), edits, strict=True)]
        mine, theirs = writing.together(connection, COUNTY, lambda: asked, AT)
        assert isinstance(mine, Reply)
        assert isinstance(theirs, Reply)
        (row,) = query.bodies(connection, COUNTY, "household")
    assert row.body["door"] == "2号"
    assert [one.receipts[0].outcome for one in (mine, theirs)] == [Outcome.APPLIED, Outcome.CONFLICT]
    for reply in (mine, theirs):
        assert {one.type for one in reply.rows} == {"household", "conflict"}
        assert reply.cursors == theirs.cursors


def test_what_waits_for_the_lock_is_committed_at_once(county_server: County) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(6)]
    for desk in desks:
        desk.new(group="茶园组", door="1号")
    with _locked(county_server) as free, ThreadPoolExecutor(len(desks)) as threads:
        rounds = [threads.submit(desk.sync) for desk in desks]
        _wait_for(county_server, len(desks))
        free()
        reports = [one.result() for one in rounds]
    assert [report.waiting for report in reports] == [0] * len(desks)
    with connect(county_server.database) as connection:
        (row,) = connection.execute("SELECT count(DISTINCT xmin::text) AS commits, count(*) AS n FROM op")
    assert (row["commits"], row["n"]) == (1, len(desks))


def test_whoever_brings_nothing_waits_for_nobody(county_server: County) -> None:
    busy, idle = Desk(county_server), Desk(county_server, worker="田大山")
    busy.new(group="茶园组", door="1号")
    with _locked(county_server) as free, ThreadPoolExecutor(1) as threads:
        going = threads.submit(busy.sync)
        _wait_for(county_server, 1)
        assert idle.sync().exchanges == 1
        assert not going.done()
        free()
        assert going.result().sent == 1


def test_one_computer_twice_at_once_has_its_turns_one_after_the_other(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="1号")
    with _locked(county_server) as free, ThreadPoolExecutor(3) as threads:
        rounds = [threads.submit(desk.sync) for _ in range(3)]
        _wait_for(county_server, 3)
        free()
        for one in rounds:
            one.result()
    with connect(county_server.database) as connection:
        assert connection.execute("SELECT count(*) AS n FROM op").fetchone() == {"n": 1}
    assert desk.sync().waiting == 0


def test_one_that_breaks_the_transaction_breaks_only_its_own(
    county_server: County, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(4)]
    houses = [desk.new(group="茶园组", door="1号") for desk in desks]
    true = judging.judge

    def judge(batch: Batch, op: Op) -> None:
        true(batch, op)
        if op.record == houses[2]:
            batch.connection.execute("SELECT 1 / 0").fetchone()

    monkeypatch.setattr(judging, "judge", judge)
    with _locked(county_server) as free, ThreadPoolExecutor(len(desks)) as threads:
        rounds = [threads.submit(desk.sync) for desk in desks]
        _wait_for(county_server, len(desks))
        free()
        failed = [number for number, one in enumerate(rounds) if isinstance(one.exception(), Busy)]
    assert failed == [2]
    monkeypatch.setattr(judging, "judge", true)
    assert desks[2].sync().waiting == 0
    with connect(county_server.database) as connection:
        assert {row.record for row in query.bodies(connection, COUNTY, "household")} == set(houses)
    assert "each of 4 goes alone" in caplog.text
    assert "1 / 0" not in caplog.text
    caplog.clear()


class Tale:
    """Four workers of two villages, and what each says before she has heard of the others."""

    def __init__(self, served: County, chance: random.Random) -> None:
        self._chance = chance
        scopes = ((TEA,), (TEA,), (TEA, BRIDGE), (BRIDGE,))
        self._desks = [Desk(served, *scope, worker=f"走访员{n}") for n, scope in enumerate(scopes)]
        self._scopes = scopes
        self._there: dict[str, tuple[str, str, dict[str, Json]]] = {}
        self._said: list[Op] = []

    def requests(self, connection: Connection) -> list[Asked]:
        """One of each, after a village was there that all have heard of."""
        first = tuple(self._new(village) for village in (TEA, TEA, BRIDGE) for _ in range(3))
        handlers.exchange(connection, _device(self._desks[2]), _message(self._desks[2], first, 0), AT)
        heard = opening.of(connection, _device(self._desks[0])).standing.last
        asked = []
        for desk, scope in zip(self._desks, self._scopes, strict=True):
            ops = tuple(self._op(scope) for _ in range(self._chance.randint(1, 6)))
            self._said.extend(ops)
            asked.append(Asked(_device(desk), replace(_message(desk, ops, heard, *scope), link="")))
        return asked

    def _op(self, scope: Sequence[str]) -> Op:
        draw = self._chance.random()
        village = self._chance.choice((*scope, TEA))
        if draw < 0.25:
            return self._new(village)
        if draw < 0.35:  # before it is known, and then perhaps it is
            record = self._chance.choice([f"soon-{number}" for number in range(3)])
            if self._chance.random() < 0.5:
                return _op(record, "household", TEA, Verb.NEW, {"door": (None, "1号")})
            return _op(record, "household", TEA, Verb.EDIT, {"door": ("1号", self._chance.choice("23"))})
        if draw < 0.45 and self._said:  # an id used again, for the same or for something else
            again = self._chance.choice(self._said)
            return again if self._chance.random() < 0.5 else self._new(village, again.id)
        record = self._chance.choice(sorted(self._there))
        kind, where, body = self._there[record]
        if draw < 0.55:
            return _op(record, kind, where, Verb.DELETE, {name: (old, None) for name, old in body.items()})
        name = self._chance.choice(KINDS[kind])
        verb = Verb.MOVE if kind == "ticket" else Verb.EDIT
        return _op(record, kind, where, verb, {name: (body.get(name), self._value(name))})

    def _new(self, village: str, change: str = "") -> Op:
        kind, record = self._chance.choice(sorted(KINDS)), new_id(AT)
        body = {name: self._value(name) for name in KINDS[kind]}
        if not self._said:
            self._there[record] = (kind, village, body)
        pairs: dict[str, tuple[Json, Json]] = {name: (None, value) for name, value in body.items()}
        return op_of(Change(change or new_id(AT), record, kind, village, Verb.NEW, pairs, AT, "w"))

    def _value(self, name: str) -> Json:
        match name:
            case "tags":
                return list(self._chance.sample(("独居", "危房", "大病"), 2))
            case "id_number":
                return self._chance.choice(NUMBERS)
            case "state":
                return self._chance.choice(("accepted", "working", "done"))
            case _:
                return self._chance.choice(("1号", "2号", "3号"))


def _hears_what_a_reader_would(connection: Connection, one: Asked, reply: Reply) -> None:
    silent = replace(one.message, ops=(), link=None)
    read = handlers.exchange(connection, one.device, silent, AT)
    assert {row.record: row for row in reply.rows} == {row.record: row for row in read.rows}
    assert (reply.cursors, reply.more, reply.settled) == (read.cursors, read.more, read.settled)


def _everything(connection: Connection) -> dict[str, list[str]]:
    return {
        table: sorted(
            str(row["it"])
            for row in connection.execute(f"SELECT to_jsonb(t)::text AS it FROM {table} t")  # noqa: S608
        )
        for table in TABLES
    }


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        yield


@contextmanager
def _locked(served: County) -> Iterator[Callable[[], object]]:
    """The county's lock in another's hand, until what is yielded is called."""
    with connect(served.database) as connection:
        connection.execute("BEGIN")
        county.lock(connection, COUNTY)
        yield lambda: connection.execute("COMMIT")


def _wait_for(served: County, requests: int) -> None:
    """Until so many are being answered."""
    for _ in range(500):
        if figure(served.url, "requests_in_flight") >= requests + 1:  # the question is one itself
            return
    raise AssertionError("they never came")


def _asked(desk: Desk, *ops: Op, heard: int = 0, link: str | None = None) -> Asked:
    return Asked(_device(desk), replace(_message(desk, ops, heard), link=link))


def _message(desk: Desk, ops: Sequence[Op], heard: int, *villages: str) -> Exchange:
    me = desk.ledger.identity()
    return Exchange(me.replica, me.epoch, tuple(ops), dict.fromkeys(villages or (TEA,), heard), 500)


def _device(desk: Desk) -> Device:
    me = desk.ledger.identity()
    return Device(me.county, me.device, me.replica, me.worker)


def _new() -> Op:
    return _op(new_id(AT), "household", TEA, Verb.NEW, {"door": (None, "1号")})


def _edit(record: str, fields: dict[str, tuple[Json, Json]]) -> Op:
    return _op(record, "household", TEA, Verb.EDIT, fields)


def _op(record: str, kind: str, village: str, verb: Verb, fields: dict[str, tuple[Json, Json]]) -> Op:
    return op_of(Change(new_id(AT), record, kind, village, verb, fields, AT, "w"))
