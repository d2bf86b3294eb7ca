"""惠民殡葬, 困境儿童, 老年优待, 优抚转办, 防返贫: who is told yes, who no and why, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.checklists.checklist_plan import begin
from app.domain.checklists.preflight import check
from app.domain.people.person import Disability, Life, Person
from app.domain.people.person import ParentState as P
from app.domain.rules.eligibility import Kind, Verdict
from tests.facts import NOW, household, person
from tests.policy import child, county, father, mother, verdict, with_setting

CARD = with_setting(county(), "yd.card", True)
POOR = household(classes=("DB",))
FORMERLY_POOR = household(classes=("TP",))
LEFT = person(life=Life.DEAD)
VETERAN = person(tags=("退役军人",))
WELL = (father(P.ABLE), mother(P.ABLE))


def why(found: Verdict) -> str:
    return "；".join(reason.words for reason in found.decided)


def asked(found: Verdict) -> str:
    return "；".join(question.words for question in found.missing)


def test_a_late_member_of_a_poor_household_is_buried_free() -> None:
    found = verdict("BZ", LEFT, POOR)
    assert found.kind is Kind.MATCH
    assert "人已过世" in why(found)
    assert "生前吃低保" in why(found)


def test_who_drew_nothing_is_told_whom_this_county_spares_the_cost() -> None:
    found = verdict("BZ", LEFT)
    assert found.kind is Kind.NO
    assert "本县只减免低保、特困" in why(found)
    assert verdict("BZ", LEFT, pack=with_setting(county(), "bz.universal", True)).kind is Kind.MATCH


def test_nobody_living_is_offered_a_funeral_and_of_one_who_moved_it_is_asked() -> None:
    living = verdict("BZ", person(), POOR)
    assert (living.kind, why(living)) == (Kind.NO, "人还在")
    moved = verdict("BZ", person(life=Life.MOVED), POOR)
    assert (moved.kind, asked(moved)) == (Kind.MAYBE, "人是不是过世了")


@pytest.mark.parametrize(
    ("boy", "home", "words"),
    [
        (child(*WELL), POOR, "家里困难"),
        (child(*WELL, disabilities=(Disability(5, 3),)), household(), "孩子有残疾"),
        (child(father(P.PRISON), mother(P.ABLE)), household(), "父亲服刑在押"),
    ],
)
def test_each_of_the_three_kinds_of_hardship_puts_a_child_on_the_list(
    boy: Person, home: object, words: str
) -> None:
    found = verdict("KT", boy, home)  # type: ignore[arg-type]  # a household, parametrized
    assert found.kind is Kind.MATCH
    assert words in why(found)


def test_a_child_well_looked_after_and_one_listed_already_are_not_listed() -> None:
    assert "父母都能照管" in why(verdict("KT", child(*WELL)))
    listed = verdict("KT", child(father(P.PRISON), tags=("困境儿童",)))
    assert (listed.kind, why(listed)) == (Kind.NO, "已在关爱名单上，按月去看就行")
    grown = verdict("KT", child(father(P.PRISON), mother(P.ABLE), birth=date(2000, 1, 1)))
    assert (grown.kind, why(grown)) == (Kind.NO, "已满 18 岁")


def test_a_parent_nobody_asked_about_is_asked_about() -> None:
    found = verdict("KT", child(father(P.ABLE)))
    assert (found.kind, asked(found)) == (Kind.MAYBE, "母亲现在怎样")


def test_where_no_card_is_issued_nobody_is_sent_for_one() -> None:
    found = verdict("YD", person())
    assert (found.kind, why(found)) == (Kind.NO, "本县不用办证，带身份证就行")


def test_where_cards_are_issued_age_decides() -> None:
    assert verdict("YD", person(), pack=CARD).kind is Kind.MATCH
    young = verdict("YD", person(birth=date(1962, 1, 15)), pack=CARD)
    assert young.kind is Kind.NO
    assert young.earliest == date(2027, 1, 15)
    unknown = verdict("YD", person(birth=None), pack=CARD)
    assert (unknown.kind, asked(unknown)) == (Kind.MAYBE, "生日")
    assert why(verdict("YD", person(tags=("老年优待证",)), pack=CARD)) == "已有老年优待证"


def test_the_laid_off_of_the_sixties_and_veterans_in_need_are_handed_on() -> None:
    assert "精简退职" in why(verdict("JJ", person(tags=("精简退职",))))
    ill = replace(VETERAN, severe_illness=True)
    assert verdict("JJ", ill).kind is Kind.MATCH
    assert "有大病" in why(verdict("JJ", ill))
    assert verdict("JJ", replace(VETERAN, severe_illness=False), household(tags=("急难",))).kind is Kind.MATCH


def test_nobody_is_handed_on_without_a_reason() -> None:
    nobody = verdict("JJ", replace(person(), severe_illness=True))
    assert nobody.kind is Kind.NO
    assert "没登记是退役军人或烈属、军属" in why(nobody)
    well = verdict("JJ", replace(VETERAN, severe_illness=False))
    assert (well.kind, "没有残疾、大病和突然的难处" in why(well)) == (Kind.NO, True)
    unasked = verdict("JJ", VETERAN)
    assert (unasked.kind, asked(unasked)) == (Kind.MAYBE, "有没有大病")


def test_a_household_that_may_fall_back_is_worth_reporting() -> None:
    assert verdict("FP", person(), household(tags=("急难",))).kind is Kind.MATCH
    found = verdict("FP", person(severe_illness=True), FORMERLY_POOR)
    assert (found.kind, "是脱贫户" in why(found), "有大病" in why(found)) == (Kind.MATCH, True, True)


def test_a_household_watched_already_or_well_off_is_not_reported() -> None:
    watched = verdict("FP", person(), household(classes=("TP", "JC"), tags=("急难",)))
    assert (watched.kind, why(watched)) == (Kind.NO, "已是监测户")
    assert "不是脱贫户、边缘户" in why(verdict("FP", person(severe_illness=True)))
    unasked = verdict("FP", person(), FORMERLY_POOR)
    assert (unasked.kind, asked(unasked)) == (Kind.MAYBE, "有没有大病")


@pytest.mark.parametrize("code", ["JJ", "FP"])
def test_what_another_office_decides_names_whom_to_ring(code: str) -> None:
    refer = county().item(code).refer
    assert refer in {office.id for office in county().offices}
    assert refer in {errand.office for errand in county().item(code).errands}


def test_who_has_no_card_is_told_to_get_one_first() -> None:
    for code in ("CS", "CH"):
        found = verdict(code, person(), POOR)
        assert (found.kind, "没有残疾人证，先到残联办证" in why(found)) == (Kind.NO, True)


def test_a_poor_person_with_an_unread_card_is_asked_how_long_it_holds() -> None:
    found = verdict("CS", person(disabilities=(Disability(4, 2),)), POOR)
    assert (found.kind, asked(found)) == (Kind.MAYBE, "残疾人证到哪天")


def test_whom_the_county_does_not_extend_the_allowance_to_is_told_both_reasons() -> None:
    found = verdict("CS", person(disabilities=(Disability(4, 2, "", date(2030, 1, 1)),)))
    assert found.kind is Kind.NO
    assert "没有吃低保" in why(found)
    assert "本县没有扩到边缘户" in why(found)


def test_a_home_applies_for_the_orphans_it_raises() -> None:
    orphan = child(father(P.DEAD), mother(P.DEAD), tags=("集中供养",))
    found = verdict("GE", orphan)
    assert (found.kind, why(found)) == (Kind.NO, "在福利院的，由福利院统一办")
    assert verdict("GE", replace(orphan, tags=())).kind is Kind.MATCH


def test_money_that_ends_says_when() -> None:
    for code in ("GE", "SW", "CS", "CH", "GL"):
        assert "从下个月" in county().item(code).stops


def test_nobody_is_sent_to_renew_the_card_of_one_who_died() -> None:
    late = replace(LEFT, id="late", id_valid_until=date(2020, 1, 1))
    going = person(id_valid_until=date(2020, 1, 1))
    made = begin(county(), "BZ", going, POOR, late, "向海燕", "154-0000-1108", NOW, "list-1", "K7M3P4")
    traps = check(made, going, late, county(), NOW, household=POOR)
    assert [trap.words[:3] for trap in traps if trap.code == "W03"] == [going.name]
