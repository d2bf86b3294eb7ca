"""One ticket is followed to its end on the page, and never closed without a result and a reply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.actions.tickets import ticket_drafts, ticket_views, tickets
from app.actions.visits import visits
from app.domain.tickets.ticket import Disposition, State
from tests.facts import GRANNY, HOME
from tests.ui.ticket_driver import Driver, driving
from tests.ui.village import GRANDSON
from ui import notices
from ui.forms.tickets.ticket_reply import FaceScreen, ReplyPanel
from ui.tasks import Tasks


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def test_locked_boxes_say_why(driver: Driver) -> None:
    driver.open(ticket=driver.registered())
    boxes = driver.page.view.boxes.boxes
    assert [box.item.state for box in boxes] == ["done", "locked", "locked"]
    boxes[2].click()
    assert driver.page.view.why.lead.text() == "先有结果，才能填"
    boxes[1].click()
    assert driver.page.view.why.lead.text() == "先说怎么办，才能填"
    assert driver.page.view.panel is None


def test_the_foot_of_the_story_is_in_sight_however_long_the_side_is(driver: Driver) -> None:
    driver.decided(Disposition.TRANSFER, "枫香镇政府")
    view, area = driver.page.view, driver.page._one
    filler = QWidget()
    filler.setFixedHeight(900)
    view._side.addWidget(filler)
    driver.settle()
    for button in (view.papers, view.checklist, view.withdraw):
        end = button.mapTo(area.viewport(), QPoint(0, button.height())).y()
        assert button.isVisible()
        assert end <= area.viewport().height()


def test_the_whole_way_to_the_archive(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.press()
    driver.press()
    assert driver.problem("result") == "还没有结果，不能办结。先写一句办成什么样。"
    driver.page.findChild(QPlainTextEdit).setPlainText("到账 1100 元，查给她看了。")
    driver.press()
    assert driver.ticket(ticket).state is State.RESOLVED
    assert "154-0000 3013" in driver.words(), "the number to call her back on"
    driver.press()
    driver.press()
    assert driver.problem("reply_mode") == "还没告诉群众，不能归档。怎么告诉的？"
    panel = driver.page.view.panel
    assert isinstance(panel, ReplyPanel)
    panel.mode.buttons[0].click()
    panel.faces.faces[0].click()
    panel.rated.buttons[0].click()
    driver.press()
    kept = driver.ticket(ticket)
    assert (kept.state, kept.satisfaction, kept.rated_by) == (State.REPLIED, 5, "本人")
    driver.press()
    assert driver.ticket(ticket).state is State.ARCHIVED
    assert driver.page.primary is None
    assert "已归档，只能看。" in driver.words()
    assert not driver.page.view.withdraw.isVisible()


def test_a_face_turned_down_opens_the_matter_again(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.do(lambda desk: tickets.resolve(desk, ticket, result="办了"))
    driver.open(ticket=ticket)
    driver.press()
    panel = driver.page.view.panel
    assert isinstance(panel, ReplyPanel)
    panel.mode.buttons[1].click()
    panel.turn()
    (screen,) = driver.page.window().findChildren(FaceScreen)
    screen.faces.faces[4].click()
    screen.back.click()
    assert panel.faces.value() == 1
    assert panel.again.isVisible()
    with notices.recorded() as heard:
        driver.press()
    assert [notice.words for notice in heard] == ["记下了。这张单要重新办，12月11日前改好。"]
    assert driver.ticket(ticket).state is State.IN_PROGRESS


def test_a_face_needs_somebody_who_pointed(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.do(lambda desk: tickets.resolve(desk, ticket, result="办了"))
    driver.open(ticket=ticket)
    driver.press()
    panel = driver.page.view.panel
    assert isinstance(panel, ReplyPanel)
    panel.mode.buttons[0].click()
    panel.faces.faces[1].click()
    driver.press()
    assert driver.problem("rated_by") == "是谁指的？选一个。"
    panel.rated.buttons[2].click()
    assert panel.faces.value() == 0, "不愿评 takes the face back"
    driver.press()
    kept = driver.ticket(ticket)
    assert (kept.satisfaction, kept.rated_by) == (None, "不愿评")


@pytest.mark.parametrize(
    ("choice", "words", "state"),
    [(0, "", State.IN_PROGRESS), (1, "", State.TRANSFERRED), (2, "归县里管", State.TRIAGED)],
)
def test_the_call_to_the_other_side_is_noted(driver: Driver, choice: int, words: str, state: State) -> None:
    ticket = driver.decided(Disposition.TRANSFER, "派出所")
    assert "问派出所：收了没有" in driver.words()
    driver.press()
    panel = driver.page.view.panel
    assert panel is not None
    panel.outcome.buttons[choice].click()  # type: ignore[attr-defined]  # a CalledPanel
    panel.words.set_value(words)  # type: ignore[attr-defined]  # a CalledPanel
    driver.press()
    assert driver.ticket(ticket).state is state


def test_waiting_for_the_court_stops_the_clock_and_a_call_settles_what_was_due(driver: Driver) -> None:
    ticket = driver.decided(Disposition.TRANSFER, "派出所")
    driver.panel("wait")
    driver.press()
    assert driver.problem("whom")
    assert driver.problem("waiting_for") == "在等什么？写一句，下次好问。"
    panel = driver.page.view.panel
    assert panel is not None
    panel.whom.buttons[1].click()  # type: ignore[attr-defined]  # a WaitPanel
    panel.what.set_value("法院判决")  # type: ignore[attr-defined]  # a WaitPanel
    driver.press()
    assert driver.page.head.pill.text == "停表：等法院判决"
    assert "11月27日提醒您再问。" in driver.words()
    driver.panel("asked")
    panel = driver.page.view.panel
    assert panel is not None
    panel.outcome.buttons[1].click()  # type: ignore[attr-defined]  # nobody answered
    driver.press()
    assert "11月21日提醒您再问。" in driver.words()
    assert driver.ticket(ticket).state is State.WAITING_EXTERNAL


def test_the_second_trip_asks_what_went_wrong(driver: Driver) -> None:
    ticket = driver.decided(Disposition.TRANSFER, "派出所")
    for number in (1, 2):
        driver.panel("trip")
        panel = driver.page.view.panel
        assert panel is not None
        panel.place.set_value("派出所")  # type: ignore[attr-defined]  # a TripPanel
        panel.outcome.buttons[0].click()  # type: ignore[attr-defined]  # a TripPanel
        driver.press()
        assert len(driver.ticket(ticket).trips) == 1
        if number == 2:
            assert driver.problem("cause") == "又跑了一趟。是什么没弄好？选一个。"
            panel.cause.buttons[1].click()  # type: ignore[attr-defined]  # a TripPanel
            driver.press()
    assert driver.ticket(ticket).trips[1].cause == "W02"


def test_esc_goes_back_and_a_refresh_behind_an_open_panel_loses_no_word(driver: Driver, qtbot: QtBot) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.press()
    box = driver.page.findChild(QPlainTextEdit)
    box.setPlainText("写了一半")
    driver.page.refresh()
    driver.settle()
    driver.open()
    driver.open(ticket=ticket)
    assert driver.page.findChild(QPlainTextEdit).toPlainText() == "写了一半"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert driver.page.view.panel is None
    assert driver.page.view.story_card.isVisible()


def test_taking_a_matter_back_asks_why_and_offers_to_keep_it(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.page.view.withdraw.click()
    panel = driver.page.view.panel
    assert panel is not None
    assert panel.title.text() == "蒋桂英这件事不办了？"
    driver.press()
    assert driver.problem("why") == "为什么不办了？写一句。"
    panel.words.set_value("家里自己办了")  # type: ignore[attr-defined]  # a WithdrawPanel
    driver.press()
    assert driver.ticket(ticket).state is State.WITHDRAWN


def test_a_checklist_is_begun_for_whom_she_came(driver: Driver) -> None:
    ticket = driver.registered(items=("GE",), subject=GRANDSON)
    driver.do(lambda desk: tickets.decide(desk, ticket, Disposition.TRANSFER, to="派出所"))
    driver.open(key=ticket)
    driver.page.view.checklist.click()
    driver.page.view.wanted.emit("relief")
    whole = {"new": True, "item": "GE", "person": GRANNY, "beneficiary": GRANDSON, "ticket": ticket}
    assert driver.went == [
        ("checklists", whole),
        ("checklists", {**whole, "item": "LS", "beneficiary": ""}),
    ]


def test_what_was_begun_in_a_panel_is_there_again_after_a_lock(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.press()
    driver.page.findChild(QPlainTextEdit).setPlainText("写了一半")
    driver.page.leave()
    driver.settle()
    assert driver.do(lambda desk: ticket_drafts.held(desk, ticket)) == {"result": {"result": "写了一半"}}
    driver.page.view.close_panel()
    driver.open(ticket=ticket)
    driver.press()
    assert driver.page.findChild(QPlainTextEdit).toPlainText() == "写了一半"
    driver.press()
    assert driver.do(lambda desk: ticket_drafts.held(desk, ticket)) == {}
    assert driver.ticket(ticket).result == "写了一半"


def test_three_finer_faces_and_promised_money_are_kept_with_the_reply(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.do(lambda desk: tickets.resolve(desk, ticket, result="批了"))
    driver.open(ticket=ticket)
    driver.press()
    panel = driver.page.view.panel
    assert isinstance(panel, ReplyPanel)
    panel.mode.buttons[0].click()
    panel.turn()
    (screen,) = driver.page.window().findChildren(FaceScreen)
    assert not screen.more.isVisible(), "first the one that counts"
    screen.faces.faces[0].click()
    screen.more.click()
    screen.faces.faces[1].click()  # 办得快不快：满意
    screen.back.click()
    assert panel.finer.text() == "办得快不快：满意"
    panel.pay.which.buttons[1].click()  # 已经发了
    driver.press()
    kept = driver.ticket(ticket)
    assert [(one.score, one.speed, one.by) for one in kept.ratings] == [(5, 4, "本人")]
    story = driver.do(lambda desk: ticket_views.story(desk, ticket))
    assert [one.rule for one in story.followups] == ["paid"]  # type: ignore[attr-defined]  # a Story


def test_a_reply_given_on_a_visit_needs_a_visit_of_today(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.do(lambda desk: tickets.resolve(desk, ticket, result="批了"))
    driver.open(ticket=ticket)
    driver.press()
    panel = driver.page.view.panel
    assert isinstance(panel, ReplyPanel)
    panel.mode.set_value("visit")
    driver.press()
    assert "先开走访" in driver.problem("reply_mode")
    visit = driver.do(lambda desk: visits.begin(desk, HOME, purpose="VP14"))
    driver.press()
    assert driver.ticket(ticket).reply_visit == visit.id
