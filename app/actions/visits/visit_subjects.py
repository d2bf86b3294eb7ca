"""What a visit asks about beside the people: the family's running matters (SD-015), and what it draws."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions import auditing
from app.actions.desk import Desk
from app.domain.packs.proof import asked_for
from app.domain.papers.granted import grants
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.ticket import Ticket
from app.domain.tickets.ticket_map import WORDS
from app.domain.visits.asking import Subject
from app.domain.visits.visit import Visit

SPOKEN = 24  # characters of her own words that name a matter where no item does


def matters(desk: Desk, household: str) -> tuple[Subject, ...]:
    """The tickets of the household that have not ended, the oldest first, each with where it stands."""
    running = [one for one in desk.store.reading.where(Ticket, household=household) if not one.ended]
    return tuple(_matter(desk, one) for one in running)


def benefits(desk: Desk, home: Household, members: Sequence[Person]) -> tuple[Subject, ...]:
    """What the family draws, by the code of the item, with whose it is."""
    drawn = grants(home, members, desk.pack, desk.today)
    return tuple(Subject(one.item, one.name, "、".join(one.who)) for one in drawn)


def spoken_of(desk: Desk, visit: Visit, members: Sequence[Person]) -> dict[str, str]:
    """Every name the answers of `visit` may need: members and those who left, workers, tickets, items."""
    keys = {
        visit.respondent,
        *(key for each in visit.answers.values() if isinstance(each, dict) for key in each),
    }
    left = desk.store.reading.many(Person, sorted(keys - {one.id for one in members}))
    logged: dict[str, str] = desk.store.meta.get(auditing.NAMES) or {}
    people = {one.id: one.name for one in (*members, *left)}
    return {**logged, **names_in(desk, visit), desk.worker: desk.worker_name, **people}


def names_in(desk: Desk, visit: Visit) -> dict[str, str]:
    """Names of the tickets and benefits the answers of `visit` speak of, by id or code."""
    keys = [key for given in visit.answers.values() if isinstance(given, dict) for key in given]
    tickets = desk.store.reading.many(Ticket, [*keys, *([visit.ticket] if visit.ticket else [])])
    items = {code: item.name for code, item in desk.pack.item_table.items() if code in keys}
    return items | {one.id: _matter(desk, one).name for one in tickets}


def _matter(desk: Desk, ticket: Ticket) -> Subject:
    named = {code: item.name for code, item in desk.pack.item_table.items()} | asked_for(desk.pack.proofs)
    what = "、".join(named[code] for code in ticket.items if code in named) or ticket.request[:SPOKEN]
    where = f"{WORDS[ticket.state]}：{ticket.handed_to}" if ticket.handed_to else WORDS[ticket.state]
    return Subject(ticket.id, what, f"{ticket.short_number} · {where}")
