"""One set of answers to read, with what it is read by and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.desk import Desk
from app.actions.surveys import editions
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.surveys.response import SurveyAsked, SurveyResponse
from app.domain.surveys.survey import Survey
from app.domain.tickets.ticket import Ticket


@dataclass(frozen=True)
class Read:
    """`survey` is None when nobody here knows the words it was asked in; `answered_by` names what replaced
    it; `who` is "" of an anonymous one."""

    response: SurveyResponse
    survey: Survey | None
    who: str
    place: str
    tickets: tuple[Ticket, ...]
    answered_by: str


def look(desk: Desk, response: str) -> Read:
    """Raises StorageFault when it is not here."""
    found = desk.store.reading.get(SurveyResponse, response)
    home = desk.store.reading.find(Household, found.household) if found.household else None
    name = found.person or (home.head if home else "")
    person = desk.store.reading.find(Person, name) if name else None
    later = [one for one in desk.store.reading.where(SurveyResponse, survey=found.survey)]
    return Read(
        found,
        editions.read_by(desk, found.survey, found.edition),
        person.name if person else "",
        home.place if home else "",
        desk.store.reading.many(Ticket, list(found.opened)),
        next((one.id for one in later if one.amends == response), ""),
    )


def survey_of(desk: Desk, record: str) -> str:
    """The questionnaire that an answer, or an asking, belongs to; "" when it is not here."""
    answer = desk.store.reading.find(SurveyResponse, record)
    asking = desk.store.reading.find(SurveyAsked, record)
    return answer.survey if answer else asking.survey if asking else ""
