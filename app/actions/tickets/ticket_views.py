"""Tickets to look at: one whole story, the four lists of the board, and how long each has left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.tickets.ticket_steps import paused_since, told_of
from app.domain.packs.office import Office
from app.domain.packs.policy import ItemKinds
from app.domain.packs.proof import Proof, asked_for
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import ENDED, State, Ticket, TicketEvent
from app.domain.workdays import Deadline, china_day, workdays_between

# Where the next act is somebody else's, though the first receiver still follows it.
WITH_OTHERS = frozenset(
    {State.TRANSFERRED, State.DELIBERATING, State.WAITING_APPLICANT, State.WAITING_EXTERNAL}
)

# 转办对方 2 个工作日不接单: it comes back to the first receiver's list (a county may set its own).
UNCLAIMED_WORKDAYS = 2


@dataclass(frozen=True)
class Due:
    """The last day and the working days `left` (negative: overdue; 0: today).

    `estimated` (预计): beyond the published calendar. `paused` names what the clock waits for (停表);
    then `left` is what was left when it stopped.
    """

    day: date
    left: int
    estimated: bool = False
    paused: str = ""


@dataclass(frozen=True)
class Line:
    """A ticket as one row of the board. `place` is the door, `due` None before it was decided.

    `unclaimed`: handed over two working days ago or more, and nobody has taken it.
    """

    ticket: Ticket
    place: str
    due: Due | None
    unclaimed: bool = False


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

    `office` is the place it was handed to, when the pack knows it.
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
        due=due(desk, found),
        office=next((one for one in offices(desk) if one.name == found.handed_to), None),
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
    lines = [_line(desk, ticket) for ticket in board(desk)]
    return Sheet(
        mine=tuple(line for line in lines if not _elsewhere(desk, line)),
        others=tuple(line for line in lines if _elsewhere(desk, line)),
        due=tuple(line for line in lines if line.due and not line.due.paused and line.due.left <= 0),
        ended=tuple(_line(desk, ticket) for ticket in ended(desk)),
    )


def board(desk: Desk) -> tuple[Ticket, ...]:
    """Every ticket not yet ended: urgent ones, then the earliest due, then the oldest."""
    open_ones = [ticket for ticket in desk.store.reading.each(Ticket) if not ticket.ended]
    return tuple(sorted(open_ones, key=lambda one: (not one.urgent, one.due_on or date.max, one.received_at)))


def ended(desk: Desk, *, limit: int = 100) -> tuple[Ticket, ...]:
    """The latest ended ones."""
    done = [ticket for ticket in desk.store.reading.each(Ticket) if ticket.ended]
    return tuple(sorted(done, key=lambda ticket: ticket.received_at, reverse=True)[:limit])


def due(desk: Desk, ticket: Ticket) -> Due | None:
    """How long it has left; None for one that has ended or was not decided yet."""
    if ticket.due_on is None or ticket.state in ENDED:
        return None
    since = paused_since(desk, ticket)
    return Due(
        day=ticket.due_on,
        left=_left(desk, since or desk.today, ticket.due_on),
        estimated=not desk.calendar.knows(ticket.due_on),
        paused=ticket.waiting_for if since else "",
    )


def unclaimed(desk: Desk, ticket: Ticket) -> bool:
    """Whether it was handed over two working days ago or more and the other side has not taken it."""
    if ticket.state is not State.TRANSFERRED:
        return False
    events = told_of(desk, ticket.id)
    handed = [one.at for one in events if one.to_state is State.TRANSFERRED != one.from_state]
    return bool(handed) and (
        workdays_between(desk.calendar, china_day(handed[-1]), desk.today) >= UNCLAIMED_WORKDAYS
    )


def offices(desk: Desk) -> tuple[Office, ...]:
    """The places the pack knows by name today, to hand a matter to; without the village office itself."""
    found = [desk.pack.office(one.id, desk.today, village=desk.village) for one in desk.pack.offices]
    named = {one.name: one for one in found if one and one.name and one.id != "village"}
    return tuple(named.values())


def _line(desk: Desk, ticket: Ticket) -> Line:
    home = desk.store.reading.find(Household, ticket.household) if ticket.household else None
    return Line(ticket, home.place if home else "", due(desk, ticket), unclaimed(desk, ticket))


def _elsewhere(desk: Desk, line: Line) -> bool:
    # What nobody takes comes back to the first receiver: she has a call to make.
    away = line.ticket.state in WITH_OTHERS and not line.unclaimed
    return away or line.ticket.owner not in ("", desk.worker)


def _left(desk: Desk, start: date, end: date) -> int:
    days = workdays_between(desk.calendar, start, end)
    # Over a weekend no working day passes, but what was due on Saturday is not due today on Sunday.
    return days or (end > start) - (end < start)


def _deadline(desk: Desk, due: date | None) -> Deadline | None:
    return None if due is None else Deadline(due, not desk.calendar.knows(due))
