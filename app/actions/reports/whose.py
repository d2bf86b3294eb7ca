"""Of whom a fact is: households and people read once, as columns, for all the facts of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from app.actions.desk import Desk
from app.domain.people.person import age
from app.domain.reports.facts import Home, Whose

SEX = {"1": "男", "2": "女"}


@dataclass(frozen=True)
class Body:
    """What a report asks of a person."""

    household: str
    sex: str
    birth: date | None


@dataclass(frozen=True)
class Roll:
    """The roll of the desk's villages, as far as reports look at it."""

    desk: Desk

    @cached_property
    def homes(self) -> Mapping[str, Whose]:
        """Every household by id, also one that has moved out: what was done for it stays counted."""
        found = {}
        paths = ("group", "hukou_type", "classes")
        for home, village, (group, hukou, classes) in self.desk.store.figures.columns("household", paths):
            found[home] = Whose(
                household=home,
                village=self._village(village),
                group=group or "",
                hukou=hukou or "rural",
                classes=tuple(classes or ()),
            )
        return found

    @cached_property
    def people(self) -> Mapping[str, Body]:
        """Everybody by id."""
        found = {}
        columns = self.desk.store.figures.columns("person", ("household", "sex", "birth"))
        for person, _village, (household, sex, birth) in columns:
            found[person] = Body(household or "", SEX.get(str(sex), ""), day_of(birth))
        return found

    def living(self) -> tuple[Home, ...]:
        """The households that live here now, for what should have been visited."""
        moved = self.desk.store.figures.columns("household", ("moved_out",))
        gone = {home for home, _village, (out,) in moved if out}
        return tuple(Home(home, whose) for home, whose in self.homes.items() if home not in gone)

    def whose(self, village: str, household: str, person: str, on: date) -> Whose:
        """Of the person, else the household, else only the village is known."""
        body = self.people.get(person)
        home = self.homes.get(household or (body.household if body else ""))
        found = home or Whose(household=household, village=self._village(village), hukou="")
        if body is None:
            return found
        return replace(found, sex=body.sex, age=age(body.birth, on) if body.birth else None)

    def _village(self, code: str) -> str:
        return self.desk.village_name if code == self.desk.village else code


def day_of(value: Any) -> date | None:
    """The day in a stored text, or None."""
    return date.fromisoformat(value[:10]) if value else None
