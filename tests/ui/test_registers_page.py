"""台账 by the hand of a worker: lines entered, refused beside the field, kept, corrected, posted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.registers import notices, reviews, seals, writing
from app.domain.registers.public_notice import Hanging, PublicNotice
from app.domain.registers.review import Review, Verdict
from app.domain.registers.seal import SealEntry
from demo.hand import Hand
from tests.ui.fitting import cut
from tests.ui.laptop import asked, enrolled, go, running, unlock
from tests.unit.actions.test_registers import MEETING, SHEET, STAMP
from ui.bootstrap import Program
from ui.widgets import file_dialogs

OFFICE = (1366, 696)
LAPTOP = (1093, 614)


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        unlock(made)
        made.window.resize(*OFFICE)
        made.window.activateWindow()
        qtbot.waitActive(made.window)
        yield made


def page(program: Program) -> Any:
    assert program.window.workspace is not None
    return program.window.workspace.page()


def every(program: Program, kind: Any) -> Any:
    return asked(program, lambda desk: writing.every(desk, kind))


def fill(desk: Desk) -> None:
    """A line in each register that has a sheet, a day, or something to do."""
    seals.add(desk, replace(STAMP, on=date(2026, 9, 3)))
    reviews.add(desk, MEETING)
    old = notices.post(desk, replace(SHEET, on=date(2026, 11, 3)))
    notices.object_to(desk, old.id, "她儿子在外头挣钱")


def test_a_stamp_is_entered_by_pointing_and_can_be_taken_back_at_once(program: Program) -> None:
    hand = Hand(program)
    go(program, "registers")
    hand.click("记一笔")
    hand.click("盖在哪一种上，申请和上报材料")
    hand.type("盖在什么上", "高龄津贴申请表")
    hand.type("给谁盖的", "pdx")
    hand.pick("彭冬秀")
    hand.type("拿去做什么", "送镇里")
    hand.type("谁批的", "田主任")
    hand.type("谁盖的", "田主任")
    hand.click("记下")
    assert page(program).writing.form.field("sealer").error.startswith("审批的不盖章")
    assert every(program, SealEntry) == ()
    hand.type("谁盖的", "彭文书")
    hand.click("记下")
    (made,) = every(program, SealEntry)
    assert (made.who, made.number, made.sealer) == ("彭冬秀", "2026-0001", "彭文书")
    assert page(program).list.list.rows()[0].title == "彭冬秀：高龄津贴申请表"
    hand.click("撤回")
    assert [one.void for one in every(program, SealEntry)] == [False, True]


def test_a_certificate_the_village_should_not_issue_is_refused_while_it_is_typed(
    program: Program, qtbot: QtBot
) -> None:
    hand = Hand(program)
    go(program, "registers")
    hand.click("记一笔")
    hand.click("盖在哪一种上，证明")
    hand.type("盖在什么上", "亲属关系证明")
    field = page(program).writing.form.field("paper")
    qtbot.waitUntil(lambda: field.error.startswith("亲属关系证明村里不该开"), timeout=20_000)
    hand.click("打一张给她")
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "checklists"


def test_what_was_begun_is_there_after_going_away_and_can_be_thrown_away(program: Program) -> None:
    hand = Hand(program)
    go(program, "registers")
    hand.click("记一笔")
    hand.type("盖在什么上", "低保申请")
    go(program, "today")
    go(program, "registers", book="seal_log")
    hand.wait_for("没记完的一笔：低保申请")
    hand.click("接着记")
    assert page(program).writing.form.paper.value() == "低保申请"
    hand.click("先放一放")
    hand.click("丢掉")
    assert page(program).list.begun_note.isHidden()


def test_the_votes_are_added_up_while_they_are_typed(program: Program) -> None:
    hand = Hand(program)
    go(program, "registers", book="democratic_review")
    hand.click("记一笔")
    form = page(program).writing.form
    hand.type("评议谁家", "jgy")
    hand.pick("蒋桂英")
    hand.click("评议什么事，最低生活保障")
    hand.type("谁主持的", "镇里谷干部")
    hand.type("该到几人", "21")
    hand.type("实到几人", "13")
    assert form.sum.text() == "要到 14 人才算数，这次不能投票。"
    hand.type("实到几人", "18")
    hand.type("同意几票", "17")
    assert form.sum.text() == "该有 18 票，现在 17 票。"
    hand.type("不同意几票", "1")
    assert form.sum.text() == "票数对上了：18 票。"
    hand.type("会上怎么说的", "都说她家难")
    hand.click("记下")
    (made,) = every(program, Review)
    assert (made.verdict, made.agree, made.against, made.attended) == (Verdict.AGREED, 17, 1, 18)


def test_a_notice_says_its_last_day_and_comes_down_once_everybody_is_answered(program: Program) -> None:
    hand = Hand(program)
    asked(program, fill)
    go(program, "today")
    hand.pick("把公示撤下来")
    hand.click("撤下来了")
    assert page(program).view.objections.findChildren(type(page(program).view.objections.more))
    hand.wait_for("还有 1 条意见没有处理，先写怎么处理的。")
    hand.type("怎么处理的", "查了，没有往家里寄钱")
    hand.click("记下处理")
    hand.click("撤下来了")
    (made,) = [one for one in every(program, PublicNotice) if one.on == date(2026, 11, 3)]
    assert made.state is Hanging.DOWN
    hand.wait_for("撤下")


def test_a_notice_is_begun_with_the_days_of_the_pack(program: Program) -> None:
    hand = Hand(program)
    go(program, "registers", book="public_notice")
    hand.click("记一笔")
    hand.click("公示哪一种，初审意见")
    hand.click("什么事，困难残疾人生活补贴")
    hand.wait_for("贴到 11月27日 星期五，第二天撤。")
    assert page(program).writing.form.days.value() == 5, "working days"


def test_a_wrong_line_is_corrected_by_another_that_keeps_its_number(program: Program) -> None:
    hand = Hand(program)
    asked(program, fill)
    go(program, "registers", book="seal_log")
    hand.pick("蒋桂英：高龄津贴申请表")
    hand.click("写错了，更正")
    hand.type("几份", "3")
    hand.click("记下更正")
    old, new = every(program, SealEntry)
    assert (new.copies, new.amends, new.number) == (3, old.id, old.number)
    assert [row.chip for row in page(program).list.list.rows()] == ["", "更正过"]


def test_a_line_is_opened_by_its_id_whichever_register_it_stands_in(program: Program) -> None:
    asked(program, fill)
    (made,) = every(program, Review)
    go(program, "registers", key=made.id)
    Hand(program).settle()
    assert page(program).view.line == made
    assert page(program).list.book.value == "democratic_review"


def test_lines_are_found_by_initials_and_by_words(program: Program) -> None:
    hand = Hand(program)
    asked(program, fill)
    asked(program, lambda desk: seals.add(desk, replace(STAMP, who="彭水生", person="", paper="合同")))
    go(program, "registers", book="seal_log")
    for typed, found in (("pss", ["彭水生：合同"]), ("高龄", ["蒋桂英：高龄津贴申请表"]), ("zzz", [])):
        hand.type("在这一本里找", typed)
        assert [row.title for row in page(program).list.list.rows()] == found
    hand.wait_for("这一段里没有。换一段时间，或者少打一个字再找。")


def test_the_stamps_of_the_last_quarter_are_offered_to_be_posted(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(program)
    asked(program, fill)
    go(program, "registers", book="seal_log")
    hand.wait_for("2026 年第三季度用章还没贴。")
    hand.click("打出来贴")
    assert page(program).face.paper.page_count() == 1
    monkeypatch.setattr(file_dialogs, "ask_save", lambda *_: tmp_path / "用章.png")
    hand.click("存成图片，发群里")
    assert QImage(str(tmp_path / "用章.png")).width() == 1240
    page(program).flow.noted.emit()
    hand.settle()
    form = page(program).writing.form
    assert (form.kind.value(), form.period) == ("seals", "2026-Q3")
    hand.click("贴在哪里，村部公示栏")
    hand.click("谁贴的，向海燕")
    hand.click("记下")
    go(program, "registers", book="seal_log")
    assert page(program).list.owed_note.isHidden()


@pytest.mark.parametrize(("size", "room"), [("standard", OFFICE), ("large", OFFICE), ("largest", LAPTOP)])
def test_nothing_is_cut_at_any_size(program: Program, size: str, room: tuple[int, int]) -> None:
    program.change_settings(replace(program.settings, size=size))
    program.window.resize(*room)
    asked(program, fill)
    hand = Hand(program)
    for book in ("seal_log", "democratic_review", "public_notice", "publicity", "event"):
        go(program, "registers", book=book)
        hand.settle()
        assert cut(page(program)) == [], book
        if rows := page(program).list.list.rows():
            go(program, "registers", book=book, line=rows[0].key)
            hand.settle()
            assert cut(page(program)) == [], f"{book} opened"
        go(program, "registers", new=book)
        hand.settle()
        assert cut(page(program)) == [], f"{book} form"
    go(program, "registers", post=True)
    hand.settle()
    assert cut(page(program)) == [], "the sheet for the wall"
    rail = program.window.workspace.rail if program.window.workspace else None
    assert rail is not None
    boxes = [one.geometry() for one in rail.buttons.values()]
    assert all(one.bottom() < other.top() for one, other in pairwise(boxes)), "places stand apart"
