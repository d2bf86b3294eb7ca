"""李奶奶 walks to the desk for a stamp that is not due: she is spared the paper and the second walk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import told_of
from app.domain.tickets.ticket import State, Ticket
from tests.desks import Clock
from tests.journeys import families
from tests.journeys.office import Worker, at_work
from ui.tasks import Tasks

WORDS = "学校要村里盖个章，才给我孙子减学费。"
SCHOOL = "枫香镇中心小学"


def only(desk: Desk) -> Ticket:
    (ticket,) = desk.store.reading.each(Ticket)
    return ticket


def test_she_is_spared_the_stamp_and_the_second_walk(
    look: QApplication, tasks: Tasks, tmp_path: Path
) -> None:
    with at_work(look, tasks, tmp_path, Clock(), *families.li()) as hand:
        _says_what_she_wants(hand)
        _the_school_is_asked_for_her(hand)
        hand.forward(days=3)
        _the_school_has_answered(hand)
        _she_is_told_at_home(hand)
        ticket = hand.do(only)
        assert (ticket.state, ticket.trips, ticket.satisfaction) == (State.ARCHIVED, (), 5)
        assert ticket.received_by == ticket.owner == "w-xiang"
        verbs = [one.verb for one in hand.do(lambda desk: told_of(desk, ticket.id))]
        assert verbs[0] == "登记"
        assert verbs[-1] == "归档"


def _says_what_she_wants(hand: Worker) -> None:
    hand.click("新首访单")
    hand.type("找来的人", "ljx")
    hand.pick("李菊香")
    hand.click("下一步")
    hand.type("照她的原话写", WORDS)
    hand.click("要不要开证明，要开证明")
    hand.click("登记取号")


def _the_school_is_asked_for_her(hand: Worker) -> None:
    hand.click("转出去")
    hand.click("转给谁，别的地方")
    hand.type("哪个地方", SCHOOL)
    hand.click("就这么办")
    hand.wait_for(f"转给{SCHOOL}")


def _the_school_has_answered(hand: Worker) -> None:
    hand.click("首访单")
    hand.click("看哪些单子，等别人")
    hand.pick("李菊香")
    hand.click("有结果了")
    hand.type("写一句结果", "学校查了特困名册，学费免了，不用盖章")
    hand.click("存好，去回话")


def _she_is_told_at_home(hand: Worker) -> None:
    hand.click("回了话，记下来")
    hand.click("怎么告诉李菊香的，当面")
    hand.type("怎么说的", "学费免了，不用再跑")
    hand.click("5 非常满意")
    hand.click("本人指的")
    hand.click("回了话，记下来")
    hand.click("办结归档")
    hand.wait_for("已归档，只能看")
