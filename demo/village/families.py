"""Families with believable ages: parents a generation older than children, the old in their bands."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from app.domain.people.identity import Sex
from demo.village.draft import Draft, Home
from demo.village.place import born
from demo.village.shape import Shape

MIDDLE, SENIOR, ELDEST = "60-64", "65-79", "80+"
YEARS = {MIDDLE: (60, 64), SENIOR: (65, 79), ELDEST: (80, 89)}
ELDEST_YEARS = (80, 98)


@dataclass(frozen=True)
class Bands:
    """How many people of each old age band, and how many of the eldest are past 90."""

    middle: int
    senior: int
    eldest: int
    past_90: int


def families(rng: random.Random, on: date, shapes: list[Shape], bands: Bands) -> list[Home]:
    """One home for each shape, with exactly the old people that `bands` asks for."""
    chosen = _bands(rng, shapes, bands)
    alone = [
        place
        for place, shape in enumerate(shapes)
        if chosen.get(place) == ELDEST and shape.old == shape.size == 1
    ]
    past_90 = set(rng.sample(alone, bands.past_90))
    homes = []
    for place, shape in enumerate(shapes):
        years = (90, 98) if place in past_90 else YEARS.get(chosen.get(place, ""), (0, 0))
        homes.append(Home(_Family(rng, on, shape, years).members()))
    return homes


def _bands(rng: random.Random, shapes: list[Shape], bands: Bands) -> dict[int, str]:
    """The band of each household's old people: scarce bands first, where the family's ages allow."""
    left = {ELDEST: bands.eldest, MIDDLE: bands.middle, SENIOR: bands.senior}
    chosen: dict[int, str] = {}
    order = [place for place, shape in enumerate(shapes) if shape.old]
    rng.shuffle(order)
    order.sort(key=lambda place: -shapes[place].old)  # couples first, so that single people fill the rest
    couples_share = {ELDEST: 0.08, MIDDLE: 0.16}  # the eldest are mostly widowed
    for band, allowed in ((ELDEST, _may_be_eldest), (MIDDLE, _may_be_middle)):
        for place in order:
            shape = shapes[place]
            if place in chosen or not allowed(shape) or shape.old > left[band]:
                continue
            if shape.old == 1 or rng.random() < couples_share[band]:
                chosen[place] = band
                left[band] -= shape.old
    for place in order:
        if place not in chosen:
            chosen[place] = SENIOR
            left[SENIOR] -= shapes[place].old
    assert not any(left.values()), left
    return chosen


def _may_be_eldest(shape: Shape) -> bool:
    return not (shape.children and shape.adults < 3)


def _may_be_middle(shape: Shape) -> bool:
    return shape.adults < 3


class _Family:
    """Fills one shape with people, the oldest generation first."""

    def __init__(self, rng: random.Random, on: date, shape: Shape, old_years: tuple[int, int]) -> None:
        self.rng, self.on, self.shape, self.old_years = rng, on, shape, old_years
        self.people: list[Draft] = []

    def members(self) -> list[Draft]:
        elders = self._elders()
        core_years = self._core_years(elders)
        core = self._core(core_years)
        self._grown(core)
        self._children(core_years)
        for person in self.people:
            person.generation += _generation_of(self.people[0])
        return self.people

    def _add(self, role: str, sex: Sex, years: int, generation: int) -> Draft:
        birth = born(self.on, years, self.rng.randrange(12), self.rng.randrange(1, 28))
        person = Draft(sex, birth, role=role, generation=generation)
        self.people.append(person)
        return person

    def _elders(self) -> list[int]:
        low, high = self.old_years
        if not self.shape.old:
            return []
        # Younger old people are more common than older ones, in every band.
        first = min(self.rng.randint(low, high), self.rng.randint(low, high))
        if self.shape.old == 1:
            women = 0.62 if self.shape.size > 1 else 0.45
            self._add("elder", Sex.FEMALE if self.rng.random() < women else Sex.MALE, first, 0)
            return [first]
        second = max(low, min(high, first + self.rng.randint(-5, 3)))
        self._add("elder", Sex.MALE, first, 0)
        self._add("elder", Sex.FEMALE, second, 0)
        return [first, second]

    def _core_years(self, elders: list[int]) -> int:
        low, high = 25, 58
        if self.shape.adults >= 3:
            low, high = 43, 57
            if self.shape.children and self.shape.adults == 3:
                high = 52  # the children are her own
            elif self.shape.children:
                low = 47  # and already a grandmother
        elif self.shape.children:
            low, high = 24, 47
        if elders:
            low, high = max(low, max(elders) - 38), min(high, min(elders) - 20)
        return self.rng.randint(low, high) if low <= high else max(low, min(high, 58))

    def _core(self, years: int) -> list[Draft]:
        if self.shape.adults == 0:
            return []
        generation = 1 if self.shape.old else 0
        alone = self.shape.adults == 1
        sex = Sex.MALE if not alone or self.rng.random() < 0.65 else Sex.FEMALE
        core = [self._add("core", sex, years, generation)]
        if not alone:
            mate_years = max(22, min(58, years - self.rng.randint(-1, 4)))
            core.append(self._add("mate", Sex.FEMALE, mate_years, generation))
        return core

    def _grown(self, core: list[Draft]) -> None:
        count = self.shape.adults - 2
        if count <= 0:
            return
        mother = core[-1].age_on(self.on)
        generation = core[0].generation + 1
        oldest = max(16, min(mother - 20, 34))
        lowest = 22 if self._has_grandchildren else 16
        years = self.rng.randint(min(lowest, oldest), oldest)
        self._add("grown", self._either(0.55), years, generation)
        for place in range(1, count):
            if place == 1 and years >= 22 and (self._has_grandchildren or self.rng.random() < 0.4):
                first = self.people[-1]
                first.facts["marital"] = "20"
                sex = Sex.FEMALE if first.sex is Sex.MALE else Sex.MALE
                self._add("match", sex, max(21, years + self.rng.randint(-2, 3)), generation)
            else:
                self._add("grown", self._either(0.55), max(15, years - self.rng.randint(1, 6)), generation)

    @property
    def _has_grandchildren(self) -> bool:
        return bool(self.shape.children) and self.shape.adults >= 4

    def _children(self, core_years: int) -> None:
        grown = [person for person in self.people if person.role == "grown"]
        if self._has_grandchildren:
            parent, generation = grown[0].age_on(self.on), grown[0].generation + 1
        elif grown:
            parent, generation = core_years, grown[0].generation
        elif self.shape.adults:
            parent, generation = core_years, self.people[-1].generation + 1
        else:
            parent, generation = 38, 2  # the parents are registered elsewhere
        newest, oldest = max(0, parent - 41), max(0, min(14, parent - 21))
        for _ in range(self.shape.children):
            self._add("child", self._either(0.52), self.rng.randint(min(newest, oldest), oldest), generation)

    def _either(self, men: float) -> Sex:
        return Sex.MALE if self.rng.random() < men else Sex.FEMALE


def _generation_of(eldest: Draft) -> int:
    # 先 to about 1945, then one word for each quarter of a century.
    return max(0, min(4, (eldest.birth.year - 1925) // 22))


def settle_relations(home: Home, rng: random.Random) -> None:
    """Choose the head and name everyone's relation to the head (GB/T 4761-2008)."""
    elders = [person for person in home.members if person.role == "elder"]
    core = next((person for person in home.members if person.role == "core"), None)
    if elders and (core is None or rng.random() < 0.55):
        _under_elder(home, elders[0], core)
    else:
        assert core is not None
        _under_core(home, core)


