"""Who receives what: benefits, certificates and tags dealt out until every published count is met."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Container, Iterable
from datetime import date

from app.domain.people.household import HouseholdFacts
from app.domain.people.identity import Sex
from app.domain.people.person import BankAccount, Disability
from demo.village import place
from demo.village.draft import Draft, Home
from demo.village.numbers import BANK, Numbers
from demo.village.place import born

Candidate = tuple[Home, tuple[Draft, ...]]


class Support:
    """Deals out benefits over `homes`. Households written by hand keep what they were given."""

    def __init__(self, rng: random.Random, on: date, numbers: Numbers, homes: list[Home]) -> None:
        self.rng, self.on, self.numbers, self.homes = rng, on, numbers, homes
        self.free = [home for home in homes if not home.by_hand]
        self.everyone = [person for home in homes for person in home.members]
        self.received: set[Home] = set()

    def deal(self) -> None:
        """All of it, in the order in which one thing depends on another."""
        self._destitute()
        self._allowance()
        self._other_classes()
        self._certificates()
        self._old_age()
        self._health()

    def _since(self, most_years: int) -> date:
        return born(self.on, self.rng.randrange(most_years), self.rng.randrange(1, 12))

    def _destitute(self) -> None:
        """特困: old people living alone, four of them in the town's home."""
        alone = [home for home in self.free if len(home.members) == 1 and home.head.age_on(self.on) >= 60]
        men_first = sorted(alone, key=lambda home: (home.head.sex is Sex.FEMALE, self.rng.random()))
        chosen = men_first[: place.TK_IN_HOME + place.TK_AT_HOME]
        for number, home in enumerate(chosen):
            home.add_class("TK")
            home.head.add_benefit("TK", self._since(9))
            home.head.facts["work_ability"] = "none"
            home.head.facts["marital"] = "10"
            in_home = number < place.TK_IN_HOME
            home.head.add_tag("集中供养" if in_home else "分散供养")
            self.received.add(home)
        for home in (*alone, *(home for home in self.homes if home.by_hand and len(home.members) == 1)):
            person = home.head
            tags = person.facts.get("tags", ())
            if person.age_on(self.on) >= 60 and "集中供养" not in tags and "独居" not in tags:
                person.add_tag("独居")

    def _allowance(self) -> None:
        """低保: households and recipients by size, then exchanged until sex and age counts hold."""
        chosen = self._draw()
        fixed = [person for person in self.everyone if person.receives("DB")]
        error = self._error(chosen, fixed)
        pools = {size: self._candidates(size) for size in place.DB_SIZES}
        while error:
            number = self.rng.randrange(len(chosen))
            size = len(chosen[number][1])
            candidate = self.rng.choice(pools[size])
            if any(candidate[0] is home for home, _ in chosen):
                continue
            tried = [*chosen[:number], candidate, *chosen[number + 1 :]]
            tried_error = self._error(tried, fixed)
            if tried_error <= error:
                chosen, error = tried, tried_error
        for home, people in chosen:
            home.add_class("DB")
            home.facts["category"] = self.rng.choices("ABC", (5, 3, 2))[0]
            home.facts["review_on"] = born(self.on, 0, -self.rng.randrange(1, 11), 0)
            since = self._since(8)
            for person in people:
                person.add_benefit("DB", since)
            if len(people) == 1 and people[0].age_on(self.on) < 60:
                people[0].facts |= {"severe_illness": True, "work_ability": "none"}
            self.received.add(home)

    def _draw(self) -> list[Candidate]:
        given = Counter(
            sum(person.receives("DB") for person in home.members) for home in self.homes if home.by_hand
        )
        chosen: list[Candidate] = []
        taken: set[Home] = set()
        for size, count in place.DB_SIZES.items():
            pool = [each for each in self._candidates(size) if each[0] not in taken]
            for candidate in self.rng.sample(pool, len(pool)):
                if sum(len(people) == size for _, people in chosen) == count - given[size]:
                    break
                if candidate[0] not in taken:
                    chosen.append(candidate)
                    taken.add(candidate[0])
        return chosen

    def _candidates(self, size: int) -> list[Candidate]:
        # A whole small household, or one gravely ill person counted alone (单人保) in a larger one.
        found: list[Candidate] = []
        for home in self.free:
            if home in self.received:
                continue
            if len(home.members) == size:
                found.append((home, tuple(home.members)))
            elif size == 1 and len(home.members) <= 5:
                found.extend(
                    (home, (person,)) for person in home.members if 18 <= person.age_on(self.on) < 60
                )
        return found

    def _error(self, chosen: Iterable[Candidate], fixed: Iterable[Draft]) -> int:
        people = [*fixed, *(person for _, members in chosen for person in members)]
        ages = [person.age_on(self.on) for person in people]
        return (
            abs(sum(person.sex is Sex.FEMALE for person in people) - place.DB_WOMEN)
            + abs(sum(years >= 60 for years in ages) - place.DB_OLD)
            + abs(sum(years < 18 for years in ages) - place.DB_MINORS)
        )

    def _other_classes(self) -> None:
        given = Counter(code for home in self.homes for code in home.facts.get("classes", ()))
        for code, count in (
            ("BY", place.BY_HOUSEHOLDS),
            ("GX", place.GX_HOUSEHOLDS),
            ("TP", place.TP_HOUSEHOLDS),
        ):
            for home in self._untouched(range(2, 8), count - given[code]):
                home.add_class(code)
                if code == "GX":
                    home.facts["facts"] = HouseholdFacts(2_600_000, 0, 2_200_000, True, self._since(1))
        for size in place.JC_SIZES:
            for home in self._untouched({size}, 1):
                home.add_class("JC")

    def _untouched(self, sizes: Container[int], count: int) -> list[Home]:
        pool = [home for home in self.free if home not in self.received and len(home.members) in sizes]
        chosen = self.rng.sample(pool, count)
        self.received.update(chosen)
        return chosen

    def _certificates(self) -> None:
        """持证残疾: kinds and levels as counted; 14 of them among those on the allowance."""
        kinds, levels = Counter(place.DISABILITY_KINDS), Counter(place.DISABILITY_LEVELS)
        holders = [person for person in self.everyone if person.facts.get("disabilities")]
        for person in holders:
            kinds[person.facts["disabilities"][0].kind] -= 1
            levels[person.facts["disabilities"][0].level] -= 1
        grades = sorted(levels.elements())
        sorts = list(kinds.elements())
        self.rng.shuffle(sorts)
        self.rng.shuffle(grades)
        on_allowance = place.DB_DISABLED - sum(person.receives("DB") for person in holders)
        for number, (kind, level) in enumerate(zip(sorts, grades, strict=True)):
            self._certify(self._next_holder(number < on_allowance, kind), kind, level)

    def _next_holder(self, on_allowance: bool, kind: int) -> Draft:
        free = {id(person) for home in self.free for person in home.members}
        pool = [
            person
            for person in self.everyone
            if id(person) in free
            and not person.facts.get("disabilities")
            and not person.receives("TK")
            and person.receives("DB") is on_allowance
            and (12 <= person.age_on(self.on) < 80)
            and (kind not in (5, 6) or person.age_on(self.on) < 65)
        ]
        old_more_often = [3 if person.age_on(self.on) >= 55 else 1 for person in pool]
        return self.rng.choices(pool, old_more_often)[0]

    def _certify(self, person: Draft, kind: int, level: int) -> None:
        number = f"{person.facts['id_number']}{kind}{level}"
        expires = born(self.on, -self.rng.randrange(1, 9), -self.rng.randrange(12))
        person.facts["disabilities"] = (Disability(kind, level, number, expires),)
        person.facts["work_ability"] = "none" if level <= 2 else "partial"
        if level <= 2:
            person.facts["self_care"] = "none" if level == 1 else "partial"
            person.add_benefit("CH", self._since(7), 8_000)
        if person.receives("DB"):
            person.add_benefit("CS", self._since(7), 8_000)

    def _old_age(self) -> None:
        """高龄津贴 for everyone of 80 and over; the card it is paid to for all who receive anything."""
        for person in self.everyone:
            if person.age_on(self.on) >= 80:
                person.add_benefit(
                    "GL", max(born(self.on, 10), born(self.on, person.age_on(self.on) - 80, 0))
                )
            if person.facts.get("benefits"):
                person.facts.setdefault("account", BankAccount(BANK, self.numbers.account()))

    def _health(self) -> None:
        for person in (person for home in self.free for person in home.members):
            years = person.age_on(self.on)
            if years >= 60:
                person.facts["chronic_illness"] = self.rng.random() < 0.45
                frail = "partial" if years >= 80 and self.rng.random() < 0.4 else "full"
                person.facts.setdefault("self_care", frail)
                person.facts.setdefault("work_ability", "none" if years >= 75 else "partial")
