"""People to ask and somebody who answers every question: shared by the tests of questionnaires."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.actions.surveys import filling, finishing
from app.actions.surveys.filling import Sitting, Whom
from app.domain.reports.period import Period
from app.domain.surveys.asking import asked, wrong
from app.domain.surveys.survey import Kind
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person

CHILD = "01900000-0000-7000-8000-000000000005"
WHOM = Whom(HOME, GRANNY)
ALWAYS = Period(date(2020, 1, 1), date(2030, 12, 31))


def desk_of_six(store: Store, clock: Clock) -> Desk:
    """蒋桂英, her grandson, and five more families."""
    found = desk_on(store, clock)
    with found.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
        unit.save(person(id=CHILD, name="何子航", birth=date(2017, 9, 1), id_number=None, relation="41"))
        for number in range(1, 6):
            unit.save(household(id=home(number), door=f"{10 + number}号", head=head(number)))
            unit.save(
                person(
                    id=head(number),
                    household=home(number),
                    name=f"田桂{'一二三四五'[number - 1]}",
                    id_number=None,
                )
            )
    return found


def home(number: int) -> str:
    return f"01900000-0000-7000-8000-0000000001{number:02}"


def head(number: int) -> str:
    return f"01900000-0000-7000-8000-0000000002{number:02}"


def answered(sitting: Sitting, **changes: object) -> filling.Filling:
    """Every question that is asked, answered somehow; `changes` say how where it matters."""
    made = replace(sitting.filling, answers=dict(changes))
    for _round in range(len(sitting.survey.questions)):
        for one in asked(sitting.survey, made.answers):
            if wrong(one, made.answers.get(one.id)):
                given: object = one.least or 1
                if one.choices:
                    code = one.choices[-1].code if one.id != "safe" else "fine"
                    given = code if one.kind is Kind.SINGLE else [code]
                elif one.kind is Kind.SCALE:
                    given = 4
                made = made.answered(one.id, given)
    return made


def ask(
    desk: Desk, survey: str, whom: Whom, *, anonymous: bool = False, **changes: object
) -> finishing.Finished:
    sitting = filling.begin(desk, survey, whom, anonymous=anonymous)
    return finishing.finish(desk, answered(sitting, **changes))
