"""A questionnaire comes to its end: sealed with the family's name, or laid into the box without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actions.desk import Desk
from app.actions.surveys import editions
from app.actions.surveys.filling import keep
from app.actions.tickets.ticket_replies import OPENS_AGAIN, Finer, rate
from app.actions.tickets.ticket_steps import open_ticket
from app.actions.visits import visits
from app.actions.visits.child_safety import DANGER, SIGN
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.surveys.asking import answer_words, lacking, proposals, pruned, to_report
from app.domain.surveys.filling import Filling
from app.domain.surveys.response import SurveyAsked, SurveyResponse, Way
from app.domain.surveys.survey import Survey
from app.domain.tickets.ticket import State, Ticket
from app.domain.tickets.ticket_terms import FACES, FAMILY, SELF
from app.domain.visits.proposals import Proposal
from app.domain.visits.visit import Met, Visit
from app.store.unit import Unit

CHILD_VISIT = "VP12"  # 看孩子
GONE_ON = "这一份已经更正过了，去改更正的那一份。"


@dataclass(frozen=True)
class Finished:
    """What came of it. `response` is None for an anonymous one; `opened` are its tickets, `reporting` the
    visit that waits to be reported; `box` how many lie in the box, or came out of it when `emptied`."""

    response: SurveyResponse | None
    opened: tuple[Ticket, ...] = ()
    reporting: str = ""
    box: int = 0
    emptied: bool = False


def finish(desk: Desk, filling: Filling) -> Finished:
    """Seal and queue it; what was taken of its proposals becomes tickets; the draft is gone.

    Raises UserError with every problem, tied to its question, when something is missing. A sign that a child
    is hurt becomes a visit that stays on top of the day until it was reported, and no answer.
    """
    survey = editions.read_by(desk, filling.survey, filling.edition)
    if survey is None:
        raise UserError(editions.GONE)
    if missing := lacking(survey, filling.answers):
        raise UserError(missing[0].words, problems=missing)
    if filling.anonymous:
        return _into_the_box(desk, survey, filling)
    if filling.amends and _answered(desk, filling.amends):
        raise UserError(GONE_ON)
    reporting = report(desk, filling).id if to_report(survey, filling.answers) else ""
    with desk.unit("survey") as unit:
        editions.keep_words(desk, unit, survey)
        opened = _tickets(desk, unit, survey, filling)
        response = _response(desk, survey, filling, opened).sealed()
        unit.save(response)
        desk.store.drafts.drop(filling.id)
    return Finished(response, opened, reporting)


def report(desk: Desk, filling: Filling) -> Visit:
    """The visit in which the sign is reported (强制报告): begun or taken up, on top of the day until then."""
    visit = visits.begin(desk, filling.household, purpose=CHILD_VISIT)
    told = dict(visit.answers.get(SIGN) or {})
    if filling.person:
        told[filling.person] = DANGER
    marked = replace(visit, met=visit.met or Met.HOME).answered(SIGN, told)
    if marked != visit:
        visits.keep(desk, marked)
    return marked


def correct(desk: Desk, response: str) -> Filling:
    """Begin a correction with its answers: a new response that will name it. Both stay.

    Raises UserError when it was corrected already, or the words it was asked in are not known here.
    """
    old = desk.store.reading.get(SurveyResponse, response)
    if _answered(desk, response):
        raise UserError(GONE_ON)
    if old.anonymous:
        raise UserError("不记名的没法更正，谁也不知道是哪一份。")
    made = Filling(
        new_id(desk.now), old.village, old.survey, old.edition, way=old.way or Way.FACE,
        on=old.on.isoformat(), household=old.household, person=old.person, visit=old.visit,
        ticket=old.ticket, amends=old.id, answers=old.answers,
    )  # fmt: skip
    keep(desk, made)
    return made


def take_back(desk: Desk, response: str) -> SurveyResponse:
    """One written by mistake counts no more; it stays, with the line that says so."""
    old = desk.store.reading.get(SurveyResponse, response)
    if _answered(desk, response) or old.anonymous:
        raise UserError(GONE_ON)
    gone = replace(
        old, id=new_id(desk.now), amends=old.id, void=True, answers={}, recorded_by=desk.worker,
        recorded_at=desk.now, opened=(),
    ).sealed()  # fmt: skip
    with desk.unit("take back survey_response") as unit:
        unit.save(gone)
    return gone


def take_back_asked(desk: Desk, asked: str) -> SurveyAsked:
    """They were not asked after all."""
    old = desk.store.reading.get(SurveyAsked, asked)
    gone = replace(
        old, id=new_id(desk.now), amends=old.id, void=True, recorded_by=desk.worker, recorded_at=desk.now
    )
    with desk.unit("take back survey_asked") as unit:
        unit.save(gone)
    return gone


def pointed_at(survey: Survey, filling: Filling) -> tuple[Proposal, ...]:
    """The matters its answers point at; an anonymous one points at nobody's."""
    return () if filling.anonymous else proposals(survey, filling.answers)


