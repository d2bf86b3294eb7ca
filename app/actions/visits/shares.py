"""The share of one household in the plan of visits: what is to do there, and how it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.actions.desk import Desk
from app.actions.visits.families import Family
from app.actions.visits.seen import Round
from app.domain.registers.clue import Clue
from app.domain.schedule import after_event
from app.domain.visits.duty import Duty, Seen, owed, strictest
from app.domain.visits.missed import MissedVisit
from app.domain.visits.plan import CHECKING, Appointment, Check, Stop, stop_at, urgency
from app.domain.visits.task import VisitTask
from app.domain.workdays import china_day

MONTHLY = "VP01"
A_WEEK = timedelta(days=7)


class Known(NamedTuple):
    """All its share is worked out from, beside the day and the pack: while it is the same, so is the share.

    `began` is the first day anybody was seen in the village.
    """

    family: Family
    went: Round
    missed: tuple[MissedVisit, ...]
    tasks: tuple[VisitTask, ...]
    clues: tuple[Clue, ...]
    began: date


@dataclass(frozen=True)
class Share:
    """`stop` None: nothing is to do there; `place` is where it stands in the order of the plan.

    `to_visit`: it is owed the month's visit, `visited`: it had it. `unseen`: somebody there is to be looked
    after and nobody came for a week.
    """

    stop: Stop | None
    place: tuple[object, ...]
    visited: int
    to_visit: int
    unseen: bool


def share(desk: Desk, known: Known) -> Share:
    """As of today."""
    on, household, seen = desk.today, known.family.household.id, known.went.seen
    duties = strictest(_duties(desk, known))
    lives = not known.family.household.moved_out
    tasks = [one for one in known.tasks if not _done(one, seen)] if lives else []
    agreed = _agreed(household, known) if lives else None
    checks = _checks(desk, known.clues) if lives else ()
    stop = stop_at(household, on, duties, tasks, agreed, known.missed, seen, checks)
    monthly = [one for one in duties if one.purpose == MONTHLY]
    return Share(
        stop=stop,
        place=urgency(stop, on) if stop is not None else (),
        visited=sum(one.opens > on for one in monthly),
        to_visit=len(monthly),
        unseen=any(_unseen(one, seen, on) for one in duties),
    )


def _duties(desk: Desk, known: Known) -> Iterator[Duty]:
    # Before the first visit was ever kept here nothing can be said to have been missed.
    family, seen = known.family, known.went.seen
    since = max(known.began, min([family.known_since, *(one.day for one in seen)]))
    for concern in family.concerns:
        if not concern.cadence.by_hand:
            yield owed(
                family.household.id,
                concern.cadence,
                concern.persons,
                seen,
                desk.today,
                calendar=desk.calendar,
                known_since=since,
                review_on=family.household.review_on,
            )


def _agreed(household: str, known: Known) -> Appointment | None:
    """The day that was said last, unless the household was seen since."""
    said = [(one.day, one.again_on, one.purpose) for one in known.went.absences]
    said += [(china_day(one.said_at), one.again_on, one.purpose) for one in known.missed if one.again_on]
    if not said:
        return None
    day, again, purpose = max(said)
    seen = known.went.seen
    return None if seen and seen[-1].day >= day else Appointment(household, again, purpose)


def _checks(desk: Desk, clues: Iterable[Clue]) -> Iterator[Check]:
    """Clues about somebody on the roll, each to be looked into within the pack's days."""
    for clue in clues:
        if clue.open and clue.checked_on is None:
            due = after_event(desk.pack, CHECKING, desk.village, clue.found_on, desk.calendar)
            yield Check(clue.household, clue.id, due, clue.words)


def _done(task: VisitTask, seen: Iterable[Seen]) -> bool:
    asked = china_day(task.asked_at)
    return any(one.purpose == task.purpose and one.day >= asked for one in seen)


def _unseen(duty: Duty, seen: Iterable[Seen], on: date) -> bool:
    """Somebody in person is meant, at least once a month, and nobody came for a week."""
    often = duty.cadence.unit == "week" or duty.cadence.count == 1
    if not duty.persons or not often:
        return False
    last = max((one.day for one in seen), default=None)
    return last is None or on - last >= A_WEEK
