"""Whom a guardian's name on a roster means: first at home, then in the village, never by guessing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.tables.reading import RosterHousehold, RosterRow


class Guardians:
    """Finds the row of a guardian by identity number, or by a name that only one person has."""

    def __init__(self, households: Iterable[RosterHousehold]) -> None:
        self._by_number: dict[str, RosterRow] = {}
        self._by_name: dict[str, list[RosterRow]] = defaultdict(list)
        for household in households:
            for row in household.rows:
                self._by_name[row.person.name].append(row)
                if row.person.id_number:
                    self._by_number[row.person.id_number] = row

    def find(self, words: str, home: RosterHousehold) -> RosterRow | None:
        """The one row that `words` can mean for a member of `home`, or None."""
        if by_number := self._by_number.get(words.upper()):
            return by_number
        at_home = [row for row in home.rows if row.person.name == words]
        if len(at_home) == 1:
            return at_home[0]
        anywhere = self._by_name.get(words, [])
        return anywhere[0] if len(anywhere) == 1 and not at_home else None
