"""After whatever is written, families, plan and today say what they would say worked out from nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.visits import plan as planning
from app.actions.visits import rounds
from app.actions.visits.families import families
from app.actions.visits.plan import plan
from app.domain.change import Incoming
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.record import to_body
from app.domain.registers.clue import Clue
from app.domain.visits.missed import MissedVisit
from app.domain.visits.pairing import Pairing
from app.domain.visits.task import VisitTask
from app.domain.visits.visit import Met, Visit, VisitState
from app.store import Store
from app.store.remembered import Remembered
from tests.desks import Clock, desk_on
from tests.facts import NOW, VILLAGE, household, person, visit

STEPS, HOMES = 60, 6
PURPOSES = ("VP01", "VP02", "VP05", "VP07", "VP10", "VP18")


class Undone(Exception):
    """What ends a transaction badly."""


class Village:
    """What was written so far, and one more thing to write."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.known: list[Any] = []
        self.homes = [self._earlier() for _ in range(HOMES)]

    def any(self) -> Any:
        """A record of a kind the plan is made of, new or as it was before but for something."""
        chance, old = self.chance, self.known
        if old and chance.random() < 0.5:
            return self.changed(chance.choice(old))
        make = chance.choice([self._home, self._person, self._visit, self._visit, self._missed, self._task,
                              self._clue, self._pairing])  # fmt: skip
        return make()

    def changed(self, one: Any) -> Any:
        """The same record, otherwise; it may come to another household."""
        chance = self.chance
        on = NOW.date() + timedelta(days=chance.randrange(-30, 30))
        match one:
            case Household():
                return replace(one, classes=chance.choice([(), ("DB",)]), moved_out=chance.random() < 0.2)
            case Person():
                return replace(one, household=chance.choice(self.homes), tags=chance.choice([(), ("独居",)]))
            case Visit():
                return replace(one, household=chance.choice(self.homes), met=chance.choice(list(Met)))
            case VisitTask():
                return replace(one, due_on=on, dropped=chance.random() < 0.5)
            case Clue():
                return replace(one, household=chance.choice(self.homes), checked_on=chance.choice([None, on]))
            case Pairing():
                return replace(one, until=chance.choice([None, on]))
        return replace(one, household=chance.choice(self.homes), again_on=chance.choice([None, on]))

    def _earlier(self) -> str:
        # Not always behind all others in the order of ids.
        return new_id(NOW - timedelta(days=self.chance.randrange(900)))

    def _home(self) -> Household:
        classes = self.chance.choice([(), ("DB",), ("BY",)])
        return household(id=self.chance.choice(self.homes), classes=classes, door=f"{len(self.known)}号")

    def _person(self) -> Person:
        birth = NOW.date() - timedelta(days=self.chance.randrange(33000))
        home, tags = self.chance.choice(self.homes), self.chance.choice([(), ("独居",)])
        return person(id=self._earlier(), household=home, birth=birth, id_number=None, tags=tags)

    def _visit(self) -> Visit:
        chance, at = self.chance, NOW - timedelta(days=self.chance.randrange(500), minutes=5)
        met = chance.choice([Met.HOME, Met.ABSENT])
        before = [one.id for one in self.known if isinstance(one, Visit)]
        return visit(
            id=self._earlier(), started_at=at, household=chance.choice(self.homes), met=met,
            purpose=chance.choice(PURPOSES), state=chance.choice([VisitState.SIGNED, VisitState.DRAFT]),
            again_on=str(at.date() + timedelta(days=40)) if met is Met.ABSENT else "",
            amends=chance.choice(before) if before and chance.random() < 0.3 else "",
        )  # fmt: skip

    def _missed(self) -> MissedVisit:
        on = NOW.date() - timedelta(days=self.chance.randrange(60))
        home, purpose = self.chance.choice(self.homes), self.chance.choice(PURPOSES)
        return MissedVisit(self._earlier(), VILLAGE, home, purpose, on, "away", NOW, "w-xiang")

    def _task(self) -> VisitTask:
        at = NOW - timedelta(days=self.chance.randrange(60))
        home, purpose = self.chance.choice(self.homes), self.chance.choice(PURPOSES)
        return VisitTask(self._earlier(), VILLAGE, home, purpose, at.date(), "看看", at, "w-xiang")

    def _clue(self) -> Clue:
        on, home = NOW.date() - timedelta(days=self.chance.randrange(20)), self.chance.choice(self.homes)
        return Clue(self._earlier(), VILLAGE, on, "found", "elder", "几天没出门", home)

    def _pairing(self) -> Pairing:
        home = self.chance.choice(self.homes)
        return Pairing(self._earlier(), VILLAGE, home, "田干部", since=NOW.date())


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store, Clock())


