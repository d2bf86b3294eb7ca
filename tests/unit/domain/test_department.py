"""An old name of a department is read as today's, and nothing that only looks like one is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.checklists import checklist_plan
from app.domain.packs.department import Department
from app.domain.packs.department_check import departments
from app.domain.packs.service_item import Item
from app.domain.packs.standing import Standing
from tests.facts import NOW, VILLAGE, household, person
from tests.policy import county

TODAY = date(2026, 11, 20)


def said(words: str, on: date = TODAY) -> str:
    return county().named(words, VILLAGE, on)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("卫计局", "卫生健康局（原卫计局）"),
        ("县卫计委", "县卫生健康局（原卫计委）"),
        ("医院、县工商局", "医院、县市场监管局（原工商局）"),
        ("民政局优抚股", "退役军人事务局（原民政局优抚股）"),
        ("乡村振兴局或扶贫办", "农业农村局（原乡村振兴局）或农业农村局（原扶贫办）"),
    ],
)
def test_an_old_name_is_shown_under_todays(old: str, today: str) -> None:
    assert said(old) == today


@pytest.mark.parametrize("words", ["工商银行", "房产证", "县民政局", "卫生健康局", "民政", "", "派出所"])
def test_what_is_no_old_name_stays_as_it_is(words: str) -> None:
    assert said(words) == words


def test_on_its_own_days_the_old_name_was_right() -> None:
    assert said("卫计局", date(2017, 6, 1)) == "卫计局"
    assert said("县乡村振兴局", date(2022, 6, 1)) == "县乡村振兴局"


def test_a_paper_and_an_office_that_say_an_old_name_are_printed_under_todays() -> None:
    pack = county()
    gl: Item = pack.item("GL")
    papers = tuple(replace(each, issuer="县卫计局") if each.id == "id" else each for each in gl.materials)
    offices = tuple(
        replace(each, name="云岭区卫计局", part_of="") if each.id == "village" else each
        for each in pack.offices
    )
    old = replace(
        pack,
        item_table={**pack.item_table, "GL": replace(gl, materials=papers)},
        offices=offices,
        departments=(
            *pack.departments,
            Department("yunling", "云岭区卫计局", standing=Standing("439901", None, date(2018, 12, 31))),
            Department("yunling", "云岭区卫健局", standing=Standing("439901", date(2019, 1, 1))),
        ),
    )
    made = checklist_plan.begin(
        old, "GL", person(), household(), None, "向海燕", "154-0000-1108", NOW, "list-1", "K7M3P4"
    )
    assert made.steps[0].papers[0].issuer == "县卫生健康局（原卫计局）"
    assert made.steps[0].place.name == "云岭区卫健局（原云岭区卫计局）"


def test_names_that_contradict_each_other_are_told() -> None:
    words = [
        problem.words
        for problem in departments(
            (
                Department("a", "甲局"),
                Department("a", "乙局", standing=Standing("", date(2020, 1, 1))),
                Department("b", "丙局", also=("甲局",), standing=Standing("", None, date(2020, 1, 1))),
            )
        )
    ]
    assert any("同一时间都叫得" in each for each in words)
    assert any("“甲局”也写给了“甲局”" in each for each in words)
    assert any("没写现在叫什么" in each for each in words)
    assert tuple(departments(county().departments)) == ()
