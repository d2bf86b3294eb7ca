"""The making of the village: by hand first, then everyone else, so that all counts hold at once."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone

from app.domain.people.identity import Sex
from app.domain.people.person import BankAccount, Parent, ParentState
from demo.village import place
from demo.village.away import send_away
from demo.village.draft import Draft, Home
from demo.village.edges import Scribe, edge_homes
from demo.village.families import Bands, families, settle_relations
from demo.village.names import SURNAMES, Names
from demo.village.neighbours import neighbour_homes
from demo.village.numbers import BANK, Numbers
from demo.village.shape import shapes
from demo.village.support import Support

CHINA = timezone(timedelta(hours=8))
# Tujia 70, Bai 12, Miao 5, Han 13 in a hundred, as in the hills around Zhangjiajie.
ETHNIC, ETHNIC_WEIGHTS = ("15", "14", "06", "01"), (70, 12, 5, 13)
FLIPPABLE = ("grown", "child")


class Making:
    """One making, from one seed, for one day."""

    def __init__(self, seed: int, on: date) -> None:
        self.rng, self.on = random.Random(seed), on
        self.numbers = Numbers(self.rng, datetime.combine(on, time(8), CHINA))
        scribe = Scribe(self.numbers, on)
        self.by_hand = [*edge_homes(scribe), *neighbour_homes(scribe)]
        for home in self.by_hand:
            home.by_hand = True
        # Whoever the story or a test asks for by name must be the only one of that name.
        self.reserved = {person.name for home in self.by_hand for person in home.members}

    def homes(self) -> list[Home]:
        """All households, with groups, doors, names, numbers, benefits and whereabouts."""
        made = self._families()
        self._balance_sexes(made)
        for home in made:
            settle_relations(home, self.rng)
            home.members.sort(key=lambda person: (person.relation != "02", person.relation))
            self._name(home)
        self._rare_names(made)
        every = [*self.by_hand, *made]
        self._give_numbers(made)
        Support(self.rng, self.on, self.numbers, every).deal()
        send_away(self.rng, self.on, every)
        for home in every:
            self._everyday_facts(home)
        return self._place(every)

    def _families(self) -> list[Home]:
        people = [person for home in self.by_hand for person in home.members]
        years = [person.age_on(self.on) for person in people]
        alone = [home.head for home in self.by_hand if len(home.members) == 1]
        old_alone = sum(person.age_on(self.on) >= 60 for person in alone)
        sizes = Counter(dict(place.SIZES))
        sizes.subtract(len(home.members) for home in self.by_hand)
        over = {limit: sum(each >= limit for each in years) for limit in (60, 65, 80, 90)}
        made = shapes(
            self.rng,
            sizes,
            children=place.UNDER_15 - sum(each < 15 for each in years),
            old=place.OVER_60 - over[60],
            old_alone=place.OLD_ALONE + place.TK_IN_HOME - old_alone,
        )
        bands = Bands(
            middle=place.OVER_60 - place.OVER_65 - (over[60] - over[65]),
            senior=place.OVER_65 - place.OVER_80 - (over[65] - over[80]),
            eldest=place.OVER_80 - over[80],
            past_90=place.OVER_90 - over[90],
        )
        return families(self.rng, self.on, made, bands)

    def _balance_sexes(self, made: list[Home]) -> None:
        """Turn unmarried people's sex until the men are exactly as many as counted."""
        every = [person for home in (*self.by_hand, *made) for person in home.members]
        surplus = sum(person.sex is Sex.MALE for person in every) - place.MEN
        wrong = Sex.MALE if surplus > 0 else Sex.FEMALE
        pool = [
            person
            for home in made
            for person in home.members
            if person.sex is wrong
            and person.role in FLIPPABLE
            and not any(other.role == "match" for other in home.members if person.role == "grown")
        ]
        for person in self.rng.sample(pool, abs(surplus)):
            person.sex = Sex.FEMALE if wrong is Sex.MALE else Sex.MALE

    def _name(self, home: Home) -> None:
        names = Names(self.rng)
        family = names.surname()
        core = next((person for person in home.members if person.role == "core"), None)
        for person in home.members:
            elder_woman = person.role == "elder" and person.sex is Sex.FEMALE
            married_in = person.role in ("mate", "match") or elder_woman
            surname = self._other_surname(names, family) if married_in else family
            person.name = self._full_name(names, surname, person)
        for child in home.members:
            if child.role == "child":
                self._parents(home, child, core)

    def _full_name(self, names: Names, surname: str, person: Draft) -> str:
        while True:
            given = names.given(surname, person.sex, person.birth.year, person.generation)
            if surname + given not in self.reserved:
                return surname + given

    def _other_surname(self, names: Names, family: str) -> str:
        while (other := names.surname()) == family:
            continue
        return other

    def _parents(self, home: Home, child: Draft, core: Draft | None) -> None:
        roles = ("grown", "match") if any(each.role == "match" for each in home.members) else ("core", "mate")
        pair = [next((each for each in home.members if each.role == role), None) for role in roles]
        parents = [each for each in pair if each is not None]
        father = next((each for each in parents if each.sex is Sex.MALE), None)
        mother = next((each for each in parents if each.sex is Sex.FEMALE), None)
        child.facts["parents"] = (
            Parent("father", ParentState.ABLE, name=father.name if father else ""),
            Parent("mother", ParentState.ABLE, name=mother.name if mother else ""),
        )
        elder = next((each for each in home.members if each.role == "elder"), None)
        child.guardian = mother or father or elder or core

    def _rare_names(self, made: list[Home]) -> None:
        """One in two hundred has a character that many computers cannot draw."""
        names = Names(self.rng)
        people = [person for home in made for person in home.members if len(person.name) == 3]
        surnames = tuple(surname for surname in SURNAMES if len(surname) == 1)
        people = [person for person in people if person.name.startswith(surnames)]
        for person in self.rng.sample(people, place.PEOPLE // 200 - 2):
            person.name = person.name[:2] + names.rare()

    def _give_numbers(self, made: list[Home]) -> None:
        for person in (person for home in made for person in home.members):
            person.facts["id_number"] = self.numbers.card(person.birth, person.sex)
            if person.age_on(self.on) >= 14 and self.rng.random() < 0.7:
                person.facts["phone"] = self.numbers.phone()

    def _everyday_facts(self, home: Home) -> None:
        facts = home.facts
        for person in home.members:
            years = person.age_on(self.on)
            person.facts.setdefault("ethnic", self.rng.choices(ETHNIC, ETHNIC_WEIGHTS)[0])
            person.facts.setdefault("marital", _marital(home, person, years))
            stage = _stage(self.rng, years)
            if stage and person.facts.setdefault("school_stage", stage) and years < 18:
                continue
            person.facts.setdefault("education", _education(self.rng, years))
            if person is home.head or person.facts.get("benefits"):
                person.facts.setdefault("account", BankAccount(BANK, self.numbers.account()))
        if "phone" not in facts:
            own = [person.facts["phone"] for person in home.members if person.facts.get("phone")]
            facts["phone"] = own[0] if own else self.numbers.phone()

    def _place(self, homes: list[Home]) -> list[Home]:
        """Groups of about 31 households; doors in order, around those that the story has fixed."""
        room = {group: 31 + (number < 4) for number, group in enumerate(place.GROUPS)}
        for home in homes:
            if home.group:
                room[home.group] -= 1
        slots = [group for group, count in room.items() for _ in range(count)]
        self.rng.shuffle(slots)
        homes = self.rng.sample(homes, len(homes))  # or all people living alone would be neighbours
        for home in homes:
            home.group = home.group or slots.pop()
        taken = {(home.group, home.door) for home in homes if home.door}
        doors: Counter[str] = Counter()
        for home in homes:
            while not home.door:
                doors[home.group] += 1
                door = f"{doors[home.group]}号"
                home.door = "" if (home.group, door) in taken else door
        order = {group: number for number, group in enumerate(place.GROUPS)}
        return sorted(homes, key=lambda home: (order[home.group], int(home.door.removesuffix("号"))))


def _marital(home: Home, person: Draft, years: int) -> str:
    if years < 20 or person.role in ("grown", "child"):
        return "10"
    relations = {other.relation for other in home.members}
    roles = [other.role for other in home.members]
    if person.role in ("core", "mate"):
        return "20" if "mate" in roles else ("10" if years < 30 else "40")
    if person.role == "match":
        return "20"
    if person.role == "elder":
        return "20" if roles.count("elder") == 2 else "30"
    if person.relation in ("11", "12") or (person.relation == "02" and relations & {"11", "12"}):
        return "20"
    if person.relation in ("02", "52"):
        return "30" if years >= 60 else "40"
    return "10"


def _stage(rng: random.Random, years: int) -> str:
    for limit, stage in ((3, "none"), (6, "preschool"), (12, "primary"), (15, "junior")):
        if years < limit:
            return stage
    if years < 18:
        return rng.choices(("senior", "vocational"), (6, 4))[0]
    return rng.choices(("bachelor", "college", ""), (2, 2, 6))[0] if years < 22 else ""


def _education(rng: random.Random, years: int) -> str:
    if years < 30:
        return rng.choices(("20", "30", "40", "60", "70"), (2, 2, 2, 2, 2))[0]
    if years < 60:
        return rng.choices(("30", "60", "70", "80"), (1, 2, 5, 3))[0]
    return rng.choices(("70", "80", "90"), (2, 5, 3 if years < 75 else 6))[0]
