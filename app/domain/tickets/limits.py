"""By when each step of a ticket is due, from the dated limits of the policy pack (domain: 时限与升级)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.packs.policy import TicketLimit
from app.domain.packs.service_item import Limit
from app.domain.tickets.ticket import Disposition, Ticket
from app.domain.workdays import WorkCalendar, add_workdays, next_workday, workdays_between


class Timed(StrEnum):
    """What a pack sets a limit for. The value is the id in `limits.toml`."""

    INSTANT = "instant"
    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    HANDOVER = "handover"
    TRANSFER = "transfer"
    DELIBERATION = "deliberation"
    EXPLAIN = "explain"
    URGENT_FIRST = "urgent-first"
    URGENT_RESULT = "urgent-result"
    URGENT_IDLE = "urgent-idle"
    UNCLAIMED = "unclaimed"
    REMIND = "remind"
    TO_COUNTY = "to-county"
    PUT_RIGHT = "put-right"
    PAPERS = "papers"


def in_force(limits: Iterable[TicketLimit], what: Timed, village: str, on: date) -> Limit | None:
    """The limit of a pack that holds in that village on that day, the nearest region's; None: not set."""
    found = [each for each in limits if each.id == what and each.standing.holds(village, on)]
    nearest = max(found, key=lambda each: each.standing.rank, default=None)
    return None if nearest is None else nearest.limit


LimitOf = Callable[[Timed], Limit | None]
COURSE = {
    Disposition.INSTANT: Timed.INSTANT,
    Disposition.TRANSFER: Timed.TRANSFER,
    Disposition.DELIBERATION: Timed.DELIBERATION,
    Disposition.EXPLAIN: Timed.EXPLAIN,
}
KIND = {"consult": Timed.CONSULT, "help": Timed.HELP, "complaint": Timed.COMPLAINT}


@dataclass(frozen=True)
class Clock:
    """Counts limits from a day on the published calendar; `limit` looks them up in the pack in force."""

    calendar: WorkCalendar
    limit: LimitOf

    def ends(self, what: Timed, start: date) -> date | None:
        """The last day of a limit that begins after `start`; None where the county sets none."""
        found = self.limit(what)
        return None if found is None else last_day(self.calendar, start, found)

    def ends_at(self, what: Timed, start: datetime) -> datetime | None:
        """The instant a limit of hours runs out; other units have no instant and give None."""
        found = self.limit(what)
        return start + timedelta(hours=found.count) if found is not None and found.unit == "hour" else None

    def over(self, what: Timed, start: date, today: date) -> bool:
        """Whether as many days as the limit names have gone by since `start`; never where none is set."""
        found = self.limit(what)
        if found is None:
            return False
        if found.unit == "workday":
            return workdays_between(self.calendar, start, today) >= found.count
        return today >= last_day(self.calendar, start, found)

    def over_on(self, what: Timed, start: date) -> date | None:
        """The first day on which `over` holds."""
        end = self.ends(what, start)
        return None if end is None else next_workday(self.calendar, end).day

    def due_on(self, ticket: Ticket, how: Disposition, today: date) -> date | None:
        """The day a matter decided today is due: 当场办 by its own limit, else the longer of what the way
        takes and what its kind (咨询、求助、投诉) is given.
        """
        ways = [COURSE[how]]
        if how is not Disposition.INSTANT and ticket.nature in KIND:
            ways.append(KIND[ticket.nature])
        return max((day for way in ways if (day := self.ends(way, today))), default=None)


def last_day(calendar: WorkCalendar, start: date, limit: Limit) -> date:
    """`limit` counted from `start`, which itself is not counted; hours are rounded up to days."""
    if limit.unit == "workday":
        return add_workdays(calendar, start, limit.count).day
    return start + timedelta(days=-(-limit.count // 24) if limit.unit == "hour" else limit.count)


def later_by(calendar: WorkCalendar, due: date, since: date, until: date) -> date:
    """`due` moved by the working days from `since` to `until` during which the clock stood still."""
    return add_workdays(calendar, due, max(0, workdays_between(calendar, since, until))).day
