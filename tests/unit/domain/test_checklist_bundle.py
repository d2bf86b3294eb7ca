"""Several matters on one list: one walk to one office, every paper once, nobody waits for another's court."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.checklists import checklist_plan
from app.domain.checklists.checklist import Checklist, Goer, Going, Paper, Step
from app.domain.checklists.checklist_plan import Matter
from app.domain.checklists.checklist_steps import Known
from app.domain.people.person import BankAccount, Disability, Person
from app.domain.people.person import ParentState as P
from app.domain.problem import UserError
from tests.facts import NOW, household, person
from tests.policy import child, county, father, mother

LOST = child(
    father(P.DEAD),
    mother(P.LOST_CONTACT, date(2024, 3, 1)),
    disabilities=(Disability(4, 1, "", date(2030, 1, 1)),),
)
BURIED = replace(LOST, parents=(father(P.DEAD), mother(P.DEAD)))
NEPHEW = Goer(Going.AGENT, "小军", "侄子")


def begin(
    who: Person, *matters: Matter, goer: Goer | None = None, known: Known = checklist_plan.NOTHING
) -> Checklist:
    first, *also = matters
    return checklist_plan.begin(
        county(), first.item, who, household(), first.beneficiary, "向海燕", "", NOW, "list-1", "K7M2P4",
        also=also, goer=goer, known=known,
    )  # fmt: skip


def titles(made: Checklist) -> list[str]:
    return [step.title for step in made.steps]


def paper(step: Step, name: str) -> Paper:
    (found,) = (one for one in step.papers if one.name == name)
    return found


def test_an_orphan_s_two_matters_are_one_walk_to_the_town() -> None:
    made = begin(person(), Matter("GE", BURIED), Matter("CH", BURIED))
    assert titles(made) == ["镇里交材料", "签字领钱"]
    town = made.steps[0]
    assert town.items == ("GE", "CH")
    assert made.names == {"GE": "孤儿基本生活费", "CH": "重度残疾人护理补贴"}
    assert made.bundled[0].beneficiary == BURIED.id
    assert paper(town, "孩子残疾人证").icon == "disability_card"
    names = [one.name for one in town.papers]
    assert len(names) == len(set(names)), "no paper is listed twice"


def test_copies_add_up_and_an_original_is_shown_to_both() -> None:
    town = begin(person(), Matter("GE", BURIED), Matter("CH", BURIED)).steps[0]
    book = paper(town, "全家户口簿")
    assert (book.originals, book.copies) == (1, 3)
    assert [(want.item, want.copies) for want in book.wanted_by] == [("GE", 2), ("CH", 1)]
    card = paper(town, "孩子银行卡")
    assert (card.copies, card.spec) == (2, "云岭农村商业银行的")


def test_nobody_waits_for_another_matters_court() -> None:
    made = begin(person(), Matter("GE", LOST), Matter("DB"))
    assert titles(made) == ["派出所报失联", "村里签字", "镇里交材料", "法院判决", "镇里交材料", "签字领钱"]
    assert [step.items for step in made.steps if step.office == "town-civil"] == [("DB",), ("GE",), ("GE",)]


def test_what_a_step_waits_for_stands_before_it() -> None:
    for matters in ((Matter("GE", LOST), Matter("DB"), Matter("CS")), (Matter("GL"), Matter("GE", LOST))):
        made = begin(person(), *matters)
        seen: set[str] = set()
        for step in made.steps:
            assert set(step.after) <= seen, f"{step.title} stands before what it waits for"
            seen.add(step.step)
        assert len(seen) == len(made.steps), "every step has a name of its own"


def test_her_own_card_is_among_the_family_s_and_only_copied_again() -> None:
    town = begin(person(), Matter("DB"), Matter("CS")).steps[1]
    assert (paper(town, "全家身份证").originals, paper(town, "全家身份证").copies) == (1, 1)
    own = paper(town, "身份证")
    assert (own.originals, own.copies, own.note) == (0, 1, "本人的再多复印")


def test_what_one_matter_wants_is_not_called_needless_by_the_other() -> None:
    made = begin(person(disabilities=LOST.disabilities), Matter("DB"), Matter("CS"))
    town = made.steps[1]
    assert "残疾人证" in [one.name for one in town.papers]
    assert "残疾人证" not in [one.name for one in town.unneeded]


def test_two_that_exclude_each_other_are_refused_in_words() -> None:
    with pytest.raises(UserError, match="领孤儿费的孩子不领残疾人生活补贴"):
        begin(person(), Matter("GE", BURIED), Matter("CS", BURIED))
    assert begin(person(), Matter("GE", BURIED), Matter("CS")).steps, "two people may have one each"


def test_an_agent_of_the_neighbourhood_brings_his_card_hers_and_the_mandate() -> None:
    made = begin(person(), Matter("LS"), goer=NEPHEW)
    assert made.goer.words == "侄子 小军"
    assert made.called == "蒋奶奶"
    names = [one.name for one in made.steps[-1].papers]
    assert names[:1] == ["身份证"], "hers is asked for by the matter itself"
    assert {"代办人身份证", "委托书"} <= set(names)
    assert names.count("老人身份证") == 0


def test_where_she_must_come_herself_it_says_so_and_nobody_stands_in_for_her() -> None:
    made = begin(person(), Matter("GE", BURIED), goer=NEPHEW)
    hand_in, sign = made.steps
    assert (hand_in.must_come, sign.must_come) == ("", "奶奶")
    assert "委托书" in [one.name for one in hand_in.papers]
    assert "委托书" not in [one.name for one in sign.papers]
    assert begin(person(), Matter("DB")).steps[0].must_come == "全家大人"


def test_what_the_register_shows_to_be_there_is_proposed_with_its_reason() -> None:
    bank = BankAccount("云岭农村商业银行", "9999990000000000", "蒋桂英")
    (step,) = begin(person(id_valid_until=date(2040, 1, 1), account=bank), Matter("GL")).steps
    assert (paper(step, "身份证").held, paper(step, "身份证").held_why) == (True, "名册里没过期")
    assert paper(step, "银行卡").held_why == "名册里登记了"
    (poor,) = begin(person(account=replace(bank, bank="外省某银行")), Matter("GL")).steps
    assert [one.held for one in poor.papers] == [False, False, False]
    known = Known(seen=frozenset({("hukou", "户口簿")}))
    (again,) = begin(person(), Matter("GL"), known=known).steps
    assert paper(again, "户口簿").held_why == "上次的清单上有"


def test_a_paper_that_may_follow_has_the_county_s_day() -> None:
    (step,) = begin(person(), Matter("LS")).steps
    bill = paper(step, "看病事故单子")
    assert (bill.may_follow, bill.owed_until, bill.spec) == (True, date(2026, 12, 4), "盖了章的")


def test_the_way_and_the_house_come_from_the_pack() -> None:
    (step,) = begin(person(), Matter("LS")).steps
    assert step.place.building == "便民服务大厅"
    assert [way.words for way in step.place.route] == ["村口坐车到镇上", "下车往前走 50 步", "有旗子的那栋楼"]
