"""The fictional village of 青石垭, whole: 562 households and 2,010 people who never lived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.people.household import Household
from app.domain.people.person import Person
from demo.village import place, story
from demo.village.draft import Draft
from demo.village.making import Making


@dataclass(frozen=True)
class Village:
    """`edges` maps the number of an edge case to the ids of the people who stand for it."""

    code: str
    name: str
    on: date
    households: tuple[Household, ...]
    people: tuple[Person, ...]
    edges: Mapping[int, tuple[str, ...]]

    def named(self, name: str, group: str = "") -> Person:
        """The person of that name, in `group` where the name is shared. Raises KeyError if not just one."""
        homes = {home.id: home for home in self.households}
        found = [
            person
            for person in self.people
            if person.name == name and (not group or homes[person.household].group == group)
        ]
        if len(found) != 1:
            raise KeyError(f"{len(found)} people are called {name}")
        return found[0]

    def home_of(self, person: Person) -> Household:
        return next(home for home in self.households if home.id == person.household)

    def members(self, household: str) -> tuple[Person, ...]:
        """The people of one household, the head first."""
        return tuple(person for person in self.people if person.household == household)

    @property
    def grandmother(self) -> Person:
        """蒋奶奶, of whom the demo tells."""
        return self.named(story.GRANDMOTHER)

    @property
    def grandson(self) -> Person:
        return next(each for each in self.people if each.guardian == self.grandmother.id)


def generate(seed: int = 439901, on: date = story.ON) -> Village:
    """The village as it stands `on` that day. The same seed and day make the same village, ids and all."""
    making = Making(seed, on)
    homes = making.homes()
    ids: dict[Draft, str] = {}
    edges: dict[int, list[str]] = {}
    for home in homes:
        for person in home.members:
            ids[person] = making.numbers.record_id()
            for edge in person.edges:
                edges.setdefault(edge, []).append(ids[person])
    households: list[Household] = []
    people: list[Person] = []
    for home in homes:
        household, members = home.freeze(making.numbers.record_id(), place.VILLAGE, ids)
        households.append(household)
        people.extend(members)
    return Village(
        code=place.VILLAGE,
        name=place.VILLAGE_NAME,
        on=on,
        households=tuple(households),
        people=tuple(people),
        edges={edge: tuple(who) for edge, who in sorted(edges.items())},
    )
