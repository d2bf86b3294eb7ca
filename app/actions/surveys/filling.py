"""Filling a questionnaire: begun, kept field by field, put aside, taken up again, thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from app.actions.desk import Desk
from app.actions.surveys import editions
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError
from app.domain.record import from_body, to_body
from app.domain.roles import Right
from app.domain.surveys.filling import Filling
from app.domain.surveys.response import Heard, SurveyAsked, Way
from app.domain.surveys.survey import Naming, Per, Survey
from app.domain.visits.asking import ADULT_FROM
from app.store.drafts import Draft

KIND = "survey"
TOWN_OFFICE = "town-civil"
FINISHED = "这份问卷已经写完或者丢掉了。"


@dataclass(frozen=True)
class Whom:
    """Who is asked, and what it comes of: the visit one is on, the matter that was just answered."""

    household: str
    person: str = ""
    visit: str = ""
    ticket: str = ""


@dataclass(frozen=True)
class Sitting:
    """One questionnaire in hand. `who` is "" for an anonymous one; `in_box` counts those that wait there."""

    filling: Filling
    survey: Survey
    who: str
    place: str
    now: datetime
    today: date
    town_phone: str = ""
    in_box: int = 0
    box: int = 0  # how many there will be when the box was opened next


@dataclass(frozen=True)
class Begun:
    """A questionnaire that was put aside; `who` is "" for an anonymous one."""

    draft: str
    title: str
    who: str
    answered: int
    saved_at: datetime


def begin(
    desk: Desk, survey: str, whom: Whom, *, anonymous: bool, way: Way = Way.FACE, on: date | None = None
) -> Sitting:
    """Begin to ask. A named one that was begun with the same people is taken up.

    Of an anonymous one it is written down now that the family was asked; nothing that is kept later knows of
    whom the answers are. Raises UserError when the questionnaire does not allow it, or nobody was named.
    """
    found = editions.asked_now(desk, survey)
    _check(desk, found, whom, anonymous=anonymous, on=on)
    home = desk.store.reading.get(Household, whom.household)
    day = on or desk.today
    if anonymous:
        made = Filling(str(uuid4()), home.village, survey, found.told, anonymous=True)
        with desk.unit("survey") as unit:
            editions.keep_words(desk, unit, found)
            unit.save(_asked(desk, found, whom, Heard.ANONYMOUS, day))
        keep(desk, made)
        return _sitting(desk, made)
    for one in _named(desk):
        if (one.survey, one.household, one.person, one.amends) == (survey, whom.household, whom.person, ""):
            return _sitting(desk, one)
    made = Filling(
        new_id(desk.now), home.village, survey, found.told, way=way, on=day.isoformat(),
        household=home.id, person=whom.person, visit=whom.visit, ticket=whom.ticket,
    )  # fmt: skip
    keep(desk, made)
    return _sitting(desk, made)


def keep(desk: Desk, filling: Filling) -> datetime:
    """Save it durably; returns when, for 已存好 14:32."""
    desk.require(Right.RECORD)
    at = desk.now
    body = {**to_body(filling), "village": filling.village}
    desk.store.drafts.save(Draft(filling.id, KIND, filling.household, body, at))
    return at


def resume(desk: Desk, draft: str) -> Sitting:
    """Go on with one that was put aside. Raises UserError when it has been finished or thrown away."""
    found = desk.store.drafts.find(draft)
    if found is None:
        raise UserError(FINISHED)
    return _sitting(desk, _from_draft(found))


def put_aside(desk: Desk) -> tuple[Begun, ...]:
    """Those not finished, the latest first."""
    found = []
    for draft in desk.store.drafts.of_kind(KIND):
        one = _from_draft(draft)
        survey = editions.read_by(desk, one.survey, one.edition)
        if survey is not None:
            who, _ = _who(desk, one)
            found.append(Begun(draft.id, survey.title, who, len(one.answers), draft.saved_at))
    return tuple(found)


def throw_away(desk: Desk, draft: str) -> None:
    """Forget it; the log keeps that there was one. That an anonymous one was asked stays written."""
    with desk.unit("discard draft") as unit:
        desk.store.drafts.drop(draft)
        unit.audit("discard draft", draft)


def refused(desk: Desk, survey: str, whom: Whom) -> SurveyAsked:
    """They would rather not answer; nothing else is asked of them."""
    found = editions.asked_now(desk, survey)
    _check(desk, found, whom, anonymous=False, on=None, naming=False)
    made = _asked(desk, found, whom, Heard.REFUSED, desk.today)
    with desk.unit("survey refused") as unit:
        editions.keep_words(desk, unit, found)
        unit.save(made)
    return made


def _asked(desk: Desk, survey: Survey, whom: Whom, heard: Heard, on: date) -> SurveyAsked:
    return SurveyAsked(
        new_id(desk.now), desk.village, survey.id, survey.told, on, heard, whom.household, whom.person,
        desk.worker, desk.now,
    )  # fmt: skip


def _check(
    desk: Desk, survey: Survey, whom: Whom, *, anonymous: bool, on: date | None, naming: bool = True
) -> None:
    found = []
    person = desk.store.reading.find(Person, whom.person) if whom.person else None
    years = person.age_on(desk.today) if person else None
    grown_up = years is not None and years >= ADULT_FROM
    if not whom.household:
        found.append(Problem("who", "问谁家？先找到这一家。"))
    elif survey.per is not Per.HOUSEHOLD and not whom.person:
        found.append(Problem("who", "这份问卷是问一个人的，选是哪一位。"))
    elif survey.per is Per.CHILD and grown_up:
        found.append(Problem("who", "这份问的是孩子的事，选孩子的名字。"))
    if naming and anonymous and survey.naming is Naming.NAMED:
        found.append(Problem("naming", "这份问卷要记名，不然帮不上。"))
    if naming and not anonymous and survey.naming is Naming.ANONYMOUS:
        found.append(Problem("naming", "这份问卷不记名。"))
    if on is not None and on > desk.today:
        found.append(Problem("on", "这一天还没到，看看日子。"))
    if found:
        raise UserError(found[0].words, problems=tuple(found))


def _sitting(desk: Desk, filling: Filling) -> Sitting:
    survey = editions.read_by(desk, filling.survey, filling.edition)
    if survey is None:
        raise UserError(editions.GONE)
    who, place = _who(desk, filling)
    office = desk.pack.office(TOWN_OFFICE, desk.today, village=desk.village)
    phone = office.contacts[0].phone if office and office.contacts else ""
    in_box = desk.store.ballots.count(filling.edition) if filling.anonymous else 0
    return Sitting(filling, survey, who, place, desk.now, desk.today, phone, in_box, survey.together)


def _who(desk: Desk, filling: Filling) -> tuple[str, str]:
    """The name and the door of whom it is asked; nothing of an anonymous one."""
    home = desk.store.reading.find(Household, filling.household) if filling.household else None
    if home is None:
        return "", ""
    person = desk.store.reading.find(Person, filling.person) if filling.person else None
    if person is not None:
        return person.name, home.place
    head = desk.store.reading.find(Person, home.head) if home.head else None
    return (f"{head.name}家" if head else home.place), home.place


def _named(desk: Desk) -> tuple[Filling, ...]:
    found = (_from_draft(one) for one in desk.store.drafts.of_kind(KIND))
    return tuple(one for one in found if not one.anonymous)


def _from_draft(draft: Draft) -> Filling:
    body = dict(draft.body)
    return from_body(Filling, draft.id, str(body.pop("village")), body)
