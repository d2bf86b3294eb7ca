"""Tickets to look at: one whole story, the four lists of the board, and how long each has left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.tickets import joining, subtasks, ticket_due
from app.actions.tickets.ticket_due import Due
from app.actions.tickets.ticket_steps import told_of
from app.domain.packs.office import Office
from app.domain.packs.policy import ItemKinds
from app.domain.packs.proof import Proof, asked_for
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.roles import Right
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import ENDED, STILL_OPEN, State, Ticket, TicketEvent
from app.domain.workdays import Deadline

# Where the next act is somebody else's, though the first receiver still follows it.
WITH_OTHERS = frozenset(
    {
        State.TRANSFERRED,
        State.DELIBERATING,
        State.WAITING_APPLICANT,
        State.WAITING_EXTERNAL,
        State.MERGED,
    }
)


@dataclass(frozen=True)
class Line:
    """A ticket as one row of the board. `place` is the door, `due` None before it was decided.

    `unclaimed`: it was handed over and nobody took it in time, so that it came back. `to_tell`: it went
    on in another ticket, which has its result.
    """

    ticket: Ticket
    place: str
    due: Due | None
    unclaimed: bool = False
    to_tell: bool = False


@dataclass(frozen=True)
class Spared:
    """A certificate the village should not issue; `place` decides it, with a `phone` the county wrote."""

    proof: Proof
    place: str = ""
    phone: str = ""

    @property
    def code(self) -> str:
        return self.proof.code


@dataclass(frozen=True)
class Choices:
    """What the pages offer to point at: (code, words) of items and of causes, names of places, today.

    `proofs` are the certificates the village should not issue; `first` names the place that decides a
    matter, by the code of the item or proof.
    """

    items: tuple[tuple[str, str], ...]
    kinds: ItemKinds  # the same items by what they are about
    causes: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    today: date
    proofs: tuple[Spared, ...] = ()
    first: Mapping[str, str] = field(default_factory=dict)
    prevents: Mapping[str, str] = field(default_factory=dict)  # by the code of a cause: what prevents it

    def places_for(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The places to hand a matter to, those that decide these `codes` before the others."""
        deciding = [self.first[code] for code in codes if code in self.first]
        return tuple(dict.fromkeys((*deciding, *self.places)))

    def item_names(self, codes: tuple[str, ...]) -> str:
        """`临时救助、孤儿基本生活费`; a code the county no longer sends is left out."""
        known = dict(self.items) | asked_for(one.proof for one in self.proofs)
        return "、".join(known[code] for code in codes if code in known)


@dataclass(frozen=True)
class Sheet:
    """The board: what the worker must do, what waits for others, what is due, what has ended.

    A ticket in `due` also stands in `mine` or `others`.
    """

    mine: tuple[Line, ...]
    others: tuple[Line, ...]
    due: tuple[Line, ...]
    ended: tuple[Line, ...]


@dataclass(frozen=True)
class Story:
    """A ticket with all that happened to it. Events newest first.

    `office` is the place it was handed to, or did not take it, when the pack knows it. `parts` are what
    others were asked to do; `merged` the tickets that go on in this one, and `into` the one it goes on in,
    with its `outcome` once there is one; `joinable` those it could be joined with. `may_confirm`: who sits
    here speaks for the town.
    """

    ticket: Ticket
    events: tuple[TicketEvent, ...]
    household: Household | None
    visitor: Person | None
    subject: Person | None
    followups: tuple[FollowUp, ...]
    deadline: Deadline | None
    due: Due | None = None
    office: Office | None = None
    parts: tuple[SubTask, ...] = ()
    merged: tuple[Ticket, ...] = ()
    into: Ticket | None = None
    outcome: str = ""
    joinable: tuple[Ticket, ...] = ()
    may_confirm: bool = False
    now: datetime | None = None


def story(desk: Desk, ticket: str) -> Story:
    """All of one ticket."""
    reading = desk.store.reading
    found = reading.get(Ticket, ticket)
    return Story(
        ticket=found,
        events=told_of(desk, ticket)[::-1],
        household=reading.find(Household, found.household) if found.household else None,
        visitor=reading.find(Person, found.visitor) if found.visitor else None,
        subject=reading.find(Person, found.subject) if found.subject else None,
        followups=tuple(one for one in reading.where(FollowUp, ticket=ticket) if not one.done_at),
        deadline=_deadline(desk, found.due_on),
        due=ticket_due.due(desk, found),
        office=_office(desk, found.handed_to or found.bounced_from),
        parts=subtasks.of_ticket(desk, ticket),
        merged=joining.merged(desk, ticket),
        into=reading.find(Ticket, found.merged_into) if found.merged_into else None,
        outcome=joining.outcome(desk, found),
        joinable=joining.may_join(desk, found),
        may_confirm=desk.role.may(Right.CONFIRM),
        now=desk.now,
    )