@contextmanager
def from_nothing(desk: Desk) -> Iterator[None]:
    """Nothing is remembered meanwhile, and what was is remembered afterwards."""
    kept = desk.store.remembered
    desk.store.remembered = Remembered()
    try:
        yield
    finally:
        desk.store.remembered = kept


def told(desk: Desk) -> tuple[Any, ...]:
    """All that is made of families and visits, in its order."""
    walk = plan(desk)
    return (
        list(families(desk).items()),
        walk,
        list(walk.families),
        rounds.key_groups(desk),
        today.agenda(desk),
    )


def same_from_nothing(desk: Desk) -> bool:
    said = told(desk)
    with from_nothing(desk):
        return said == told(desk)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_renewed_is_what_working_it_out_from_nothing_gives(desk: Desk, seed: int) -> None:
    village, stops = Village(seed), 0
    for step in range(STEPS):
        some = [village.any() for _ in range(village.chance.choice([1, 1, 1, 4]))]
        match village.chance.randrange(4):
            case 0:
                gone = village.chance.random() < 0.3
                rows = [
                    Incoming(one.id, one.TYPE, VILLAGE, step + 1, gone, {} if gone else to_body(one))
                    for one in {one.id: one for one in some}.values()
                ]
                desk.store.ledger.settle((), rows, {VILLAGE: step + 1}, "e", NOW)
            case 1:
                with pytest.raises(Undone), desk.unit("test") as unit:
                    save(unit, some)
                    assert same_from_nothing(desk), "in the middle of a transaction too"
                    raise Undone
            case _:
                with desk.unit("test") as unit:
                    save(unit, some)
        village.known += some
        assert same_from_nothing(desk)
        stops += len(plan(desk).stops)
    assert stops > STEPS // 3, "there was something to do in it"


def save(unit: Any, some: list[Any]) -> None:
    for one in some:
        row = unit.db.execute("SELECT deleted, type FROM record WHERE id = ?", [one.id]).fetchone()
        if row is None or one.TYPE != "visit":  # what was signed is changed by the county alone
            unit.save(one)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The households of which the share in the plan is worked out, one after the other."""
    found: list[str] = []
    work = planning.share

    def share(desk: Desk, known: Any) -> Any:
        found.append(known.family.household.id)
        return work(desk, known)

    monkeypatch.setattr(planning, "share", share)
    return found


def test_only_the_family_that_was_changed_is_asked_about_anew(desk: Desk, asked: list[str]) -> None:
    homes = [new_id(NOW) for _ in range(5)]
    people = [person(id=new_id(NOW), household=home, id_number=None) for home in homes]
    with desk.unit("roster") as unit:
        for home, one in zip(homes, people, strict=True):
            unit.save(household(id=home, head=one.id))
            unit.save(one)
            unit.save(visit(id=new_id(NOW), household=home, met=Met.HOME, state=VisitState.SIGNED))
    before = families(desk)
    plan(desk)
    assert asked == homes
    asked.clear()
    with desk.unit("name") as unit:
        unit.save(replace(people[2], name="蒋桂香"))
    plan(desk)
    after = families(desk)
    assert asked == [homes[2]]
    assert [home for home in homes if after[home] is not before[home]] == [homes[2]]
    asked.clear()
    with desk.unit("visit") as unit:
        unit.save(visit(id=new_id(NOW), household=homes[4], met=Met.HOME, state=VisitState.SIGNED))
        plan(desk)
        assert asked == [homes[4]], "also while the transaction is open"


def test_a_key_group_is_put_into_the_plan_without_asking_the_village_for_each_of_it(
    desk: Desk, asked: list[str]
) -> None:
    homes = [new_id(NOW) for _ in range(8)]
    with desk.unit("roster") as unit:
        for home in homes:
            one = person(id=new_id(NOW), household=home, id_number=None, severe_illness=True)
            unit.save(household(id=home, head=one.id))
            unit.save(one)
    group = max(rounds.key_groups(desk), key=lambda one: one.people).group.id
    asked.clear()
    assert rounds.plan_group(desk, group) == len(homes)
    assert not asked
    assert [one.planned for one in rounds.key_groups(desk) if one.group.id == group] == [len(homes)]
