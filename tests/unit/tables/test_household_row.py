"""What a roster says of a household is gathered from its rows, and contradictions are named."""

from __future__ import annotations

from datetime import date

from tests.unit.tables.sheets import GRANDMOTHER, GRANDSON, HEADINGS, reading, sentences

FACTS = (
    "户类型",
    "低保类别",
    "户电话",
    "年收入",
    "刚性支出",
    "财产是否符合",
    "核对日期",
    "是否干部近亲属",
    "复核日期",
)
HEAD_FACTS = (
    "低保；监测对象",
    "B类",
    "154-0000-3013",
    "5280",
    "2,360元",
    "符合",
    "2026-11-08",
    "否",
    "2027-02-14",
)
NOTHING = ("",) * len(FACTS)


def test_a_households_facts_are_read_once_for_all_its_members() -> None:
    found = reading((*GRANDMOTHER, *HEAD_FACTS), (*GRANDSON, *NOTHING), headings=(*HEADINGS, *FACTS))
    assert found.problems == ()
    household = found.households[0].household
    assert (household.classes, household.category) == (("DB", "JC"), "B")
    assert household.phone == "15400003013"
    assert (household.facts.income_fen, household.facts.rigid_fen) == (528_000, 236_000)
    assert (household.facts.assets_ok, household.facts.as_of) == (True, date(2026, 11, 8))
    assert (household.kin_of_staff, household.review_on) == (False, date(2027, 2, 14))


def test_the_facts_may_stand_on_any_row_of_the_household() -> None:
    found = reading((*GRANDMOTHER, *NOTHING), (*GRANDSON, *HEAD_FACTS), headings=(*HEADINGS, *FACTS))
    assert found.households[0].household.category == "B"


def test_a_bad_fact_is_named_on_the_row_where_it_stands() -> None:
    found = reading((*GRANDMOTHER, ""), (*GRANDSON, "很多"), headings=(*HEADINGS, "年收入"))
    assert [(problem.row, problem.column) for problem in found.stops] == [(3, "近12月收入")]


def test_rows_that_disagree_about_their_household_are_named_and_the_first_holds() -> None:
    headings = (*HEADINGS, "户电话")
    found = reading((*GRANDMOTHER, "154-0000-3013"), (*GRANDSON, "154-0000-3031"), headings=headings)
    assert found.stops == ()
    assert found.households[0].household.phone == "15400003013"
    assert sentences(found) == [
        "第 3 行「户联系电话」：写的是「154-0000-3031」，同一户第 2 行是「154-0000-3013」。按第 2 行的。"
    ]


def test_an_unknown_class_is_kept_in_the_households_note() -> None:
    found = reading((*GRANDMOTHER, "光荣户；低保户"), headings=(*HEADINGS, "户类型"))
    household = found.households[0].household
    assert household.classes == ("DB",)
    assert household.note == "名册原写 户类型：光荣户"
    assert found.warnings[0].column == "户类型"


def test_an_ordinary_household_is_simply_of_no_class() -> None:
    found = reading((*GRANDMOTHER, "一般户"), headings=(*HEADINGS, "户类型"))
    assert found.problems == ()
    assert found.households[0].household.classes == ()


def test_an_unknown_review_category_is_left_open() -> None:
    found = reading((*GRANDMOTHER, "甲"), headings=(*HEADINGS, "复核类别"))
    assert found.households[0].household.category == ""
    assert "不是 A、B、C" in found.warnings[0].words


def test_a_bare_door_number_reads_as_one_says_it() -> None:
    row = list(GRANDMOTHER)
    row[2] = "12"
    assert reading(row).households[0].household.place == "茶园组 12号"


def test_a_child_as_old_as_the_head_is_asked_about() -> None:
    older = (*GRANDSON[:4], "长子", "男", "439901195812053017")
    assert "差不到 12 岁" not in " ".join(sentences(reading(GRANDMOTHER, older)))
    younger_head = ("001", "茶园组", "3号", "李敏", "户主", "女", "439901199003154027")
    assert "孩子和户主差不到 12 岁。看看关系或生日。" in " ".join(sentences(reading(younger_head, older)))