def choices(desk: Desk) -> Choices:
    """What is in force today."""
    return Choices(
        items=tuple((item.code, item.name) for item in desk.pack.items()),
        kinds=desk.pack.kinds_of_items(),
        causes=tuple((cause.code, cause.short or cause.cause) for cause in desk.pack.trip_causes),
        places=tuple(office.name for office in offices(desk)),
        today=desk.today,
        proofs=tuple(_spared(desk, one) for one in policies.proofs(desk)),
        first=_deciding(desk),
        prevents={cause.code: cause.prevent for cause in desk.pack.trip_causes},
    )


def _spared(desk: Desk, proof: Proof) -> Spared:
    office = policies.proof(desk, proof.code).office
    if office is None:
        return Spared(proof)
    phone = office.contacts[0].phone if office.contacts else ""
    return Spared(proof, office.name, phone)


def _deciding(desk: Desk) -> dict[str, str]:
    wanted = {item.code: item.refer for item in desk.pack.items()}
    wanted |= {proof.code: proof.office for proof in policies.proofs(desk)}
    found = {
        code: desk.pack.office(name, desk.today, village=desk.village)
        for code, name in wanted.items()
        if name
    }
    return {code: office.name for code, office in found.items() if office and office.name}


def sheet(desk: Desk) -> Sheet:
    """The four lists, each in the order to work through it."""
    lines = [line(desk, ticket) for ticket in board(desk)]
    return Sheet(
        mine=tuple(line for line in lines if not _elsewhere(desk, line)),
        others=tuple(line for line in lines if _elsewhere(desk, line)),
        due=tuple(line for line in lines if line.due and line.due.pressing),
        ended=tuple(line(desk, ticket) for ticket in ended(desk)),
    )


def board(desk: Desk) -> tuple[Ticket, ...]:
    """Every ticket not yet ended: urgent ones, then the earliest due, then the oldest."""
    open_ones = desk.store.reading.where(Ticket, state=STILL_OPEN)
    return tuple(sorted(open_ones, key=lambda one: (not one.urgent, one.due_on or date.max, one.received_at)))


def ended(desk: Desk, *, skip: int = 0, limit: int = 100) -> tuple[Ticket, ...]:
    """The latest ended ones, after the first `skip`."""
    return desk.store.reading.by_day(Ticket, newest_first=True, limit=limit, skip=skip, state=sorted(ENDED))


def ended_lines(desk: Desk, skip: int) -> tuple[Line, ...]:
    """What stands in the list of ended ones below the first `skip`."""
    return tuple(line(desk, ticket) for ticket in ended(desk, skip=skip))


def offices(desk: Desk) -> tuple[Office, ...]:
    """The places the pack knows by name today, to hand a matter to; without the village office itself."""
    found = [desk.pack.office(one.id, desk.today, village=desk.village) for one in desk.pack.offices]
    named = {one.name: one for one in found if one and one.name and one.id != "village"}
    return tuple(named.values())


def _office(desk: Desk, name: str) -> Office | None:
    return next((one for one in offices(desk) if one.name == name), None) if name else None


def line(desk: Desk, ticket: Ticket) -> Line:
    """The ticket as a row of a list."""
    home = desk.store.reading.find(Household, ticket.household) if ticket.household else None
    back = bool(ticket.bounced_from) or ticket_due.unclaimed(desk, ticket)
    told = ticket.state is State.MERGED and bool(joining.outcome(desk, ticket))
    return Line(ticket, home.place if home else "", ticket_due.due(desk, ticket), back, told)


def _elsewhere(desk: Desk, line: Line) -> bool:
    # What nobody takes comes back to the first receiver: she has a call to make.
    away = line.ticket.state in WITH_OTHERS and not (line.unclaimed or line.to_tell)
    return away or line.ticket.owner not in ("", desk.worker)


def _deadline(desk: Desk, due: date | None) -> Deadline | None:
    return None if due is None else Deadline(due, not desk.calendar.knows(due))
