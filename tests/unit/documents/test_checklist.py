"""What an old woman can rely on when she holds the paper: read back from the PDF itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.checklists.checklist import render
from app.documents.pen import BOTTOM, LEFT, MM, RIGHT, TOP
from app.domain.checklists.checklist import Checklist, Place
from app.domain.problem import UserError
from tests.unit.documents import pages
from tests.unit.documents.samples import (
    COURT_STEP,
    DAY,
    ELDER,
    GAPS,
    LONG,
    NINE,
    ORPHAN,
    SIX,
    TOWN,
    TOWN_STEP,
)

EVERY = {"orphan": ORPHAN, "elder": ELDER, "gaps": GAPS, "nine": NINE, "long": LONG}


def printed(checklist: Checklist, *, draft: bool = False) -> bytes:
    return render(checklist, printed_on=DAY, draft=draft)


def test_each_step_has_its_own_page_and_says_which_it_is() -> None:
    pdf = printed(ORPHAN)
    assert pages.count(pdf) == 3
    for number, step in enumerate(ORPHAN.steps, 1):
        text = pages.words(pdf, number - 1)
        assert step.title in text
        assert "共3步" in text
        assert f"第{number}页共3页" in text


def test_the_six_papers_say_how_many_originals_and_copies() -> None:
    text = pages.words(printed(ORPHAN), 1)
    assert "带这6样" in text
    for paper in SIX:
        assert paper.name in text
    assert "看原件1" in text
    assert "复印2" in text
    assert "2张" in text


def test_a_page_answers_where_whom_which_number_and_when() -> None:
    text = pages.words(printed(ORPHAN), 1)
    for answer in (
        "枫香镇政府",
        "1楼3号窗",
        "田干部",
        "154-00002201",
        "没人接154-00002202",
        "8:30–12:00",
        "2:30–5:30",
    ):
        assert answer in text
    assert "周六周日不开门" in text


def test_the_foot_names_the_helper_the_day_the_edition_and_the_list_number() -> None:
    for page in range(3):
        text = pages.words(printed(ORPHAN), page)
        for fact in ("有事找向海燕", "154-00001108", "2026-11-20", "第1版", "单号K7M4P4", "免费办理"):
            assert fact in text


def test_only_the_name_she_is_called_by_is_printed() -> None:
    named = replace(ORPHAN, person="439901195512033013", beneficiary="439901201803041234")
    pdf = printed(named)
    assert "李奶奶" in pages.words(pdf, 0)
    assert not re.search(r"\d{17}", "".join(pages.words(pdf, page) for page in range(3)))


def test_what_need_not_be_brought_is_named_with_the_reason_if_there_is_room() -> None:
    roomy = replace(TOWN_STEP, papers=SIX[:3])
    text = pages.words(printed(replace(ORPHAN, steps=(roomy,))), 0)
    assert "不用带" in text
    assert "村里证明" in text
    assert "村里去办" in text


@pytest.mark.parametrize("name", EVERY)
def test_no_character_stands_outside_the_margins(name: str) -> None:
    pdf = printed(EVERY[name])
    for page in range(pages.count(pdf)):
        for glyph in pages.glyphs(pdf, page):
            sample = glyph.size < 18  # the mark of a sample stands in the margin, 9 mm and more from the edge
            assert glyph.left >= LEFT - 1, glyph
            assert glyph.right <= RIGHT + 1, glyph
            assert glyph.top >= (9 * MM if sample else TOP - 1), glyph
            assert glyph.bottom <= BOTTOM + 1, glyph


@pytest.mark.parametrize("name", EVERY)
def test_nothing_but_the_sample_mark_is_smaller_than_18_points(name: str) -> None:
    pdf = printed(EVERY[name])
    for page in range(pages.count(pdf)):
        small = {glyph.character for glyph in pages.glyphs(pdf, page) if glyph.size < 18}
        assert small <= set("模拟数据·样张")


def test_phones_are_printed_at_38_and_28_points() -> None:
    digits = [glyph.size for glyph in pages.glyphs(printed(ORPHAN), 1) if glyph.character.isdigit()]
    assert digits.count(38) == 11
    assert digits.count(28) == 22
    assert digits.count(30) >= 9


@pytest.mark.parametrize("name", EVERY)
def test_no_text_is_printed_over_other_text(name: str) -> None:
    pdf = printed(EVERY[name])
    for page in range(pages.count(pdf)):
        assert pages.overlaps(pages.glyphs(pdf, page)) == []


def test_more_than_six_papers_go_on_over_the_page_never_smaller() -> None:
    pdf = printed(NINE)
    assert pages.count(pdf) == 2
    first, second = pages.words(pdf, 0), pages.words(pdf, 1)
    assert "带这9样" in first
    assert "后面还有3样，看下一页" in first
    assert "还要带3样" in second
    assert "接上页，第2张" in second
    for index, paper in enumerate(NINE.steps[0].papers):
        assert paper.name in (first if index < 6 else second)


def test_long_names_lose_not_one_character() -> None:
    pdf = printed(LONG)
    text = "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))
    step = LONG.steps[0]
    wanted = [paper.name for paper in step.papers] + [item.name for item in step.unneeded]
    letters = sorted(text)
    for name in (*wanted, step.place.name, LONG.worker_name, LONG.item_name, step.place.person):
        assert all(name.count(c) <= letters.count(c) for c in name)
    assert "买合木提江·阿不都热合曼" in text
    assert step.title in text


def test_every_gap_is_a_blank_to_write_in() -> None:
    text = pages.words(printed(GAPS, draft=True), 0)
    assert len(GAPS.gaps) == 4
    assert "____号窗" in text
    assert "找______" in text
    assert text.count("___________") >= 2
    assert "上午________" in text
    assert "份数以窗口为准" in text


@pytest.mark.parametrize(
    ("holed", "known"),
    [
        (replace(TOWN, window=""), "3号窗"),
        (replace(TOWN, person=""), "田干部"),
        (replace(TOWN, phone=""), "154-00002201"),
        (replace(TOWN, morning="", afternoon=""), "8:30"),
    ],
)
def test_one_missing_fact_leaves_one_blank_and_the_rest_printed(holed: Place, known: str) -> None:
    text = pages.words(printed(replace(ORPHAN, steps=(replace(TOWN_STEP, place=holed),)), draft=True), 0)
    assert "____" in text
    assert known not in text
    whole = pages.words(printed(replace(ORPHAN, steps=(TOWN_STEP,))), 0)
    assert "__" not in whole
    assert known in whole


def test_a_draft_says_so_across_the_sheet_and_a_given_paper_does_not() -> None:
    draft, given = printed(ORPHAN, draft=True), printed(ORPHAN)
    for page in range(3):
        large = [glyph for glyph in pages.glyphs(draft, page) if glyph.size > 150]
        assert {glyph.character for glyph in large} == set("草稿")
        assert "草稿" not in pages.words(given, page)


def test_demonstration_papers_are_marked_and_real_ones_are_not() -> None:
    assert "模拟数据·样张" in pages.words(printed(ORPHAN), 2)
    assert "模拟" not in pages.words(printed(replace(ORPHAN, simulated=False)), 2)


def test_steps_behind_her_are_one_line_and_no_page() -> None:
    done = replace(ORPHAN, steps=(replace(COURT_STEP, done=True), *ORPHAN.steps[1:]))
    pdf = printed(done)
    assert pages.count(pdf) == 2
    assert "①去法院拿判决已办好" in pages.words(pdf, 0)
    assert "给孙子领生活费" in pages.words(pdf, 0)


def test_a_list_that_is_all_done_can_still_be_printed() -> None:
    done = replace(ORPHAN, steps=tuple(replace(step, done=True) for step in ORPHAN.steps))
    assert pages.count(printed(done)) == 3


def test_papers_already_at_home_are_said_to_be_there() -> None:
    assert "家里有了" in pages.words(printed(ORPHAN), 0)
    assert "家里有了" not in pages.words(printed(ORPHAN), 1)


def test_rare_names_come_back_from_the_pdf_as_they_were_typed() -> None:
    name = "王䶮𬀩𠮷𬎆𫘧"
    text = pages.words(printed(replace(ORPHAN, called=name, worker_name="庹𡊮𬱖㛃")), 0)
    assert name in text
    assert "庹𡊮𬱖㛃" in text


def test_a_character_no_font_has_is_a_box_and_not_a_hole() -> None:
    assert "李□奶奶" in pages.words(printed(replace(ORPHAN, called="李\U0003fffd奶奶")), 0)


def test_the_same_list_gives_the_same_bytes_and_another_day_gives_others() -> None:
    assert printed(ORPHAN) == printed(ORPHAN)
    assert b"D:20261120" in printed(ORPHAN)
    assert printed(ORPHAN) != render(ORPHAN, printed_on=date(2026, 11, 21))


def test_the_file_says_its_title_its_language_and_its_steps() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(printed(ORPHAN))
    try:
        assert document.get_metadata_value("Title") == "李奶奶 孤儿基本生活费 办事清单"
        assert [mark.get_title() for mark in document.get_toc()] == [
            "① 去法院拿判决",
            "② 给孙子领生活费",
            "③ 签字领钱",
        ]
    finally:
        document.close()
    assert b"/Lang (zh-CN)" in printed(ORPHAN)


def test_every_font_travels_inside_the_file() -> None:
    pdf = printed(ORPHAN)
    assert pdf.count(b"/Subtype /TrueType") == pdf.count(b"/FontFile2") > 0
    assert b"/Type1" not in pdf


def test_a_list_without_papers_or_ending_still_tells_the_way() -> None:
    bare = replace(TOWN_STEP, papers=(), unneeded=(), then=(), takes="")
    text = pages.words(printed(replace(ORPHAN, steps=(bare,))), 0)
    assert "1楼3号窗" in text
    assert "不用带" not in text
    assert "记一笔" in text


def test_fonts_of_the_county_folder_are_asked_for_what_ours_lack(tmp_path: Path) -> None:
    assert "李奶奶" in pages.words(render(ORPHAN, printed_on=DAY, fonts_folder=tmp_path), 0)


def test_a_pictogram_of_a_newer_release_does_not_stop_the_paper() -> None:
    newer = replace(TOWN_STEP, icon="of_tomorrow", papers=(replace(SIX[0], icon="of_tomorrow"),))
    assert "奶奶身份证" in pages.words(printed(replace(ORPHAN, steps=(newer,))), 0)


def test_a_list_without_steps_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="还没有步骤"):
        printed(replace(ORPHAN, steps=()))


WILD = st.text(alphabet="奶奶身份证（）《》，。A4 30个工作日\n_𠮷\U0003fffd1", max_size=60)


@settings(max_examples=15, deadline=None)
@given(WILD, WILD, WILD, st.integers(min_value=0, max_value=14))
def test_whatever_was_typed_something_readable_comes_out(
    name: str, note: str, place: str, papers: int
) -> None:
    paper = replace(SIX[0], name=name, note=note)
    there = Place(place, floor=note[:9], window=name[:6], windows=papers, person=name, phone=place)
    there = replace(there, phone2=note, morning=note, closed=note)
    step = replace(TOWN_STEP, title=name, papers=(paper,) * papers, place=there, then=(note, place))
    wild = replace(ORPHAN, called=name, item_name=place, worker_name=note, worker_phone=place, steps=(step,))
    pdf = printed(wild)
    for page in range(pages.count(pdf)):
        assert f"第{page + 1}页共{pages.count(pdf)}页" in pages.words(pdf, page)
        for glyph in pages.glyphs(pdf, page):
            assert LEFT - 2 <= glyph.left < glyph.right <= RIGHT + 2, glyph
            assert glyph.bottom <= BOTTOM + 1, glyph
