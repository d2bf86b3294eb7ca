"""What the pages show of checklists: one that is open, the list of all, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.actions.checklists.checklist_after import trips
from app.actions.desk import Desk
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.open_days import good_day
from app.domain.people.person import Person
from app.domain.tickets.ticket import Trip

MOST_DAYS = 3


@dataclass(frozen=True)
class Opened:
    """One list on the desk. `causes` are (W-code, words) of walks in vain."""

    checklist: Checklist
    today: date
    trips: tuple[Trip, ...]
    causes: tuple[tuple[str, str], ...]


def opened(desk: Desk, checklist: str) -> Opened:
    """The list with what is needed to go on working at it."""
    found = desk.store.reading.get(Checklist, checklist)
    causes = tuple((cause.code, cause.short or cause.cause) for cause in desk.pack.trip_causes)
    return Opened(found, desk.today, trips(desk, found), causes)


def good_days(desk: Desk, checklist: Checklist) -> tuple[date, ...]:
    """The next days on which the next errand can be done, today too while the doors may still open."""
    days: list[date] = []
    if not checklist.steps:
        return ()
    place, day = checklist.steps[checklist.next_step].place, desk.today
    while len(days) < MOST_DAYS:
        found = good_day(place, day, desk.calendar)
        days.append(found)
        day = found + timedelta(days=1)
    return tuple(days)


def listed(desk: Desk, *, limit: int = 50) -> tuple[tuple[Checklist, ...], dict[str, Person]]:
    """The latest lists, newest first, with the people they were made for by id."""
    made = tuple(reversed(tuple(desk.store.reading.each(Checklist))))[:limit]
    people = desk.store.reading.many(Person, [one.person for one in made])
    return made, {one.id: one for one in people}
