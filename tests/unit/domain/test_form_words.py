"""What was answered reads as it was said: sums with their source, people by name, findings with their way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.visits.asking import Situation
from app.domain.visits.form_words import finding_words, met_words, said, step_words, sum_words
from app.domain.visits.visit import Met
from app.forms import visit_form
from tests.facts import GRANNY, NOW, household, person, visit


def names(key: str) -> str:
    return {GRANNY: "蒋桂英", "w-xiang": "向海燕"}.get(key, key)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("wage", {"fen": 1_200_000, "kind": "slip"}, "12000 元，看了流水"),
        ("hazards", ["wire", "fall"], "电线、容易摔"),
        ("members", {GRANNY: ["same"]}, "蒋桂英 没变"),
        ("child_safety", {GRANNY: "fine"}, "蒋桂英 看着好"),
        ("visitors", ("w-xiang", "彭丽"), "向海燕、彭丽"),
        ("respondent", "other", "别人"),
        ("again_on", "2026-11-23", "2026年11月23日"),
        ("house_area", 80, "80 平方米"),
        ("phone", "15400003013", "15400003013"),
        ("needs", [], ""),
    ],
)
def test_every_kind_of_answer_is_read_back(field: str, value: Any, words: str) -> None:
    assert said(visit_form().fields[field], value, names) == words


def test_nothing_needs_no_source() -> None:
    assert sum_words({"fen": 0, "kind": "told"}) == "0 元"


def test_a_finding_says_how_and_where_to() -> None:
    finding = {"words": "屋顶漏雨", "disposition": "transfer", "to": "镇民政办", "urgent": True}
    assert finding_words(finding) == "屋顶漏雨（急难，转出去：镇民政办）"
    assert finding_words({"words": "屋顶漏雨"}) == "屋顶漏雨（还没说怎么办）"


def test_the_title_says_who_was_met() -> None:
    seen = replace(visit(met=Met.HOME), respondent=GRANNY)
    situation = Situation(seen, household(), (person(),), NOW.date())
    assert met_words(situation, visit_form(), names) == "月入户 · 在家，见到蒋桂英"


def test_a_step_is_read_without_what_lost_its_place() -> None:
    given = visit(met=Met.ABSENT, again_on="2026-11-23").answered("wage", {"fen": 1, "kind": "told"})
    situation = Situation(given, household(), (person(),), NOW.date())
    door = [one.field.id for one in step_words(situation, visit_form(), 0, names)]
    assert door == ["met", "again_on", "purpose", "visitors", "started_at"]
    assert list(step_words(situation, visit_form(), 2, names)) == []
