"""What an office can rely on in an application paper: read back from the PDF itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.forms import clerk, clerk_flow
from app.documents.forms.clerk import render
from app.documents.paper import Sheet
from app.documents.pen import BOTTOM, LEFT, RIGHT, TOP
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.papers.paperwork import FormKind
from app.domain.papers.paperwork_case import FormCase, Request, case_of
from app.domain.papers.survey import Signed
from app.domain.problem import UserError
from tests.facts import GRANNY, household, id_number, person
from tests.unit.documents import notices, pages
from tests.unit.documents.cases import (
    CASES,
    DAY,
    GRANDSON,
    LONG_NAME,
    PAPERS,
    RARE,
    STROKES,
    paper,
    printed,
    request,
    twelve,
)

every = pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in PAPERS for name in CASES])


@cache
def made(kind: FormKind, name: str) -> bytes:
    """Rendered once for all the promises looked for in it."""
    return printed(kind, CASES[name])


def told(pdf: bytes) -> str:
    return "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))


@every
def test_every_paper_keeps_its_margins_its_size_and_its_room(kind: FormKind, name: str) -> None:
    pdf = made(kind, name)
    total = pages.count(pdf)
    for page in range(total):
        found = pages.glyphs(pdf, page)
        assert found
        assert min(one.size for one in found) >= 12
        assert min(one.left for one in found) >= LEFT - 1
        assert max(one.right for one in found) <= RIGHT + 1
        assert min(one.top for one in found) >= TOP - 1
        assert max(one.bottom for one in found) <= BOTTOM + 1
        assert pages.overlaps(found) == []
        assert f"第{page + 1}页共{total}页" in pages.words(pdf, page)


def test_the_application_carries_what_is_known_and_blanks_for_the_rest() -> None:
    text = told(made(FormKind.APPLICATION, "family"))
    for fact in (
        "社会救助申请书", "蒋桂英", "土家族", "82岁", "青石垭村茶园组3号", "154-00003013",
        "邮政储蓄银行枫香支行", "9999990000001234567", "何志强", "在外", "小学在读", "肢体三级、慢病",
        "54000元（2026年11月20日走访）", "蒋桂英高龄津贴", "最低生活保障",
    ):  # fmt: skip
        assert fact in text
    for one in CASES["family"].members:
        assert one.number in text
    assert "□没有□有，是____________" in text, "who is kin to staff was never asked"


def test_nothing_is_guessed_of_somebody_of_whom_nothing_is_known() -> None:
    text = told(made(FormKind.APPLICATION, "empty"))
    assert "我申请办理：__________。" in text
    assert "None" not in text
    assert "__________元" in text
    assert "未知" not in text


def test_kin_of_staff_is_ticked_only_where_it_was_said() -> None:
    kin = case_of(request(household=household(kin_of_staff=True)))
    assert "√有，是____________" in told(printed(FormKind.APPLICATION, kin))


def test_a_childs_matter_is_applied_for_by_the_guardian() -> None:
    text = told(made(FormKind.APPLICATION, "child"))
    assert "申请人（监护人）" in text
    assert "给谁申请" in text
    assert text.count("何子航") == 2


def test_every_grown_up_signs_and_those_away_are_named() -> None:
    text = told(made(FormKind.AUTHORISATION, "family"))
    assert "要签名的大人，共2人" in text
    assert "何志强（在外）" in text
    assert "还要补签的：何志强。" in text
    assert "监护人蒋桂英" in text, "the grandson does not sign for himself"


def test_whoever_has_no_birthday_on_record_is_asked_to_sign() -> None:
    unknown = person(birth=None, id_number=None)
    case = case_of(Request(household(), (unknown,), GRANNY, ("低保",), DAY, "青石垭村"))
    assert "要签名的大人，共1人" in told(printed(FormKind.AUTHORISATION, case))


def test_a_declaration_says_when_it_was_told_and_half_a_sum_is_no_total() -> None:
    text = told(made(FormKind.DECLARATION, "family"))
    assert "种地1200元" in text
    assert "一共进了54000元" in text
    assert "修房租房__________元" in text
    assert "一共花了__________元" in text
    assert "照2026年11月20日走访时说的填" in text
    fresh = case_of(request(told=None))
    blank = told(printed(FormKind.DECLARATION, fresh))
    assert "种地__________元" in blank
    assert "走访时说的填" not in blank


def test_a_commitment_names_the_proofs_it_stands_for() -> None:
    assert "就不再要这些证明：收入证明。" in told(made(FormKind.COMMITMENT, "family"))


def test_a_mandate_leaves_room_for_an_agent_not_chosen_yet() -> None:
    chosen = told(made(FormKind.MANDATE, "twelve"))
    assert "欧阳国富" in told(printed(FormKind.MANDATE, case_of(request(twelve(), agent="p-0"))))
    assert RARE in chosen
    assert "受委托的人姓名身份证号电话是什么人" in told(made(FormKind.MANDATE, "family"))


def test_the_survey_carries_sums_with_their_source_and_every_hand() -> None:
    pdf = made(FormKind.SURVEY, "family")
    text = told(pdf)
    for fact in (
        "申请调查", "向海燕、彭国富", "慢病、长期吃药", "外地打工", "洗澡", "1200元自己说的", "摩托、电动车",
        "86平方米", "漏雨、电线", "看着符合", "老人带孙子", "调查人向海燕在屏幕上签",
        "被调查人蒋桂英纸上按了手印", "封存号0123456789ab",
    ):  # fmt: skip
        assert fact in text
    assert "有人伤害孩子" not in text, "the sheet goes through many hands"


def test_handwriting_of_the_pad_is_drawn_and_what_is_none_leaves_the_box() -> None:
    def signed(strokes: str) -> bytes:
        survey = CASES["family"].survey
        assert survey is not None
        once = replace(survey, signed=(Signed("向海燕", "在屏幕上签", strokes),))
        return printed(FormKind.SURVEY, replace(CASES["family"], survey=once))

    empty = signed("")
    assert len(signed(STROKES)) > len(empty)
    for broken in ("{", "[]", '{"strokes": [["a"]]}', '{"strokes": []}', '{"strokes": [[[1, 2]]]}'):
        assert signed(broken) == empty


def test_the_head_of_a_table_stands_again_on_every_page() -> None:
    pdf = made(FormKind.APPLICATION, "twelve")
    assert pages.count(pdf) == 3
    assert all("读书或劳动能力" in pages.words(pdf, page) for page in (0, 1))
    assert "社会救助申请书（接上页）" in pages.words(pdf, 1)


@every
def test_signatures_never_stand_alone_on_a_sheet(kind: FormKind, name: str) -> None:
    pdf = made(kind, name)
    last = pages.words(pdf, pages.count(pdf) - 1)
    assert len(last) > 40
    if kind is FormKind.SURVEY:
        assert "看下来" in last


def test_names_of_every_kind_come_back_as_they_were_typed() -> None:
    text = told(made(FormKind.AUTHORISATION, "twelve"))
    for name in (RARE, LONG_NAME, "庹𡊮", "田𬱖㛃", "李某氏"):
        assert name in text


def test_a_reason_longer_than_a_page_loses_not_one_character() -> None:
    words = "".join(f"第{n}条原因写得很长。" for n in range(1, 400))
    survey = CASES["family"].survey
    assert survey is not None
    long = replace(CASES["family"], survey=replace(survey, reason=words))
    pdf = printed(FormKind.SURVEY, long)
    text = told(pdf)
    assert all(text.count(c) >= words.count(c) for c in set(words))
    for page in range(pages.count(pdf)):
        assert max(one.bottom for one in pages.glyphs(pdf, page)) <= BOTTOM + 1


def test_the_same_papers_give_the_same_bytes_with_title_language_and_contents() -> None:
    papers = [paper(kind, CASES["family"]) for kind in PAPERS]
    pdf = render(papers, title="蒋桂英家 申请材料", printed_on=DAY)
    assert pdf == render(papers, title="蒋桂英家 申请材料", printed_on=DAY)
    assert b"/Lang (zh-CN)" in pdf
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert document.get_metadata_value("Title") == "蒋桂英家 申请材料"
        assert document.get_metadata_value("Subject") == "申请材料"
        assert [mark.get_title() for mark in document.get_toc()] == [one.wording.title for one in papers]
    finally:
        document.close()


def test_each_paper_is_numbered_by_itself() -> None:
    both = [paper(FormKind.MANDATE, CASES["family"]), paper(FormKind.COMMITMENT, CASES["family"])]
    pdf = render(both, title="x", printed_on=DAY)
    assert [("第1页共1页" in pages.words(pdf, page)) for page in range(2)] == [True, True]


def test_words_nobody_has_compared_with_the_original_say_so() -> None:
    assert "（待核）" in told(made(FormKind.MANDATE, "family"))
    checked = paper(FormKind.MANDATE, CASES["family"])
    sure = replace(checked.wording, standing=replace(checked.wording.standing, unverified=False))
    assert "待核" not in told(render((replace(checked, wording=sure),), title="x", printed_on=DAY))


def test_papers_of_the_fictional_village_say_they_are_samples() -> None:
    sample = replace(CASES["family"], simulated=True)
    assert "模拟数据·样张" in told(printed(FormKind.MANDATE, sample))
    assert "模拟" not in told(made(FormKind.MANDATE, "family"))


def test_a_notice_is_never_in_one_file_with_papers_that_carry_numbers() -> None:
    with pytest.raises(UserError, match="分开打"):
        render((notices.posted(), paper(FormKind.MANDATE, CASES["family"])), title="x", printed_on=DAY)
    with pytest.raises(UserError, match="还没选"):
        render((), title="x", printed_on=DAY)


def test_no_row_is_cut_by_the_end_of_a_page() -> None:
    with one_at_a_time:
        sheet = Sheet(faces(None), title="", on=DAY)
        for kind in PAPERS:
            planned = clerk_flow.pages(clerk.composed(sheet, paper(kind, CASES["twelve"])))
            for blocks in planned:
                taken = sum(block.height for block in blocks) + sum(block.gap for block in blocks[1:])
                assert taken <= BOTTOM - TOP - clerk_flow.FOOT_ROOM


WILD = st.text(alphabet="奶奶（）《》，。A4 30个工作日\n_𠮷·\U0003fffd", max_size=80)


@settings(max_examples=12, deadline=None)
@given(WILD, WILD, WILD)
def test_whatever_was_typed_stays_inside_the_margins(name: str, place: str, phone: str) -> None:
    wild = person(name=name, phone=phone, id_number=id_number(DAY, 101))
    case: FormCase = case_of(
        Request(household(group=place, door=name, phone=place), (wild,), GRANNY, (place,), DAY, name)
    )
    for kind in (FormKind.APPLICATION, FormKind.MANDATE):
        pdf = printed(kind, case)
        for page in range(pages.count(pdf)):
            for glyph in pages.glyphs(pdf, page):
                assert LEFT - 2 <= glyph.left < glyph.right <= RIGHT + 2, glyph
                assert glyph.bottom <= BOTTOM + 1, glyph


def test_the_grandson_is_named_nowhere_as_one_who_signs() -> None:
    minors = CASES["family"].minors
    assert [one.id for one in minors] == [GRANDSON]
