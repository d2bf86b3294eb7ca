"""Relief at the edges: for each matter who qualifies, who misses by one fact, who is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.person import Benefit, Life
from app.domain.people.person import ParentState as P
from app.domain.rules.eligibility import Kind, Verdict
from tests.facts import NOW, household, person
from tests.policy import child, county, disabled, earning, father, mother, verdict, with_setting

ALONE = {"tags": ("无赡养人",)}


def said(found: Verdict) -> str:
    return "；".join(reason.words for reason in found.decided)


def open_facts(found: Verdict) -> set[str]:
    return {question.fact for question in found.missing}


def spending(yuan_a_year: int, spent_yuan: int | None, **changes: object) -> Household:
    """A household of known income of which `spent_yuan` went on illness and school."""
    rigid = None if spent_yuan is None else spent_yuan * 100
    facts = HouseholdFacts(income_fen=yuan_a_year * 100, exempt_fen=0, rigid_fen=rigid, assets_ok=True)
    return household(facts=facts, **changes)


# 特困：没有劳动能力、没有生活来源、没有人养，三样缺一不可


def test_an_old_woman_with_nothing_and_nobody_is_taken_in() -> None:
    found = verdict("TK", person(**ALONE), earning("2000"))
    assert found.kind is Kind.MATCH
    assert "满 60 岁" in said(found)
    assert "没有能赡养的亲人" in said(found)


@pytest.mark.parametrize(
    ("who", "home", "why"),
    [
        (person(birth=date(1966, 12, 1), **ALONE), earning("2000"), "不满 60 岁"),
        (person(**ALONE), earning("5300"), "人均收入不低于低保标准 5300 元/年"),
        (person(tags=("赡养人有能力",)), earning("2000"), "有能赡养的亲人"),
        (person(hukou="430802001001", **ALONE), earning("2000"), "户口不在本县"),
        (person(**ALONE), household(facts=HouseholdFacts(100, 0, 0, assets_ok=False)), "超过规定"),
    ],
)
def test_one_of_the_three_that_is_not_so_is_named(who: object, home: Household, why: str) -> None:
    found = verdict("TK", who, home)  # type: ignore[arg-type]  # a Person
    assert found.kind is Kind.NO
    assert why in said(found)


def test_sixty_comes_by_itself_and_the_day_is_told() -> None:
    almost = verdict("TK", person(birth=date(1966, 12, 1), **ALONE), earning("2000"))
    assert almost.earliest == date(2026, 12, 1)


def test_where_nobody_asked_after_her_children_that_is_what_is_asked() -> None:
    found = verdict("TK", person(), earning("2000"))
    assert (found.kind, open_facts(found)) == (Kind.MAYBE, {"person.obligors"})


@pytest.mark.parametrize(
    ("kind", "level", "counts"),
    [(5, 3, True), (6, 3, True), (5, 4, False), (4, 2, True), (4, 3, False), (1, 1, True), (1, 2, False),
     (2, 1, False)],
)  # fmt: skip
def test_which_disabilities_leave_nobody_able_to_work(kind: int, level: int, *, counts: bool) -> None:
    who = disabled(kind, level, birth=date(1980, 1, 1), **ALONE)
    assert (verdict("TK", who, earning("2000")).kind is Kind.MATCH) is counts


def test_a_long_helpless_illness_counts_where_the_city_says_so_and_the_year_is_asked() -> None:
    who = disabled(4, 4, birth=date(1980, 1, 1), severe_illness=True, self_care="none", **ALONE)
    assert verdict("TK", who, earning("2000")).kind is Kind.NO
    wide = with_setting(county(), "tk.extend_ill", True)
    asked = verdict("TK", who, earning("2000"), pack=wide)
    assert (asked.kind, open_facts(asked)) == (Kind.MAYBE, {"person.helpless_year"})
    told = replace(who, tags=("无赡养人", "失能满一年"))
    assert verdict("TK", told, earning("2000"), pack=wide).kind is Kind.MATCH


@pytest.mark.parametrize("held", ["GE", "SW"])
def test_a_child_on_an_orphans_money_is_not_taken_in_twice(held: str) -> None:
    who = child(father(P.DEAD), mother(P.DEAD), benefits=(Benefit(held),), **ALONE)
    found = verdict("TK", who, earning("0"))
    assert found.kind is Kind.NO
    assert "只能选一样" in said(found)


def test_a_childs_name_stays_off_the_wall() -> None:
    publicity = county().item("TK").publicity
    assert publicity is not None
    assert publicity.spare_minors
    assert publicity.words == "公示 7 天，未成年人不公示"


# 低保、低保边缘、刚性支出困难：同一户按收入一级一级看


@pytest.mark.parametrize(
    ("yuan", "low", "margin"),
    [("5299.99", Kind.MATCH, Kind.NO), ("5300", Kind.NO, Kind.MATCH), ("7949.99", Kind.NO, Kind.MATCH),
     ("7950", Kind.NO, Kind.NO)],
)  # fmt: skip
def test_the_steps_meet_without_gap_or_overlap(yuan: str, low: Kind, margin: Kind) -> None:
    home = earning(yuan)
    assert (verdict("DB", person(), home).kind, verdict("BY", person(), home).kind) == (low, margin)


def test_a_poorer_household_is_sent_to_the_higher_help() -> None:
    assert said(verdict("BY", person(), earning("2000"))) == "人均收入低于低保标准，按低保申请"
    poor = verdict("GX", person(), spending(6000, 5000))
    assert said(poor) == "人均收入在低保边缘线以下，按低保、边缘户申请"


def test_a_county_sets_its_own_margin_line() -> None:
    wide = with_setting(county(), "by.times", "2")
    assert verdict("BY", person(), earning("10599.99"), pack=wide).kind is Kind.MATCH
    over = verdict("BY", person(), earning("10600"), pack=wide)
    assert "低保标准 5300 元/年的 2 倍" in said(over)


def test_town_and_country_are_measured_by_their_own_standard() -> None:
    home = earning("7000")
    assert verdict("DB", person(), home).kind is Kind.NO
    town = replace(home, hukou_type="urban")  # 650 元/月
    assert verdict("DB", person(), town).kind is Kind.MATCH
    assert verdict("DB", person(), replace(town, facts=earning("7800").facts)).kind is Kind.NO


def test_income_nobody_asked_about_is_asked() -> None:
    assert "household.income_gross_per_head" in open_facts(verdict("BY", person()))


@pytest.mark.parametrize(
    ("held", "item"), [("DB", "BY"), ("DB", "GX"), ("TK", "BY"), ("TK", "GX"), ("BY", "GX")]
)
def test_a_household_stands_on_one_step_only(held: str, item: str) -> None:
    found = verdict(item, person(), earning("7000", classes=(held,)))
    assert found.kind is Kind.NO
    assert "不再认" in said(found)


@pytest.mark.parametrize("ill", [{"severe_illness": True}, {"benefits": ()}])
def test_in_a_margin_household_the_gravely_ill_may_apply_alone(ill: dict[str, object]) -> None:
    found = verdict("DB", person(**ill), earning("7000", classes=("BY",)))
    if ill.get("severe_illness"):
        assert found.kind is Kind.MATCH
        assert "得了大病，可以一个人申请" in said(found)
    else:
        assert open_facts(found) == {"person.severe_illness"}


def test_heavy_costs_open_the_third_step() -> None:
    assert verdict("GX", person(), spending(15000, 9001)).kind is Kind.MATCH
    at_the_line = verdict("GX", person(), spending(15000, 9000))
    assert (at_the_line.kind, said(at_the_line)) == (Kind.NO, "近一年看病、读书自付没有超过收入的 60%")
    assert "household.rigid_percent" in open_facts(verdict("GX", person(), spending(15000, None)))


def test_who_earns_as_much_as_others_is_told_so() -> None:
    assert "不低于上年人均可支配收入" in said(verdict("GX", person(), spending(18000, 17000)))


def test_relief_in_need_asks_neither_income_nor_hukou() -> None:
    stranger = person(hukou="430802001001")
    assert verdict("LS", stranger, household(tags=("急难",))).kind is Kind.MATCH


# 残疾人证


def test_a_card_in_its_last_year_may_be_changed_wherever_she_lives() -> None:
    late = disabled(4, 2, date(2027, 11, 20), hukou="430802001001")
    assert verdict("CZ", late).kind is Kind.MATCH
    early = verdict("CZ", disabled(4, 2, date(2027, 11, 21)))
    assert (early.kind, said(early)) == (Kind.NO, "残疾人证离到期还有一年多，先不用换")
    unread = verdict("CZ", disabled(4, 2, None))
    assert open_facts(unread) == {"each.card_days_left"}


def test_a_first_card_is_for_those_registered_here_who_seem_disabled() -> None:
    assert verdict("CZ", person(tags=("疑似残疾",))).kind is Kind.MATCH
    elsewhere = verdict("CZ", person(tags=("疑似残疾",), hukou="430802001001"))
    assert (elsewhere.kind, said(elsewhere)) == (Kind.NO, "户口不在本县，到户籍地问")
    assert open_facts(verdict("CZ", person())) == {"person.needs_assessment"}


# 老人服务补贴


def test_an_old_woman_on_relief_who_needs_help_gets_the_service() -> None:
    frail = person(self_care="partial", benefits=(Benefit("DB"),))
    assert verdict("YL", frail).kind is Kind.MATCH
    assert "自己能照料自己" in said(verdict("YL", replace(frail, self_care="full")))
    assert "没有吃低保，也不是特困" in said(verdict("YL", replace(frail, benefits=())))
    young = verdict("YL", replace(frail, birth=date(1967, 2, 20)))
    assert (young.kind, young.earliest) == (Kind.NO, date(2027, 2, 20))
    assert open_facts(verdict("YL", replace(frail, self_care=""))) == {"person.self_care"}


def test_a_county_may_open_the_service_to_the_margin() -> None:
    frail, margin = person(self_care="none"), household(classes=("BY",))
    assert verdict("YL", frail, margin).kind is Kind.NO
    wide = with_setting(county(), "yl.low_income", True)
    assert verdict("YL", frail, margin, pack=wide).kind is Kind.MATCH


@pytest.mark.parametrize(("held", "item"), [("YL", "CH"), ("CH", "YL")])
def test_of_two_care_moneys_the_higher_is_paid_and_neither_is_refused(held: str, item: str) -> None:
    who = disabled(4, 1, self_care="none", benefits=(Benefit("DB"), Benefit(held)))
    found = verdict(item, who)
    assert found.kind is Kind.MATCH
    assert "只发高的一样" in said(found)


# 医疗救助


@pytest.mark.parametrize("home", [household(classes=(code,)) for code in ("DB", "TK", "BY", "JC")])
def test_the_gravely_ill_of_a_registered_household_are_helped(home: Household) -> None:
    assert verdict("YJ", person(severe_illness=True), home).kind is Kind.MATCH


def test_others_are_helped_when_the_bill_is_beyond_the_countys_line() -> None:
    ill, home = person(severe_illness=True), earning("15000")
    asked = verdict("YJ", ill, home)
    assert (asked.kind, open_facts(asked)) == (Kind.MAYBE, {"household.heavy_medical"})
    assert verdict("YJ", ill, replace(home, tags=("大额看病",))).kind is Kind.MATCH
    rich = verdict("YJ", ill, earning("18000", tags=("大额看病",)))
    assert (rich.kind, "不低于上年人均可支配收入" in said(rich)) == (Kind.NO, True)


def test_whoever_is_well_is_not_sent_to_the_insurance_office() -> None:
    home = household(classes=("DB",))
    assert verdict("YJ", person(severe_illness=False), home).kind is not Kind.MATCH
    assert "person.severe_illness" in open_facts(verdict("YJ", person(), home))


# 流浪乞讨


def test_whoever_wanders_is_helped_wherever_he_is_registered() -> None:
    lost = person(tags=("流浪乞讨",), hukou="520102001001", life=Life.AWAY)
    assert verdict("LL", lost).kind is Kind.MATCH
    cared_for = verdict("LL", replace(lost, benefits=(Benefit("TK"),)))
    assert cared_for.kind is Kind.NO
    assert "接回家照料" in said(cared_for)
    assert open_facts(verdict("LL", person())) == {"person.wandering"}


def test_what_was_said_of_her_children_either_way_is_believed_before_it_takes_her_in() -> None:
    both = person(tags=("无赡养人", "赡养人有能力"))
    assert verdict("TK", both, earning("2000"), at=NOW).kind is Kind.NO
