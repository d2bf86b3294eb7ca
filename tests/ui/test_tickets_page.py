"""The board and a new ticket: registered in a minute, with a number before anything is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions.tickets import ticket_drafts
from app.domain.tickets.ticket import State
from tests.facts import GRANNY, HOME
from tests.ui.conftest import compose
from tests.ui.ticket_driver import Driver, driving
from tests.ui.village import GRANDSON
from ui.tasks import Tasks


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def test_the_board_sorts_by_who_must_act(driver: Driver) -> None:
    driver.registered()
    driver.open()
    board = driver.page.board
    assert [button.text() for button in board.tabs.buttons] == ["我的 1", "等别人 1", "今天到期", "办结"]
    assert [row.title for row in board.list.rows()] == ["蒋桂英：伢儿读书钱冒得。"]
    board.tabs.buttons[1].click()
    (row,) = board.list.rows()
    assert row.title == "蒋桂英：孤儿基本生活费"
    assert row.note.startswith("转给了枫香镇民政办，还没收 · 茶园组 3号")
    assert (row.chip, bool(row.chip_icon)) == ("还剩 5 个工作日", True)
    board.tabs.buttons[2].click()
    assert board.empty.text.text() == "今天没有到期的。"
    board.tabs.buttons[2].click()
    assert board.tabs.value() == "due", "one of the four is always in sight"


def test_an_empty_board_says_what_to_do_first(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    with driving(qtbot, tasks, tmp_path, furnished=False) as driver:
        board = driver.page.board
        assert "先登记取号" in board.empty.text.text()
        board.empty.button.click()
        driver.settle()
        assert driver.page.form is not None


def test_a_villager_is_registered_in_three_steps(driver: Driver) -> None:
    driver.open(new=True)
    form = driver.page.form
    assert form is not None
    compose(form.who.finder.box, "j'g'y")  # while the input method is on
    driver.settle()
    assert [row.title for row in form.who.finder.list.rows()] == ["蒋桂英", "蒋桂英"]
    assert "同名 2 人" in driver.words()
    rows = {row.note.split(" · ")[0]: row.key for row in form.who.finder.list.rows()}
    driver.press()
    assert form.who.who_field.error, "nobody was pointed at yet"
    form.who.finder.list.opened.emit(rows["茶园组 3号"])
    driver.settle()
    assert form.who.who_field.error == ""
    grandson = next(one for one in form.who.subject.buttons if one.option.words == "何子航")
    assert form.focusWidget() in form.who.subject.buttons, "the keyboard goes on where she is asked next"
    grandson.click()
    driver.press()
    form.what.request.setPlainText("媳妇走了，伢儿读书钱冒得。")
    form.what.items.kinds.buttons[0].click()
    form.what.items.choices.buttons[0].click()
    form.what.urgent.buttons[0].click()
    assert "急难先救，缺的材料后补。别让人等。" in driver.words()
    driver.press()
    assert form.ticket is not None, "it takes its number before anybody says what to do"
    assert form.number.text() == form.ticket.short_number
    assert driver.ticket(form.ticket.id).state is State.REGISTERED
    number = form.ticket.id
    form.course.picker.cards[1].click()
    form.course.where.buttons[0].click()
    driver.press()
    kept = driver.ticket(number)
    assert (kept.visitor, kept.subject, kept.urgent) == (GRANNY, GRANDSON, True)
    assert kept.state is State.TRANSFERRED
    assert driver.page.form is None
    assert kept.short_number in driver.words()


def test_a_stranger_needs_no_identity_number(driver: Driver) -> None:
    driver.open(new=True)
    form = driver.page.form
    assert form is not None
    form.who.kind.buttons[1].click()
    driver.press()
    assert driver.problem("visitor_name") == "怎么称呼？写个姓也行。"
    form.who.name.set_value("张过路")
    form.who.phone.set_value("15400009999")
    driver.press()
    driver.press()
    assert driver.problem("request") == "来办什么事？照她的原话写一句。"
    form.what.request.setPlainText("问去县里的车。")
    driver.press()
    form.course.picker.cards[0].click()
    driver.press()
    assert "张过路：问去县里的车。" in driver.words()


def test_what_is_half_written_is_kept_and_gone_on_with(driver: Driver) -> None:
    driver.open(new=True, household=HOME, person=GRANNY)
    form = driver.page.form
    assert form is not None
    form.what.request.setPlainText("屋漏了。")
    driver.open()
    assert driver.page.board.draft.lead.text() == "没写完的 1 份：蒋桂英"
    driver.page.board.resumed.emit(driver.do(ticket_drafts.unfinished)[0])  # type: ignore[index]  # drafts
    driver.settle()
    assert driver.page.form is not None
    assert driver.page.form.what.request.value() == "屋漏了。"
    driver.press()
    assert driver.page.form.ticket is not None
    driver.open()
    assert not driver.page.board.draft.isVisible()


def test_a_ticket_begun_is_gone_on_with_from_elsewhere(driver: Driver) -> None:
    kept = ticket_drafts.NewTicket(id="draft-1", request="低保怎么停了")
    driver.page.run(lambda desk: ticket_drafts.keep(desk, kept))
    driver.open(draft="draft-1")
    form = driver.page.form
    assert form is not None
    assert form.what.request.value() == "低保怎么停了"
