"""Every family as the plan of visits sees it: whom its head is, who lives there, and whom visits are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import is_

from app.actions.desk import Desk
from app.domain.ids import made_on
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.schedule import Reminder, reminders
from app.domain.visits.concern import Concern, Register
from app.store.reading import Marked
from app.store.remembered import Same

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
    reminders: tuple[Reminder, ...] = ()  # cards that run out, birthdays that bring or end a benefit

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


@dataclass(frozen=True)
class _Known:
    """All families with what they were made from: a save changes one or two of thousands."""

    homes: dict[str, Marked[Household]]
    people: dict[str, Marked[Person]]
    made: dict[str, tuple[tuple[Household | Person, ...], Family]]
    families: Mapping[str, Family]


def families(desk: Desk) -> Mapping[str, Family]:
    """All of them by id, worked out once for a day, and those anew of which anything was changed."""
    question = (desk.village, desk.today, Same(desk.pack))
    known = desk.store.remembered.renew(
        "families", question, KINDS, lambda before: _families(desk, before or _Known({}, {}, {}, {}))
    )
    return known.families


def _families(desk: Desk, before: _Known) -> _Known:
    register = Register(desk.pack, desk.village, desk.now)
    homes = desk.store.reading.again(Household, before.homes)
    people = desk.store.reading.again(Person, before.people)
    members: dict[str, list[Person]] = {}
    for _, person in people.values():
        members.setdefault(person.household, []).append(person)
    made = {}
    for key, (_, home) in homes.items():
        parts = (home, *members.get(key, ()))
        old = before.made.get(key)
        same = old is not None and len(old[0]) == len(parts) and all(map(is_, old[0], parts))
        made[key] = (
            old if old is not None and same else (parts, _family(desk, register, home, list(parts[1:])))
        )
    return _Known(homes, people, made, {key: family for key, (_, family) in made.items()})


def _family(desk: Desk, register: Register, home: Household, members: list[Person]) -> Family:
    names = {one.id: one.name for one in members}
    concerns, groups = register.about(home, members)
    return Family(
        household=home,
        head=names.get(home.head, ""),
        names=names,
        concerns=concerns,
        groups=groups,
        known_since=made_on(home.id) or register.on,
        reminders=() if home.moved_out else reminders(home, members, desk.pack, desk.now),
    )
