"""The sheet inside the house says what the family draws, in large figures, and names nobody in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from app.documents.benefit_notice import Home, render
from app.documents.pen import BOTTOM, LEFT, RIGHT
from app.domain.checklists.layout import Layout
from app.domain.papers.granted import Grant, grants
from app.domain.people.person import Benefit, Life
from app.domain.problem import UserError
from tests.facts import NOW, household, person
from tests.policy import county
from tests.unit.documents import pages

DAY = NOW.date()
HOME = Home("李奶奶", "向海燕", "154-0000-1108")
DRAWN = (
    Grant("DB", "最低生活保障", (), 3, 106000, date(2025, 3, 1), "按月发到卡上"),
    Grant("GL", "高龄津贴", ("李奶奶",), 1, 10050, None, "按月发到卡上"),
    Grant("CS", "困难残疾人生活补贴", ("李奶奶", "蒋爷爷"), 2, None, None, ""),
)


def text(pdf: bytes) -> str:
    return "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))


def test_every_benefit_has_its_sum_its_people_and_its_way() -> None:
    words = text(render(HOME, DRAWN, printed_on=DAY))
    for said in ("每月1060元", "每月100.50元", "全家3口人", "李奶奶、蒋爷爷", "2025年3月起", "按月发到卡上"):
        assert said in words
    assert "每月________元" in words  # not known: a blank, never a guess
    assert "贴在屋里，不贴门外" in words
    assert "154-00001108" in words


@pytest.mark.parametrize(("large", "thrift"), list(product((False, True), repeat=2)))
def test_many_benefits_go_on_over_the_page_never_smaller(large: bool, thrift: bool) -> None:
    pdf = render(HOME, DRAWN * 3, printed_on=DAY, layout=Layout(large=large, thrift=thrift))
    assert pages.count(pdf) > 1
    for page in range(pages.count(pdf)):
        found = pages.glyphs(pdf, page)
        assert pages.overlaps(found) == []
        assert all(
            one.left >= LEFT - 1 and one.right <= RIGHT + 1 and one.bottom <= BOTTOM + 1 for one in found
        )
        assert min(one.size for one in found) >= (25.9 if large else 18)


def test_what_each_draws_is_added_up_to_the_fen_and_only_if_all_is_known() -> None:
    one = replace(person(), id="a", benefits=(Benefit("CS", date(2025, 1, 1), 10001),))
    other = replace(person(), id="b", benefits=(Benefit("CS", date(2024, 6, 1), 9999),))
    (grant,) = grants(household(), (one, other), county(), DAY)
    assert grant.monthly_fen == 20000
    assert grant.since == date(2024, 6, 1)
    silent = replace(other, benefits=(Benefit("CS"),))
    (grant,) = grants(household(), (one, silent), county(), DAY)
    assert grant.monthly_fen is None


def test_who_has_died_or_moved_draws_nothing_any_more() -> None:
    gone = replace(person(), life=Life.DEAD, benefits=(Benefit("GL", None, 10000),))
    assert grants(household(), (gone,), county(), DAY) == ()


def test_a_family_on_dibao_has_it_even_when_no_single_person_is_entered() -> None:
    home = replace(household(), classes=("DB", "JC"))
    (grant,) = grants(home, (person(), replace(person(), id="b")), county(), DAY)
    assert (grant.item, grant.people, grant.who) == ("DB", 2, ())


def test_only_forms_of_address_reach_the_wall() -> None:
    drawing = replace(person(), benefits=(Benefit("GL", None, 10000),))
    (grant,) = grants(household(), (drawing,), county(), DAY)
    words = text(render(HOME, (grant,), printed_on=DAY))
    assert drawing.name not in words
    assert grant.who[0] in words


def test_a_family_that_draws_nothing_is_told_where_to_enter_it() -> None:
    with pytest.raises(UserError, match="没有登记") as refused:
        render(HOME, (), printed_on=DAY)
    assert [problem.field for problem in refused.value.problems] == ["benefits"]
