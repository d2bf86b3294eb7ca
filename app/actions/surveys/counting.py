"""Questionnaires counted: the list of them, the totals of one, and who was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.surveys import editions, filling
from app.actions.surveys.filling import Begun
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.registers.entry import standing
from app.domain.reports.period import Period
from app.domain.reports.table import Report
from app.domain.surveys.response import Heard, SurveyAsked, SurveyResponse
from app.domain.surveys.survey import Survey
from app.domain.surveys.totals import Tally, totals

HEARD = {Heard.ANONYMOUS: "问了，不记名", Heard.REFUSED: "不愿答"}
NAMED = "记名答了"


@dataclass(frozen=True)
class Shelf:
    """One questionnaire in the list: what came of it in the period. `running`: it may be asked today."""

    survey: Survey
    tally: Tally
    running: bool


@dataclass(frozen=True)
class Overview:
    """The questionnaires, those begun, and how many households were asked anything at all."""

    shelves: tuple[Shelf, ...]
    begun: tuple[Begun, ...]
    households: int
    period: str
    today: date


@dataclass(frozen=True)
class AskedLine:
    """Somebody was asked: when, who, and what came of it. `record` opens the answers where they are named."""

    record: str
    kind: str
    on: date
    who: str
    place: str
    said: str
    household: str


def overview(desk: Desk, period: Period) -> Overview:
    """Every questionnaire with its counts in `period`."""
    running = {one.id for one in editions.now_asked(desk)}
    shelves = tuple(Shelf(one, tally(desk, one, period), one.id in running) for one in editions.every(desk))
    homes = {one.household for one in _all_asked(desk, period) if one.household}
    return Overview(shelves, filling.put_aside(desk), len(homes), period.words, desk.today)


def tally(desk: Desk, survey: Survey, period: Period) -> Tally:
    """How many were asked `survey` in `period`, and what came of it."""
    found = responses(desk, survey.id, period)
    heard = _heard(desk, survey.id, period)
    return Tally(
        tuple(one.id for one in found if not one.anonymous),
        tuple(one.id for one in found if one.anonymous),
        sum(one.heard is Heard.REFUSED for one in heard),
        sum(one.heard is Heard.ANONYMOUS for one in heard),
        desk.store.ballots.count(survey.told),
    )


def report(desk: Desk, survey: str, period: Period, *, words: bool = False) -> Report:
    """The totals of a questionnaire. With `words` what people said freely stands in it: not to go out."""
    found = next(one for one in editions.every(desk) if one.id == survey)
    return totals(
        found,
        responses(desk, survey, period),
        tally(desk, found, period),
        place=desk.village_name,
        period=period.words,
        words=words,
    )


def responses(desk: Desk, survey: str, period: Period) -> tuple[SurveyResponse, ...]:
    """The answers that count, of every edition, newest day first."""
    every = desk.store.reading.where(SurveyResponse, survey=survey)
    return tuple(one for one in standing(every) if one.on in period)


def who_was_asked(desk: Desk, survey: str, period: Period) -> tuple[AskedLine, ...]:
    """Each asking of `survey` in `period`, newest first; of an anonymous one only that it was asked."""
    named = [one for one in responses(desk, survey, period) if not one.anonymous]
    found = [*_lines(desk, named), *_lines(desk, _heard(desk, survey, period))]
    return tuple(sorted(found, key=lambda one: (one.on, one.record), reverse=True))


def asked_of(desk: Desk, household: str) -> tuple[AskedLine, ...]:
    """Every questionnaire this household was asked, newest first; `said` begins with which."""
    named = standing(desk.store.reading.where(SurveyResponse, household=household))
    heard = standing(desk.store.reading.where(SurveyAsked, household=household))
    return tuple(sorted(_lines(desk, [*named, *heard]), key=lambda one: (one.on, one.record), reverse=True))


def _heard(desk: Desk, survey: str, period: Period) -> tuple[SurveyAsked, ...]:
    every = desk.store.reading.where(SurveyAsked, survey=survey)
    return tuple(one for one in standing(every) if one.on in period)


def _all_asked(desk: Desk, period: Period) -> list[SurveyResponse | SurveyAsked]:
    named = standing(desk.store.reading.each(SurveyResponse))
    heard = standing(desk.store.reading.each(SurveyAsked))
    every: list[SurveyResponse | SurveyAsked] = [*named, *heard]
    return [one for one in every if one.on in period]


def _lines(desk: Desk, found: Iterable[SurveyResponse | SurveyAsked]) -> list[AskedLine]:
    every = list(found)
    reading = desk.store.reading
    homes = {one.id: one for one in reading.many(Household, sorted({each.household for each in every}))}
    wanted = {one.person for one in every if one.person} | {one.head for one in homes.values() if one.head}
    names = {one.id: one.name for one in reading.many(Person, sorted(wanted))}
    titles = {one.id: one.title for one in editions.every(desk)}
    lines = []
    for one in every:
        home = homes.get(one.household)
        place = home.place if home else ""
        head = names.get(home.head, "") if home and home.head else ""
        who = names.get(one.person, "") or (f"{head}家" if head else place)
        said = HEARD[one.heard] if isinstance(one, SurveyAsked) else NAMED
        title = titles.get(one.survey, one.survey)
        lines.append(AskedLine(one.id, one.TYPE, one.on, who, place, f"{title}：{said}", one.household))
    return lines
