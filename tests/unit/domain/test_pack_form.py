"""A county names the papers of a matter and writes their words; a slip of the pen is told with its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app import packs
from app.domain.packs.pack_form import read_form_of, read_wording
from app.domain.packs.pack_references import item_problems
from app.domain.packs.pack_table import Table
from app.domain.packs.policy import Pack
from app.domain.papers.paperwork import HANDED_IN, FormKind, filled
from app.domain.problem import Problem
from tests.facts import NOW, VILLAGE
from tests.policy import county

DAY = NOW.date()


def wording_of(**facts: Any) -> list[Problem]:
    problems: list[Problem] = []
    table = Table("forms.toml", "form[x]", facts, problems)
    read_wording(table, "4399")
    table.done()
    return problems


def test_every_item_that_ships_has_words_for_each_of_its_papers() -> None:
    pack = packs.load(packs.reference())
    for item in pack.items():
        for kind in item.forms:
            assert pack.wording(kind, VILLAGE, DAY) is not None, (item.code, kind)


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("DB", {"application", "authorisation", "declaration", "commitment", "survey"}),
        ("LS", {"application", "authorisation", "commitment", "survey"}),
        ("GE", {"application", "survey"}),
        ("SW", {"application", "survey"}),
        ("CS", {"application", "commitment", "mandate"}),
        ("CH", {"application", "commitment", "mandate"}),
    ],
)
def test_the_six_matters_ask_for_their_papers(code: str, kinds: set[str]) -> None:
    assert {one.value for one in county().item(code).forms} - {"notice"} >= kinds


def test_shipped_words_say_where_they_come_from_and_that_nobody_compared_them() -> None:
    for wording in packs.load(packs.reference()).wordings:
        assert wording.standing.source, wording.id
        assert wording.standing.unverified, wording.id


def test_a_county_prints_its_own_title() -> None:
    pack: Pack = county()
    here = replace(pack.wordings[0].standing, region="4399")
    ours = replace(pack.wordings[0], title="最低生活保障申请表", standing=here)
    both = replace(pack, wordings=(*pack.wordings, ours))
    assert both.wording(ours.kind, VILLAGE, DAY) == ours
    assert both.wording(ours.kind, "430000000000", DAY) == pack.wordings[0]


def test_an_unknown_blank_is_told_with_those_that_are_known() -> None:
    problems = wording_of(id="mandate", title="委托书", text=["替我办{item}。"])
    assert [(one.field, one.words) for one in problems] == [
        ("forms.toml：form[x].text", "不认得 {item}，只能写：{items}、{proofs}、{days}")
    ]


def test_an_id_that_is_no_kind_must_say_its_kind() -> None:
    assert "写明是哪种" in wording_of(id="our-own", title="委托书")[0].words
    assert wording_of(id="our-own", kind="mandate", title="委托书") == []


def test_a_paragraph_nobody_would_read_is_refused() -> None:
    assert "一段太长：401 个字" in wording_of(id="mandate", title="委托书", text=["长" * 401])[0].words


def test_a_survey_is_no_paper_an_applicant_hands_in() -> None:
    problems: list[Problem] = []
    table = Table("items/DB.toml", "material[x]", {"form": "survey"}, problems)
    assert read_form_of(table, HANDED_IN) is None
    assert "只能写其中一个：application、authorisation" in problems[0].words


def test_a_paper_without_words_is_told() -> None:
    pack = replace(county(), wordings=())
    told = [one.words for one in item_problems(pack.item("DB"), pack) if "字句" in one.words]
    assert "forms.toml 里没有“申请书”（application）的字句，补上" in told
    child = [one.words for one in item_problems(pack.item("GE"), pack) if "字句" in one.words]
    assert not [words for words in child if "公示" in words], "what is never posted needs no words"


def test_what_is_not_known_stays_a_line_to_write_on() -> None:
    assert filled("我申请{items}。", {"items": "低保"}) == "我申请低保。"
    assert filled("我申请{items}。", {}) == "我申请__________。"
    assert FormKind.NOTICE not in HANDED_IN
