"""The families of 蒋奶奶 and 朱: what each is offered and why, its list, and the words on the paper."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.actions.checklists import checklists, papers
from app.actions.desk import Desk
from app.actions.policy import policies
from app.domain.checklists.checklist import Checklist
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.rules import eligibility
from app.domain.rules.eligibility import Kind, Suggestion
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY
from tests.journeys import families
from tests.journeys.families import BOY, FATHER, ON, ZHU
from tests.policy import COUNTY
from tests.unit.documents import pages


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store, Clock(), COUNTY)


def offered(desk: Desk, household: str) -> dict[str, Suggestion]:
    """What the page of a household shows, by item, from what the store holds."""
    home, members = (
        desk.store.reading.get(Household, household),
        desk.store.reading.where(Person, household=household),
    )
    return {one.item: one for one in eligibility.suggest(home, members, desk.pack, desk.now)}


def reasons(one: Suggestion) -> list[str]:
    return [reason.words for reason in one.verdict.decided]


def printed(desk: Desk, checklist: Checklist) -> list[str]:
    """The words of each step, over all its pages, without spaces, as they stand in the printed file."""
    over = checklists.look_over(desk, checklist.id)
    assert over.may_print, checklist.gaps
    pdf = papers.checklist(desk, checklist.id, draft=False)
    told = [""] * len(checklist.steps)
    for page, step in enumerate(papers.page_steps(desk, checklist.id, draft=False)):
        told[step] += pages.words(pdf, page)
    return told


def test_the_loudspeaker_s_words_find_the_orphans_money(desk: Desk) -> None:
    families.enter(desk, *families.jiang())
    assert policies.items(desk, "没爹没娘的伢儿")[0].code == "GE"
    assert [one.household for one in policies.candidates(desk, "GE")] == [families.jiang()[0].id]


def test_the_grandson_is_kept_until_the_court_has_spoken(desk: Desk) -> None:
    families.enter(desk, *families.jiang())
    found = offered(desk, families.jiang()[0].id)
    assert {"GE", "SW"} <= set(found)
    now, later = found["SW"], found["GE"]
    assert (now.person, now.verdict.kind) == (BOY, Kind.MATCH)
    assert reasons(now)[-2:] == ["父亲去世", "母亲失联满 6 个月"]
    assert (later.person, later.verdict.kind) == (BOY, Kind.MAYBE)
    assert "父亲去世" in reasons(later)
    assert [one.words for one in later.verdict.missing] == ["母亲现在怎样（失联的要法院先宣告）"]


def test_the_grandmother_s_paper_says_where_to_go_whom_to_ask_and_what_to_bring(desk: Desk) -> None:
    families.enter(desk, *families.jiang())
    made = checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=BOY)
    assert made.headline == "给孙子领生活费"
    assert [(step.title, step.external) for step in made.steps] == [
        ("派出所报失联", True), ("法院判决", True), ("镇里交材料", False), ("签字领钱", False),
    ]  # fmt: skip
    police, court, town, last = printed(desk, made)
    for page, where, person, phone in (
        (police, ("枫香派出所", "1楼2号窗"), "谷警官", "154-00003301"),
        (court, ("云岭区人民法院", "1楼5号窗"), "庹干部", "154-00004401"),
        (town, ("枫香镇政府", "1楼3号窗"), "田干部", "154-00002201"),
        (last, ("枫香镇政府", "1楼3号窗"), "田干部", "154-00002201"),
    ):
        assert all(words in page for words in where)
        assert f"{person}{phone}" in page
        assert "蒋奶奶·孤儿基本生活费·共4步" in page
        assert "有事找向海燕154-00001108" in page
        assert "蒋桂英" not in page, "a paper that may lie about says no full name"
    assert "拿报案回执，收好" in police
    assert "报案回执派出所给的" in court
    for paper in ("奶奶身份证", "全家户口簿", "法院判决书", "孩子一寸照", "孩子银行卡", "监护证明"):
        assert paper in town
    assert all(words in town for words in ("不用带", "申请表", "村里证明", "死亡证明"))
    assert "最迟30个工作日" in town


def test_she_is_told_before_she_walks_what_would_be_a_second_trip(desk: Desk) -> None:
    families.enter(desk, *families.jiang())
    made = checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=BOY)
    told = [trap.words for trap in checklists.look_over(desk, made.id).traps]
    assert "何子航还没登记银行卡。" in told
    assert "第 2 步“法院判决”没办完，第 3 步办不了。" in told


def test_after_the_court_the_boy_is_an_orphan_and_nobody_is_sent_there_again(desk: Desk) -> None:
    home, granny, boy = families.jiang()
    families.enter(desk, home, granny, families.declared(boy))
    found = offered(desk, home.id)
    assert found["GE"].verdict.kind is Kind.MATCH
    assert found["GE"].amount == "1100 元/月"
    made = checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=BOY)
    whole = "".join(printed(desk, made))
    assert "派出所报失联" not in whole
    assert "法院判决书" in whole
    assert made.steps[-1].title == "签字领钱"


def test_a_passing_need_has_a_paper_of_its_own(desk: Desk) -> None:
    families.enter(desk, *families.jiang())
    (page,) = printed(desk, checklists.begin(desk, "LS", applicant=GRANNY))
    assert "蒋奶奶·临时救助·共1步" in page
    assert all(words in page for words in ("不用带", "申请书", "困难证明"))


def test_before_anybody_has_asked_the_sick_man_s_family_is_a_question_and_not_a_no(desk: Desk) -> None:
    home, members = families.zhu()
    families.enter(desk, home, *members)
    found = offered(desk, ZHU)
    assert found["DB"].verdict.kind is Kind.MAYBE
    assert "近一年全家收入" in [one.words for one in found["DB"].verdict.missing]
    assert [one.household for one in policies.candidates(desk, "DB")] == [ZHU]


def test_what_the_visit_found_entitles_the_whole_family(desk: Desk) -> None:
    home, members = families.zhu()
    families.enter(desk, families.visited(home), *members)
    found = offered(desk, ZHU)
    assert {item for item, one in found.items() if one.verdict.kind is Kind.MATCH} >= {"DB", "LS"}
    assert found["DB"].for_household
    assert "人均收入低于低保标准 5300 元/年" in reasons(found["DB"])
    assert "存款、房子、车合规定" in reasons(found["DB"])
    assert reasons(found["LS"])[0] == "遇上急难，先救后补"
    assert "近一年看病、读书自付占收入 60% 以上" in reasons(found["LS"])
    assert "得了大病" in reasons(found["YJ"])
    assert [one.words for one in found["YJ"].verdict.missing] == ["近一年看病自付过没过县里的线"]


def test_the_family_s_paper_for_the_allowance_asks_for_no_proof_of_being_poor(desk: Desk) -> None:
    home, members = families.zhu()
    families.enter(desk, families.visited(home), *members)
    made = checklists.begin(desk, "DB", applicant=FATHER)
    village, town = printed(desk, made)
    assert "1村里签字朱先生·最低生活保障·共2步" in village
    assert "全家身份证每个大人都来签" in village
    assert "青石垭村部1楼民政室" in village
    for paper in ("授权书", "财产声明", "全家身份证", "全家户口簿", "银行卡", "看病的单子"):
        assert paper in town
    assert all(words in town for words in ("不用带", "申请表", "收入证明"))
    assert "名字贴7天" in town
    assert "批了下个月发钱最迟30个工作日" in town


def test_the_money_that_cannot_wait_comes_before_its_papers(desk: Desk) -> None:
    home, members = families.zhu()
    families.enter(desk, families.visited(home), *members)
    first, then = printed(desk, checklists.begin(desk, "LS", applicant=FATHER))
    assert "1急的先救朱先生·临时救助·共2步" in first
    assert all(words in first for words in ("带这1样", "手续10个工作日内补", "最迟48小时"))
    assert "看病事故单子" in then
    assert re.search(r"没有先不带，\d+月\d+日前补", then)


def test_once_taken_in_whole_the_family_is_not_asked_again_and_the_wall_says_four_people(desk: Desk) -> None:
    home, members = families.zhu()
    families.enter(desk, replace(families.visited(home), classes=("DB",)), *members)
    found = offered(desk, ZHU)
    assert "DB" not in found
    assert found["YJ"].verdict.kind is Kind.MATCH, "whoever draws the allowance is helped with the hospital"
    wall = pages.words(papers.benefit_notice(desk, ZHU), 0)
    assert "朱先生家在享的待遇" in wall
    assert "全家4口人" in wall
    assert f"{ON:%Y-%m-%d}" in wall
