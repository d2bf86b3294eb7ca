"""The visit form asks what has its place, and says what is missing before anything is signed."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.visits.asking import Situation, self_care, value_of, with_value
from app.domain.visits.form import Form, Kind
from app.domain.visits.form_read import read_form
from app.domain.visits.visit import PURPOSES, Met, Visit
from app.forms import visit_form
from tests.facts import GRANNY, NOW, household, person, visit

CHILD = "01900000-0000-7000-8000-00000000000c"


def child(**changes: object) -> Person:
    return person(id=CHILD, name="何子航", relation="41", birth=date(2017, 5, 9), **changes)


def at(given: Visit, home: Household | None = None, *people: Person) -> Situation:
    return Situation(given, home or household(), people or (person(),), NOW.date())


def lacks(given: Visit, *people: Person) -> dict[str, str]:
    """Field to words of everything missing."""
    return {one.field: one.words for one in at(given, None, *people).missing(visit_form(), NOW)}


def asked(situation: Situation) -> list[str]:
    return [one.id for one in situation.active(visit_form())]


def test_the_shipped_form_offers_every_purpose() -> None:
    offered = {option.code: option.words for option in visit_form().fields["purpose"].options}
    assert offered == PURPOSES


def test_nobody_home_asks_only_when_to_come_again() -> None:
    absent = at(visit(met=Met.ABSENT))
    assert asked(absent) == ["met", "again_on", "purpose", "visitors", "started_at", "door_photos"]
    assert absent.steps(visit_form()) == (0,)
    assert [problem.field for problem in absent.missing(visit_form(), NOW)] == ["again_on"]
    assert at(visit(met=Met.ABSENT, again_on="2026-11-23")).missing(visit_form(), NOW) == ()


def test_what_only_some_purposes_ask_waits_for_the_purpose() -> None:
    open_yet = at(visit(met=Met.HOME, purpose=""))
    assert not {"ticket", "campaign", "accompany"} & set(asked(open_yet))
    assert open_yet.steps(visit_form()) == tuple(range(6))
    assert "campaign" in asked(at(visit(met=Met.HOME, purpose="VP16")))


def test_questions_about_children_are_asked_of_children_only() -> None:
    alone = at(visit(met=Met.HOME))
    both = at(visit(met=Met.HOME), None, person(), child())
    assert "child_safety" not in asked(alone)
    assert both.asked_of(visit_form().fields["child_safety"]) == (child(),)
    assert [one.id for one in both.asked_of(visit_form().fields["abilities_lost"])] == [GRANNY]


def test_the_dead_and_the_moved_are_asked_nothing() -> None:
    from app.domain.people.person import Life

    gone = at(visit(met=Met.HOME), None, person(), child(life=Life.MOVED))
    assert "child_safety" not in asked(gone)


def test_an_investigation_needs_every_sum_and_a_greeting_none() -> None:
    greeting = {
        problem.field for problem in at(visit(met=Met.HOME, purpose="VP17")).missing(visit_form(), NOW)
    }
    inquiry = {
        problem.field for problem in at(visit(met=Met.HOME, purpose="VP04")).missing(visit_form(), NOW)
    }
    assert "wage" not in greeting
    assert {"wage", "farm_crop", "deposit_range", "conclusion", "visitors"} <= set(inquiry)


def test_a_sum_needs_its_source_but_nothing_at_all_does_not() -> None:
    told = visit(met=Met.HOME, purpose="VP04").answered("farm_crop", {"fen": 860_000, "kind": ""})
    none = visit(met=Met.HOME, purpose="VP04").answered("farm_crop", {"fen": 0, "kind": ""})
    words = {problem.field: problem.words for problem in at(told).missing(visit_form(), NOW)}
    assert words["farm_crop"] == "种地没填凭据。"
    assert "farm_crop" not in {problem.field for problem in at(none).missing(visit_form(), NOW)}


def test_who_was_not_asked_is_named() -> None:
    half = visit(met=Met.HOME).answered("members", {GRANNY: ["same"]})
    words = {p.field: p.words for p in at(half, None, person(), child()).missing(visit_form(), NOW)}
    assert words["members"] == "家里人变没变还没问：何子航。"


def test_a_child_in_danger_must_be_reported_before_signing() -> None:
    danger = visit(met=Met.HOME).answered("child_safety", {CHILD: "danger"})
    situation = at(danger, None, person(), child())
    ((field, option),) = situation.alarms(visit_form())
    assert (field.id, option.code) == ("child_safety", "danger")
    assert "child_reported" in {problem.field for problem in situation.missing(visit_form(), NOW)}
    told = at(danger.answered("child_reported", ["police"]), None, person(), child())
    assert "child_reported" not in {problem.field for problem in told.missing(visit_form(), NOW)}


def test_a_transferred_finding_says_to_whom() -> None:
    finding = {"words": "屋顶漏雨", "disposition": "transfer", "to": "", "items": []}
    words = [
        p.words for p in at(visit(met=Met.HOME).answered("findings", [finding])).missing(visit_form(), NOW)
    ]
    assert "第 1 个问题还没选转给谁。" in words


def test_answers_that_lost_their_place_are_not_signed() -> None:
    said = visit(met=Met.HOME, purpose="VP04").answered("wage", {"fen": 1, "kind": "told"})
    assert "wage" in at(said).pruned(visit_form()).answers
    assert "wage" not in at(replace(said, met=Met.ABSENT)).pruned(visit_form()).answers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("met", "home"), ("purpose", "VP12"), ("visitors", ("w-xiang", "彭丽")), ("again_on", "2026-11-23"),
        ("started_at", "2026-11-18"), ("respondent", GRANNY), ("mood", "low"), ("hazards", ["fire"]),
    ],
)  # fmt: skip
def test_every_field_gives_back_what_was_put_in(name: str, value: object) -> None:
    assert value_of(with_value(visit(), name, value), name) == value


def test_another_day_keeps_the_hour() -> None:
    moved = with_value(visit(), "started_at", "2026-11-18")
    assert moved.started_at == visit().started_at - timedelta(days=2)


@pytest.mark.parametrize(
    ("lost", "level"), [(0, "full"), (1, "partial"), (3, "partial"), (4, "none"), (6, "none")]
)
def test_self_care_follows_the_six_abilities(lost: int, level: str) -> None:
    assert self_care(lost) == level


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ('id = "a"\nkind = "choice"\nlabel = "甲"', "wrong options"),
        ('id = "a"\nkind = "text"\nlabel = "甲"\ncolour = "red"', "means nothing"),
        ('id = "a"\nkind = "text"\nlabel = "甲"\nwhen = { answer = "b", among = ["x"] }', "not there"),
        ('id = "a"\nkind = "multi"\nlabel = "甲"\noptions = { x = "一" }\nalone = ["y"]', "no option y"),
        ('id = "a"\nkind = "text"\nlabel = "甲"\neach = "child"', "each"),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused(wrong: str, words: str) -> None:
    text = f'edition = "1"\n[[step]]\nid = "s"\ntitle = "步"\n[[step.group]]\n[[step.group.field]]\n{wrong}'
    with pytest.raises(ValueError, match=words):
        read_form(tomllib.loads(text))


def test_every_field_has_one_home_in_the_form() -> None:
    form: Form = visit_form()
    assert form.step_of("farm_crop") == 2
    assert form.step_of("signatures") == 5
    assert {one.kind for one in form.fields.values()} >= {Kind.FINDINGS, Kind.SIGNATURES, Kind.MONEY}
