"""A list begun from the pack holds what this person needs, in her words, and spares her the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app import packs
from app.domain.checklists import checklist_plan
from app.domain.checklists.checklist import Checklist, Goer, Going
from app.domain.packs.policy import Pack
from app.domain.people.identity import Sex
from app.domain.people.kin import kinship
from app.domain.people.person import ParentState as P
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.record import from_body, to_body
from app.domain.workdays import CHINA
from tests.facts import NOW, household, person
from tests.policy import child, county, father, mother


def begin(
    item: str,
    applicant: Person,
    beneficiary: Person | None = None,
    *,
    pack: Pack | None = None,
    at: datetime = NOW,
) -> Checklist:
    return checklist_plan.begin(
        pack or county(),
        item,
        applicant,
        household(),
        beneficiary,
        "向海燕",
        "154-0000-1108",
        at,
        "list-1",
        "K7M2P4",
    )


def titles(made: Checklist) -> list[str]:
    return [step.title for step in made.steps]


def papers(made: Checklist, step: int = -1) -> list[str]:
    return [paper.name for paper in made.steps[step].papers]


LOST = child(father(P.DEAD), mother(P.LOST_CONTACT, date(2024, 3, 1)))
BURIED = child(father(P.DEAD), mother(P.DEAD))


def test_a_lost_mother_sends_granny_to_the_police_and_the_court_first() -> None:
    made = begin("GE", person(), LOST)
    assert titles(made) == ["派出所报失联", "法院判决", "镇里交材料", "签字领钱"]
    assert [step.external for step in made.steps] == [True, True, False, False]
    assert papers(made, 2) == [
        "奶奶身份证",
        "全家户口簿",
        "法院判决书",
        "孩子一寸照",
        "孩子银行卡",
        "监护证明",
    ]


def test_two_deaths_on_record_need_no_court_and_no_certificate() -> None:
    made = begin("GE", person(), BURIED)
    assert titles(made) == ["镇里交材料", "签字领钱"]
    assert "法院判决书" not in papers(made, 0)
    spared = {each.name: each.why for each in made.steps[0].unneeded}
    assert spared["死亡证明"] == "镇里自己查得到"
    assert spared["申请表"] == "村里帮您填"


def test_a_judgment_already_given_is_brought_and_the_court_not_visited_again() -> None:
    made = begin("GE", person(), child(father(P.DEAD), mother(P.DECLARED_MISSING)))
    assert "法院判决" not in titles(made)
    assert "法院判决书" in papers(made, 0)


def test_parents_never_found_are_searched_by_the_police() -> None:
    made = begin("GE", person(), child(father(P.UNKNOWN_PARENT), mother(P.UNKNOWN_PARENT)))
    assert titles(made)[0] == "派出所查父母"


def test_nobody_is_sent_to_court_on_a_guess() -> None:
    assert titles(begin("GE", person(), child())) == ["镇里交材料", "签字领钱"]


def test_the_list_speaks_of_the_people_as_they_do() -> None:
    made = begin("GE", person(), LOST)
    assert (made.headline, made.called, made.icon) == ("给孙子领生活费", "蒋奶奶", "granny_child")
    assert made.beneficiary == LOST.id
    assert made.simulated
    assert made.pack == "hunan 2026.11 + 云岭区 1"


def test_a_full_list_has_no_gap_and_the_season_of_its_day() -> None:
    winter = begin("GE", person(), LOST)
    assert winter.gaps == ()
    town = winter.steps[2].place
    assert (town.name, town.floor, town.window, town.windows) == ("枫香镇政府", "1", "3", 4)
    assert (town.person, town.phone, town.phone2) == ("田干部", "154-0000-2201", "154-0000-2202")
    assert (town.morning, town.afternoon, town.closed) == ("8:30–12:00", "2:30–5:30", "周六 周日")
    summer = begin("GE", person(), LOST, at=datetime(2026, 7, 1, 9, tzinfo=CHINA))
    assert summer.steps[2].place.afternoon == "3:00–6:00"
    assert winter.steps[2].takes == "最迟 30 个工作日"


def test_what_the_county_has_not_said_stays_empty() -> None:
    made = begin("GL", person(), pack=packs.load(packs.reference()))
    assert made.gaps == (
        "第 1 步：不知道几号窗", "第 1 步：不知道找谁", "第 1 步：不知道电话", "第 1 步：不知道几点开门",
    )  # fmt: skip


def test_going_for_oneself_needs_no_proxy_and_names_no_owner() -> None:
    made = begin("GL", person())
    assert papers(made) == ["身份证", "户口簿", "银行卡"]
    assert made.beneficiary == ""
    assert made.icon == "granny"


def test_a_son_who_goes_for_his_mother_brings_his_own_card_too() -> None:
    son = person(id="son", name="蒋志强", sex=Sex.MALE, relation="20", birth=date(1970, 1, 1))
    made = begin("GL", son, person())
    assert papers(made) == ["老人身份证", "户口簿", "老人银行卡", "代办人身份证", "委托书"]
    assert (made.called, made.icon, made.person) == ("蒋奶奶", "granny", person().id), "the list is hers"
    assert made.goer == Goer(Going.AGENT, "蒋先生", "儿子", "son")


def test_in_an_emergency_help_comes_before_papers() -> None:
    hit = household(tags=("急难",))
    made = checklist_plan.begin(county(), "LS", person(), hit, None, "向海燕", "", NOW, "x", "K7M2P4")
    assert titles(made) == ["急的先救", "镇里交材料"]
    assert [paper.name for paper in made.steps[0].papers] == ["身份证"]
    later = {paper.name: paper.note for paper in made.steps[1].papers}
    assert later["看病事故单子"] == "没有先不带，后补"


def test_the_same_facts_make_the_same_list_and_it_survives_being_stored() -> None:
    made = begin("GE", person(), LOST)
    assert made == begin("GE", person(), LOST)
    assert from_body(Checklist, made.id, made.village, to_body(made)) == made


def test_a_county_without_the_matter_says_what_to_do_instead() -> None:
    with pytest.raises(UserError, match="空白单"):
        begin("XX", person())


@pytest.mark.parametrize("item", ["DB", "LS", "GE", "SW", "CS", "CH", "GL"])
def test_every_list_tells_where_and_spares_something(item: str) -> None:
    made = begin(item, person(), BURIED if item in ("GE", "SW") else None)
    assert made.gaps == ()
    assert all(step.papers for step in made.steps)
    assert any(step.unneeded for step in made.steps)


@pytest.mark.parametrize(
    ("elder", "child_relation", "words"),
    [
        (("02", Sex.FEMALE), ("41", Sex.MALE), ("奶奶", "孙子")),
        (("02", Sex.MALE), ("44", Sex.FEMALE), ("外公", "外孙女")),
        (("12", Sex.FEMALE), ("20", Sex.MALE), ("妈妈", "儿子")),
        (("62", Sex.FEMALE), ("02", Sex.MALE), ("奶奶", "孙子")),
        (("20", Sex.MALE), ("41", Sex.MALE), ("监护人", "孩子")),
        (("66", Sex.MALE), ("02", Sex.MALE), ("监护人", "孩子")),
        (("83", Sex.MALE), ("02", Sex.MALE), ("监护人", "孩子")),
    ],
)
def test_kin_are_named_only_where_the_register_says_so(
    elder: tuple[str, Sex], child_relation: tuple[str, Sex], words: tuple[str, str]
) -> None:
    one = person(relation=elder[0], sex=elder[1])
    other = replace(child(), relation=child_relation[0], sex=child_relation[1])
    kin = kinship(one, other)
    assert (kin.elder, kin.child) == words
