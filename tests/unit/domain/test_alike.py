"""Who is alike to the rules is asked about once; nobody is taken for one they are told apart from."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from app import packs
from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.identity import Sex
from app.domain.people.person import Benefit, Life, Person
from app.domain.rules import rule
from app.domain.rules.alike import Alike
from app.domain.rules.decided import decider
from app.domain.rules.facts import facts_of
from app.domain.visits.concern import Register
from app.domain.workdays import china_day
from tests.facts import NOW, VILLAGE, household, person

ON = china_day(NOW)
TAGS = ("独居", "失能满一年", "疑似残疾", "流浪乞讨", "赡养人无能力", "急难", "大额看病")


class Watched:
    """A record that says which of its fields were looked at."""

    def __init__(self, of: Any, seen: set[str]) -> None:
        self._of, self._seen = of, seen

    def __getattr__(self, name: str) -> Any:
        if name in {one.name for one in fields(self._of)}:
            self._seen.add(name)
        return getattr(self._of, name)


def looked_at(work: Any) -> tuple[set[str], set[str]]:
    """What `work` looks at of a person and of a household."""
    of_person, of_home = set[str](), set[str]()
    work(Watched(person(), of_person), Watched(household(), of_home))
    return of_person, of_home


def test_all_that_facts_are_drawn_from_tells_people_apart() -> None:
    pack = packs.load(packs.reference())
    alike = Alike((), ON)
    drawn = looked_at(lambda one, home: facts_of(one, home, [one], pack, NOW))
    told = looked_at(lambda one, home: (alike.person(one), alike.home(home, 1)))
    assert drawn[0] - {"id"} <= told[0]
    assert drawn[1] <= told[1]


def test_what_is_asked_of_a_person_alone_is_drawn_from_little_of_the_household() -> None:
    pack = packs.load(packs.reference())
    alike = Alike((), ON)

    def alone(home: Household) -> dict[str, Any]:
        return {
            name: value
            for name, value in facts_of(person(), home, [person()], pack, NOW).values.items()
            if not name.startswith("household.")
        }

    home = household()
    others = [
        replace(home, **{one.name: other})
        for one in fields(home)
        for other in (("DB",), "urban", "439902102202", True, ON, HouseholdFacts(income_fen=1))
        if type(other) is type(getattr(home, one.name)) and one.name != "id"
    ]
    apart = [one for one in others if alone(one) != alone(home)]
    assert apart
    assert all(alike.place(one) != alike.place(home) for one in apart)


def test_an_age_tells_apart_only_where_a_rule_does() -> None:
    old = rule.Test("person.birth", rule.Op.AT_LEAST, 60, rule.Unit.YEARS)
    alike, holds = Alike((old,), ON), decider(old, ON)
    home = household()
    pack = packs.load(packs.reference())
    keys: dict[Any, set[bool | None]] = {}
    for days in range(-400, 400):
        one = person(birth=date(ON.year - 60, ON.month, ON.day) + timedelta(days=days))
        keys.setdefault(alike.person(one), set()).add(holds(facts_of(one, home, [one], pack, NOW)))
    assert len(keys) == 3, "younger, sixty, older"
    assert all(len(said) == 1 for said in keys.values())
    by_the_day = Alike((rule.Test("person.birth", rule.Op.IS, "1956-01-01"),), ON)
    younger = person(birth=date(1990, 5, 2))
    assert by_the_day.person(younger) != by_the_day.person(person(birth=date(1990, 5, 3)))


def somebody(chance: random.Random, home: Household) -> Person:
    return person(
        id=f"p-{chance.randrange(10**9)}", household=home.id, sex=chance.choice(list(Sex)),
        birth=ON - timedelta(days=chance.randrange(36_000)), life=chance.choice(list(Life)),
        tags=tuple(chance.sample(TAGS, chance.choice((0, 0, 0, 1, 2)))),
        self_care=chance.choice(("", "", "full", "none")), severe_illness=chance.choice((None, None, True)),
        benefits=tuple(Benefit(code) for code in chance.sample(("DB", "GL", "SW"), chance.choice((0, 0, 1)))),
    )  # fmt: skip


def some_home(chance: random.Random, number: int) -> Household:
    facts = HouseholdFacts(income_fen=chance.choice((None, 300_000)), as_of=ON)
    return household(
        id=f"h-{number}", classes=tuple(chance.sample(("DB", "TK", "BY"), chance.choice((0, 0, 1)))),
        category=chance.choice(("", "A", "B")), facts=facts, moved_out=chance.random() < 0.1,
    )  # fmt: skip


def test_a_village_asked_together_hears_what_each_family_asked_alone_hears() -> None:
    chance = random.Random(3)
    pack = packs.load(packs.reference())
    together = Register(pack, VILLAGE, NOW)
    found = 0
    for number in range(150):
        home = some_home(chance, number)
        members = [somebody(chance, home) for _ in range(chance.randrange(1, 6))]
        alone = Register(pack, VILLAGE, NOW).about(home, members)
        assert together.about(home, members) == alone
        again = replace(home, id=f"{home.id}-again")
        assert [one.cadence for one in together.about(again, members)[0]] == [one.cadence for one in alone[0]]
        found += len(alone[0]) + len(alone[1])
    assert found > 100
