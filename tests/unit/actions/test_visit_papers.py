"""The papers of visits: the sheet says what was said and no more, drafts are told from signed ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.actions.desk import Desk
from app.actions.visits import visit_papers, visit_sitting, visits
from app.domain.problem import UserError
from app.domain.visits.visit import Visit
from app.store import Store
from tests.desks import Clock
from tests.facts import HOME
from tests.unit.actions.at_home import BOY, desk_at_home, every_word, told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return desk_at_home(store, clock)


def signed(desk: Desk) -> Visit:
    return visit_sitting.finish(desk, told(visit_sitting.start(desk, HOME).visit))


def test_a_signed_visit_prints_what_was_said_with_its_seal(desk: Desk) -> None:
    visit = signed(desk)
    text = every_word(visit_papers.sheet(desk, visit.id))
    for said in (
        "入户走访记录表", "蒋桂英家", "茶园组3号", "月入户", "在家，见到蒋桂英", "种地1800元看了流水",
        "打工：没有0元", "1800元", "屋顶漏雨", "转出去：镇民政办", "纸上按了手印", visit.seal[:12],
    ):  # fmt: skip
        assert said in text, said
    number = visit_sitting.look(desk, visit.id).tickets[0].short_number
    assert number in text
    assert "未签" not in text


def test_a_child_s_safety_is_never_on_the_paper_the_family_signs(desk: Desk) -> None:
    visit = told(
        visit_sitting.start(desk, HOME).visit, child_safety={BOY: "danger"}, child_reported=["police"]
    )
    finished = visit_sitting.finish(desk, visit)
    text = every_word(visit_papers.sheet(desk, finished.id))
    for word in ("有人伤害", "110", "孩子安", "报告"):
        assert word not in text


def test_a_draft_is_marked_unsigned_with_room_for_every_hand(desk: Desk) -> None:
    draft = told(visit_sitting.start(desk, HOME).visit, signatures=None, signing=None, strokes=None)
    visits.keep(desk, draft)
    text = every_word(visit_papers.sheet(desk, draft.id))
    assert "未签：念一遍" in text
    assert "向海燕____年" in text
    assert "封存号" not in text


def test_what_a_draft_has_not_asked_yet_can_be_ticked_on_paper(desk: Desk) -> None:
    draft = told(visit_sitting.start(desk, HOME).visit, purpose="VP04", signatures=None)
    visits.keep(desk, draft)
    text = every_word(visit_papers.sheet(desk, draft.id))
    assert "□1万以下□1到3万" in text
    assert "蒋桂英：□没大病" in text


def test_a_correction_prints_both_and_each_says_which_holds(desk: Desk, clock: Clock) -> None:
    first = signed(desk)
    clock.forward(days=2)
    draft = visit_sitting.correct(desk, first.id).visit
    second = visit_sitting.finish(desk, told(draft, farm_crop={"fen": 160_000, "kind": "told"}))
    for visit in (first, second):
        pdf = visit_papers.sheet(desk, visit.id)
        text = every_word(pdf)
        assert text.index("这是更正：更正2026年11月20日那一份") < text.index("2026年11月22日更正过")
        assert "1600元" in text
        assert "1800元" in text
        assert {first.seal[:12], second.seal[:12]} <= {text[at : at + 12] for at in range(len(text))}


def test_a_signed_sheet_does_not_wait_for_a_correction_that_is_not_signed(desk: Desk) -> None:
    first = signed(desk)
    draft = visit_sitting.correct(desk, first.id).visit
    assert "更正" not in every_word(visit_papers.sheet(desk, first.id))
    assert "这是更正" in every_word(visit_papers.sheet(desk, draft.id))


def test_the_same_visit_gives_the_same_bytes(desk: Desk) -> None:
    visit = signed(desk)
    assert visit_papers.sheet(desk, visit.id) == visit_papers.sheet(desk, visit.id)


def test_a_paper_of_a_visit_that_is_gone_says_so(desk: Desk) -> None:
    with pytest.raises(UserError):
        visit_papers.sheet(desk, replace(visit_sitting.start(desk, HOME).visit, id="gone").id)
