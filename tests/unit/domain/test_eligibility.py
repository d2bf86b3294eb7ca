"""The rule vectors: the people at the edges of every rule get the right answer and the right words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.domain.people.household import HouseholdFacts
from app.domain.people.identity import Sex
from app.domain.people.person import Benefit, Life, Parent, Person
from app.domain.people.person import ParentState as P
from app.domain.rules.eligibility import Kind, evaluate
from app.domain.rules.facts import facts_of
from app.domain.rules.rule import parse
from app.domain.workdays import CHINA
from tests.facts import NOW, household, person
from tests.policy import (
    child,
    county,
    disabled,
    earning,
    father,
    mother,
    verdict,
    with_setting,
)


def said(found: object) -> str:
    return "；".join(reason.words for reason in found.decided)  # type: ignore[attr-defined]  # a Verdict


# 高龄津贴


def test_79_years_11_months_29_days_is_told_the_first_day() -> None:
    almost = verdict("GL", person(birth=date(1946, 11, 21)))
    assert almost.kind is Kind.NO
    assert almost.earliest == date(2026, 11, 21)
    assert said(almost) == "差 1 天满 80 岁，最早 2026-11-21"


def test_on_the_birthday_the_answer_turns() -> None:
    on = datetime(2026, 11, 21, 0, 5, tzinfo=CHINA)
    assert verdict("GL", person(birth=date(1946, 11, 21)), at=on).kind is Kind.MATCH


def test_three_months_short_is_said_in_months() -> None:
    assert said(verdict("GL", person(birth=date(1947, 2, 20)))) == "差 3 个月满 80 岁，最早 2027-02-20"
    assert said(verdict("GL", person(birth=date(1947, 2, 25)))) == "差 3 个多月满 80 岁，最早 2027-02-25"


def test_born_on_29_february_turns_80_on_the_day_itself_in_a_leap_year_else_on_1_march() -> None:
    assert verdict("GL", person(birth=date(1948, 2, 29))).earliest == date(2028, 2, 29)
    pack = with_setting(county(), "gl.from_age", 79)
    pack = with_setting(pack, "gl.universal_from_age", 79)
    assert verdict("GL", person(birth=date(1948, 2, 29)), pack=pack).earliest == date(2027, 3, 1)


def test_where_only_the_poor_get_it_before_90_wealth_is_not_asked_after() -> None:
    pack = with_setting(county(), "gl.universal_from_age", 90)
    eighty_two = person(birth=date(1944, 3, 2))
    assert verdict("GL", eighty_two, pack=pack).kind is Kind.NO
    assert verdict("GL", eighty_two, household(classes=("TP",)), pack=pack).kind is Kind.MATCH
    poor = replace(eighty_two, benefits=(Benefit("DB"),))
    assert verdict("GL", poor, pack=pack).kind is Kind.MATCH


def test_a_card_of_another_county_is_sent_home() -> None:
    away = verdict("GL", person(hukou="430802001001"))
    assert (away.kind, said(away)) == (Kind.NO, "户口不在本县，到户籍地问")


# 孤儿、事实无人抚养儿童


def test_father_dead_and_mother_lost_for_7_months_is_no_orphan_yet_but_is_uncared_for() -> None:
    boy = child(father(P.DEAD), mother(P.LOST_CONTACT, date(2026, 4, 15)))
    orphan = verdict("GE", boy)
    assert orphan.kind is Kind.NO
    assert orphan.earliest == date(2028, 4, 15)
    assert "法院还不能宣告" in said(orphan)
    uncared = verdict("SW", boy)
    assert uncared.kind is Kind.MATCH
    assert "父亲去世" in said(uncared)
    assert "母亲失联满 6 个月" in said(uncared)


def test_mother_lost_for_5_months_must_wait_and_is_told_till_when() -> None:
    waiting = verdict("SW", child(father(P.DEAD), mother(P.LOST_CONTACT, date(2026, 6, 15))))
    assert (waiting.kind, waiting.earliest) == (Kind.NO, date(2026, 12, 15))


def test_both_gone_but_no_court_has_spoken_stays_open_and_names_the_court() -> None:
    since = date(2024, 1, 1)
    orphan = verdict("GE", child(father(P.LOST_CONTACT, since), mother(P.LOST_CONTACT, since)))
    assert orphan.kind is Kind.MAYBE
    assert {question.words for question in orphan.missing} == {
        "父亲现在怎样（失联的要法院先宣告）",
        "母亲现在怎样（失联的要法院先宣告）",
    }


@pytest.mark.parametrize("state", [P.DEAD, P.DECLARED_DEAD, P.DECLARED_MISSING, P.UNKNOWN_PARENT])
def test_whoever_has_lost_both_parents_matches_as_orphan_only(state: P) -> None:
    boy = child(father(P.DEAD), mother(state))
    assert verdict("GE", boy).kind is Kind.MATCH
    other = verdict("SW", boy)
    assert (other.kind, said(other)) == (Kind.NO, "父母都不在了，按孤儿办")


def test_one_parent_5_months_in_prison_does_not_count_and_6_months_do() -> None:
    five = verdict("SW", child(father(P.DEAD), mother(P.PRISON, date(2026, 6, 20))))
    assert (five.kind, five.earliest) == (Kind.NO, date(2026, 12, 20))
    assert "母亲服刑在押不满 6 个月，差 1 个月" in said(five)
    assert verdict("SW", child(father(P.DEAD), mother(P.PRISON, date(2026, 5, 20)))).kind is Kind.MATCH


def test_one_able_parent_is_enough_to_raise_a_child() -> None:
    found = verdict("SW", child(father(P.ABLE), mother(P.PRISON, date(2025, 1, 1))))
    assert (found.kind, found.earliest) == (Kind.NO, None)


def test_deportation_counts_only_beside_a_parent_who_died() -> None:
    assert verdict("SW", child(father(P.DEAD), mother(P.DEPORTED))).kind is Kind.MATCH
    both = verdict("SW", child(father(P.SEVERE_ILLNESS), mother(P.DEPORTED)))
    assert both.kind is Kind.NO


def test_a_parent_nobody_asked_about_keeps_the_answer_open() -> None:
    found = verdict("GE", child(father(P.DEAD)))
    assert found.kind is Kind.MAYBE
    assert [question.words for question in found.missing] == ["母亲现在怎样（失联的要法院先宣告）"]
    assert found.missing[0].person == child().id


def test_past_18_only_school_carries_on() -> None:
    grown = child(father(P.DEAD), mother(P.DEAD), birth=date(2007, 5, 1))
    assert verdict("GE", grown).missing[0].words == "还读不读书，读哪一级"
    assert verdict("GE", replace(grown, school_stage="college")).kind is Kind.MATCH
    assert verdict("GE", replace(grown, school_stage="master")).kind is Kind.NO


# 残疾人两项补贴


@pytest.mark.parametrize("kind", [5, 6])
def test_third_grade_of_mind_depends_on_the_county(kind: int) -> None:
    third = disabled(kind, 3)
    assert verdict("CH", third, pack=with_setting(county(), "ch.extend_3", True)).kind is Kind.MATCH
    narrow = verdict("CH", third, pack=with_setting(county(), "ch.extend_3", False))
    assert (narrow.kind, said(narrow)) == (
        Kind.NO,
        "不是一级、二级残疾；本县没有扩到三级智力、精神残疾",
    )


def test_third_grade_of_body_never_counts() -> None:
    assert verdict("CH", disabled(4, 3), pack=with_setting(county(), "ch.extend_3", True)).kind is Kind.NO


def test_an_expired_card_stops_both() -> None:
    late = disabled(4, 1, date(2026, 11, 19), benefits=(Benefit("DB"),))
    assert "过期了" in said(verdict("CH", late))
    assert "过期了" in said(verdict("CS", late))
    unknown = verdict("CH", disabled(4, 1, None))
    assert (unknown.kind, unknown.missing[0].words) == (Kind.MAYBE, "残疾人证到哪天")


@pytest.mark.parametrize(
    ("drawn", "item"),
    [("TK", "CS"), ("TK", "CH"), ("GE", "CS"), ("GSHL", "CH"), ("TK", "GE"), ("TK", "DB"), ("GE", "SW")],
)
def test_benefits_that_exclude_each_other_are_not_offered_together(drawn: str, item: str) -> None:
    who = disabled(4, 1, benefits=(Benefit("DB"), Benefit(drawn)))
    found = verdict(item, who)
    assert found.kind is Kind.NO
    assert len(found.decided) == 1


@pytest.mark.parametrize(("drawn", "ends"), [("SW", "不再发事实无人抚养补贴"), ("CS", "不领残疾人生活补贴")])
def test_a_child_who_becomes_an_orphan_goes_over_and_is_told_what_ends(drawn: str, ends: str) -> None:
    found = verdict("GE", child(father(P.DEAD), mother(P.DEAD), benefits=(Benefit(drawn),)))
    assert found.kind is Kind.MATCH
    assert ends in said(found)


def test_an_orphan_with_a_disability_may_draw_the_care_allowance() -> None:
    assert verdict("CH", disabled(4, 1, benefits=(Benefit("GE"),))).kind is Kind.MATCH


# 低保、临时救助


@pytest.mark.parametrize(
    ("year_yuan", "kind"), [("10599.99", Kind.MATCH), ("10600.00", Kind.NO), ("10600.01", Kind.NO)]
)
def test_income_exactly_at_the_standard_does_not_qualify_by_rounding(year_yuan: str, kind: Kind) -> None:
    # 5300 元/年 for each of two people; 5300/12 = 441.666… a month, and 441.67 would let them in.
    two = (person(id="b", relation="12"),)
    assert verdict("DB", person(), earning(year_yuan), two).kind is kind


def test_a_third_of_a_fen_is_not_lost() -> None:
    three = (person(id="b"), person(id="c"))
    assert verdict("DB", person(), earning("15899.99"), three).kind is Kind.MATCH
    assert verdict("DB", person(), earning("15900"), three).kind is Kind.NO


def test_exempt_money_is_asked_after_only_where_it_could_decide() -> None:
    poor = household(facts=HouseholdFacts(income_fen=500_000, assets_ok=True))
    assert verdict("DB", person(), poor).kind is Kind.MATCH
    near = household(facts=HouseholdFacts(income_fen=560_000, assets_ok=True))
    found = verdict("DB", person(), near)
    assert [question.fact for question in found.missing] == ["household.income_per_head"]
    told = household(facts=HouseholdFacts(income_fen=560_000, exempt_fen=40_000, assets_ok=True))
    assert verdict("DB", person(), told).kind is Kind.MATCH


def test_who_died_or_moved_does_not_share_the_income_and_who_works_away_does() -> None:
    home = earning("10599")
    gone = person(id="b", life=Life.DEAD)
    away = person(id="c", life=Life.AWAY)
    assert verdict("DB", person(), home, (gone,)).kind is Kind.NO
    assert verdict("DB", person(), home, (away,)).kind is Kind.MATCH


def test_the_gravely_disabled_of_a_margin_household_may_apply_alone() -> None:
    margin = earning("7000", classes=("BY",))
    assert verdict("DB", disabled(4, 2), margin).kind is Kind.MATCH
    assert verdict("DB", disabled(5, 3), margin).kind is Kind.MATCH
    assert verdict("DB", disabled(4, 3), margin).kind is not Kind.MATCH


def test_without_a_published_standard_the_county_is_asked_not_the_family() -> None:
    elsewhere = household(
        village="430821001001", facts=HouseholdFacts(income_fen=1, exempt_fen=0, assets_ok=True)
    )
    found = verdict("DB", person(), elsewhere)
    assert found.kind is Kind.MAYBE
    assert [(each.for_county, each.words) for each in found.missing] == [
        (True, "县里还没给现在的低保标准，问镇里")
    ]


def test_an_emergency_is_helped_without_asking_after_income() -> None:
    found = verdict("LS", person(), household(tags=("急难",)))
    assert (found.kind, said(found)) == (Kind.MATCH, "遇上急难，先救后补")


def test_heavy_costs_need_both_income_and_bills() -> None:
    asked = HouseholdFacts(income_fen=1_500_000, rigid_fen=900_000)
    assert verdict("LS", person(), household(facts=asked)).kind is Kind.MATCH
    unknown = verdict("LS", person(), household(facts=replace(asked, rigid_fen=None)))
    assert "近一年看病、读书自付" in {question.words for question in unknown.missing}
    # No income at all and bills all the same: nobody is refused by a division by zero.
    broke = HouseholdFacts(income_fen=0, rigid_fen=100)
    assert verdict("LS", person(), household(facts=broke)).kind is Kind.MATCH


# The logic itself


def _truth(rule: dict[str, object], who: Person) -> Kind:
    return evaluate(parse(rule, {}), facts_of(who, household(), (who,), county(), NOW), NOW).kind


KNOWN = {"fact": "person.sex", "is": "2"}
FALSE = {"fact": "person.sex", "is": "1"}
OPEN = {"fact": "person.severe_illness", "is": True}


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"all": [KNOWN, OPEN]}, Kind.MAYBE),
        ({"all": [FALSE, OPEN]}, Kind.NO),
        ({"any": [KNOWN, OPEN]}, Kind.MATCH),
        ({"any": [FALSE, OPEN]}, Kind.MAYBE),
        ({"not": OPEN}, Kind.MAYBE),
        ({"not": FALSE}, Kind.MATCH),
        ({"some": "person.disabilities", "where": {"fact": "each.level", "is": 1}}, Kind.NO),
        ({"every": "person.parents", "where": {"fact": "each.state", "is": "dead"}}, Kind.MAYBE),
        ({"fact": "person.birth", "is": "x"}, Kind.NO),
        ({"months": "person.birth", "at_least": 12}, Kind.MATCH),
        ({"setting": "no.such"}, Kind.MAYBE),
    ],
)
def test_an_unknown_fact_matters_only_while_it_could_decide(rule: dict[str, object], kind: Kind) -> None:
    assert _truth(rule, person(sex=Sex.FEMALE)) is kind


def test_a_parent_is_named_in_the_reason() -> None:
    boy = child(Parent("father", P.ABLE), mother(P.DEAD))
    assert "父亲还在，不算孤儿" in said(verdict("GE", boy))
