"""The registers at a real desk: entered, answered, posted, taken down, printed; and what is due of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.paperwork import paperwork_facts
from app.actions.paperwork.paperwork_facts import Chosen
from app.actions.registers import books, due, minutes, notices, reviews, seals, tellings, writing
from app.actions.registers.books import Book
from app.actions.registers.due import Wants
from app.actions.registers.notices import Sheet
from app.actions.registers.seals import Stamp
from app.actions.registers.tellings import Gathering, Telling
from app.documents.forms.clerk import render
from app.domain.problem import UserError
from app.domain.registers.event import EventKind
from app.domain.registers.period import ever, quarter_of
from app.domain.registers.public_notice import Hanging, NoticeKind, PublicNotice
from app.domain.registers.publicity import Channel, Publicity
from app.domain.registers.review import Meeting, Recusal, Verdict
from app.domain.registers.seal import SealEntry, SealUse
from app.domain.roles import Role
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person
from tests.unit.documents.pages import count, glyphs, words

CHILD = "01900000-0000-7000-8000-000000000005"
STAMP = Stamp(
    None, SealUse.APPLICATION, "高龄津贴申请表", "蒋桂英", "送镇里", "田主任", "彭文书", person=GRANNY
)
MEETING = Meeting(
    None, HOME, "DB", who="蒋桂英", person=GRANNY, place="村部", host="镇里谷干部", expected=21, attended=18,
    representatives=14, recused=(Recusal("蒋大山"),), agree=15, against=1, abstain=1, minutes="都说她家难",
)  # fmt: skip
SHEET = Sheet(
    None, NoticeKind.OPINION, "低保初审意见", "村部公示栏", "向海燕", item="DB", household=HOME, person=GRANNY
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """蒋桂英 and her grandson."""
    found = desk_on(store, clock)
    with found.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
        unit.save(person(id=CHILD, name="何子航", birth=date(2017, 9, 1), id_number=None, relation="41"))
    return found


def test_stamps_are_numbered_through_the_year_on_each_computer_apart(desk: Desk, clock: Clock) -> None:
    assert [seals.add(desk, STAMP).number for _ in range(2)] == ["2026-0001", "2026-0002"]
    desk.store.meta.set("serial_block", 3)
    assert seals.add(desk, STAMP).number == "2026-30001"
    clock.forward(days=60)
    assert seals.add(desk, STAMP).number == "2027-30001"


def test_a_stamp_that_may_not_be_set_leaves_no_trace(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        seals.add(desk, replace(STAMP, use=SealUse.PROOF, paper="亲属关系证明", sealer="田主任"))
    assert {one.field for one in refused.value.problems} == {"sealer", "paper"}
    assert writing.every(desk, SealEntry) == ()


def test_a_correction_keeps_the_number_and_both_lines_stay(desk: Desk) -> None:
    wrong = seals.add(desk, STAMP)
    right = seals.add(desk, replace(STAMP, copies=2), amends=wrong.id)
    assert right.number == wrong.number
    assert writing.counting(desk, SealEntry) == (right,)
    assert writing.every(desk, SealEntry) == (wrong, right)
    with pytest.raises(UserError, match="已经更正过了"):
        seals.add(desk, STAMP, amends=wrong.id)


def test_a_line_taken_back_counts_no_more_and_its_number_is_not_given_again(desk: Desk) -> None:
    made = seals.add(desk, STAMP)
    writing.take_back(desk, SealEntry, made.id)
    assert writing.counting(desk, SealEntry) == ()
    assert seals.add(desk, STAMP).number == "2026-0002"
    posted = books.seals_to_post(desk, quarter_of(desk.today))
    assert [row[0] for row in posted.rows] == ["2026-0001", "2026-0002"]
    assert posted.rows[0][2] == "作废"


def test_whoever_may_only_look_writes_nothing(desk: Desk) -> None:
    with pytest.raises(UserError, match="只能看"):
        seals.add(replace(desk, role=Role.AUDITOR), STAMP)


def test_usual_hands_are_offered_most_used_first(desk: Desk) -> None:
    for sealer in ("彭文书", "覃会计", "覃会计"):
        seals.add(desk, replace(STAMP, sealer=sealer))
    assert seals.hands(desk) == seals.Hands(("田主任",), ("覃会计", "彭文书"))


def test_the_quarter_on_the_wall_names_nobody_whole_and_no_child(desk: Desk) -> None:
    seals.add(desk, replace(STAMP, paper="蒋桂英 15400001108 的申请表"))
    seals.add(desk, replace(STAMP, who="何子航", person=CHILD))
    posted = books.seals_to_post(desk, quarter_of(desk.today))
    assert [row[3] for row in posted.rows] == ["蒋**", "略"]
    pdf = books.pdf(desk, posted)
    said = words(pdf, 0)
    assert "2026年第四季度用章情况公示" in said
    assert "审批的不盖章" in said
    for never in ("桂英", "子航", "何*", "1108", "送镇里"):
        assert never not in said.replace("154-00001108", "")
    assert "青石垭村（盖章）" in said


def test_the_quarter_on_the_wall_is_set_in_large_letters(desk: Desk) -> None:
    long = "残疾人两项补贴申请表（重度护理补贴），送镇里审核"
    seals.add(desk, replace(STAMP, paper=long))
    made = seals.add(desk, STAMP)
    writing.take_back(desk, SealEntry, made.id)
    pdf = books.pdf(desk, books.seals_to_post(desk, quarter_of(desk.today)))
    said = words(pdf, 0)
    for part in (long, "批田主任", "盖彭文书", "1份", "2026-0002", "作废"):
        assert part in said
    small = [one for one in glyphs(pdf, 0) if one.size < 14]
    assert "".join(one.character for one in small).endswith("第1页共1页"), "only the foot is smaller"
    assert all(one.top > 700 or one.bottom < 60 for one in small)


def test_a_meeting_is_entered_with_its_verdict_and_can_be_signed_on_paper(desk: Desk) -> None:
    made = reviews.add(desk, MEETING)
    assert made.verdict is Verdict.AGREED
    assert reviews.of_household(desk, HOME) == (made,)
    said = words(minutes.filled(desk, made.id), 0)
    for part in (
        "民主评议会议记录",
        "蒋桂英",
        "茶园组",
        "都说她家难",
        "蒋大山（申请人的亲戚）",
        "结果：同意",
        "18.",
    ):
        assert part in said


def test_the_notice_of_the_family_carries_the_votes_of_its_meeting(desk: Desk) -> None:
    chosen = Chosen(HOME, (desk.pack.item("DB").held(desk.village, desk.today),), GRANNY)
    (before,) = paperwork_facts.notices(desk, chosen)
    assert before.votes is None, "a line to write on"
    reviews.add(desk, MEETING)
    (after,) = paperwork_facts.notices(desk, chosen)
    said = words(render([replace(after, meeting=True)], title="公示", printed_on=desk.today), 0)
    assert "应到21人，实到18人；同意15人，不同意1人，弃权1人" in said


def test_an_empty_minutes_sheet_can_be_taken_along(desk: Desk) -> None:
    sheet = minutes.empty(desk)
    assert "2/3以上" in words(sheet, 0)
    assert "21." in words(sheet, count(sheet) - 1)


def test_the_household_of_an_official_is_asked_who_kept_out(desk: Desk) -> None:
    with desk.unit("kin") as unit:
        unit.save(household(kin_of_staff=True))
    with pytest.raises(UserError, match="谁回避了"):
        reviews.add(desk, replace(MEETING, recused=(), agree=16))
    assert reviews.add(desk, replace(MEETING, recused=(), agree=16, kin_absent=True)).kin_absent


def test_a_notice_hangs_as_long_as_the_pack_says_and_is_due_the_day_after(desk: Desk, clock: Clock) -> None:
    meeting = reviews.add(desk, MEETING)
    made = notices.post(desk, SHEET)
    assert (made.days, made.until, made.shown) == (7, date(2026, 11, 27), "蒋** 茶园组")
    assert made.review == meeting.id
    clock.forward(days=7)
    assert due.due(desk) == ()
    clock.forward(days=1)
    (task,) = due.due(desk)
    assert (task.wants, task.notice, task.chip) == (Wants.TAKE_DOWN, made.id, "今天撤")
    assert notices.take_down(desk, made.id).down_by == "向海燕"
    assert due.due(desk) == ()


def test_the_days_list_says_what_is_due_and_opens_it(desk: Desk, clock: Clock) -> None:
    made = notices.post(desk, SHEET)
    clock.forward(days=8)
    (entry,) = [one for one in today.agenda(desk).entries if one.page == "registers"]
    assert (entry.title, entry.chip, entry.record) == (
        "把公示撤下来：低保初审意见",
        "今天撤",
        f"down {made.id}",
    )
    notices.take_down(desk, made.id)
    assert not [one for one in today.agenda(desk).entries if one.page == "registers"]


def test_an_objection_holds_the_notice_until_it_is_answered(desk: Desk, clock: Clock) -> None:
    made = notices.object_to(desk, notices.post(desk, SHEET).id, "她儿子在外头挣钱", by="隔壁")
    clock.forward(days=8)
    with pytest.raises(UserError, match="还有 1 条意见"):
        notices.take_down(desk, made.id)
    with pytest.raises(UserError, match="怎么处理的"):
        notices.answer(desk, made.id, 0, " ")
    notices.answer(desk, made.id, 0, "查了，没有往家里寄钱")
    assert notices.take_down(desk, made.id).state is Hanging.DOWN


def test_a_corrected_notice_hangs_once_with_the_objections_it_had(desk: Desk) -> None:
    wrong = notices.object_to(desk, notices.post(desk, SHEET).id, "有意见")
    right = notices.post(desk, replace(SHEET, place="组里公示牌"), amends=wrong.id)
    assert notices.hanging(desk) == (right,)
    assert right.objections == wrong.objections
    writing.take_back(desk, PublicNotice, right.id)
    assert notices.hanging(desk) == ()


def test_what_hangs_for_good_is_never_due(desk: Desk, clock: Clock) -> None:
    notices.post(desk, replace(SHEET, kind=NoticeKind.GRANTED, stays=True))
    clock.forward(days=4000)
    assert due.due(desk) == ()


def test_a_child_is_not_posted_whoever_asks(desk: Desk) -> None:
    for asked in (replace(SHEET, item="GE"), replace(SHEET, item="TK", person=CHILD)):
        with pytest.raises(UserError, match="不公示"):
            notices.post(desk, asked)
    assert writing.every(desk, PublicNotice) == ()


def test_the_stamps_of_a_quarter_are_due_on_the_wall_when_it_is_over(desk: Desk, clock: Clock) -> None:
    seals.add(desk, STAMP)
    assert due.due(desk) == ()
    clock.forward(days=45)
    (task,) = due.due(desk)
    assert (task.wants, task.period) == (Wants.POST_SEALS, "2026-Q4")
    sheet = Sheet(None, NoticeKind.SEALS, "用章情况", "村部公示栏", "向海燕", period=task.period)
    made = notices.post(desk, sheet)
    assert made.shown == ""
    assert due.due(desk) == ()


def test_the_list_of_powers_is_due_each_month_where_the_county_says_so(desk: Desk) -> None:
    assert due.due(desk) == ()
    there = replace(desk, village="430802101201")
    (task,) = due.due(there)
    assert (task.wants, task.title, task.period) == (Wants.UPDATE, "更新 11 月的权力清单", "2026-11")
    notices.post(there, Sheet(None, NoticeKind.POWERS, "权力清单", "村部公示栏", "向海燕"))
    assert due.due(there) == ()


def test_tellings_and_gifts_are_kept_and_counted(desk: Desk) -> None:
    tellings.tell(desk, Telling(None, Channel.LOUDSPEAKER, "高龄津贴怎么领", reached=300, told_by="向海燕"))
    tellings.hold(desk, Gathering(None, EventKind.CARE, "看独居老人", people=3, money_fen=60_050))
    with pytest.raises(UserError, match="讲了什么"):
        tellings.tell(desk, Telling(None, Channel.HOME, " "))
    assert len(writing.counting(desk, Publicity)) == 1
    heads, row = books.rows(desk, Book.EVENT, ever())
    assert heads[0] == "日期"
    assert row == ("11.20", "慰问", "看独居老人", "3", "600.50", "", "")


@pytest.mark.parametrize("book", Book)
def test_every_register_prints_with_its_rows_and_says_so_when_it_is_empty(desk: Desk, book: Book) -> None:
    assert "这一段没有记" in words(books.pdf(desk, books.sheet(desk, book, ever())), 0)
    seals.add(desk, STAMP)
    reviews.add(desk, MEETING)
    notices.post(desk, SHEET)
    tellings.tell(desk, Telling(None, Channel.HOME, "怎么领", copies=4))
    tellings.hold(desk, Gathering(None, EventKind.ACTIVITY, "重阳节"))
    made = books.sheet(desk, book, ever())
    assert len(made.rows) == 1
    pdf = books.pdf(desk, made)
    assert count(pdf) == 1
    assert "台账" in words(pdf, 0)
    assert "11.20" in words(pdf, 0)
