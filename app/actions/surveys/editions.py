"""Which questionnaires may be asked, and by which words an answer is read."""

from __future__ import annotations

from app.actions.desk import Desk
from app.domain.problem import UserError
from app.domain.surveys.offered import offered
from app.domain.surveys.survey import Survey, SurveyEdition, kept_as
from app.store.unit import Unit

GONE = "这份问卷县里已经停了，没有写完的先放着，问过的都在。"


def now_asked(desk: Desk) -> tuple[Survey, ...]:
    """Those of today, in the order of the pack."""
    return offered(desk.pack.surveys, desk.village, desk.today)


def asked_now(desk: Desk, survey: str) -> Survey:
    """The edition of today. Raises UserError when the county asks it no more."""
    found = next((one for one in now_asked(desk) if one.id == survey), None)
    if found is None:
        raise UserError(GONE)
    return found


def read_by(desk: Desk, survey: str, edition: str) -> Survey | None:
    """The questionnaire by the words it was asked in; None when nothing here knows them."""
    for one in desk.pack.surveys:
        if one.id == survey and one.told == edition:
            return one
    kept = (one.survey for one in desk.store.reading.each(SurveyEdition))
    return next((one for one in kept if one.id == survey and one.told == edition), None)


def every(desk: Desk) -> tuple[Survey, ...]:
    """Each questionnaire that is asked now or was ever answered here, in the words of its latest edition."""
    found = {one.id: one for one in (kept.survey for kept in desk.store.reading.each(SurveyEdition))}
    current = now_asked(desk)
    old = [one for name, one in found.items() if name not in {each.id for each in current}]
    return (*current, *sorted(old, key=lambda one: one.id))


def keep_words(desk: Desk, unit: Unit, survey: Survey) -> None:
    """Keep the very words of `survey` beside the answers, once for a village."""
    made = kept_as(survey, desk.village)
    if desk.store.reading.find(SurveyEdition, made.id) is None:
        unit.save(made)
