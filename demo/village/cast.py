"""Who is who among the imported records: the past is told of people found by name and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.domain.people.household import Household
from app.domain.people.person import Life, Person


class Cast:
    """The households and people a past can happen to."""

    def __init__(self, households: Iterable[Household], people: Iterable[Person]) -> None:
        self.homes = {home.id: home for home in households}
        self._members: dict[str, list[Person]] = defaultdict(list)
        self._named: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self._members[person.household].append(person)
            self._named[person.name].append(person)

    def find(self, name: str, place: str = "") -> Person | None:
        """The person of that name (at that `place`, where the name is shared), or None if not here."""
        found = [one for one in self._named[name] if not place or self.home(one).place == place]
        return found[0] if found else None

    def home(self, person: Person) -> Household:
        return self.homes[person.household]

    def members(self, home: Household) -> list[Person]:
        """The people of one household."""
        return self._members[home.id]

    def at_home(self, home: Household) -> Person | None:
        """Someone who can answer the door: the head first, never a child."""
        able = [one for one in self._members[home.id] if one.life is Life.HERE and one.school_stage in _GROWN]
        able.sort(key=lambda one: one.id != home.head)
        return able[0] if able else None

    def of_class(self, *codes: str) -> list[Household]:
        """The households of any of these classes, by place."""
        found = [home for home in self.homes.values() if set(codes) & set(home.classes)]
        return sorted(found, key=lambda home: home.place)


_GROWN = frozenset(("", "vocational", "college", "bachelor", "master"))
