"""Who was seen when, and which doors stayed shut: read from signed visits without building them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
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
STARTED, HOME, STATE, AMENDS = (
    2 + FIELDS.index(one) for one in ("started_at", "household", "state", "amends")
)
Dated = tuple[date, Row]  # a visit with the day it was on


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


@dataclass(frozen=True)
class Rounds:
    """The round from one day to another by household, with the rows it was read from by id, oldest first."""

    at: Mapping[str, Round]
    rows: Mapping[str, Dated]
    upto: int


def round_of(desk: Desk, first: date, last: date, among: Container[str] | None = None) -> Round:
    """From `first` to `last`, both counted, the oldest first; without those that another one corrects.
    `among`: only at these households."""
    rows = _signed(desk.store.figures.in_time(Visit.TYPE, first, last, FIELDS), first, last)
    held = [one for one in _valid(rows) if among is None or one[1][HOME] in among]
    return Round(tuple(_seen(held)), tuple(_absences(held)))


def rounds_of(desk: Desk, first: date, last: date, before: Rounds | None = None) -> Rounds:
    """`round_of` for each household. Made from `before`, that of the same days, only visits written since are
    read, and all other households have the very values of then."""
    upto = desk.store.written.upto()
    if before is None:
        rows = _signed(desk.store.figures.in_time(Visit.TYPE, first, last, FIELDS), first, last)
        return Rounds(_by_home(_valid(rows)), rows, upto)
    changed = desk.store.written.since(Visit.TYPE, before.upto)
    if not changed:
        return before
    found = _signed(desk.store.figures.these(Visit.TYPE, changed, FIELDS), first, last)
    kept = {key: one for key, one in before.rows.items() if key not in set(changed)} | found
    rows = dict(sorted(kept.items(), key=lambda one: (one[1][1][STARTED], one[0])))
    homes = _homes(changed, before.rows, rows)
    anew = _by_home(one for one in _valid(rows) if one[1][HOME] in homes)
    return Rounds({key: one for key, one in before.at.items() if key not in homes} | anew, rows, upto)


def _homes(changed: Iterable[str], *versions: Mapping[str, Dated]) -> set[str]:
    """Where something may be otherwise: the households of these visits and of those they correct."""
    written = [rows[one][1] for rows in versions for one in changed if one in rows]
    corrected = [rows[row[AMENDS]][1] for rows in versions for row in written if row[AMENDS] in rows]
    return {row[HOME] for row in (*written, *corrected)}


def _signed(rows: Iterable[Row], first: date, last: date) -> dict[str, Dated]:
    return {
        row[0]: (day, row)
        for row in rows
        if row[STATE] == VisitState.SIGNED
        and (day := _day(row[STARTED])) is not None
        and first <= day <= last
    }


def _valid(rows: Mapping[str, Dated]) -> list[Dated]:
    corrected = {row[AMENDS] for _, row in rows.values() if row[AMENDS]}
    return [one for key, one in rows.items() if key not in corrected]


def _by_home(held: Iterable[Dated]) -> dict[str, Round]:
    found: dict[str, list[Dated]] = {}
    for one in held:
        found.setdefault(one[1][HOME], []).append(one)
    return {home: Round(tuple(_seen(those)), tuple(_absences(those))) for home, those in found.items()}


def _seen(held: Iterable[Dated]) -> Iterator[Seen]:
    for day, (_, _, _, household, purpose, met, _, _, respondent, alive, _) in held:
        if met == Met.HOME:
            yield Seen(household, purpose or "", day, _persons(respondent, alive))


def _absences(held: Iterable[Dated]) -> Iterator[Absence]:
    for day, (_, _, _, household, purpose, met, _, _, _, _, again) in held:
        if met == Met.ABSENT and again:
            yield Absence(household, purpose or "", day, date.fromisoformat(again))


def _day(started: str | None) -> date | None:
    try:
        return china_day_of(started or "")
    except ValueError:
        return None  # another device's slip must not break every list it would stand in


def _persons(respondent: str | None, alive: str | None) -> frozenset[str]:
    if not alive:
        return frozenset((respondent,)) if respondent else frozenset()
    how = listed(alive)
    met = {person for person, said in how.items() if said == IN_PERSON} if isinstance(how, dict) else set()
    return frozenset(met | ({respondent} if respondent else set()))
