"""Every family as the plan of visits sees it: whom its head is, who lives there, and whom visits are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.domain.ids import made_on
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.visits.concern import Concern, Register

KINDS = ("household", "person")


@dataclass(frozen=True)
class Family:
    """One household. `names` are its people's by id; `groups` who of them is in which key group, by its id.

    `known_since` is the day it was registered here.
    """

    household: Household
    head: str
    names: Mapping[str, str]
    concerns: tuple[Concern, ...]
    groups: Mapping[str, tuple[str, ...]]
    known_since: date

    @property
    def title(self) -> str:
        """`蒋桂英家`, or the door when nobody is registered as head."""
        return f"{self.head}家" if self.head else f"{self.household.place} 家"

    @property
    def place(self) -> str:
        return self.household.place

    def called(self, persons: tuple[str, ...]) -> str:
        """`彭冬秀、李子轩`; nothing for the whole household."""
        return "、".join(self.names.get(one, "") for one in persons if one in self.names)


def families(desk: Desk) -> Mapping[str, Family]:
    """All of them by id, worked out once for a day and again when a household or a person was changed."""
    question = (desk.village, desk.today, id(desk.pack))
    return desk.store.remembered.ask("families", question, KINDS, lambda: _families(desk))


def _families(desk: Desk) -> dict[str, Family]:
    register = Register(desk.pack, desk.village, desk.now)
    members: dict[str, list[Person]] = {}
    for person in desk.store.reading.each(Person):
        members.setdefault(person.household, []).append(person)
    return {
        home.id: _family(register, home, members.get(home.id, []))
        for home in desk.store.reading.each(Household)
    }


def _family(register: Register, home: Household, members: list[Person]) -> Family:
    names = {one.id: one.name for one in members}
    return Family(
        household=home,
        head=names.get(home.head, ""),
        names=names,
        concerns=register.concerns(home, members),
        groups=register.groups_of(home, members),
        known_since=made_on(home.id) or register.on,
    )
