"""The slip says what an old reader needs and nothing a neighbour should read; the file has it all."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.documents.pen import BOTTOM, LEFT, RIGHT
from app.documents.tickets import file_copy, slip
from app.domain.checklists.layout import Layout
from app.domain.ids import CODE_ALPHABET
from app.domain.tickets.slip import Slip, fit_to_carry, hears_words, slip_code
from tests.unit.documents import pages
from tests.unit.documents.samples import DAY
from tests.unit.documents.slips import COPY, SPARED, TAKEN, TOLD

LOOKS = list(product((TAKEN, TOLD, SPARED), (False, True), (False, True)))


def text(pdf: bytes) -> str:
    return "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))


def test_the_slip_says_number_words_owner_day_next_step_and_how_she_hears() -> None:
    words = text(slip.render(TAKEN, printed_on=DAY))
    said = (
        "回执单", "000137-4", "媳妇走了，伢儿读书钱冒得。", "首访人向海燕，跟到底，不换人。",
        "最晚11月27日（周五）",
        "转给了枫香镇民政办", "打您尾号3013的电话", "H7XUPG", "154-00001108", "免费办理",
    )  # fmt: skip
    assert [one for one in said if one not in words] == []


def test_the_reply_slip_says_the_result_and_has_a_part_to_tear_off() -> None:
    words = text(slip.render(TOLD, printed_on=DAY))
    said = ("回音单", "孤儿证已发，生活费从下月起打到孩子卡上。", "11月20日（周五）当面说的", "签字或按手印")
    assert [one for one in said if one not in words] == []


@pytest.mark.parametrize("given", [TAKEN, TOLD])
def test_five_faces_stand_on_every_slip_to_be_pointed_at(given: Slip) -> None:
    words = text(slip.render(given, printed_on=DAY))
    places = [words.index(word) for word in ("非常满意", "基本满意", "非常不满意")]
    assert places == sorted(places)


def test_a_certificate_she_need_not_fetch_is_named_with_whom_to_ring() -> None:
    words = text(slip.render(SPARED, printed_on=DAY))
    assert "不用村里开死亡证明" in words
    assert "枫香镇卫生院154-00002233" in words


@pytest.mark.parametrize(("given", "large", "thrift"), LOOKS)
def test_nothing_is_small_nothing_overlaps_nothing_leaves_the_page(
    given: Slip, large: bool, thrift: bool
) -> None:
    long = replace(given, asked="媳妇走了，伢儿读书钱冒得，屋里漏水也没人管。" * 3, result="办好了。" * 20)
    pdf = slip.render(long, printed_on=DAY, layout=Layout(large=large, thrift=thrift))
    for page in range(pages.count(pdf)):
        found = pages.glyphs(pdf, page)
        assert pages.overlaps(found) == []
        assert all(
            one.left >= LEFT - 1 and one.right <= RIGHT + 1 and one.bottom <= BOTTOM + 1 for one in found
        )
        assert min(one.size for one in found) >= (25.9 if large else 18)


def test_an_ordinary_slip_is_one_page() -> None:
    assert [pages.count(slip.render(one, printed_on=DAY)) for one in (TAKEN, TOLD, SPARED)] == [1, 1, 1]


def test_a_draft_says_that_it_is_none_to_give_away() -> None:
    assert "草稿，不给群众" in text(slip.render(TAKEN, printed_on=DAY, draft=True))


def test_what_is_lacking_is_named() -> None:
    assert TAKEN.gaps == () == TOLD.gaps == SPARED.gaps
    assert replace(TAKEN, phone="", course="").gaps == ("不知道村里打哪个电话", "还没说怎么办")
    assert replace(TOLD, result="").gaps == ("还没有结果",)
    assert SPARED.elsewhere is not None
    unknown = replace(SPARED, elsewhere=replace(SPARED.elsewhere, phone=""))
    assert unknown.gaps == ("不知道该找的地方的电话",)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("我崽得了肺癌，钱用完了。", "我崽得了重病，钱用完了。"),
        ("身份证 439901194403023021 丢了", "身份证 ＊＊＊ 丢了"),
        ("卡号6217 0000 0000 0007 打不进钱", "卡号＊＊＊ 打不进钱"),
        ("去年 3 月起每月 530 元停了", "去年 3 月起每月 530 元停了"),
    ],
)
def test_no_number_and_no_illness_is_carried_about(given: str, kept: str) -> None:
    assert fit_to_carry(given) == kept


def test_the_code_is_always_the_same_and_can_be_read_over_a_bad_line() -> None:
    code = slip_code("01900000-0000-7000-8000-000000000004")
    assert code == slip_code("01900000-0000-7000-8000-000000000004")
    assert len(code) == 6
    assert set(code) <= set(CODE_ALPHABET)


def test_she_hears_by_telephone_at_home_or_comes_with_her_number() -> None:
    assert "尾号 3013" in hears_words("154-0000-3013", of_village=True)
    assert "上门" in hears_words("", of_village=True)
    assert "凭这个号来问" in hears_words("", of_village=False)


def test_the_sheet_for_the_file_tells_every_line_with_its_seal() -> None:
    words = text(file_copy.render(COPY, printed_on=DAY))
    said = (
        "SF4399011012012026000137X", "件件有登记", "件件有结果", "件件有回音", "办理记录，共3条",
        "3fa9c200", "3fa9c202",
        "逐条相连", "前置步骤没完成", "法院还没立案", "非常满意", "首访人签字",
    )  # fmt: skip
    assert [one for one in said if one not in words] == []


def test_a_story_that_was_tampered_with_says_so_on_paper() -> None:
    assert "请报县里查" in text(file_copy.render(replace(COPY, unbroken=False), printed_on=DAY))


def test_a_long_story_goes_on_over_the_page_with_its_head() -> None:
    pdf = file_copy.render(replace(COPY, story=COPY.story * 20), printed_on=DAY)
    assert pages.count(pdf) > 1
    assert "做了什么" in pages.words(pdf, 1)
