"""Who was seen when, and which doors stayed shut: read from signed visits without building them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.actions.desk import Desk
from app.domain.visits.duty import Seen
from app.domain.visits.visit import Met, Visit, VisitState
from app.domain.workdays import china_day

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


def round_of(desk: Desk, first: date, last: date) -> Round:
    """From `first` to `last`, both counted, the oldest first; without those that another one corrects."""
    rows = desk.store.reading.columns(Visit, *FIELDS, first=first, before=last + timedelta(days=1))
    corrected = {row[6] for row in rows if row[6] and row[5] == VisitState.SIGNED}
    held = [row for row in rows if row[5] == VisitState.SIGNED and row[0] not in corrected]
    return Round(tuple(_seen(held)), tuple(_absences(held)))


def _seen(rows: list[tuple[str, ...]]) -> Iterator[Seen]:
    for _, started, household, purpose, met, _, _, respondent, alive, _ in rows:
        if met == Met.HOME:
            yield Seen(household, purpose or "", _day(started), _persons(respondent, alive))


def _absences(rows: list[tuple[str, ...]]) -> Iterator[Absence]:
    for _, started, household, purpose, met, _, _, _, _, again in rows:
        if met == Met.ABSENT and again:
            yield Absence(household, purpose or "", _day(started), date.fromisoformat(again))


def _day(started: str) -> date:
    return china_day(datetime.fromisoformat(started))


def _persons(respondent: str | None, alive: str | None) -> frozenset[str]:
    how = json.loads(alive) if alive else {}
    met = {person for person, said in how.items() if said == IN_PERSON} if isinstance(how, dict) else set()
    return frozenset(met | ({respondent} if respondent else set()))
