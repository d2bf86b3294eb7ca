"""The plan of visits of this village today: who is owed what, by when, and what was agreed upon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.visits.families import KINDS, Family, families
from app.actions.visits.seen import Round, round_of
from app.domain.registers.clue import Clue
from app.domain.schedule import after_event
from app.domain.visits.duty import Duty, Seen, owed, strictest
from app.domain.visits.missed import MissedVisit
from app.domain.visits.pairing import Pairing
from app.domain.visits.plan import CHECKING, Appointment, Check, Stop, stops
from app.domain.visits.task import VisitTask
from app.domain.visits.visit import Visit
from app.domain.workdays import china_day
from app.store.remembered import Same

# The longest cadence is a year; what lies further back owes nothing to today.
BACK_DAYS = 400
MONTHLY = "VP01"
A_WEEK = timedelta(days=7)
KEPT = (*KINDS, Visit.TYPE, MissedVisit.TYPE, VisitTask.TYPE, Pairing.TYPE, Clue.TYPE)


@dataclass(frozen=True)
class Plan:
    """`stops` are in the order to go by urgency; `families` knows who lives there, `paired` who helps them.

    `visited` of `to_visit` households on the register had this month's visit. `unseen` are those where
    somebody is to be looked after and nobody came for a week.
    """

    day: date
    stops: tuple[Stop, ...]
    families: Mapping[str, Family]
    paired: Mapping[str, Pairing]
    visited: int
    to_visit: int
    unseen: int
    seen: tuple[Seen, ...] = ()

    def family(self, stop: Stop) -> Family:
        return self.families[stop.household]

    def stop(self, household: str) -> Stop | None:
        """What is to do at that household; None: nothing."""
        return next((one for one in self.stops if one.household == household), None)

    def seen_for(self, purpose: str, *, since: date) -> set[str]:
        """The households seen for that purpose on or after `since`."""
        return {one.household for one in self.seen if one.purpose == purpose and one.day >= since}


def plan(desk: Desk) -> Plan:
    """Worked out once for a day, and again when a visit or anything else it is made of was saved."""
    question = (desk.village, desk.today, Same(desk.pack))
    return desk.store.remembered.ask("plan", question, KEPT, lambda: _plan(desk))


def _plan(desk: Desk) -> Plan:
    on, known = desk.today, families(desk)
    went = round_of(desk, on - timedelta(days=BACK_DAYS), on)
    by_home: dict[str, list[Seen]] = {}
    for one in went.seen:
        by_home.setdefault(one.household, []).append(one)
    duties = strictest(_duties(desk, known, by_home))
    missed = [one for one in desk.store.reading.each(MissedVisit) if one.household in known]
    tasks = [one for one in desk.store.reading.each(VisitTask) if _lives(known, one.household)]
    done = [one.id for one in tasks if _done(one, by_home.get(one.household, ()))]
    agreed = list(_appointments(went, missed, known))
    monthly = [one for one in duties if one.purpose == MONTHLY]
    return Plan(
        day=on,
        stops=stops(
            duties, tasks, agreed, missed, went.seen, on, task_done=done, checks=_checks(desk, known)
        ),
        families=known,
        paired={one.household: one for one in desk.store.reading.each(Pairing) if one.holds(on)},
        visited=sum(one.opens > on for one in monthly),
        to_visit=len(monthly),
        seen=went.seen,
        unseen=len({one.household for one in duties if _unseen(one, by_home, on)}),
    )


def _duties(desk: Desk, known: Mapping[str, Family], by_home: Mapping[str, list[Seen]]) -> Iterator[Duty]:
    # Before the first visit was ever kept here nothing can be said to have been missed.
    began = min((one.day for seen in by_home.values() for one in seen), default=desk.today)
    for home, family in known.items():
        seen = by_home.get(home, [])
        since = max(began, min([family.known_since, *(one.day for one in seen)]))
        for concern in family.concerns:
            if not concern.cadence.by_hand:
                yield owed(
                    home,
                    concern.cadence,
                    concern.persons,
                    seen,
                    desk.today,
                    calendar=desk.calendar,
                    known_since=since,
                    review_on=family.household.review_on,
                )


def _appointments(
    went: Round, missed: Iterable[MissedVisit], known: Mapping[str, Family]
) -> Iterator[Appointment]:
    """The day that was said last, unless the household was seen since."""
    last_seen = {one.household: one.day for one in went.seen}
    said: list[tuple[date, str, date, str]] = [
        (one.day, one.household, one.again_on, one.purpose) for one in went.absences
    ]
    said += [
        (china_day(one.said_at), one.household, one.again_on, one.purpose) for one in missed if one.again_on
    ]
    latest = {home: (day, again, purpose) for day, home, again, purpose in sorted(said)}
    for home, (day, again, purpose) in latest.items():
        if _lives(known, home) and last_seen.get(home, date.min) < day:
            yield Appointment(home, again, purpose)


def _checks(desk: Desk, known: Mapping[str, Family]) -> Iterator[Check]:
    """Clues about somebody on the roll, each to be looked into within the pack's days."""
    for clue in desk.store.reading.each(Clue):
        if clue.open and clue.checked_on is None and _lives(known, clue.household):
            due = after_event(desk.pack, CHECKING, desk.village, clue.found_on, desk.calendar)
            yield Check(clue.household, clue.id, due, clue.words)


def _done(task: VisitTask, seen: Iterable[Seen]) -> bool:
    asked = china_day(task.asked_at)
    return any(one.purpose == task.purpose and one.day >= asked for one in seen)


def _lives(known: Mapping[str, Family], household: str) -> bool:
    family = known.get(household)
    return family is not None and not family.household.moved_out


def _unseen(duty: Duty, by_home: Mapping[str, list[Seen]], on: date) -> bool:
    """Somebody in person is meant, at least once a month, and nobody came for a week."""
    often = duty.cadence.unit == "week" or duty.cadence.count == 1
    last = max((one.day for one in by_home.get(duty.household, ())), default=None)
    return bool(duty.persons) and often and (last is None or on - last >= A_WEEK)
