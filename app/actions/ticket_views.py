"""Tickets to look at: one whole story, the open ones in the order they are due, the ended ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.domain.followup import FollowUp
from app.domain.household import Household
from app.domain.person import Person
from app.domain.ticket import Ticket, TicketEvent
from app.domain.workdays import Deadline


@dataclass(frozen=True)
class Story:
    """A ticket with all that happened to it. Events newest first."""

    ticket: Ticket
    events: tuple[TicketEvent, ...]
    household: Household | None
    visitor: Person | None
    subject: Person | None
    followups: tuple[FollowUp, ...]
    deadline: Deadline | None


def story(desk: Desk, ticket: str) -> Story:
    """All of one ticket."""
    reading = desk.store.reading
    found = reading.get(Ticket, ticket)
    return Story(
        ticket=found,
        events=tuple(reversed(reading.where(TicketEvent, ticket=ticket))),
        household=reading.find(Household, found.household) if found.household else None,
        visitor=reading.find(Person, found.visitor) if found.visitor else None,
        subject=reading.find(Person, found.subject) if found.subject else None,
        followups=tuple(one for one in reading.where(FollowUp, ticket=ticket) if not one.done_at),
        deadline=_deadline(desk, found.due_on),
    )


def board(desk: Desk) -> tuple[Ticket, ...]:
    """Every ticket not yet ended, the earliest due first, then the oldest."""
    open_ones = [ticket for ticket in desk.store.reading.each(Ticket) if not ticket.ended]
    return tuple(sorted(open_ones, key=lambda ticket: (ticket.due_on or date.max, ticket.received_at)))


def ended(desk: Desk, *, limit: int = 100) -> tuple[Ticket, ...]:
    """The latest ended ones."""
    done = [ticket for ticket in desk.store.reading.each(Ticket) if ticket.ended]
    return tuple(sorted(done, key=lambda ticket: ticket.received_at, reverse=True)[:limit])


def _deadline(desk: Desk, due: date | None) -> Deadline | None:
    return None if due is None else Deadline(due, not desk.calendar.knows(due))
