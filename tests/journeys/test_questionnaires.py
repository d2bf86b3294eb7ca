"""On a round she asks what presses, by name at one door and without at others; it is counted and acted on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.domain.surveys.response import SurveyAsked, SurveyResponse
from app.domain.tickets.ticket import Ticket
from tests.desks import Clock
from tests.journeys import families, steps
from tests.journeys.families import SUN
from tests.journeys.office import Worker, at_work
from ui.tasks import Tasks


def test_asked_on_a_visit_counted_and_acted_on(look: QApplication, tasks: Tasks, tmp_path: Path) -> None:
    home, she = families.sun()
    with at_work(look, tasks, tmp_path, Clock(), home, she) as hand:
        steps.open_family(hand, "scl", "孙春莲")
        hand.click("开始走访")
        hand.click("家里有人吗，在家")
        hand.click("顺便问一份问卷")
        hand.click("问哪一份，困难家庭")
        hand.click("记不记名？让本人说，记名")
        hand.click("开始问")
        _answers(hand)
        hand.click("看病吃药有困难")
        hand.click("问完了，存好")
        hand.wait_for("走访 · 孙春莲家")
        (response,) = hand.do(_every(SurveyResponse))
        assert response.household == SUN
        assert response.visit
        (ticket,) = hand.do(_every(Ticket))
        assert (ticket.request, ticket.household) == ("看病吃药有困难", SUN)

        steps.open_family(hand, "scl", "孙春莲")
        hand.click("问一份问卷")
        hand.click("问哪一份，困难家庭")
        hand.click("记不记名？让本人说，不记名")
        hand.click("开始问")
        _answers(hand)
        hand.click("问完了，存好")
        (asked,) = hand.do(_every(SurveyAsked))
        assert asked.household == SUN
        assert len(hand.do(_every(SurveyResponse))) == 1, "it lies in the box"

        hand.click("台账")
        hand.click("问卷")
        hand.pick("困难家庭情况问卷")
        hand.wait_for("问过谁（2 回）")


def _answers(hand: Worker) -> None:
    hand.type("1. 现在一个锅里吃饭的有几个人？", "2")
    for said in (
        "2. 家里有没有这样的人？，得重病的",
        "3. 这一年家里进的钱，比上一年多了还是少了？，差不多",
        "5. 这一年有没有一下子花大钱的事？，没有",
        "7. 国家帮困难人家的政策，您听说过没有？，没听过",
        "9. 近一年您申请过救助没有？，没申请过",
        "12. 眼下最急的是哪几样？最多说三样。，看病吃药",
        "13. 村里、镇里干部给您办事，您觉得怎么样？，4 满意",
        "14. 过些日子我们再来看看您，行不行？，行",
    ):
        hand.click(said)


def _every(kind: Any) -> Any:
    def work(desk: Desk) -> Any:
        return tuple(desk.store.reading.each(kind))

    return work
