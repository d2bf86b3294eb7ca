"""How long a ticket has left, in working days or where it is urgent in hours; what nobody took or moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import clock_of, entered, paused_at, told_of
from app.domain.tickets.limits import Timed
from app.domain.tickets.ticket import ENDED, WAITING, State, Ticket
from app.domain.workdays import china_day, workdays_between

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Due:
    """The last day and the working days `left` (negative: overdue; 0: today).

    `estimated` (预计): beyond the published calendar. `paused` names what the clock waits for (停表);
    then `left` is what was left when it stopped. `hours` are the full hours left of an urgent matter,
    negative when it is late, None for every other.
    """

    day: date
    left: int
    estimated: bool = False
    paused: str = ""
    hours: int | None = None

    @property
    def over(self) -> bool:
        """Whether its time is up while its clock runs."""
        return not self.paused and (self.left < 0 if self.hours is None else self.hours < 0)

    @property
    def pressing(self) -> bool:
        """Whether this is its last day, or that is over."""
        return not self.paused and self.left <= 0


def due(desk: Desk, ticket: Ticket) -> Due | None:
    """How long it has left; None for one that has ended, was not decided yet, or goes on in another."""
    if ticket.due_on is None or ticket.state in ENDED or ticket.state is State.MERGED:
        return None
    since = paused_at(desk, ticket)
    hours = None
    if ticket.due_at is not None:
        hours = (ticket.due_at - (since or desk.now)) // HOUR
    return Due(
        day=ticket.due_on,
        left=left(desk, china_day(since) if since else desk.today, ticket.due_on),
        estimated=not desk.calendar.knows(ticket.due_on),
        paused=ticket.waiting_for if since else "",
        hours=hours,
    )


def left(desk: Desk, start: date, end: date) -> int:
    """Working days from `start` to `end`, and where there is none between them, whether it is past."""
    days = workdays_between(desk.calendar, start, end)
    # Over a weekend no working day passes, but what was due on Saturday is not due today on Sunday.
    return days or (end > start) - (end < start)


def handed_on(desk: Desk, ticket: Ticket) -> date | None:
    """The day it was handed over, while nobody has taken it."""
    if ticket.state is not State.TRANSFERRED:
        return None
    at = entered(told_of(desk, ticket.id), State.TRANSFERRED)
    return china_day(at) if at else None


def unclaimed(desk: Desk, ticket: Ticket) -> bool:
    """Whether it was handed over so long ago that it comes back, and the other side has not taken it."""
    clock, came = clock_of(desk), china_day(ticket.received_at)
    if ticket.state is not State.TRANSFERRED or not clock.over(Timed.UNCLAIMED, came, desk.today):
        return False  # what came yesterday was not handed over before; its story need not be read
    since = handed_on(desk, ticket)
    return since is not None and clock.over(Timed.UNCLAIMED, since, desk.today)


def idle_hours(desk: Desk, ticket: Ticket) -> int:
    """The full hours an urgent matter was left alone, once they are more than the county allows; else 0."""
    if not ticket.urgent or ticket.ended or ticket.state in WAITING or ticket.result:
        return 0
    events = told_of(desk, ticket.id)
    last = max((one.at for one in events), default=ticket.received_at)
    limit = clock_of(desk).ends_at(Timed.URGENT_IDLE, last)
    return (desk.now - last) // HOUR if limit is not None and desk.now >= limit else 0


def first_step_late(desk: Desk, ticket: Ticket) -> bool:
    """Whether an urgent matter got no first step within the hours the county sets."""
    if not ticket.urgent or ticket.state not in (State.REGISTERED, State.TRIAGED):
        return False
    limit = clock_of(desk).ends_at(Timed.URGENT_FIRST, ticket.received_at)
    return limit is not None and desk.now >= limit


def handover_late(desk: Desk, ticket: Ticket) -> bool:
    """Whether a matter that is not urgent was received so long ago that it should have been handed on."""
    if ticket.state is not State.REGISTERED:
        return False
    last = clock_of(desk).ends(Timed.HANDOVER, china_day(ticket.received_at))
    return last is not None and desk.today > last
