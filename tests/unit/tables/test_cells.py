"""One cell, however people write it: names, numbers, days, money and lists are read as they are meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.tables.reading import Severity
from tests.unit.tables.sheets import GRANDMOTHER, HEADINGS, NEIGHBOUR, reading, sentences, with_cell


@pytest.mark.parametrize(
    "written",
    [
        "1944-06-20",
        "1944/6/20",
        "1944.06.20",
        "19440620",
        "1944年6月20日",
        datetime(1944, 6, 20, tzinfo=None),  # noqa: DTZ001  # a date cell as spreadsheets keep it
        date(1944, 6, 20),
        16243,
    ],
)
def test_a_birth_date_is_read_in_every_shape_people_use(written: object) -> None:
    row = (*with_cell(GRANDMOTHER, "身份证号", ""), written)
    found = reading(row, headings=(*HEADINGS, "出生年月日"))
    assert found.stops == ()
    assert found.rows[0].person.birth == date(1944, 6, 20)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1944-06", "年月日要写全"),
        ("1944-02-30", "没有「1944-02-30」这一天"),
        ("2030-01-01", "比今天还晚"),
        ("1801-01-01", "太早"),
    ],
)
def test_an_impossible_birth_date_is_stopped(written: str, words: str) -> None:
    found = reading((*with_cell(GRANDMOTHER, "身份证号", ""), written), headings=(*HEADINGS, "出生日期"))
    assert any(words in problem.words for problem in found.stops)


def test_lists_that_should_run_side_by_side_are_held_to_it() -> None:
    headings = (*HEADINGS, "在享待遇", "待遇起", "待遇月金额")
    found = reading((*GRANDMOTHER, "低保；高龄津贴", "；2024-06-01", "420.5；"), headings=headings)
    assert found.problems == ()
    first, second = found.rows[0].person.benefits
    assert (first.item, first.since, first.monthly_fen) == ("DB", None, 42_050)
    assert (second.item, second.since, second.monthly_fen) == ("GL", date(2024, 6, 1), None)
    uneven = reading((*GRANDMOTHER, "低保", "2021-01-01；2022-01-01", ""), headings=headings)
    assert "对不上" in uneven.stops[0].words


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        (12000, 1_200_000),
        ("12,000元", 1_200_000),
        ("1.2万", 1_200_000),
        ("0.55", 55),
        (0, 0),
        (8600.5, 860_050),
    ],
)
def test_money_is_read_exactly(written: object, fen: int) -> None:
    found = reading((*GRANDMOTHER, written), headings=(*HEADINGS, "家庭年收入"))
    assert found.problems == ()
    assert found.households[0].household.facts.income_fen == fen


@pytest.mark.parametrize("written", ["一万二", "-5", "1.234", "nan", "1e400"])
def test_what_is_no_amount_is_stopped(written: str) -> None:
    assert reading((*GRANDMOTHER, written), headings=(*HEADINGS, "年收入")).stops[0].column == "近12月收入"


def test_a_phone_is_read_from_a_number_or_kept_as_written() -> None:
    headings = (*HEADINGS, "手机")
    assert reading((*GRANDMOTHER, 15400003013), headings=headings).rows[0].person.phone == "15400003013"
    assert reading((*GRANDMOTHER, "154-0000-3013"), headings=headings).rows[0].person.phone == "15400003013"
    odd = reading((*GRANDMOTHER, "找她侄儿"), headings=headings)
    assert odd.rows[0].person.phone == "找她侄儿"
    assert odd.warnings[0].column == "联系电话"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("李 四", "李四"),
        ("  蒋桂英\u200b", "蒋桂英"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("'张𬎆", "张𬎆"),
    ],
)
def test_names_are_read_as_they_are_meant(written: str, name: str) -> None:
    assert reading(with_cell(GRANDMOTHER, "姓名", written)).rows[0].person.name == name


@pytest.mark.parametrize(
    "written",
    [
        "４３９９０１１９４４０６２０３０２Ｘ",
        "'43990119440620302X",
        "439901 19440620 302x",
        "\u00a043990119440620302X ",
    ],
)
def test_a_card_number_is_read_however_it_was_typed(written: str) -> None:
    found = reading(with_cell(GRANDMOTHER, "身份证号", written))
    assert found.stops == ()
    assert found.rows[0].person.id_number == "43990119440620302X"


@pytest.mark.parametrize("written", ["4.399E+17", "4.39901E17", 4.39901195812053e17, 439901195812053000])
def test_a_card_number_the_spreadsheet_rounded_is_told_apart_from_a_wrong_one(written: object) -> None:
    found = reading(with_cell(NEIGHBOUR, "身份证号", written))
    assert [problem.severity for problem in found.problems] == [Severity.STOP]
    assert sentences(found)[0].startswith("第 2 行「身份证号」：身份证号被表格改成了科学计数")
    assert "文本" in sentences(found)[0]
