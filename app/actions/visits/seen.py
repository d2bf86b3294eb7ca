"""Who was seen when, and which doors stayed shut: read from signed visits without building them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.domain.visits.duty import Seen
from app.domain.visits.visit import Met, Visit, VisitState
from app.domain.workdays import china_day_of
from app.store.figures import Row, listed

IN_PERSON = "met"
FIELDS = (
    "started_at", "household", "purpose", "met", "state", "amends", "respondent", "answers.alive", "again_on",
)  # fmt: skip


@dataclass(frozen=True)
class Absence:
    """Nobody was at home on `day`; she wants to come again on `again_on`."""

    household: str
    purpose: str
    day: date
    again_on: date


@dataclass(frozen=True)
class Round:
    """The signed visits from one day to another: at which somebody was met, and at which nobody was."""

    seen: tuple[Seen, ...]
    absences: tuple[Absence, ...]


def round_of(desk: Desk, first: date, last: date, among: Container[str] | None = None) -> Round:
    """From `first` to `last`, both counted, the oldest first; without those that another one corrects.
    `among`: only at these households."""
    rows = [
        (day, row)
        for row in desk.store.figures.in_time(Visit.TYPE, first, last, FIELDS)
        if row[6] == VisitState.SIGNED and (day := _day(row[2])) is not None and first <= day <= last
    ]
    corrected = {row[7] for _, row in rows if row[7]}
    held = [one for one in rows if one[1][0] not in corrected and (among is None or one[1][3] in among)]
    return Round(tuple(_seen(held)), tuple(_absences(held)))


def _seen(held: list[tuple[date, Row]]) -> Iterator[Seen]:
    for day, (_, _, _, household, purpose, met, _, _, respondent, alive, _) in held:
        if met == Met.HOME:
            yield Seen(household, purpose or "", day, _persons(respondent, alive))


def _absences(held: list[tuple[date, Row]]) -> Iterator[Absence]:
    for day, (_, _, _, household, purpose, met, _, _, _, _, again) in held:
        if met == Met.ABSENT and again:
            yield Absence(household, purpose or "", day, date.fromisoformat(again))


def _day(started: str) -> date | None:
    try:
        return china_day_of(started)
    except ValueError:
        return None  # another device's slip must not break every list it would stand in


def _persons(respondent: str | None, alive: str | None) -> frozenset[str]:
    if not alive:
        return frozenset((respondent,)) if respondent else frozenset()
    how = listed(alive)
    met = {person for person, said in how.items() if said == IN_PERSON} if isinstance(how, dict) else set()
    return frozenset(met | ({respondent} if respondent else set()))
