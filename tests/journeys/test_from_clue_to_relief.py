"""朱猛's case on the pages: a clue, a visit of two, a ticket, the whole household on 低保 the month after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.actions.desk import Desk
from app.actions.village import benefits
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.registers.clue import Clue
from app.domain.tickets.ticket import State, Ticket
from app.domain.visits.visit import Visit, VisitState
from tests.desks import Clock
from tests.facts import NOW
from tests.journeys import families, steps
from tests.journeys.families import ZHU
from tests.journeys.office import Worker, at_work
from tests.ui.photographing import picture
from ui.tasks import Tasks

MONTH_AFTER = date(2026, 12, 1)


@pytest.fixture
def shots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What her telephone took at the door, one for each kind; asked for one after the other."""
    taken = [str(picture(tmp_path, f"{name}.jpg", 600 + place)) for place, name in enumerate(("a", "b", "c"))]
    left = iter(taken)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([next(left)], ""))
    return taken


def test_the_whole_household_is_taken_in_the_month_after(
    look: QApplication, tasks: Tasks, tmp_path: Path, shots: list[str]
) -> None:
    home, members = families.zhu()
    with at_work(look, tasks, tmp_path, Clock(), home, *members) as hand:
        _the_county_s_list_names_them(hand)
        _two_go_and_ask(hand)
        _everything_is_signed(hand)
        visit = hand.do(_only(Visit))
        assert (visit.state, visit.purpose, len(visit.signatures)) == (VisitState.SIGNED, "VP05", 3)
        assert len(visit.answers["photos"]) == len(shots)
        ticket = hand.do(_only(Ticket))
        assert (ticket.visit, ticket.urgent, ticket.items) == (visit.id, True, ("DB", "LS"))

        hand.click("看首访单")
        steps.the_other_side_took_it(hand)
        hand.forward(days=(MONTH_AFTER - NOW.date()).days + 4)
        steps.open_family(hand, "zdy", "朱大勇")
        steps.granted(hand, "过日子", "最低生活保障", "1360")
        steps.answered(hand, "李小梅", "整户纳入低保，12 月起每月 1360 元", "低保批了，钱打到卡上")
        _the_clue_is_settled(hand)

        assert hand.do(lambda desk: desk.store.reading.get(Household, ZHU)).classes == ("DB",)
        assert all(one.receives("DB") for one in hand.do(_family))
        (line,) = hand.do(lambda desk: benefits.of_household(desk, ZHU))
        assert (line.on, len(line.people), line.ticket) == (MONTH_AFTER, 4, ticket.id)
        assert hand.do(_only(Ticket)).state is State.ARCHIVED
        clue = hand.do(_only(Clue))
        assert (clue.conclusion, clue.covered) == ("relief", 4)


def _family(desk: Desk) -> tuple[Person, ...]:
    return desk.store.reading.where(Person, household=ZHU)


def _only(kind: Any) -> Any:
    def work(desk: Desk) -> Any:
        (found,) = desk.store.reading.each(kind)
        return found

    return work


def _the_county_s_list_names_them(hand: Worker) -> None:
    hand.click("台账")
    hand.click("线索")
    hand.click("记一条线索")
    hand.type("是谁家", "zdy")
    hand.pick("朱大勇")
    hand.click("怎么知道的，部门比对")
    hand.click("看到什么，住院自付高")
    hand.type("怎么说的", "一年住院自己花了十几万")
    hand.type("涉及几个人", "4")
    hand.click("记下线索")
    hand.click("去看一趟")


def _two_go_and_ask(hand: Worker) -> None:
    hand.click("家里有人吗，在家")
    hand.click("见到的是谁，李小梅 妻")
    hand.type("谁一起去的，还有谁，写名字", "田志强")
    hand.click("下一步")
    hand.click("其余都没变")
    hand.click("朱大勇，做什么事，做不了事")
    hand.click("李小梅，做什么事，在家照看")
    hand.click("下一步")
    _their_money(hand)
    hand.click("下一步")
    for child in ("朱小虎", "朱小燕"):
        hand.click(f"{child}，孩子安不安全，看着好")
    hand.click("住的什么房，砖混")
    hand.click("危房等级，不是危房")
    hand.click("朱大勇，身体怎样，有病有残")
    hand.click("朱大勇，身体怎样，重病")
    hand.click("身体怎样，其余都没大病")
    hand.click("下一步")
    _what_is_to_be_done(hand)
    hand.click("下一步")


def _their_money(hand: Worker) -> None:
    hand.click("其余都是 0")
    hand.click("打工工资从哪里知道的，自己说的")
    hand.click("种地从哪里知道的，自己说的")
    hand.type("看病自己掏的", "15万")
    hand.click("看病自己掏的从哪里知道的，看了流水")
    hand.click("其余都是 0")
    hand.click("存款（全家加起来），1 万以下")
    hand.click("车和大农机，都没有")
    hand.click("名下几处房，一处")
    hand.click("门面、公司，没有")


def _what_is_to_be_done(hand: Worker) -> None:
    hand.click("要帮什么，基本生活")
    hand.click("过日子紧，要帮")
    hand.click("怎么办，转出去")
    hand.click("转给谁，枫香镇政府")
    hand.click("等得了吗，急难")
    hand.click("看下来，看着符合")
    hand.type("为什么这么看", "主劳力换肾，一年没收入，自己花了十五万")


def _everything_is_signed(hand: Worker) -> None:
    for kind in ("入户合影", "住房", "主要困难凭据"):
        hand.click(f"{kind}，还差一张")
        hand.click("选电脑里的文件")
    steps.sign(hand, "向海燕", "田志强", "李小梅")


def _the_clue_is_settled(hand: Worker) -> None:
    hand.click("台账")
    hand.click("线索")
    hand.pick("朱大勇")
    hand.click("结论，低保特困")
    hand.click("定下来")
