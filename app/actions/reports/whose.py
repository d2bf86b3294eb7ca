"""Of whom a fact is: households and people read once, as columns, for all the facts of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.actions.desk import Desk
from app.domain.people.person import age
from app.domain.reports.facts import Home, Whose
from app.store.figures import listed

SEX = {"1": "男", "2": "女"}
HOUSEHOLD = ("group", "hukou_type", "classes", "moved_out")
PERSON = ("household", "sex", "birth")
Body = tuple[str, str, date | None]  # the household, the sex in a word, the day of birth


@dataclass(frozen=True)
class Roll:
    """The roll of the desk's villages, as far as reports look at it.

    Facts of one family share one value: there are hundreds of thousands of them.
    """

    desk: Desk
    _off: dict[tuple[str, str], Whose] = field(default_factory=dict)
    _of_people: dict[tuple[int, str, int | None], Whose] = field(default_factory=dict)
    _bodies: dict[str, Body] = field(default_factory=dict)

    @cached_property
    def homes(self) -> Mapping[str, Whose]:
        """Every household by id, also one that has moved out: what was done for it stays counted."""
        return {
            home: Whose(home, self._village(village), group or "", hukou or "rural", tuple(listed(classes)))
            for home, village, group, hukou, classes, _moved in self._households
        }

    def living(self) -> tuple[Home, ...]:
        """The households that live here now, for what should have been visited."""
        return tuple(Home(row[0], self.homes[row[0]]) for row in self._households if not row[-1])

    def home(self, village: str, household: str, person: str = "") -> Whose:
        """Of the household, or that of the person, else only the village is known."""
        if found := self.homes.get(household):
            return found
        if not household and (body := self._body(person)) and (found := self.homes.get(body[0])):
            return found
        key = (village, household)
        if key not in self._off:
            self._off[key] = Whose(household=household, village=self._village(village), hukou="")
        return self._off[key]

    def whose(self, village: str, household: str, person: str, on: date) -> Whose:
        """Of the person, else the household, else only the village is known."""
        home, body = self.home(village, household, person), self._body(person)
        if body is None:
            return home
        _, sex, birth = body
        key = (id(home), sex, age(birth, on) if birth else None)
        if key not in self._of_people:
            self._of_people[key] = Whose(
                home.household, home.village, home.group, home.hukou, home.classes, sex, key[2]
            )
        return self._of_people[key]

    def _body(self, person: str) -> Body | None:
        if person not in self._bodies and (row := self._people.get(person)):
            _, _, household, sex, birth = row
            self._bodies[person] = (household, SEX.get(str(sex), ""), day_of(birth))
        return self._bodies.get(person)

    @cached_property
    def _people(self) -> Mapping[str, tuple[Any, ...]]:
        return {row[0]: row for row in self.desk.store.figures.columns("person", PERSON)}

    @cached_property
    def _households(self) -> list[tuple[Any, ...]]:
        return self.desk.store.figures.columns("household", HOUSEHOLD)

    def _village(self, code: str) -> str:
        return self.desk.village_name if code == self.desk.village else code


def day_of(value: str | None) -> date | None:
    """The day in a stored text, or None."""
    return date.fromisoformat(value[:10]) if value else None
