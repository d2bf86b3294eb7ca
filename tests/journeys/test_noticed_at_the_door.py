"""孙女士 speaks with nobody any more: a visit notices it, and relief follows that she never asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.domain.people.household import Household
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import State, Ticket
from app.domain.visits.visit import Visit
from tests.desks import Clock
from tests.journeys import families, steps
from tests.journeys.families import SUN
from tests.journeys.office import Worker, at_work
from ui.tasks import Tasks


def test_what_she_does_not_say_is_seen_and_helped(look: QApplication, tasks: Tasks, tmp_path: Path) -> None:
    home, she = families.sun()
    with at_work(look, tasks, tmp_path, Clock(), home, she) as hand:
        steps.open_family(hand, "scl", "孙春莲")
        _somebody_looks_in(hand)
        _it_is_noticed(hand)
        steps.sign(hand, "向海燕", "孙春莲")
        (visit,) = hand.do(_every(Visit))
        assert (visit.purpose, visit.answers["mood"]) == ("VP18", "refuse")
        (ticket,) = hand.do(_every(Ticket))
        assert (ticket.channel, ticket.urgent, set(ticket.items)) == ("visit", True, {"DB", "LS"})
        assert hand.do(lambda desk: desk.store.reading.get(Household, SUN)).facts.rigid_fen == 4_300_000

        hand.click("看首访单")
        steps.the_other_side_took_it(hand)
        hand.forward(days=4)
        steps.open_family(hand, "scl", "孙春莲")
        steps.granted(hand, "过日子", "最低生活保障", "650")
        steps.answered(hand, "孙春莲", "低保批了，临时救助 2000 元先给了", "钱在卡上，过几天再来看您")

        assert hand.do(lambda desk: desk.store.reading.get(Household, SUN)).classes == ("DB",)
        (ticket,) = hand.do(_every(Ticket))
        assert ticket.state is State.ARCHIVED
        assert [one for one in hand.do(_every(FollowUp)) if not one.done_at], "she is asked after again"


def _every(kind: Any) -> Any:
    def work(desk: Desk) -> Any:
        return tuple(desk.store.reading.each(kind))

    return work


def _somebody_looks_in(hand: Worker) -> None:
    hand.click("开始走访")
    hand.click("家里有人吗，在家")
    hand.click("为什么来，别的原因")
    hand.click("为什么来，五类人摸排")
    hand.click("见到的是谁，孙春莲")
    hand.click("下一步")
    hand.click("孙春莲，跟上次比，家里人变了没有，变了")
    hand.click("孙春莲，跟上次比，家里人变了没有，得了重病")
    hand.click("下一步")
    hand.click("进的钱、花的钱变了没有，少了")
    hand.type("打工工资", "6000")
    hand.click("打工工资从哪里知道的，自己说的")
    hand.click("其余都是 0")
    hand.type("看病自己掏的", "43000")
    hand.click("看病自己掏的从哪里知道的，看了流水")
    hand.click("其余都是 0")
    hand.click("下一步")


def _it_is_noticed(hand: Worker) -> None:
    hand.click("说话精神怎样，不愿交谈")
    hand.click("孙春莲，身体怎样，有病有残")
    hand.click("孙春莲，身体怎样，重病")
    hand.click("下一步")
    hand.click("要帮什么，基本生活")
    hand.click("过日子紧，要帮")
    hand.click("怎么办，转出去")
    hand.click("转给谁，枫香镇政府")
    hand.click("等得了吗，急难")
    hand.click("下一步")
