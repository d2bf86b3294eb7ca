"""Questionnaires on paper: large, in plain words, with nothing on them that must not stand there."""

from __future__ import annotations

from datetime import date

import pytest

from app import packs
from app.documents.surveys import blank, totals_sheet
from app.domain.surveys.asking import skipped_words
from app.domain.surveys.offered import offered
from app.domain.surveys.response import SurveyResponse
from app.domain.surveys.survey import Survey
from app.domain.surveys.totals import Tally, totals
from tests.facts import VILLAGE
from tests.unit.documents.pages import count, words

DAY = date(2026, 11, 20)
PRESETS = offered(packs.load(packs.reference()).surveys, VILLAGE, DAY)


def flat(text: str) -> str:
    return "".join(text.split())


def said_on(pdf: bytes) -> str:
    return "".join(words(pdf, page) for page in range(count(pdf)))


@pytest.mark.parametrize("survey", PRESETS, ids=[one.id for one in PRESETS])
@pytest.mark.parametrize("large", [False, True])
def test_every_question_with_its_answers_and_when_it_is_skipped_is_on_the_blank(
    survey: Survey, large: bool
) -> None:
    said = said_on(blank.render(survey, village="青石垭村", on=DAY, large=large))
    for question in blank.printed(survey):
        assert flat(f"{survey.number_of(question.id)}. {question.ask}") in said
        for choice in question.choices:
            assert flat(choice.words) in said
        if skip := skipped_words(survey, question):
            assert flat(skip) in said
    assert flat(survey.opening) in said
    assert flat(survey.closing) in said


def test_a_sign_that_a_child_is_hurt_is_no_box_on_a_paper() -> None:
    child = next(one for one in PRESETS if one.id == "child")
    said = said_on(blank.render(child, village="青石垭村", on=DAY))
    assert "伤害" not in said
    assert "看着怎么样" not in said


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    first, again = (blank.render(PRESETS[0], village="青石垭村", on=DAY) for _ in range(2))
    assert first == again


def test_training_paper_says_so() -> None:
    assert "模拟数据" in said_on(blank.render(PRESETS[0], village="青石垭村", on=DAY, simulated=True))


def test_totals_say_every_figure_beside_its_bar_and_no_free_words() -> None:
    home = next(one for one in PRESETS if one.id == "home")
    given = [
        SurveyResponse("r-1", VILLAGE, "home", "e", DAY, {"income": "less", "mouths": 3, "more": "路要修"}),
        SurveyResponse("r-2", VILLAGE, "home", "e", DAY, {"income": "same", "mouths": 5}),
    ]
    report = totals(
        home, given, Tally(("r-1", "r-2"), refused=1), place="青石垭村", period="2026年", words=False
    )
    pdf = totals_sheet.render(report, DAY)
    said = said_on(pdf)
    assert "1·50.0%" in said
    assert "答了的：2份，平均（人）4，中间数（人）4，最少（人）3，最多（人）5" in said
    assert "一共问了3回。" in said
    assert "路要修" not in said
    assert count(pdf) <= 3


def test_nobody_asked_yet_is_said_and_not_drawn() -> None:
    report = totals(PRESETS[0], [], Tally(), place="青石垭村", period="2026年", words=False)
    assert "还没有人答" in said_on(totals_sheet.render(report, DAY))
