"""小馨's case: her father's ability is judged, relief comes for her and is raised, a helper is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.domain.people.household import Household
from app.domain.people.person import ParentState, Person
from app.domain.tickets.ticket import State, Ticket
from app.domain.visits.pairing import Pairing
from tests.desks import Clock
from tests.journeys import families, steps
from tests.journeys.families import XIN, XIN_FATHER, XIN_GIRL
from tests.journeys.office import Worker, at_work
from ui.tasks import Tasks


def test_one_family_several_matters_one_first_receiver(
    look: QApplication, tasks: Tasks, tmp_path: Path
) -> None:
    with at_work(look, tasks, tmp_path, Clock(), *families.xin()) as hand:
        _her_father_asks(hand)
        _the_hospital_judges(hand)
        hand.forward(days=10)
        _the_judgement_is_on_the_register(hand)
        _policy_finds_her(hand)
        steps.granted(hand, "孩子", "事实无人抚养儿童补贴", "1100", "唐小馨")
        steps.granted(hand, "过日子", "最低生活保障", "1300")
        _somebody_stands_by_them(hand)
        _the_father_hears(hand)

        girl, father = (hand.do(lambda desk, one=one: _person(desk, one)) for one in (XIN_GIRL, XIN_FATHER))
        assert (girl.receives("SW"), girl.receives("DB"), father.receives("SW")) == (True, True, False)
        assert girl.parents[0].state is ParentState.SEVERE_ILLNESS
        assert father.work_ability == "none"
        home = hand.do(lambda desk: desk.store.reading.get(Household, XIN))
        assert (home.classes, home.category) == (("DB",), "B")
        (pairing,) = hand.do(_every(Pairing))
        assert (pairing.household, pairing.since) == (XIN, date(2026, 11, 30))
        (ticket,) = hand.do(_every(Ticket))
        assert (ticket.state, ticket.received_by) == (State.ARCHIVED, "w-xiang")


def _person(desk: Desk, person: str) -> Person:
    return desk.store.reading.get(Person, person)


def _every(kind: Any) -> Any:
    def work(desk: Desk) -> Any:
        return tuple(desk.store.reading.each(kind))

    return work


def _her_father_asks(hand: Worker) -> None:
    hand.click("新首访单")
    hand.type("找来的人", "tjg")
    hand.pick("唐建国")
    hand.click("为谁的事来，唐小馨")
    hand.click("下一步")
    hand.type("照她的原话写", "我查出食道癌，做不得事了，伢儿怎么办。")
    hand.click("登记取号")
    hand.click("转出去")
    hand.click("转给谁，枫香镇政府")
    hand.click("是哪一种，来申请办事")
    hand.click("就这么办")


def _the_hospital_judges(hand: Worker) -> None:
    hand.click("等别人")
    hand.click("在等谁，等公安、法院、医院")
    hand.type("等什么", "劳动能力鉴定")
    hand.click("存好，到时提醒我问")
    hand.wait_for("停表")


def _the_judgement_is_on_the_register(hand: Worker) -> None:
    hand.click("首访单")
    hand.click("看哪些单子，等别人")
    hand.pick("唐建国")
    hand.click("来了，接着办")
    hand.type("记一句", "鉴定下来了：完全丧失劳动能力")
    hand.click("接着办")
    steps.open_family(hand, "tjg", "唐建国")
    hand.click("改唐建国的情况")
    hand.click("做得了事吗，无")
    hand.click("改好了")


def _policy_finds_her(hand: Worker) -> None:
    hand.click("改唐小馨的情况")
    hand.click("爸爸现在怎样，管不了")
    hand.click("爸爸现在怎样，重病")
    for part, text in (("年", "2026"), ("月", "5"), ("日", "12")):
        hand.type(f"爸爸现在怎样，从哪天起，{part}", text)
    hand.click("改好了")
    hand.wait_for("符合，事实无人抚养儿童补贴，唐小馨")


def _somebody_stands_by_them(hand: Worker) -> None:
    hand.click("走访安排")
    hand.click("结对帮扶，记一个")
    hand.type("帮扶人", "覃爱华")
    hand.type("哪个单位的", "枫香镇中心小学")
    hand.type("电话", "15400003399")
    hand.click("记下")
    hand.wait_for("覃爱华")


def _the_father_hears(hand: Worker) -> None:
    hand.click("首访单")
    hand.click("看哪些单子，我的")
    result = "小馨的补贴每月 1100 元，低保提到 1300 元"
    steps.answered(hand, "唐建国", result, "两样都批了，学校覃老师常来看小馨")
