"""Hands at the page of questionnaires: begun with somebody, answered by pointing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from tests.facts import GRANNY, HOME
from ui.forms.surveys.survey_begin import NAMED
from ui.forms.surveys.survey_form import SurveyForm
from ui.pages.surveys import SurveysPage


def settle(page: SurveysPage) -> None:
    for _ in range(4):
        assert page.tasks.wait_idle()
        QApplication.processEvents()


def at_desk(page: SurveysPage, work: Any) -> Any:
    found: list[Any] = []
    page.tasks.run(page, work, found.append)
    settle(page)
    return found[0]


def begin(page: SurveysPage, survey: str, naming: str = NAMED, **params: object) -> SurveyForm:
    known = {"household": HOME, "person": GRANNY, **params}
    page.open(new=True, survey=survey, **known)
    settle(page)
    face = page.asking.face
    assert face is not None
    assert face.who.who.person == known["person"]
    face.naming.set_value(naming)
    face._fit()
    face.go_on.click()
    settle(page)
    assert page.writing is not None
    return page.writing.form


def answer(page: SurveysPage, form: SurveyForm, **answers: object) -> None:
    """Point at these; whatever else is asked gets its last choice, or the least number."""
    for name, value in answers.items():
        point(form, name, value)
    for _round in range(40):
        missing = form.session.missing()
        if not missing:
            return
        question = form.survey.question(missing[0].field)
        assert question is not None
        given: object = max(question.least, 1)
        if question.choices:
            code = question.choices[-1].code if question.id != "safe" else "fine"
            given = [code] if question.kind.value == "multi" else code
        point(form, question.id, given)
    raise AssertionError(form.session.missing())


def point(form: SurveyForm, name: str, value: object) -> None:
    card = form.cards[name]
    card.editor.set_value(value)
    card.editor.changed.emit()
