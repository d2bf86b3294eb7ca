"""Requests that wait for one county share a transaction, and nobody sees whether they did."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.domain.change import Outcome
from sync.protocol.messages import Reply
from sync.server import handlers, opening, query, writing
from sync.server.postgres import Connection, connect
from sync.server.writing import Asked
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.tale import Tale
from tests.sync.waiting import asked_by, device_of, edit_of, locked

TABLES = ("record", "op", "conflict", "quarantine", "sequence", "digest", "replica_link", "blob_ref")


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
        shared = writing.together(connection, COUNTY, lambda: asked, lambda: AT)
        assert _everything(connection) == apart
        for one, reply, before in zip(asked, shared, alone, strict=True):
            assert isinstance(reply, Reply)
            assert reply.receipts == before.receipts
            assert (reply.reused, reply.link) == (before.reused, before.link)
            _hears_what_a_reader_would(connection, one, reply)
    assert len({receipt.outcome for reply in alone for receipt in reply.receipts}) > 1, "it was no idle tale"
    caplog.clear()  # ids were used again, and the county says so


def test_colleagues_in_one_transaction_hear_of_each_other(county_server: County) -> None:
    first, second = Desk(county_server), Desk(county_server, worker="田大山")
    house = first.new(group="茶园组", door="1号")
    first.sync()
    with connect(county_server.database) as connection:
        edits = [edit_of(house, {"door": ("1号", door)}) for door in ("2号", "3号")]
        heard = opening.of(connection, device_of(first)).standing.last
        asked = [asked_by(desk, edit, heard=heard) for desk, edit in zip((first, second), edits, strict=True)]
        mine, theirs = writing.together(connection, COUNTY, lambda: asked, lambda: AT)
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
    with locked(county_server) as lock, ThreadPoolExecutor(len(desks)) as threads:
        rounds = [threads.submit(desk.sync) for desk in desks]
        lock.wait_for(len(desks))
        lock.let_go()
        reports = [one.result() for one in rounds]
    assert [report.waiting for report in reports] == [0] * len(desks)
    assert _commits(county_server) == 1


def test_news_of_a_colleague_keeps_nobody_apart_and_is_read_in_bounds(
    county_server: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "READ_TOGETHER", 3)
    first = Desk(county_server, worker="田大山")
    there = {first.new(group="茶园组", door=f"{number}号") for number in range(5)}
    first.sync()
    desks = [Desk(county_server, worker=f"走访员{n}") for n in range(4)]
    houses = {desk.new(group="茶园组", door="1号") for desk in desks}
    with locked(county_server) as lock, ThreadPoolExecutor(len(desks)) as threads:
        rounds = [threads.submit(desk.sync) for desk in desks]
        lock.wait_for(len(desks))
        lock.let_go()
        exchanges = [one.result().exchanges for one in rounds]
    assert _commits(county_server) == 2
    assert sorted(exchanges)[-1] > 1, "some came again to read"
    assert all(set(desk.sees_all("household")) == there | houses for desk in desks)


def _commits(served: County) -> int:
    with connect(served.database) as connection:
        (row,) = connection.execute("SELECT count(DISTINCT xmin::text) AS commits FROM op")
    return int(row["commits"])


def test_whoever_brings_nothing_waits_for_nobody(county_server: County) -> None:
    busy, idle = Desk(county_server), Desk(county_server, worker="田大山")
    busy.new(group="茶园组", door="1号")
    with locked(county_server) as lock, ThreadPoolExecutor(1) as threads:
        going = threads.submit(busy.sync)
        lock.wait_for(1)
        assert idle.sync().exchanges == 1
        assert not going.done()
        lock.let_go()
        assert going.result().sent == 1


def test_one_computer_twice_at_once_has_its_turns_one_after_the_other(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="1号")
    with locked(county_server) as lock, ThreadPoolExecutor(3) as threads:
        rounds = [threads.submit(desk.sync) for _ in range(3)]
        lock.wait_for(3)
        lock.let_go()
        for one in rounds:
            one.result()
    with connect(county_server.database) as connection:
        assert connection.execute("SELECT count(*) AS n FROM op").fetchone() == {"n": 1}
    assert desk.sync().waiting == 0


def _hears_what_a_reader_would(connection: Connection, one: Asked, reply: Reply) -> None:
    silent = replace(one.message, ops=(), link=None)
    read = handlers.exchange(connection, one.device, silent, AT)
    assert {row.record: row for row in reply.rows} == {row.record: row for row in read.rows}
    assert (reply.cursors, reply.more, reply.settled) == (read.cursors, read.more, read.settled)


def _everything(connection: Connection) -> dict[str, list[str]]:
    return {
        table: sorted(
            str(row["it"])
            for row in connection.execute(f"SELECT to_jsonb(t)::text AS it FROM {table} t")  # noqa: S608  # our own tables
        )
        for table in TABLES
    }


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        yield
