"""Finding and opening a family; looking at a full identity number; bringing in a roster."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.desk import Desk
from app.domain import eligibility
from app.domain.checklist import Checklist
from app.domain.eligibility import Suggestion
from app.domain.followup import FollowUp
from app.domain.household import Household
from app.domain.person import Person
from app.domain.ticket import Ticket
from app.domain.visit import Visit
from app.store.finder import Hits


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

    @property
    def head(self) -> Person | None:
        return next((person for person in self.members if person.id == self.household.head), None)

    @property
    def title(self) -> str:
        """`蒋桂英家`, or the door when nobody is registered as head."""
        return f"{self.head.name}家" if self.head else f"{self.household.place} 家"


def search(desk: Desk, query: str, *, kind: str | None = None, limit: int = 30) -> Hits:
    """People, households, tickets and lists that match what has been typed so far."""
    return desk.store.finder.find(query, kind=kind, limit=limit)


def family(desk: Desk, household: str) -> Family:
    """Raises StorageFault when the household is not (or no longer) here."""
    reading = desk.store.reading
    found = reading.get(Household, household)
    members = reading.where(Person, household=household)
    ordered = sorted(members, key=lambda one: (one.id != found.head, str(one.birth or "9999"), one.id))
    return Family(
        household=found,
        members=tuple(ordered),
        tickets=tuple(reversed(reading.where(Ticket, household=household))),
        visits=tuple(reversed(reading.where(Visit, household=household))),
        checklists=tuple(reversed(reading.where(Checklist, household=household))),
        followups=tuple(one for one in reading.where(FollowUp, household=household) if not one.done_at),
        suggestions=eligibility.suggest(found, tuple(ordered), desk.pack, desk.now),
    )


def reveal_number(desk: Desk, person: str) -> str:
    """The full identity number, with a line in the audit log saying who looked."""
    found = desk.store.reading.get(Person, person)
    with desk.unit("reveal") as unit:
        unit.audit("reveal id_number", person)
    return found.id_number or ""


def namesakes(desk: Desk, person: Person) -> int:
    """How many people of this village share the name, herself included."""
    hits = desk.store.finder.find(person.name, kind="person", limit=100)
    return sum(hit.title == person.name for hit in hits.shown)
