"""The registers refuse what the rules of the village refuse, and say at which field and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app import packs
from app.domain.locks import guard
from app.domain.packs.proof import Proof
from app.domain.problem import UserError
from app.domain.record import Record, from_body, to_body
from app.domain.registers import REGISTERS, period, public_notice, publicity, review, seal
from app.domain.registers.entry import standing
from app.domain.registers.event import Event, EventKind
from app.domain.registers.public_notice import Hanging, NoticeKind, Objection, PublicNotice
from app.domain.registers.publicity import Channel, Publicity
from app.domain.registers.review import Recusal, Review, ReviewRules, Verdict
from app.domain.registers.seal import Assembly, SealEntry, SealUse
from tests.facts import HOME, NOW, VILLAGE, person

TODAY = NOW.date()
PROOFS: tuple[Proof, ...] = packs.load(packs.reference()).proofs_at(VILLAGE, TODAY)
STAMP = SealEntry(
    "s-1",
    VILLAGE,
    TODAY,
    SealUse.APPLICATION,
    "高龄津贴申请表",
    "蒋桂英",
    "送镇里",
    "田主任",
    "彭文书",
    "w",
    NOW,
)
MEETING = Review(
    id="r-1", village=VILLAGE, on=TODAY, household=HOME, item="DB", recorded_by="w", recorded_at=NOW,
    who="蒋桂英", host="镇里谷干部", expected=21, attended=18, representatives=14,
    recused=(Recusal("蒋大山"),), agree=15, against=1, abstain=1, minutes="都说她家难",
)  # fmt: skip
SHEET = PublicNotice(
    "n-1", VILLAGE, TODAY, NoticeKind.OPINION, "低保初审意见", "村部公示栏", "向海燕", "w", NOW,
    item="DB", household=HOME, shown="蒋** 茶园组", days=7, until=date(2026, 11, 27),
)  # fmt: skip


def at(problems: tuple[object, ...]) -> list[str]:
    return [one.field for one in problems]  # type: ignore[attr-defined]  # problems carry the field they are at


@pytest.mark.parametrize(
    "found",
    [
        period.month_of(TODAY),
        period.quarter_of(TODAY),
        period.year_of(TODAY),
        period.ever(),
        period.between(TODAY, None),
        period.between(TODAY, TODAY),
    ],
)
def test_a_stretch_of_time_is_found_again_by_its_key(found: period.Period) -> None:
    assert period.of_key(found.key) == found


def test_a_stamp_with_everything_said_may_be_set() -> None:
    assert seal.problems(STAMP, PROOFS, TODAY) == ()


@pytest.mark.parametrize("sealer", ["田主任", " 田 主任 "])
def test_whoever_approves_does_not_stamp(sealer: str) -> None:
    (problem,) = seal.problems(replace(STAMP, sealer=sealer), PROOFS, TODAY)
    assert problem.field == "sealer"
    assert "审批的不盖章" in problem.words


@pytest.mark.parametrize("proof", PROOFS, ids=lambda one: one.code)
def test_no_certificate_of_the_list_is_stamped(proof: Proof) -> None:
    asked = replace(STAMP, use=SealUse.PROOF, paper=proof.title, basis="某条")
    (problem,) = seal.problems(asked, PROOFS, TODAY)
    assert problem.field == "paper"
    assert problem.words.startswith(f"{proof.title}村里不该开")
    assert proof.instead in problem.words


def test_a_certificate_that_no_law_asks_for_is_not_stamped() -> None:
    asked = replace(STAMP, use=SealUse.PROOF, paper="居住在本村的说明")
    assert at(seal.problems(asked, PROOFS, TODAY)) == ["basis"]
    assert seal.problems(replace(asked, basis="户口登记条例"), PROOFS, TODAY) == ()


def test_a_matter_of_weight_is_stamped_only_after_vote_and_notice() -> None:
    deal = replace(STAMP, use=SealUse.CONTRACT, paper="鱼塘承包合同", major=True)
    assert at(seal.problems(deal, PROOFS, TODAY)) == ["voted_on"]
    voted = replace(deal, voted_on=date(2026, 11, 10), voted_by=Assembly.VILLAGERS)
    assert at(seal.problems(voted, PROOFS, TODAY)) == ["noticed_until"]
    (running,) = seal.problems(replace(voted, noticed_until=TODAY), PROOFS, TODAY)
    assert "11月20日才结束" in running.words
    assert seal.problems(replace(voted, noticed_until=date(2026, 11, 19)), PROOFS, TODAY) == ()
    late = replace(voted, voted_on=date(2026, 11, 21), noticed_until=date(2026, 11, 19))
    assert at(seal.problems(late, PROOFS, TODAY)) == ["voted_on"]


def test_what_was_not_said_is_asked_for_at_its_field() -> None:
    empty = replace(STAMP, paper="", who=" ", why="", approver="", sealer="", copies=0)
    asked = ["paper", "who", "why", "copies", "approver", "sealer"]
    assert at(seal.problems(empty, PROOFS, TODAY)) == asked
    assert at(seal.problems(replace(STAMP, on=date(2026, 11, 21)), PROOFS, TODAY)) == ["on"]


def test_a_review_whose_numbers_fit_is_carried() -> None:
    assert review.problems(MEETING, ReviewRules(), TODAY, kin_of_staff=False) == ()
    assert review.verdict(MEETING, ReviewRules()) is Verdict.AGREED


def test_votes_are_those_who_came_less_those_who_kept_out() -> None:
    (problem,) = review.problems(replace(MEETING, agree=16), ReviewRules(), TODAY, kin_of_staff=False)
    assert problem.field == "agree"
    assert problem.words == "票数对不上：到会 18 人，回避 1 人，该有 17 票，现在 18 票。"


def test_too_few_people_do_not_vote() -> None:
    small = replace(MEETING, attended=13, representatives=10)
    assert at(review.problems(small, ReviewRules(), TODAY, kin_of_staff=False)) == ["agree"]
    none = replace(small, agree=0, against=0, abstain=0)
    assert review.problems(none, ReviewRules(), TODAY, kin_of_staff=False) == ()
    assert review.verdict(none, ReviewRules()) is Verdict.TOO_FEW
    assert review.verdict(replace(small, attended=14), ReviewRules()) is not Verdict.TOO_FEW


def test_two_thirds_of_those_who_came_carry_it() -> None:
    assert review.verdict(replace(MEETING, agree=12), ReviewRules()) is Verdict.AGREED
    assert review.verdict(replace(MEETING, agree=11), ReviewRules()) is Verdict.REFUSED
    assert review.verdict(replace(MEETING, agree=9), ReviewRules(approval=Fraction(1, 2))) is Verdict.AGREED


def test_kin_of_an_official_keep_out_or_have_not_come() -> None:
    open_vote = replace(MEETING, recused=(), agree=16)
    assert at(review.problems(open_vote, ReviewRules(), TODAY, kin_of_staff=True)) == ["recused"]
    absent = replace(open_vote, kin_absent=True)
    assert review.problems(absent, ReviewRules(), TODAY, kin_of_staff=True) == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"expected": 0}, "expected"),
        ({"attended": 0}, "attended"),
        ({"attended": 22}, "attended"),
        ({"representatives": 19}, "representatives"),
        ({"household": ""}, "who"),
        ({"item": ""}, "item"),
        ({"host": ""}, "host"),
        ({"minutes": ""}, "minutes"),
        ({"on": date(2026, 11, 21)}, "on"),
    ],
)
def test_numbers_of_a_meeting_are_held_against_each_other(wrong: dict[str, object], field: str) -> None:
    told = replace(MEETING, **wrong)  # type: ignore[arg-type]  # one wrong value at a time
    assert field in at(review.problems(told, ReviewRules(), TODAY, kin_of_staff=False))


def test_a_county_may_want_more_people_and_more_villagers() -> None:
    strict = ReviewRules(least=20, representatives=Fraction(4, 5))
    assert "representatives" in at(review.problems(MEETING, strict, TODAY, kin_of_staff=False))
    assert review.verdict(MEETING, strict) is Verdict.TOO_FEW


def test_a_notice_of_a_family_may_hang() -> None:
    item = packs.load(packs.reference()).item("DB")
    assert public_notice.problems(SHEET, item, person(), TODAY) == ()
    assert public_notice.masked(person(), "茶园组 3号") == "蒋** 茶园组"


@pytest.mark.parametrize("code", ["GE", "SW"])
def test_a_childs_matter_is_never_posted(code: str) -> None:
    item = packs.load(packs.reference()).item(code)
    (problem,) = public_notice.problems(replace(SHEET, item=code), item, person(), TODAY)
    assert problem.field == "item"
    assert problem.words == "孩子的事不公示，不贴墙。"


def test_nobody_under_age_or_of_unknown_age_is_posted() -> None:
    item = packs.load(packs.reference()).item("TK")
    for birth in (date(2010, 1, 1), None):
        (problem,) = public_notice.problems(SHEET, item, person(birth=birth, id_number=None), TODAY)
        assert problem.field == "who"


@pytest.mark.parametrize(
    "words", ["身份证 43990119540101302X", "电话 154 0000 1108", "打 15400001108", "蒋桂英家的低保"]
)
def test_no_number_and_no_whole_name_hangs_on_the_wall(words: str) -> None:
    item = packs.load(packs.reference()).item("DB")
    assert at(public_notice.problems(replace(SHEET, what=words), item, person(), TODAY)) == ["what"]


def test_a_notice_comes_down_when_its_days_are_over_and_every_objection_is_answered() -> None:
    assert not SHEET.over(date(2026, 11, 27))
    assert SHEET.over(date(2026, 11, 28))
    with pytest.raises(UserError, match="过了那天再撤"):
        public_notice.taken_down(SHEET, date(2026, 11, 27), "向海燕")
    doubted = public_notice.objected(SHEET, Objection(TODAY, "她儿子在外头挣钱"))
    with pytest.raises(UserError, match="还有 1 条意见"):
        public_notice.taken_down(doubted, date(2026, 11, 28), "向海燕")
    told = public_notice.answered(doubted, 0, "查了，没有往家里寄钱")
    down = public_notice.taken_down(told, date(2026, 11, 28), "向海燕")
    assert down.state is Hanging.DOWN
    assert not down.over(date(2026, 12, 30))
    with pytest.raises(UserError, match="已经撤下来"):
        public_notice.taken_down(down, date(2026, 11, 29), "向海燕")


def test_publicity_wants_to_know_what_was_said() -> None:
    told = Publicity("p-1", VILLAGE, TODAY, Channel.LOUDSPEAKER, "高龄津贴怎么领", "w", NOW, reached=300)
    assert publicity.problems(told, TODAY) == ()
    assert at(publicity.problems(replace(told, what="", copies=-1), TODAY)) == ["what", "copies"]


GIFT = Event("e-1", VILLAGE, TODAY, EventKind.CARE, "看独居老人", "w", NOW, people=3, money_fen=60_000)
TOLD = Publicity("p-1", VILLAGE, TODAY, Channel.HOME, "怎么领", "w", NOW, items=("GL",), copies=4)


@pytest.mark.parametrize("record", [STAMP, MEETING, SHEET, TOLD, GIFT], ids=lambda one: one.TYPE)
def test_a_line_comes_back_from_its_body_and_is_never_rewritten(record: Record) -> None:
    body = to_body(record)
    assert from_body(type(record), record.id, record.village, body) == record
    with pytest.raises(UserError, match="另记一笔更正"):
        guard(record.TYPE, body, {"on"})


def test_every_register_is_only_added_to() -> None:
    for kind in REGISTERS:
        with pytest.raises(UserError):
            guard(kind.TYPE, {}, {"recorded_by"})


def test_what_happens_to_a_notice_afterwards_may_be_written_until_it_is_down() -> None:
    guard("public_notice", to_body(SHEET), {"objections"})
    down = replace(SHEET, state=Hanging.DOWN)
    guard("public_notice", to_body(down), {"photos"})
    with pytest.raises(UserError, match="撤下来了"):
        guard("public_notice", to_body(down), {"objections"})


def test_a_corrected_line_counts_once_and_one_taken_back_not_at_all() -> None:
    mended = replace(STAMP, id="s-2", copies=2, amends="s-1")
    assert standing((STAMP, mended)) == (mended,)
    assert standing((STAMP, mended, replace(mended, id="s-3", amends="s-2", void=True))) == ()
