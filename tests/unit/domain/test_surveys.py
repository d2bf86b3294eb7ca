"""Questions, what they skip, what they point at, and what answers come to."""

from __future__ import annotations

from datetime import date

import pytest

from app import packs
from app.domain.record import from_body, to_body
from app.domain.reports.table import Report
from app.domain.surveys.asking import (
    answer_words,
    asked,
    lacking,
    proposals,
    pruned,
    skipped_words,
    to_report,
    wrong,
)
from app.domain.surveys.offered import offered
from app.domain.surveys.response import SurveyResponse
from app.domain.surveys.survey import Kind, Naming, Survey, SurveyEdition, kept_as
from app.domain.surveys.totals import Tally, totals
from tests.facts import VILLAGE

DAY = date(2026, 11, 20)
PRESETS = ("home", "elder", "child", "done")


def preset(name: str) -> Survey:
    shipped = packs.load(packs.reference()).surveys
    return next(one for one in offered(shipped, VILLAGE, DAY) if one.id == name)


def ids(survey: Survey, answers: dict[str, object]) -> list[str]:
    return [one.id for one in asked(survey, answers)]


def test_the_four_presets_are_shipped_and_every_kind_of_question_is_among_them() -> None:
    shipped = [preset(name) for name in PRESETS]
    assert {one.kind for each in shipped for one in each.questions} == set(Kind)
    assert preset("child").naming is Naming.NAMED, "nobody can help a child nobody knows"


def test_an_answer_lets_questions_be_skipped_and_a_skipped_one_asks_for_no_other() -> None:
    survey = preset("home")
    assert "why_less" not in ids(survey, {"income": "same"})
    assert "why_less" in ids(survey, {"income": "less"})
    told = {"tried": "got", "trips": 3, "trip_cause": ["papers"]}
    assert {"trips", "trip_cause"} <= set(ids(survey, told))
    assert "trip_cause" not in ids(survey, told | {"trips": 1}), "one trip was not in vain"
    never = told | {"tried": "never"}
    assert not {"trips", "trip_cause"} & set(ids(survey, never)), "what hangs on a skipped one is skipped"
    assert pruned(survey, never) == {"tried": "never"}


def test_the_paper_says_in_words_what_is_skipped() -> None:
    survey = preset("home")
    question = survey.question("trip_cause")
    assert question is not None
    assert skipped_words(survey, question) == "第 10 题是 2 以上的才答"
    why = preset("done").question("why")
    assert why is not None
    assert skipped_words(preset("done"), why).count("或者") == 3


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("mouths", None, "还没答"),
        ("mouths", 0, "1 到 20人"),
        ("mouths", 21, "1 到 20人"),
        ("needs", ["ill", "work", "care", "house"], "最多选 3 样"),
        ("knows", "perhaps", "看不懂"),
        ("cadres", 6, "看不懂"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_question(name: str, value: object, said: str) -> None:
    question = preset("home").question(name)
    assert question is not None
    assert said in wrong(question, value)
    assert name in {problem.field for problem in lacking(preset("home"), {name: value})}


def test_what_may_be_passed_over_is_not_missing() -> None:
    assert "more" not in {problem.field for problem in lacking(preset("home"), {})}


def test_needs_point_at_matters_as_in_a_visit_urgent_ones_first() -> None:
    found = proposals(preset("home"), {"needs": ["ill", "talk"]})
    assert [one.key for one in found] == ["needs:ill", "needs:talk"]
    assert "YJ" in found[0].items
    child = proposals(preset("child"), {"guardian": "none", "school": "day", "school_help": ["money"]})
    assert child[0].urgent
    assert not child[-1].urgent


def test_a_sign_that_a_child_is_hurt_is_reported_and_kept_in_no_answer() -> None:
    survey = preset("child")
    told = {"guardian": "parents", "safe": "danger"}
    assert to_report(survey, told)
    assert "safe" not in pruned(survey, told)
    assert pruned(survey, told | {"safe": "worry"})["safe"] == "worry"


def test_answers_are_read_in_words() -> None:
    survey = preset("elder")
    lonely, meals = survey.question("lonely"), survey.question("meals")
    assert lonely is not None
    assert meals is not None
    assert answer_words(lonely, 1) == "1 很孤单"
    assert answer_words(meals, 7) == "7顿"
    whole = preset("done").question("whole")
    assert whole is not None
    assert answer_words(whole, 5) == "非常满意"


def test_an_edition_is_known_by_its_very_words_and_comes_back_whole_from_the_store() -> None:
    survey = preset("home")
    kept = kept_as(survey, VILLAGE)
    again = from_body(SurveyEdition, kept.id, kept.village, to_body(kept))
    assert again.survey == kept.survey
    assert again.survey.told == survey.told
    reworded = packs.load(packs.reference()).surveys
    assert len({one.told for one in reworded}) == len(reworded)
    assert kept_as(survey, VILLAGE).id == kept.id, "two computers of a village keep it as one record"


def response(number: int, **answers: object) -> SurveyResponse:
    return SurveyResponse(f"r-{number}", VILLAGE, "home", "e", DAY, answers)


def counted(report: Report, title: str) -> dict[str, tuple[object, ...]]:
    table = next(one for one in report.tables if one.title.endswith(title))
    return {line.label: tuple(cell.value for cell in line.cells) for line in table.lines}


def test_totals_divide_by_those_who_were_asked_that_question() -> None:
    given = [
        response(1, income="less", why_less=["ill", "job"], mouths=2, cadres=5),
        response(2, income="less", why_less=["ill"], mouths=4, cadres=2),
        response(3, income="same", why_less=["ill"], mouths=6, more="路要修"),  # skipped by what came before
    ]
    tally = Tally(("r-1", "r-2", "r-3"), refused=1, asked_anonymously=2, in_box=2)
    report = totals(preset("home"), given, tally, place="青石垭村", period="2026 年", words=False)
    assert counted(report, "收入变化")["少了"] == (2, 2 / 3)
    assert counted(report, "少的原因")["有人生病"] == (2, 1.0)
    assert counted(report, "吃饭的人数")["答了的"] == (3, 4, 4, 2, 6)
    assert counted(report, "对干部满意")["不满意"] == (1, 0.5)
    first = report.tables[0]
    assert first.notes == ("一共问了 6 回。", "票箱里还有 2 份不记名的，没拆，没算进下面。")


def test_free_words_stand_in_totals_only_where_they_stay_in_the_village() -> None:
    given = [response(1, more="路要修"), response(2, more="灯坏了")]
    for words in (True, False):
        report = totals(preset("home"), given, Tally(), place="", period="", words=words)
        notes = report.tables[-1].notes
        assert ("「灯坏了」" in notes) is words
    with_words = totals(preset("home"), given, Tally(), place="", period="", words=True)
    assert with_words.tables[-1].notes[1:] == ("「灯坏了」", "「路要修」"), "not in the order they came"
