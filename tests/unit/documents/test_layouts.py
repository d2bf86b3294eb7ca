"""Whatever layout she chooses: nothing lost, nothing small, nothing over the edge or over other words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
import zxingcpp
from PIL import Image

from app.documents.checklists import block_qr
from app.documents.checklists.checklist import render, steps_of_pages
from app.documents.checklists.plan_summary import needed
from app.documents.pen import BOTTOM, LEFT, MM, RIGHT, TOP
from app.documents.preview import page_count, page_image
from app.domain.checklists.checklist import Checklist, Goer, Going, Way
from app.domain.checklists.layout import PLAIN, Form, Layout
from tests.unit.documents import pages
from tests.unit.documents.samples import DAY, ELDER, GAPS, LONG, NINE, ORPHAN

COURT, TOWN, LAST = ORPHAN.steps
WALKED = replace(
    ORPHAN,
    goer=Goer(Going.AGENT, "蒋先生", "儿子"),
    going_on=date(2026, 11, 24),
    call_on=date(2026, 12, 1),
    steps=(
        replace(
            COURT,
            must_come="奶奶",
            before=date(2026, 12, 31),
            place=replace(
                COURT.place,
                building="诉讼服务中心",
                route=(Way("bus", "村口坐班车"), Way("walk", "下车走五十步"), Way("hall", "进大门右手边")),
                bus="7:20 村口上车",
                market="逢 3、8",
            ),
        ),
        TOWN,
        LAST,
    ),
)
EVERY = {"walked": WALKED, "elder": ELDER, "gaps": GAPS, "nine": NINE, "long": LONG}
LAYOUTS = [
    Layout(Form.STEPS, large=True),
    Layout(Form.STEPS, thrift=True, qr=True),
    *(Layout(form, large=large) for form, large in product((Form.SUMMARY, Form.RECEIPT), (False, True))),
]


def printed(checklist: Checklist, layout: Layout = PLAIN) -> bytes:
    return render(checklist, printed_on=DAY, layout=layout)


def text(pdf: bytes) -> str:
    return "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))


def darkness(pdf: bytes, page: int) -> float:
    """The inked share of a page."""
    width, height, pixels = page_image(pdf, page, 900)
    return sum(255 - value for value in pixels[::4]) / 255 / (width * height)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("name", EVERY)
def test_every_layout_keeps_margins_sizes_and_distances(name: str, layout: Layout) -> None:
    pdf = printed(EVERY[name], layout)
    for page in range(pages.count(pdf)):
        found = pages.glyphs(pdf, page)
        assert pages.overlaps(found) == []
        for glyph in found:
            sample = glyph.size < 17  # the mark of a sample stands in the margin
            assert glyph.left >= LEFT - 1, glyph
            assert glyph.right <= RIGHT + 1, glyph
            assert glyph.top >= (9 * MM if sample else TOP - 1), glyph
            assert glyph.bottom <= BOTTOM + 1, glyph
            assert sample <= (glyph.character in "模拟数据·样张"), glyph
            assert sample or glyph.size >= (25.9 if layout.large else 18), glyph


@pytest.mark.parametrize("large", [False, True])
def test_the_way_the_day_and_who_must_come_are_printed(large: bool) -> None:
    words = text(printed(WALKED, Layout(large=large)))
    for said in (
        "11月24日（周二）去", "儿子蒋先生代办", "奶奶本人要到场", "12月31日（周四）前办", "诉讼服务中心",
        "村口坐班车", "下车走五十步", "进大门右手边", "坐车7:20村口上车", "赶集逢3、8",
        "12月1日（周二）村里打电话问您",
    ):  # fmt: skip
        assert said in words, said


@pytest.mark.parametrize("layout", [PLAIN, *LAYOUTS[:2], Layout(Form.SUMMARY)], ids=str)
def test_no_layout_loses_a_paper_or_a_telephone(layout: Layout) -> None:
    words = text(printed(NINE, layout))
    for step in NINE.steps:
        assert all(paper.name in words for paper in step.papers)
        assert "154-00002201" in words
    assert NINE.code in words


def test_what_is_at_home_can_be_left_off_and_is_still_to_be_carried() -> None:
    words = text(printed(replace(ORPHAN, show_held=False)))
    assert "家里有了，别忘带：奶奶身份证" in words
    assert "带这1样" in words


def test_a_paper_that_may_follow_says_until_when_and_what_it_must_be_like() -> None:
    (first, *others) = TOWN.papers
    owed = replace(first, owed_until=date(2026, 12, 20), spec="盖了章的")
    words = text(printed(replace(ORPHAN, steps=(replace(TOWN, papers=(owed, *others)),))))
    assert "盖了章的" in words
    assert "12月20日前补" in words


def test_the_summary_names_each_paper_once_with_the_copies_of_all_errands() -> None:
    found = {paper.name: paper for paper in needed(ORPHAN)}
    assert [paper.name for paper in needed(ORPHAN)] == list(found)
    asked = [paper for step in ORPHAN.steps for paper in step.papers if paper.name == "奶奶身份证"]
    assert found["奶奶身份证"].copies == sum(paper.copies for paper in asked)
    assert found["奶奶身份证"].originals == 1
    assert pages.count(printed(ORPHAN, Layout(Form.SUMMARY))) == 1


def test_the_slip_names_what_was_handed_in_and_leaves_room_for_the_seal() -> None:
    words = text(printed(NINE, Layout(Form.RECEIPT)))
    assert words.startswith("收条单号" + NINE.code) or f"单号{NINE.code}" in words
    assert all(paper.name in words for paper in NINE.steps[0].papers)
    assert "盖章" in words
    assert "收的人" in words


def test_saving_toner_leaves_nine_percent_ink_at_most_on_a_full_page() -> None:
    thrifty, usual = printed(ORPHAN, Layout(thrift=True)), printed(ORPHAN)
    for page in range(page_count(thrifty)):
        assert darkness(thrifty, page) <= 0.09
        assert darkness(thrifty, page) < darkness(usual, page) * 0.75
    assert text(thrifty) == text(usual)


@pytest.mark.parametrize("layout", [Layout(qr=True), Layout(large=True, thrift=True, qr=True)], ids=str)
def test_a_telephone_reads_the_next_errand_and_no_name(layout: Layout) -> None:
    pdf = printed(ORPHAN, layout)
    read = [code.text for page in range(page_count(pdf)) for code in codes(pdf, page)]
    assert read == [block_qr.words(ORPHAN)]
    assert ORPHAN.called not in read[0]
    assert "李" not in read[0]
    assert "154-0000 3301" in read[0]


def test_the_square_always_fits_one_small_code_whatever_the_list_holds() -> None:
    words = block_qr.words(replace(LONG, steps=(replace(LONG.steps[0], papers=NINE.steps[0].papers * 4),)))
    assert len(words.encode()) <= block_qr.MOST_BYTES
    assert len(block_qr.modules(words)) <= 69


def test_pages_are_told_apart_by_step_in_every_layout() -> None:
    for layout in (PLAIN, *LAYOUTS):
        steps = steps_of_pages(ORPHAN, printed_on=DAY, layout=layout)
        assert len(steps) == pages.count(printed(ORPHAN, layout))
        assert set(steps) <= {0, 1, 2}


def codes(pdf: bytes, page: int) -> list[zxingcpp.Barcode]:
    width, height, pixels = page_image(pdf, page, 1240)
    return list(zxingcpp.read_barcodes(Image.frombytes("RGBX", (width, height), pixels).convert("L")))
