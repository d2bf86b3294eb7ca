"""Two laptops of one village and their county: a cable pulled anywhere, a database killed, a backup put back.

Real encrypted files, real HTTP through a cable, real PostgreSQL; nothing anybody wrote is lost or doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.actions.desk import Desk
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, open_desk
from app.actions.sync_state import KIND_WORDS
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import Offline
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from demo import stage
from demo.pair.cable import Cable
from demo.pair.county_house import CountyHouse
from demo.village import story
from sync.client.http import Transport
from sync.client.syncer import sync_once
from sync.server import query
from sync.server.postgres import connect
from tests.desks import Clock

SMALL_PIECES = 128  # bytes: a short exchange is cut in some thirty places
TIMES = 20  # rounds until everything is everywhere; one is enough on a good line


@dataclass
class Laptop:
    """A worker at hers, without its window."""

    desk: Desk
    cable: Cable

    def sync(self) -> bool:
        """One round; whether the line held."""
        with Transport(self.cable.url) as transport:
            try:
                sync_once(self.desk.store.ledger, transport, at=self.desk.clock())
            except Offline:
                return False
        return True

    def new_home(self, door: str) -> str:
        home = Household(id=new_id(self.desk.clock()), village=stage.VILLAGE, group="茶园组", door=door)
        with self.desk.unit("new household") as unit:
            unit.save(home)
        return home.id

    def change(self, person: str, **fields: Any) -> None:
        with self.desk.unit("edit") as unit:
            unit.save(replace(self.desk.store.reading.get(Person, person), **fields))

    def holds(self) -> dict[str, dict[str, Any]]:
        return {kind: self.desk.store.reading.bodies(kind) for kind in KIND_WORDS}


@dataclass
class Pair:
    """Both of them, the county's house, and somebody both of them write about."""

    first: Laptop
    second: Laptop
    house: CountyHouse
    somebody: str

    def until_quiet(self) -> None:
        """The line holds, and everything comes to be everywhere."""
        for laptop in (self.first, self.second):
            laptop.cable.plug()
        for _ in range(TIMES):
            held = [laptop.sync() for laptop in (self.first, self.second, self.first)]
            waiting = [one.desk.store.ledger.waiting() for one in (self.first, self.second)]
            if all(held) and not any(waiting) and self.first.holds() == self.second.holds():
                return
        raise AssertionError("they never came to hold the same")

    def at_the_county(self) -> dict[str, dict[str, Any]]:
        with connect(self.house.play.database.url) as connection:
            return {
                kind: {one.record: one.body for one in query.bodies(connection, stage.COUNTY, kind)}
                for kind in KIND_WORDS
            }

    def sent_twice(self) -> list[str]:
        """Changes that stand in the county's log more than once."""
        with connect(self.house.play.database.url) as connection:
            rows = connection.execute("SELECT op FROM op GROUP BY op HAVING count(*) > 1").fetchall()
        return [row["op"] for row in rows]


@pytest.fixture
def pair(play: stage.Stage, clock: Clock) -> Iterator[Pair]:
    house = CountyHouse(play, clock)
    with ExitStack() as over:
        laptops = []
        second = Paths(play.paths.root.parent / "second")
        for paths, owner in ((play.paths, stage.FIRST), (second, stage.SECOND)):
            cable = Cable(house.port, SMALL_PIECES)
            over.callback(cable.close)
            if owner is stage.SECOND:
                quick = Cost(1, FLOOR_MEMORY_KIB)
                stage.enrol_laptop(play, paths, owner, cable.url, cost=quick)
            gate = Gate(paths, clock)
            opened = gate.unlock(gate.workers()[0].worker, owner.passphrase)
            desk = open_desk(opened, paths, clock)
            over.callback(close_desk, desk)
            laptops.append(Laptop(desk, cable))
        people = laptops[0].desk.store.reading.each(Person)
        somebody = next(one.id for one in people if one.name == story.GRANDMOTHER)
        made = Pair(*laptops, house, somebody)
        made.until_quiet()
        yield made
        house.lights_on()


def test_a_cable_pulled_at_any_piece_loses_nothing_and_doubles_nothing(pair: Pair) -> None:
    homes, piece, cut = set[str](), 0, True
    while cut:
        piece += 1
        homes |= {pair.first.new_home(f"甲{piece}号"), pair.second.new_home(f"乙{piece}号")}
        pair.first.change(pair.somebody, phone=f"154000{piece:05d}")
        pair.second.change(pair.somebody, note=f"第 {piece} 回写的")
        cut = False
        for laptop in (pair.first, pair.second):
            laptop.cable.pull_at(piece)
            laptop.sync()
            cut = cut or not laptop.cable.plugged
            laptop.cable.plug()
        pair.until_quiet()
    assert piece > 10, "it was cut in many places"
    there = pair.at_the_county()
    assert homes <= there["household"].keys()
    assert there == pair.first.holds() == pair.second.holds()
    granny = there["person"][pair.somebody]
    assert (granny["phone"], granny["note"]) == (f"154000{piece:05d}", f"第 {piece} 回写的")
    assert not pair.sent_twice()


def test_a_database_killed_in_mid_push_loses_nothing(pair: Pair) -> None:
    homes = {pair.first.new_home(f"{number}号") for number in range(400)}
    for piece in (4, 20):
        pair.first.cable.when(piece, pair.house.lights_out)
        assert not pair.first.sync(), "nobody answered any more"
        pair.house.lights_on()
        homes |= {pair.second.new_home(f"断电{piece}号")}
    pair.until_quiet()
    there = pair.at_the_county()
    assert homes <= there["household"].keys()
    assert there == pair.first.holds() == pair.second.holds()
    assert not pair.sent_twice()


def test_a_county_put_back_from_yesterday_gets_back_all_of_today(pair: Pair) -> None:
    yesterday = pair.house.back_up()
    today = {pair.first.new_home("今天1号"), pair.second.new_home("今天2号")}
    pair.first.change(pair.somebody, phone="15400009999")
    pair.until_quiet()
    waiting = pair.second.new_home("还没传3号")
    pair.house.put_back(yesterday)
    assert not today & pair.at_the_county()["household"].keys(), "they were lost with the machine"
    pair.until_quiet()
    there = pair.at_the_county()
    assert today | {waiting} <= there["household"].keys()
    assert there["person"][pair.somebody]["phone"] == "15400009999"
    assert there == pair.first.holds() == pair.second.holds()
    assert not pair.sent_twice()
