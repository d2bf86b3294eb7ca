"""Every family as the plan of visits sees it: whom its head is, who lives there, and whom visits are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from app.actions.desk import Desk
from app.domain.ids import made_on
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.schedule import Reminder, reminders
from app.domain.visits.concern import Concern, Register
from app.store.remembered import Same
from app.store.written import Held, with_these

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

    register: Register
    homes: Held[Household]
    people: Held[Person]
    members: Mapping[str, tuple[Person, ...]]  # by household, in the order of ids
    families: Mapping[str, Family]


def families(desk: Desk) -> Mapping[str, Family]:
    """All of them by id, worked out once for a day, and those anew of which anything was changed."""
    question = (desk.village, desk.today, Same(desk.pack))
    known = desk.store.remembered.renew("families", question, KINDS, lambda before: _families(desk, before))
    return known.families


def _families(desk: Desk, before: _Known | None) -> _Known:
    if before is None:
        return _all(desk)
    homes = desk.store.reading.again(Household, before.homes)
    people = desk.store.reading.again(Person, before.people)
    moved = _moved(before, people)
    members = {**before.members, **moved} if moved else before.members
    touched = {*(homes.changed or ()), *moved}
    made = {
        home: _family(desk, before.register, homes.records[home], members.get(home, ()))
        for home in touched
        if home in homes.records
    }
    known = with_these(before.families, tuple(touched), made) if touched else before.families
    return _Known(before.register, homes, people, members, known)


def _all(desk: Desk) -> _Known:
    register = Register(desk.pack, desk.village, desk.now)
    homes, people = desk.store.reading.again(Household), desk.store.reading.again(Person)
    found: dict[str, list[Person]] = {}
    for person in people.records.values():
        found.setdefault(person.household, []).append(person)
    members = {home: tuple(those) for home, those in found.items()}
    known = {key: _family(desk, register, home, members.get(key, ())) for key, home in homes.records.items()}
    return _Known(register, homes, people, members, known)


def _moved(before: _Known, people: Held[Person]) -> dict[str, tuple[Person, ...]]:
    """Who lives now where somebody was written, came to or went from."""
    changed = people.changed or frozenset()
    was = [one for key in changed if (one := before.people.records.get(key)) is not None]
    now = [one for key in changed if (one := people.records.get(key)) is not None]
    found = {
        home: [one for one in before.members.get(home, ()) if one.id not in changed]
        for home in {one.household for one in (*was, *now)}
    }
    for one in now:
        found[one.household].append(one)
    return {home: tuple(sorted(those, key=attrgetter("id"))) for home, those in found.items()}


def _family(desk: Desk, register: Register, home: Household, members: Sequence[Person]) -> Family:
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
