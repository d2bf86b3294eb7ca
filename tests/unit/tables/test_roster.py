"""A roster is read by what its columns mean, and every bad row is named with words to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.people.identity import Sex
from app.domain.people.person import Life
from app.tables.columns import COLUMNS, heading
from app.tables.roster import read
from tests.unit.tables.sheets import (
    GRANDMOTHER,
    GRANDSON,
    HEADINGS,
    NEIGHBOUR,
    TODAY,
    reading,
    sentences,
    with_cell,
    xlsx,
)


def test_a_clean_roster_has_no_problems() -> None:
    found = reading(GRANDMOTHER, GRANDSON, NEIGHBOUR)
    assert found.problems == ()
    assert [home.key for home in found.households] == ["001", "002"]
    grandson = found.rows[1].person
    assert (grandson.name, grandson.relation, grandson.sex) == ("何子航", "41", Sex.MALE)
    assert grandson.birth == date(2017, 9, 1)
    assert found.households[0].household.place == "茶园组 3号"


def test_headings_are_found_below_a_title_and_understood_by_meaning() -> None:
    headings = (
        "户 号",
        "村民小组",
        "门牌",
        "家庭成员姓名",
        "＊与户主的关系（必填）",
        "性 别",
        "公民身份号码",
    )
    found = read(xlsx([["青石垭村花名册"], [], ["填报单位：枫香镇"], headings, GRANDMOTHER]), today=TODAY)
    assert found.problems == ()
    assert found.rows[0].row == 5
    assert found.rows[0].person.name == "蒋桂英"


def test_no_two_columns_share_a_heading() -> None:
    names = [heading(name) for column in COLUMNS for name in (column.title, *column.also)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_roster_may_stand_on_any_sheet_and_its_columns_in_any_order() -> None:
    order = (6, 3, 4, 0, 1, 2, 5)
    rows = [[row[place] for place in order] for row in (HEADINGS, GRANDMOTHER)]
    assert read(xlsx(rows, title="Sheet7"), today=TODAY).rows[0].person.id_number == GRANDMOTHER[-1]


def test_a_column_the_roster_has_no_use_for_is_named_not_silently_dropped() -> None:
    found = reading((*GRANDMOTHER, "1.58"), headings=(*HEADINGS, "身高"))
    assert found.ignored == ("身高",)
    assert sentences(found) == ["第 1 行「身高」：名册里没有这一项，这一列不导。"]
    assert found.stops == ()


def test_a_missing_needed_column_stops_the_whole_roster() -> None:
    found = read(xlsx([["姓名", "性别", "身份证号"], ["蒋桂英", "女", ""]]), today=TODAY)
    assert found.unusable
    assert "第 1 行「与户主关系」：没有这一列，补上再导。" in sentences(found)
    assert found.good_households() == ()


def test_a_roster_without_identity_numbers_is_refused_and_says_what_to_do() -> None:
    """Nobody in it could be matched: imported twice, everyone would be there twice."""
    headings, rows = HEADINGS[:-1], [GRANDMOTHER[:-1], NEIGHBOUR[:-1]]
    found = read(xlsx([headings, *rows]), today=TODAY)
    assert found.unusable
    assert found.households == found.good_households() == ()
    (said,) = sentences(found)
    assert said.startswith("第 1 行「身份证号」：没有这一列，什么也没有导")
    assert "加一列，列名写「身份证号」" in said


def test_a_roster_where_some_have_no_number_is_taken_and_they_are_listed() -> None:
    found = reading(GRANDMOTHER, with_cell(NEIGHBOUR, "身份证号", ""))
    assert not found.unusable
    assert found.stops == ()
    assert len(found.good_households()) == 2
    assert "第 3 行「身份证号」：没有身份证号，也没写为什么没有。" in sentences(found)


def test_a_column_that_stands_twice_stops_the_whole_roster() -> None:
    found = reading((*GRANDMOTHER, "蒋桂英"), headings=(*HEADINGS, "名字"))
    assert found.unusable
    assert "两个" in found.stops[0].words


def test_a_sheet_without_headings_says_what_a_heading_row_looks_like() -> None:
    found = read(xlsx([["蒋桂英", "茶园组"], ["何子航", "茶园组"]]), today=TODAY)
    assert found.unusable
    assert "没找到表头" in found.stops[0].words


def test_headings_with_nobody_under_them_are_a_problem() -> None:
    assert reading().unusable


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("姓名", "", "姓名空着"),
        ("与户主关系", "结拜兄弟", "不认识「结拜兄弟」"),
        ("与户主关系", "", "与户主关系空着"),
        ("与户主关系", "妻", "这一户没有户主"),
        ("性别", "男", "写的是男，身份证号是女"),
        ("身份证号", "439901194406203021", "最后一位对不上"),
        ("身份证号", "439901194413203021", "没有 1944 年 13 月 20 日这一天"),
        ("身份证号", "43990119440620302", "现在是 17 位"),
        ("姓名", "#N/A", "表格算出来的错"),
    ],
)
def test_a_bad_cell_stops_its_row_with_its_column_and_words(column: str, value: str, words: str) -> None:
    found = reading(with_cell(GRANDMOTHER, column, value), NEIGHBOUR)
    problem = next(problem for problem in found.stops if words in problem.words)
    assert (problem.row, problem.column) == (2, column)
    assert [home.key for home in found.good_households()] == ["002"]


def test_the_same_card_number_twice_names_both_rows() -> None:
    twice = with_cell(NEIGHBOUR, "身份证号", GRANDSON[-1])
    found = reading(GRANDMOTHER, GRANDSON, twice)
    assert "第 4 行「身份证号」：和第 3 行是同一个身份证号。留一行，或照证改过来。" in sentences(found)


def test_two_heads_in_one_household_are_named() -> None:
    found = reading(GRANDMOTHER, with_cell(NEIGHBOUR, "户编号", "001"))
    assert any("两个户主，第 2 行也是" in words for words in sentences(found))


def test_a_household_torn_over_two_groups_is_stopped() -> None:
    found = reading(GRANDMOTHER, with_cell(GRANDSON, "组", "老屋组"))
    assert found.stops[0].column == "组"
    assert found.stops[0].row == 3


def test_merged_household_cells_speak_for_the_whole_household() -> None:
    blank = ("", "", "", *GRANDSON[3:])
    found = read(xlsx([HEADINGS, GRANDMOTHER, blank, NEIGHBOUR], merge="A2:A3"), today=TODAY)
    assert found.problems == ()
    assert [len(home.rows) for home in found.households] == [2, 1]


def test_without_household_numbers_each_head_opens_a_household() -> None:
    found = reading(GRANDMOTHER[1:], GRANDSON[1:], NEIGHBOUR[1:], headings=HEADINGS[1:])
    assert found.problems == ()
    assert [len(home.rows) for home in found.households] == [2, 1]


def test_blank_rows_are_no_people() -> None:
    found = reading(GRANDMOTHER, [], ["", " ", None], GRANDSON)
    assert found.problems == ()
    assert [row.row for row in found.rows] == [2, 5]


def test_a_lunar_birthday_gives_way_to_the_card_but_is_kept() -> None:
    found = reading((*GRANDMOTHER, "1944-05-01"), headings=(*HEADINGS, "生日"))
    assert found.stops == ()
    assert found.rows[0].person.birth == date(1944, 6, 20)
    assert found.rows[0].person.note == "名册上写的生日：1944-05-01"


def test_a_birthday_years_away_from_the_card_is_somebody_elses_card() -> None:
    found = reading((*GRANDMOTHER, "1966-05-01"), headings=(*HEADINGS, "生日"))
    assert "看看是不是别人的号" in found.stops[0].words


def test_an_unknown_word_in_an_open_column_is_kept_in_the_note() -> None:
    found = reading((*GRANDMOTHER, "土家族", "常年卧床"), headings=(*HEADINGS, "民族", "自理能力"))
    assert found.stops == ()
    assert found.rows[0].person.ethnic == "15"
    assert found.rows[0].person.note == "名册原写 自理能力：常年卧床"


def test_a_disability_is_read_from_one_cell_or_two() -> None:
    headings = (*HEADINGS, "残疾类别", "残疾等级", "残疾人证号")
    apart = reading((*GRANDMOTHER, "肢体", "三级", f"{GRANDMOTHER[-1]}43"), headings=headings)
    together = reading((*GRANDMOTHER, "", "肢体残疾三级", f"{GRANDMOTHER[-1]}43"), headings=headings)
    assert apart.problems == together.problems == ()
    assert apart.rows[0].person.disabilities == together.rows[0].person.disabilities
    other = reading((*GRANDMOTHER, "视力", "三级", f"{GRANDMOTHER[-1]}43"), headings=headings)
    assert "对不上" in other.warnings[0].words
    unclear = reading((*GRANDMOTHER, "肢体", "", ""), headings=headings)
    assert unclear.stops[0].words.startswith("「肢体」要写清类别和等级")


def test_a_head_who_has_died_leaves_the_household_without_one() -> None:
    dead = with_cell(GRANDMOTHER, "姓名", "蒋桂英")
    found = reading([*dead, "死亡"], [*GRANDSON, ""], headings=(*HEADINGS, "人员状态"))
    assert found.stops == ()
    assert found.rows[0].person.life is Life.DEAD
    assert found.households[0].household.head == ""


def test_relations_that_cannot_be_are_asked_about_not_refused() -> None:
    found = reading(GRANDMOTHER, with_cell(GRANDSON, "与户主关系", "孙女"))
    assert [problem.words for problem in found.warnings] == ["写的是「孙女」，性别是男。看看哪个错了。"]
    swapped = reading(with_cell(GRANDMOTHER, "与户主关系", "母亲"), with_cell(GRANDSON, "与户主关系", "户主"))
    assert swapped.stops == ()
