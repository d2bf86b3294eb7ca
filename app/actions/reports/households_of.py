"""The households of a handful of records, read once, with the names of their heads."""

from __future__ import annotations

from collections.abc import Iterable

from app.actions.desk import Desk
from app.domain.people.household import Household
from app.domain.people.person import Person


class Homes:
    """`found` in the order asked for, each once; one that is not on the roll has no name and no place."""

    def __init__(self, desk: Desk, ids: Iterable[str]) -> None:
        wanted = [one for one in dict.fromkeys(ids) if one]
        self.found = desk.store.reading.many(Household, wanted)
        heads = desk.store.reading.many(Person, [home.head for home in self.found if home.head])
        self._names = {one.id: one.name for one in heads}
        self._homes = {home.id: home for home in self.found}

    def head(self, household: str) -> str:
        """The name of its head, or ""."""
        home = self._homes.get(household)
        return self._names.get(home.head, "") if home else ""

    def called(self, household: str) -> str:
        """`蒋桂英家`, else the door, else that it is not on the roll."""
        name, place = self.head(household), self.place(household)
        return f"{name}家" if name else place or "不在名册上"

    def place(self, household: str) -> str:
        """The group and the door, or ""."""
        home = self._homes.get(household)
        return home.place if home else ""

    def group(self, household: str) -> str:
        """The village group, or ""."""
        home = self._homes.get(household)
        return home.group if home else ""
