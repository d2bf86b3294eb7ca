"""Opening a family with all that is going on in it, and looking at a full identity number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.entry.newcomers import Duplicate, Newcomer, create
from app.domain.checklists.checklist import Checklist
from app.domain.packs.proof import asked_for
from app.domain.papers.granted import Grant, grants
from app.domain.people.household import Household
from app.domain.people.person import Life, Person
from app.domain.roles import Right
from app.domain.rules import eligibility
from app.domain.rules.eligibility import Suggestion
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import WAITING, Ticket
from app.domain.visits.visit import Visit
from app.domain.workdays import workdays_between
from app.store.finder import Hits

__all__ = [
    "Duplicate", "Family", "Matter", "Newcomer", "create", "family", "namesakes", "reveal_number", "search",
]  # fmt: skip
GROWN_UP = 18


@dataclass(frozen=True)
class Matter:
    """An open ticket as the family's page tells it. `left` working days; `paused`: whom it waits for."""

    ticket: Ticket
    title: str
    left: int | None = None
    estimated: date | None = None
    paused: str = ""


@dataclass(frozen=True)
class Family:
    """Everything the household page shows. Members: head first, then by age, eldest first."""

    household: Household
    members: tuple[Person, ...]
    tickets: tuple[Ticket, ...]
    visits: tuple[Visit, ...]  # newest first
    checklists: tuple[Checklist, ...]  # newest first
    followups: tuple[FollowUp, ...]  # not yet done
    suggestions: tuple[Suggestion, ...]
    today: date
    matters: tuple[Matter, ...] = ()  # the tickets not ended, soonest due first
    drawn: tuple[Grant, ...] = ()  # what somebody at home draws

    @property
    def head(self) -> Person | None:
        return next((person for person in self.members if person.id == self.household.head), None)

    @property
    def title(self) -> str:
        """`蒋桂英家`, or `茶园组 3号这家` when nobody is registered as head."""
        return f"{self.head.name}家" if self.head else f"{self.household.place}这家"

    @property
    def draws(self) -> bool:
        """Whether anybody at home draws a benefit, so that there is something to put on the wall."""
        return bool(self.drawn)

    @property
    def living(self) -> tuple[Person, ...]:
        """Those counted as living together: here, or away for work."""
        return tuple(one for one in self.members if one.life in (Life.HERE, Life.AWAY))

    @property
    def readable_only(self) -> bool:
        """The household has moved away, or nobody of it is left: it may be looked at, not worked on."""
        return self.household.moved_out or not self.living

    def errand_of(self, person_id: str) -> tuple[str, str]:
        """(who goes, for whom) in a matter of `person_id`; for whom is empty when she goes herself.

        A guardian goes for the person in her care, else the head of the household for a minor.
        """
        person = next(one for one in self.members if one.id == person_id)
        able = {one.id for one in self.living} - {person_id}
        if person.guardian and person.guardian in able:
            return person.guardian, person_id
        age = person.age_on(self.today)
        if age is not None and age < GROWN_UP:
            elders = [one.id for one in self.living if (one.age_on(self.today) or 0) >= GROWN_UP]
            if elders:
                return (self.household.head if self.household.head in elders else elders[0]), person_id
        return person_id, ""


def search(desk: Desk, query: str, *, kind: str | None = None, limit: int = 30) -> Hits:
    """People, households, tickets and lists that match what has been typed so far."""
    return desk.store.finder.find(query, kind=kind, limit=limit)


def family(desk: Desk, record: str) -> Family:
    """The family of a household or of a person. Raises StorageFault when it is not (or no longer) here."""
    reading = desk.store.reading
    person = reading.find(Person, record)
    found = reading.get(Household, person.household if person else record)
    members = reading.where(Person, household=found.id)
    ordered = sorted(members, key=lambda one: (one.id != found.head, str(one.birth or "9999"), one.id))
    tickets = tuple(reversed(reading.where(Ticket, household=found.id)))
    return Family(
        household=found,
        members=tuple(ordered),
        tickets=tickets,
        visits=tuple(reversed(reading.where(Visit, household=found.id))),
        checklists=tuple(reversed(reading.where(Checklist, household=found.id))),
        followups=tuple(one for one in reading.where(FollowUp, household=found.id) if not one.done_at),
        suggestions=eligibility.suggest(found, tuple(ordered), desk.pack, desk.now),
        today=desk.today,
        matters=_matters(desk, tickets),
        drawn=grants(found, tuple(ordered), desk.pack, desk.today),
    )


def reveal_number(desk: Desk, person: str) -> str:
    """The full identity number, with a line in the audit log saying who looked."""
    desk.require(Right.REVEAL)
    found = desk.store.reading.get(Person, person)
    with desk.unit("reveal") as unit:
        unit.audit("reveal id_number", person)
    return found.id_number or ""


def namesakes(desk: Desk, person: Person) -> int:
    """How many people of this village share the name, herself included."""
    hits = desk.store.finder.find(person.name, kind="person", limit=100)
    return sum(hit.title == person.name for hit in hits.shown)


def _matters(desk: Desk, tickets: tuple[Ticket, ...]) -> tuple[Matter, ...]:
    still = sorted((one for one in tickets if not one.ended), key=lambda one: one.due_on or date.max)
    return tuple(_matter(desk, one) for one in still)


def _matter(desk: Desk, ticket: Ticket) -> Matter:
    named = {code: item.name for code, item in desk.pack.item_table.items()} | asked_for(desk.pack.proofs)
    names = [named[code] for code in ticket.items if code in named]
    title = "、".join(names) or ticket.request
    if ticket.due_on is None:
        return Matter(ticket, title)
    paused = ticket.waiting_for if ticket.state in WAITING else ""
    estimated = None if desk.calendar.knows(ticket.due_on) else ticket.due_on
    left = workdays_between(desk.calendar, desk.today, ticket.due_on)
    return Matter(ticket, title, left, estimated, paused)
