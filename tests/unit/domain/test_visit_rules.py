"""Purposes ask what they require and no more; answers that do not go together or point at work say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.people.person import Person
from app.domain.visits.asking import Situation, Subject
from app.domain.visits.contradictions import contradictions
from app.domain.visits.form import Kind
from app.domain.visits.form_words import said
from app.domain.visits.proposals import FROM, proposals, untaken
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES, Met, Visit, VisitState
from app.forms import EARLIER, form_of, visit_form
from tests.facts import GRANNY, NOW, household, person, visit

CHILD = "01900000-0000-7000-8000-00000000000c"
FORM = visit_form()


def child() -> Person:
    return person(id=CHILD, name="何子航", relation="41", birth=date(2017, 5, 9))


def home(purpose: str = "VP04", *people: Person, **answers: Any) -> Situation:
    given = visit(met=Met.HOME, purpose=purpose, answers=answers)
    return Situation(given, household(), people or (person(), child()), NOW.date())


def asked(situation: Situation) -> set[str]:
    return {one.id for one in situation.active(FORM)}


def odd(situation: Situation) -> Mapping[str, str]:
    return {one.field: one.words for one in contradictions(situation, FORM)}


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_every_purpose_asks_what_it_requires(purpose: str) -> None:
    ids = asked(home(purpose))
    requires = FORM.purposes[purpose]
    assert requires.investigation == (purpose in INVESTIGATIONS)
    assert ("wage" in ids) == ("deposit_range" in ids) == ("conclusion" in ids) == requires.investigation
    assert ("ticket" in ids) == (purpose == "VP13")
    assert ("campaign" in ids) == (purpose == "VP16")
    assert ("gift_money" in ids) == (purpose == "VP17")
    assert ("disaster" in ids) == (purpose == "VP15")
    assert ("five_groups" in ids) == (purpose in ("VP16", "VP18"))
    assert ("review_result" in ids) == (purpose == "VP06")
    assert ("care_agreement" in ids) == (purpose in ("VP08", "VP11"))
    assert {"members", "child_safety", "findings", "signatures"} <= ids, "asked at every door"


def test_a_monthly_visit_to_an_unchanged_family_asks_little() -> None:
    ids = asked(home("VP01", person(), income_changed="same"))
    needed = {one.id for one in home("VP01", person()).active(FORM) if home("VP01", person()).required(one)}
    assert "wage" not in ids
    assert needed == {
        "met", "purpose", "respondent", "visitors", "started_at", "members", "alive", "signatures",
    }  # fmt: skip


def test_money_is_asked_when_it_changed() -> None:
    assert "wage" in asked(home("VP01", income_changed="less"))
    assert "wage" not in asked(home("VP01", income_changed="same"))
    assert "wage" not in asked(home("VP17"))


def test_running_matters_are_told_one_by_one_and_stay_told_when_they_end() -> None:
    told = home("VP14", progress_told={"t-1": "step"})
    running = replace(
        told, matters=(Subject("t-1", "低保", "正在办"), Subject("t-2", "残疾人证", "转出去了"))
    )
    words = {one.field: one.words for one in running.missing(FORM, NOW)}
    assert words["progress_told"] == "告知进度还没问：残疾人证。"
    assert "progress_told" in asked(told), "the ticket has ended since, the answer stays"
    assert "progress_told" not in asked(home("VP14"))


def test_benefits_are_asked_after_one_by_one() -> None:
    drawn = replace(home("VP01"), benefits=(Subject("DB", "最低生活保障"),))
    assert "benefits_arrived" in asked(drawn)
    assert "benefits_arrived" not in asked(home("VP01"))
    late = replace(home("VP01", benefits_arrived={"DB": ["late"]}), benefits=drawn.benefits)
    assert "benefits_words" in asked(late)
    assert [one.words for one in proposals(late, FORM)] == ["最低生活保障没到账"]


def test_a_visit_begun_from_a_plan_or_a_ticket_is_not_asked_where_it_comes_from() -> None:
    assert "origin" in asked(home("VP01"))
    for origin in ("plan", "ticket"):
        known = home("VP01")
        assert "origin" not in asked(replace(known, visit=replace(known.visit, origin=origin)))


def test_an_investigation_elsewhere_than_at_home_is_told_to_come_again() -> None:
    assert "进他家的门" in odd(home("VP04", mode="phone"))["mode"]
    assert "mode" not in odd(home("VP04", mode="home"))
    assert "mode" not in odd(home("VP07", mode="phone"))


def sums(**fen: int) -> dict[str, Any]:
    every = dict.fromkeys(FORM.sums("wage"), 0) | fen
    return {name: {"fen": value, "kind": "told"} for name, value in every.items()}


def test_more_for_the_doctor_than_came_in_is_asked_about() -> None:
    said_ = odd(home(**sums(farm_crop=100_000), medical_self={"fen": 900_000, "kind": "told"}))
    assert said_["medical_self"].startswith("看病掏了 9000 元，比进的 1000 元还多。")
    part = {"wage": {"fen": 1, "kind": "told"}, "medical_self": {"fen": 900_000, "kind": "told"}}
    assert "medical_self" not in odd(home(**part)), "half an income is not compared"


def test_no_subsidy_is_held_against_what_the_family_draws() -> None:
    drawn = replace(home(**sums()), benefits=(Subject("DB", "最低生活保障"),))
    assert odd(drawn)["subsidy"] == "填了没有补贴，可这家在领最低生活保障。"
    assert "subsidy" not in odd(home(**sums()))


def test_wages_are_held_against_who_works() -> None:
    son = person(id=CHILD, name="何大成", birth=date(1985, 5, 9))
    assert "工资却是 0" in odd(home("VP04", person(), son, **sums(), work={CHILD: "away"}))["wage"]
    paid = home("VP04", person(), son, **sums(wage=100), work={CHILD: "unable"})
    assert "没人说在做工" in odd(paid)["wage"]


def test_alone_is_held_against_who_is_registered_there() -> None:
    both = home("VP10", elder_with={GRANNY: "alone"})
    assert "何子航" in odd(both)["elder_with"]
    assert "elder_with" not in odd(home("VP10", person(), elder_with={GRANNY: "alone"}))


def test_parents_away_are_held_against_who_looks_after_the_child() -> None:
    told = home("VP12", left_behind={CHILD: "both"}, child_guardian={CHILD: "parents"})
    assert odd(told)["child_guardian"] == "何子航：说爸妈在带，又说两个都不在家。"


def test_hospital_is_asked_of_whom_it_concerns_and_of_nobody_else() -> None:
    ill = home("VP04", health={GRANNY: ["hospital"], CHILD: ["well"]})
    times = FORM.fields["stay_times"]
    assert [one.id for one in ill.asked_of(times)] == [GRANNY]
    assert not {"stay_now", "stay_days", "stay_self"} & asked(ill)
    told = {"health": {GRANNY: ["hospital"], CHILD: ["severe"]}}
    stayed = home("VP04", **told, stay_times={GRANNY: "two", CHILD: "none"})
    assert {"stay_now", "stay_days", "stay_self"} <= asked(stayed)
    for name in ("stay_now", "stay_days", "stay_self"):
        assert [one.id for one in stayed.asked_of(FORM.fields[name])] == [GRANNY]


def test_what_a_stay_cost_points_at_help_by_name() -> None:
    told = {"health": {GRANNY: ["hospital"]}, "stay_times": {GRANNY: "one"}}
    found = proposals(home("VP04", **told, stay_self={GRANNY: "over30"}, stay_now={GRANNY: "still"}), FORM)
    assert {one.words for one in found} == {
        "蒋桂英住院自己掏了 3 万以上", "蒋桂英还在住院，问问钱和陪的人",
    }  # fmt: skip


def test_who_was_in_hospital_was_not_without_a_stay() -> None:
    told = {"health": {GRANNY: ["hospital"], CHILD: ["severe"]}}
    given = home("VP04", **told, stay_times={GRANNY: "none", CHILD: "none"})
    assert odd(given)["stay_times"] == "蒋桂英：上面说住过院，这里说没住院。"


def test_what_was_said_of_somebody_who_is_asked_no_more_is_not_signed() -> None:
    given = home(
        "VP04", health={GRANNY: ["well"], CHILD: ["hospital"]},
        stay_times={GRANNY: "one", CHILD: "one"}, stay_days={GRANNY: "week"},
    )  # fmt: skip
    signed = given.pruned(FORM).answers
    assert signed["stay_times"] == {CHILD: "one"}
    assert "stay_days" not in signed


def test_an_unsafe_house_cannot_be_only_noted() -> None:
    seen = home("VP04", house_grade="d")
    assert [one.words for one in untaken(seen, FORM)] == ["D 级危房，还住着人：还没记成要办的事。"]
    (first, *_) = proposals(seen, FORM)
    assert first.urgent
    taken = seen.visit.answered("findings", [{"words": "D 级危房", FROM: first.key}])
    assert untaken(replace(seen, visit=taken), FORM) == ()


def test_needs_point_at_the_matters_that_may_help() -> None:
    found = {one.words: one.items for one in proposals(home("VP01", needs=["medical", "talk"]), FORM)}
    assert found == {"看病要帮": ("YJ", "LS", "GX")}


def test_whose_answer_it_was_is_in_the_finding() -> None:
    (one,) = proposals(home("VP12", child_school={CHILD: "dropout"}), FORM)
    assert (one.words, one.key) == ("何子航没去读书了", f"child_school:dropout:{CHILD}")


def test_what_was_handed_out_is_read_back_with_its_copies() -> None:
    given = [{"what": "低保告知单", "copies": 2}]
    field = FORM.fields["materials_given"]
    assert field.kind is Kind.MATERIALS
    assert said(field, given, str) == "低保告知单 2 份"


def test_an_old_visit_is_read_by_its_own_words() -> None:
    old = Visit(
        "v", "439901101201", "h", ("w",), NOW, purpose="VP01", state=VisitState.SIGNED,
        answers={"edition": "2026.11", "pension": {"fen": 168_000, "kind": "slip"}},
    )  # fmt: skip
    assert form_of(old).edition == "2026.11"
    assert form_of(old).fields["pension"].label == "养老金"
    assert "pension" not in FORM.fields
    assert form_of(replace(old, state=VisitState.DRAFT)) is FORM
    assert FORM.translated(old.answers)["pension_basic"] == {"fen": 168_000, "kind": "slip"}
    assert form_of(replace(old, answers={"edition": "2027.03"})) is FORM, "a newer release wrote it"


def test_every_earlier_edition_keeps_its_ids_to_their_meaning() -> None:
    for edition in EARLIER:
        old = form_of(visit(state=VisitState.SIGNED, answers={"edition": edition}))
        for name, field in old.fields.items():
            now = FORM.fields.get(name)
            if now is not None:
                words = {option.code: option.words for option in now.options}
                assert now.kind is field.kind, name
                for option in field.options:
                    assert words.get(option.code, option.words) == option.words, (name, option.code)
