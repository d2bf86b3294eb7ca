"""The plan of visits of this village today: who is owed what, by when, and what was agreed upon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import Generic, TypeVar

from app.actions.desk import Desk
from app.actions.visits.families import KINDS, Family, families
from app.actions.visits.seen import Round, Rounds, rounds_of
from app.actions.visits.shares import Known, Share, share
from app.domain.registers.clue import Clue
from app.domain.visits.missed import MissedVisit
from app.domain.visits.pairing import Pairing
from app.domain.visits.plan import Stop
from app.domain.visits.task import VisitTask
from app.domain.visits.visit import Visit
from app.store.remembered import Same
from app.store.written import Held

R = TypeVar("R", MissedVisit, VisitTask, Clue)

# The longest cadence is a year; what lies further back owes nothing to today.
BACK_DAYS = 400
NOBODY = Round((), ())
KEPT = (*KINDS, Visit.TYPE, MissedVisit.TYPE, VisitTask.TYPE, Pairing.TYPE, Clue.TYPE)


@dataclass(frozen=True)
class Plan:
    """`stops` are in the order to go by urgency; `families` knows who lives there, `paired` who helps them.

    `visited` of `to_visit` households on the register had this month's visit. `unseen` are those where
    somebody is to be looked after and nobody came for a week. `went` are the visits of a year by household.
    """

    day: date
    stops: tuple[Stop, ...]
    families: Mapping[str, Family]
    paired: Mapping[str, Pairing]
    visited: int
    to_visit: int
    unseen: int
    went: Mapping[str, Round] = field(default_factory=dict)

    def family(self, stop: Stop) -> Family:
        return self.families[stop.household]

    def stop(self, household: str) -> Stop | None:
        """What is to do at that household; None: nothing."""
        return next((one for one in self.stops if one.household == household), None)

    def seen_for(self, purpose: str, *, since: date) -> set[str]:
        """The households seen for that purpose on or after `since`."""
        return {
            home
            for home, went in self.went.items()
            if any(one.purpose == purpose and one.day >= since for one in went.seen)
        }

    def seen_on(self, day: date) -> frozenset[str]:
        """The households somebody was met at on that day."""
        return frozenset(home for home, went in self.went.items() if any(one.day == day for one in went.seen))

    def last_seen(self, household: str) -> date | None:
        """The last day somebody was met there; None: not within a year."""
        went = self.went.get(household)
        return max((one.day for one in went.seen), default=None) if went is not None else None


@dataclass(frozen=True)
class _AtHomes(Generic[R]):
    """All records of a kind, by household."""

    held: Held[R]
    at: Mapping[str, tuple[R, ...]]


@dataclass(frozen=True)
class _Made:
    """The plan with all it was made from: a save changes the shares of one or two households of thousands."""

    plan: Plan
    missed: _AtHomes[MissedVisit]
    tasks: _AtHomes[VisitTask]
    clues: _AtHomes[Clue]
    pairings: Held[Pairing]
    went: Rounds
    shares: Mapping[str, tuple[Known, Share]]


def plan(desk: Desk) -> Plan:
    """Worked out once for a day, and again for those households of which a visit or anything else it is made
    of was saved."""
    question = (desk.village, desk.today, Same(desk.pack))
    made = desk.store.remembered.renew("plan", question, KEPT, lambda before: _plan(desk, before))
    return made.plan


def _plan(desk: Desk, before: _Made | None) -> _Made:
    on, known = desk.today, families(desk)
    went = rounds_of(desk, on - timedelta(days=BACK_DAYS), on, before.went if before else None)
    missed = _at_homes(desk, MissedVisit, before.missed if before else None)
    tasks = _at_homes(desk, VisitTask, before.tasks if before else None)
    clues = _at_homes(desk, Clue, before.clues if before else None)
    pairings = desk.store.reading.again(Pairing, before.pairings if before else None)
    began = min((one.day for each in went.at.values() for one in each.seen), default=on)
    old = before.shares if before is not None else {}
    shares = dict[str, tuple[Known, Share]]()
    for home, family in known.items():
        now = Known(
            family, went.at.get(home, NOBODY), missed.at.get(home, ()), tasks.at.get(home, ()),
            clues.at.get(home, ()), began,
        )  # fmt: skip
        kept = old.get(home)
        shares[home] = kept if kept is not None and kept[0] == now else (now, share(desk, now))
    told = [one for _, one in shares.values()]
    made = Plan(
        day=on,
        stops=_in_order(told),
        families=known,
        paired={one.household: one for one in pairings.records.values() if one.holds(on)},
        visited=sum(one.visited for one in told),
        to_visit=sum(one.to_visit for one in told),
        unseen=sum(one.unseen for one in told),
        went=went.at,
    )
    return _Made(made, missed, tasks, clues, pairings, went, shares)


def _in_order(shares: Iterable[Share]) -> tuple[Stop, ...]:
    """The most pressing first."""
    found = sorted((one for one in shares if one.stop is not None), key=attrgetter("place"))
    return tuple(one.stop for one in found if one.stop is not None)


def _at_homes(desk: Desk, kind: type[R], before: _AtHomes[R] | None) -> _AtHomes[R]:
    held = desk.store.reading.again(kind, before.held if before else None)
    if before is not None and held.records is before.held.records:
        return _AtHomes(held, before.at)
    found: dict[str, list[R]] = {}
    for one in held.records.values():
        found.setdefault(one.household, []).append(one)
    return _AtHomes(held, {home: tuple(those) for home, those in found.items()})