def _into_the_box(desk: Desk, survey: Survey, filling: Filling) -> Finished:
    # No line for the log: its time would lead from the answers to who was asked just before.
    with desk.unit("survey") as unit:
        desk.store.ballots.put(survey.told, pruned(survey, filling.answers))
        desk.store.drafts.drop(filling.id)
        emptied = desk.store.ballots.count(survey.told) >= survey.together
        box = _open_box(desk, unit, survey) if emptied else desk.store.ballots.count(survey.told)
    return Finished(None, box=box, emptied=emptied)


def _open_box(desk: Desk, unit: Unit, survey: Survey) -> int:
    """All of them at once become records of one moment, in an order that says nothing."""
    editions.keep_words(desk, unit, survey)
    found = desk.store.ballots.take_out(survey.told)
    for record, answers in found:
        made = SurveyResponse(
            record, desk.village, survey.id, survey.told, desk.today, answers, anonymous=True
        )
        unit.save(made.sealed())
    return len(found)


def _response(desk: Desk, survey: Survey, filling: Filling, opened: tuple[Ticket, ...]) -> SurveyResponse:
    return SurveyResponse(
        filling.id,
        filling.village,
        survey.id,
        survey.told,
        date.fromisoformat(filling.on) if filling.on else desk.today,
        pruned(survey, filling.answers),
        way=filling.way,
        household=filling.household,
        person=filling.person,
        visit=filling.visit,
        ticket=filling.ticket,
        opened=tuple(one.id for one in opened),
        recorded_by=desk.worker,
        recorded_at=desk.now,
        amends=filling.amends,
    )


def _tickets(desk: Desk, unit: Unit, survey: Survey, filling: Filling) -> tuple[Ticket, ...]:
    found = [one for one in pointed_at(survey, filling) if one.urgent or one.key in filling.taken]
    if filling.amends:
        found = [one for one in found if one.key in filling.taken]  # the first answer opened its own
    opened = [_open(desk, unit, filling, one.words, one.items, one.urgent) for one in found]
    if complaint := _rated(desk, unit, survey, filling):
        opened.append(complaint)
    return tuple(opened)


def _open(
    desk: Desk, unit: Unit, filling: Filling, words: str, items: tuple[str, ...], urgent: bool
) -> Ticket:
    person = desk.store.reading.find(Person, filling.person) if filling.person else None
    home = desk.store.reading.get(Household, filling.household)
    who = person or (desk.store.reading.find(Person, home.head) if home.head else None)
    draft = Ticket(
        id=new_id(desk.now),
        village=filling.village,
        received_at=desk.now,
        received_by=desk.worker,
        owner=desk.worker,
        request=words,
        channel="visit",
        household=filling.household,
        visitor=who.id if who else "",
        visitor_name=who.name if who else "",
        items=items,
        urgent=urgent,
        visit=filling.visit,
    )
    return open_ticket(desk, unit, draft)


def _rated(desk: Desk, unit: Unit, survey: Survey, filling: Filling) -> Ticket | None:
    """The faces pointed at become the rating of the ticket that was answered; one that is closed already
    and is found wanting goes on as a new one, since a closed ticket stays as it is."""
    score = _score(survey, filling, "whole")
    ticket = desk.store.reading.find(Ticket, filling.ticket) if filling.ticket else None
    if not score or ticket is None or filling.amends:
        return None
    if ticket.state is State.REPLIED:
        by = survey.rating("by")
        family = by is not None and filling.answers.get(by.id) == "family"
        finer = Finer(*(_score(survey, filling, part) for part in ("speed", "skill", "manner")))
        rate(desk, unit, ticket, score, rated_by=FAMILY if family else SELF, finer=finer)
        return None
    if score > OPENS_AGAIN:
        return None
    why = "、".join(
        answer_words(one, filling.answers[one.id])
        for one in survey.questions
        if one.id in pruned(survey, filling.answers) and one.choices and not one.rates and one.when
    )
    words = f"办完了评「{FACES[score]}」，单号尾 {ticket.short_number}{'：' + why if why else ''}"
    return _open(desk, unit, filling, words, ticket.items, urgent=False)


def _score(survey: Survey, filling: Filling, part: str) -> int:
    question = survey.rating(part)
    value = filling.answers.get(question.id) if question else None
    return value if type(value) is int else 0


def _answered(desk: Desk, response: str) -> bool:
    old = desk.store.reading.get(SurveyResponse, response)
    every = desk.store.reading.where(SurveyResponse, survey=old.survey)
    return any(one.amends == response for one in every)
