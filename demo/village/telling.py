"""Telling tickets step by step through the domain's own moves, so that no impossible past is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.tickets.ticket_steps import chain_of
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.handling import Acceptance
from app.domain.tickets.ticket import FIRST_STATE, Disposition, ReplyMode, State, Ticket, TicketEvent
from demo.village.cast import Cast

Moment = Callable[[int, str], datetime]  # (days from the village's day, "9:10") → when


class Teller:
    """Keeps every ticket with its chained lines and its follow-ups as they are told."""

    def __init__(
        self,
        cast: Cast,
        worker: tuple[str, str],
        new_id: Callable[[datetime], str],
        number: Callable[[datetime], str],
    ) -> None:
        """`worker` is (id, name); `number(at)` gives the next ticket number."""
        self.cast, self.worker, self.worker_name = cast, *worker
        self.new_id, self.number = new_id, number
        self.tickets: dict[str, Ticket] = {}
        self.events: list[TicketEvent] = []
        self.followups: list[FollowUp] = []
        self._last: dict[str, TicketEvent] = {}

    def register(self, who: Person, at: datetime, words: str, item: str = "", **facts: Any) -> str:
        """A matter comes in and gets its number; returns the ticket's id."""
        home = self.cast.home(who)
        ticket = Ticket(
            id=self.new_id(at),
            village=who.village,
            received_at=at,
            received_by=self.worker,
            owner=self.worker,
            request=words,
            number=self.number(at),
            household=home.id,
            visitor=who.id,
            visitor_name=who.name,
            visitor_phone=who.phone or home.phone,
            items=(item,) if item else (),
            **facts,
        )
        self.tickets[ticket.id] = ticket
        self.move(ticket.id, State.REGISTERED, at, "登记", f"原话：「{words}」")
        return ticket.id

    def move(self, ticket: str, to: State, at: datetime, verb: str, note: str = "", **facts: Any) -> None:
        """One step, with its line; `facts` are set on the ticket just before it moves."""
        now = replace(self.tickets[ticket], **facts)
        self.tickets[ticket] = now.moved(to)
        self._line(now, to, at, verb, note)

    def decide(self, ticket: str, how: Disposition, at: datetime, due: date, to: str = "") -> None:
        """分类 and the first state of the way it is handled."""
        self.move(ticket, State.TRIAGED, at, "分类")
        words = {
            Disposition.INSTANT: "当场办",
            Disposition.TRANSFER: f"转给{to}",
            Disposition.DELIBERATION: f"一事一议，报{to}",
            Disposition.EXPLAIN: "讲政策",
        }[how]
        self.move(ticket, FIRST_STATE[how], at, words, disposition=how, handed_to=to, due_on=due)

    def accepted(self, ticket: str, at: datetime, note: str) -> None:
        self.move(ticket, State.IN_PROGRESS, at, "对方已收", note, taken=Acceptance(at))

    def waits(self, ticket: str, at: datetime, what: str, *, external: bool) -> None:
        state = State.WAITING_EXTERNAL if external else State.WAITING_APPLICANT
        self.move(ticket, state, at, f"等{what}", waiting_for=what)

    def note(self, ticket: str, at: datetime, verb: str, note: str) -> None:
        """A line that changes nothing else."""
        now = self.tickets[ticket]
        self._line(now, now.state, at, verb, note)

    def resolve(self, ticket: str, at: datetime, result: str) -> None:
        self.move(ticket, State.RESOLVED, at, "有结果了", result, result=result, waiting_for="")

    def finish(self, ticket: str, at: datetime, words: str, rating: int) -> None:
        """Told face to face, rated, closed and archived."""
        told: dict[str, Any] = {"replied_at": at, "reply_mode": ReplyMode.FACE, "reply": words}
        self.move(ticket, State.REPLIED, at, "回了话", words, satisfaction=rating, rated_by="self", **told)
        self.move(ticket, State.CLOSED, at, "办结")
        self.move(ticket, State.ARCHIVED, at, "归档")

    def change(self, ticket: str, **facts: Any) -> None:
        """Set facts that are not a step, such as trips."""
        self.tickets[ticket] = replace(self.tickets[ticket], **facts)

    def call_back(
        self, who: Person, at: datetime, due: date, why: str, ticket: str = "", tries: int = 0
    ) -> None:
        """A follow-up call; one with a ticket belongs to its story."""
        home = self.cast.home(who)
        self.followups.append(
            FollowUp(
                id=self.new_id(at),
                village=who.village,
                household=home.id,
                due_on=due,
                why=why,
                ticket=ticket,
                person=who.id,
                phone=who.phone or home.phone,
                unanswered=tries,
            )
        )

    def _line(self, ticket: Ticket, to: State, at: datetime, verb: str, note: str) -> None:
        before = self._last.get(ticket.id)
        event = TicketEvent(
            id=self.new_id(at),
            village=ticket.village,
            ticket=ticket.id,
            at=at,
            actor=self.worker_name,
            verb=verb,
            from_state=ticket.state,
            to_state=to,
            note=note,
            previous=chain_of(before) if before else "",
        )
        self.events.append(event)
        self._last[ticket.id] = event
