"""What happened in the village before today: visits, tickets and calls, so that today has work to do.

Happenings among the thirty edge cases: 21 an objection to a public notice, 22 help within 24 hours,
23 a door that stays shut, 25 a thumb print for a signature, 29 a visit cut off by a power failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from app.actions.desk import Desk
from app.domain import ids
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import SERIALS_PER_DEVICE, Ticket, TicketEvent, ticket_number
from app.domain.visits.visit import Visit
from app.domain.workdays import WorkCalendar
from demo.village.cast import Cast
from demo.village.matters import ended_matters, open_matters
from demo.village.rounds import rounds, unfinished
from demo.village.telling import Teller

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Calendar:
    """Moments and working days counted from the village's day."""

    on: date
    work: WorkCalendar

    def at(self, days: int, clock: str) -> datetime:
        """`days` from the day (below 0: before), at `9:10` in China."""
        hour, minute = clock.split(":")
        return datetime.combine(self.on + timedelta(days=days), time(int(hour), int(minute)), CHINA)

    def workday(self, count: int) -> date:
        """The `count`th working day from the day, backwards below 0; 0 is the day itself."""
        day, step = self.on, 1 if count > 0 else -1
        while count:
            day += timedelta(days=step)
            count -= step * self.work.is_workday(day)
        return day


@dataclass(frozen=True)
class Past:
    """Everything before today. `scenarios` names the record that stands for a numbered edge case.

    `draft` is the one visit nobody finished (case 29); it belongs among the drafts, not the records.
    """

    visits: tuple[Visit, ...]
    tickets: tuple[Ticket, ...]
    events: tuple[TicketEvent, ...]
    followups: tuple[FollowUp, ...]
    scenarios: Mapping[int, str]
    draft: Visit | None

    def __iter__(self) -> Iterator[Visit | Ticket | TicketEvent | FollowUp]:
        yield from self.visits
        yield from self.tickets
        yield from self.events
        yield from self.followups


def happened(
    cast: Cast,
    calendar: Calendar,
    worker: tuple[str, str],
    *,
    number: Callable[[datetime], str],
    new_id: Callable[[datetime], str] = ids.new_id,
) -> Past:
    """The past of the people in `cast`. `worker` is (id, name); `number(at)` gives ticket numbers.

    People who are not in `cast` are left out, so that a smaller village has a smaller past.
    """
    teller = Teller(cast, worker, new_id, number)
    ended_matters(teller, calendar)
    scenarios = open_matters(teller, calendar)
    visits, more = rounds(cast, calendar, worker, new_id)
    draft = unfinished(cast, calendar, worker, new_id)
    scenarios |= more
    if draft:
        scenarios[29] = draft.id
    return Past(
        visits=visits,
        tickets=tuple(teller.tickets.values()),
        events=tuple(teller.events),
        followups=tuple(teller.followups),
        scenarios=scenarios,
        draft=draft,
    )


def past(desk: Desk, on: date) -> Past:
    """The past of the village that is in `desk`'s store, received by the worker whose desk it is."""
    reading = desk.store.reading
    cast = Cast(reading.each(Household), reading.each(Person))

    def number(at: datetime) -> str:
        block = int(desk.store.meta.get("serial_block") or 0) * SERIALS_PER_DEVICE
        serial = desk.store.meta.next_serial(f"ticket {at.year}")
        return ticket_number(desk.village, at.year, block + serial)

    return happened(cast, Calendar(on, desk.calendar), (desk.worker, desk.worker_name), number=number)
