"""The plan of visits (走访计划): every household that is owed one, once, with everything to do there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.packs.policy import EVERY_PURPOSE
from app.domain.visits.duty import SOON_DAYS, Duty, Seen, Stand
from app.domain.visits.missed import MissedVisit
from app.domain.visits.task import VisitTask
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES

UNITS = {"day": "天", "week": "周", "month": "月"}
CHECKING = "VP05"
SPANS = {3: "季度", 6: "半年", 12: "年"}


@dataclass(frozen=True)
class Appointment:
    """The household is to be seen on the day `on`: nobody was home, or a missed visit is made up for then."""

    household: str
    on: date
    purpose: str = ""


@dataclass(frozen=True)
class Check:
    """A clue (线索) about the household that somebody has to look into at its door by the day `due`."""

    household: str
    clue: str
    due: date
    words: str


@dataclass(frozen=True)
class Todo:
    """One purpose to go there for: whose it is, by when, and where that comes from.

    `duty`, `task` or `check`, one of the three. `reason` is what she said about the period that went by.
    """

    purpose: str
    persons: tuple[str, ...]
    stand: Stand
    due: date
    duty: Duty | None = None
    task: VisitTask | None = None
    check: Check | None = None
    reason: str = ""

    @property
    def name(self) -> str:
        return PURPOSES.get(self.purpose, "走访")

    @property
    def missed(self) -> date | None:
        """The last day of a period nobody has spoken of yet: it wants a reason."""
        return self.duty.missed if self.duty is not None and not self.reason else None

    @property
    def how_often(self) -> str:
        """`每周一次`, `每季度一次`; empty for what was put in by hand."""
        if self.duty is None:
            return ""
        return often(self.duty.cadence.count, self.duty.cadence.unit)


@dataclass(frozen=True)
class Stop:
    """One household of the plan. `todos` come most pressing first; there may be none but the appointment."""

    household: str
    todos: tuple[Todo, ...]
    appointment: Appointment | None = None
    last: date | None = None

    def stand(self, on: date) -> Stand:
        """The most pressing of it all."""
        stands = [one.stand for one in self.todos]
        if self.appointment is not None and self.appointment.on <= on:
            stands.append(Stand.OVERDUE if self.appointment.on < on else Stand.SOON)
        return min(stands, default=Stand.DONE)

    @property
    def due(self) -> date | None:
        """The first day that is a last one."""
        days = [one.due for one in self.todos]
        if self.appointment is not None:
            days.append(self.appointment.on)
        return min(days, default=None)

    def put_off(self, on: date) -> bool:
        """A later day was agreed upon: today nobody goes."""
        return self.appointment is not None and self.appointment.on > on

    @property
    def purpose(self) -> str:
        """What to begin the visit with: that which no other visit serves for, then the most pressing.

        An investigation wants two people and a long hour, so it is not what a short visit begins as.
        """
        order = sorted(self.todos, key=_first_thing)
        if order:
            return order[0].purpose
        return self.appointment.purpose if self.appointment is not None else ""

    @property
    def missed(self) -> Todo | None:
        """What wants a reason, if anything does."""
        return next((one for one in self.todos if one.missed is not None), None)


def often(count: int, unit: str) -> str:
    """`每周一次`, `每两周一次`, `每月一次`, `每季度一次`."""
    if unit == "month" and count in SPANS:
        return f"每{SPANS[count]}一次"
    number = "" if count == 1 else "两" if count == 2 else f" {count} "
    measure = "个月" if unit == "month" and count != 1 else UNITS.get(unit, "天")
    return f"每{number}{measure}一次"


def stop_at(
    household: str,
    on: date,
    duties: Iterable[Duty],
    tasks: Iterable[VisitTask],
    appointment: Appointment | None,
    missed: Iterable[MissedVisit],
    seen: Iterable[Seen],
    checks: Iterable[Check] = (),
) -> Stop | None:
    """What is to do at `household` on the day `on`; None: nothing.

    All that is given is the household's: `tasks` whose visit has not taken place, `missed` what she said of
    periods that went by, `checks` the clues nobody has looked into.
    """
    todos = [*_due(duties, missed, on)]
    for task in tasks:
        if not task.dropped:
            stand = _pressing(task.due_on, on)
            todos.append(Todo(task.purpose, task.persons, stand, task.due_on, task=task))
    todos += [Todo(CHECKING, (), _pressing(one.due, on), one.due, check=one) for one in checks]
    if not todos and appointment is None:
        return None
    return Stop(household, _ordered(todos), appointment, max((one.day for one in seen), default=None))


def urgency(stop: Stop, on: date) -> tuple[bool, Stand, date, str]:
    """What the plan is in the order of, the most pressing first; no two households have the same."""
    return stop.put_off(on), stop.stand(on), stop.due or on, stop.household


def _due(duties: Iterable[Duty], missed: Iterable[MissedVisit], on: date) -> Iterator[Todo]:
    said = {(one.purpose, one.due_on): one.words for one in sorted(missed, key=lambda each: each.said_at)}
    for duty in duties:
        if (stand := duty.stand(on)) is not Stand.DONE:
            reason = said.get((duty.purpose, duty.missed), "") if duty.missed else ""
            yield Todo(duty.purpose, duty.persons, stand, duty.due, duty=duty, reason=reason)


def _pressing(due: date, on: date) -> Stand:
    if due < on:
        return Stand.OVERDUE
    return Stand.SOON if (due - on).days <= SOON_DAYS["week"] else Stand.OPEN


def _ordered(todos: list[Todo]) -> tuple[Todo, ...]:
    """Most pressing first; what she put in herself comes before what comes round with the pack, once."""
    kept: dict[str, Todo] = {}
    for one in sorted(todos, key=lambda each: (each.duty is not None, each.stand, each.due)):
        kept.setdefault(one.purpose, one)
    return tuple(sorted(kept.values(), key=lambda one: (one.stand, one.due, one.purpose)))


def _apart(todo: Todo) -> bool:
    return todo.duty is None or EVERY_PURPOSE not in todo.duty.cadence.counts


def _first_thing(todo: Todo) -> tuple[bool, bool]:
    return todo.duty is not None and todo.purpose in INVESTIGATIONS, not _apart(todo)