def _under_elder(home: Home, head: Draft, core: Draft | None) -> None:
    through_daughter = core is not None and core.sex is Sex.FEMALE
    for person in home.members:
        man = person.sex is Sex.MALE
        person.relation = {
            "elder": "02" if person is head else "12",
            "core": "20" if man else "30",
            "mate": "38",
            "grown": "41" if man else "42",
            "match": "46" if man else "45",
            "child": ("47" if man else "48") if _great(home) else ("41" if man else "42"),
        }[person.role]
        if through_daughter and person.relation in ("41", "42"):
            person.relation = {"41": "43", "42": "44"}[person.relation]


def _under_core(home: Home, head: Draft) -> None:
    order = {Sex.MALE: iter("22 23 24 25 26".split()), Sex.FEMALE: iter("32 33 34 35 36".split())}
    members = sorted(home.members, key=lambda person: person.birth)
    for person in members:
        man = person.sex is Sex.MALE
        if person.role in ("grown", "child") and not (person.role == "child" and _great(home)):
            person.relation = next(order[person.sex])
            continue
        person.relation = {
            "elder": "51" if man else "52",
            "core": "02",
            "mate": "12",
            "match": "28" if man else "38",
            "child": "41" if man else "42",
        }[person.role]


def _great(home: Home) -> bool:
    """Whether the children are those of the grown children."""
    adults = sum(person.role in ("core", "mate", "grown", "match") for person in home.members)
    return adults >= 4 and any(person.role == "match" for person in home.members)
