"""What is rarely needed of a ticket is done by pointing: parts, papers that follow, joining, explaining."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.tickets import courses, joining, subtasks, ticket_drafts, tickets
from app.domain.roles import Role
from app.domain.tickets.handling import Explanation
from app.domain.tickets.ticket import Disposition, State
from tests.ui.ticket_driver import Driver, driving
from ui.tasks import Tasks
from ui.widgets.row_stack import RowStack
from ui.widgets.words import Button

TRANSFER = Disposition.TRANSFER


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def panel(driver: Driver) -> Any:
    assert driver.page.view.panel is not None
    return driver.page.view.panel


def click(driver: Driver, text: str) -> None:
    """Press the visible button that says `text`."""
    found = [one for one in driver.page.findChildren(Button) if one.isVisible() and one.text() == text]
    assert len(found) == 1, f"{text}: {len(found)} buttons"
    found[0].click()
    driver.settle()


def open_row(driver: Driver, qtbot: QtBot, name: str) -> None:
    """Open the first row of a card with Enter."""
    (rows,) = [one for one in driver.page.findChildren(RowStack) if one.accessibleName() == name]
    rows.setFocus()
    rows.choose_first()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    driver.settle()


def test_a_part_is_asked_for_followed_and_over(driver: Driver, qtbot: QtBot) -> None:
    ticket = driver.decided(TRANSFER, "派出所")
    click(driver, "请别处协办")
    driver.press()
    assert driver.problem("who") == "请谁协办？选一个地方，或写上。"
    panel(driver).who.buttons[-1].click()
    panel(driver).typed.set_value("镇卫生院")
    panel(driver).what.set_value("开诊断书")
    driver.press()
    assert "协办 0/1" in driver.words()
    assert "主办：派出所" in driver.words()
    open_row(driver, qtbot, "协办 0/1")
    driver.press()
    assert driver.problem("part_outcome") == "办好了没有？选一个。"
    panel(driver).outcome.buttons[0].click()
    panel(driver).words.set_value("诊断书开好了")
    driver.press()
    assert "协办 1/1" in driver.words()
    (part,) = driver.do(lambda desk: subtasks.of_ticket(desk, ticket))
    assert (part.who, part.result) == ("镇卫生院", "诊断书开好了")


def test_no_result_while_somebody_is_still_at_it_unless_it_is_said_why(driver: Driver) -> None:
    ticket = driver.decided(TRANSFER, "派出所")
    driver.do(lambda desk: subtasks.ask(desk, ticket, who="镇卫生院", what="开诊断书"))
    driver.open(ticket=ticket)
    click(driver, "有结果了")
    panel(driver).words.set_value("办好了")
    driver.press()
    assert driver.problem("despite") == "镇卫生院还没办完。不等了的，写明为什么。"
    panel(driver).despite.set_value("用不上了")
    driver.press()
    assert driver.ticket(ticket).state is State.RESOLVED


def test_a_paper_that_follows_is_noted_and_comes(driver: Driver) -> None:
    ticket = driver.registered(urgent=True)
    driver.open(ticket=ticket)
    assert "急难先救助，缺材料后补" in driver.words()
    assert driver.page.head.pill.text == "还剩 48 小时"
    click(driver, "容缺先办")
    panel(driver).paper.set_value("诊断证明")
    panel(driver).by.buttons[0].click()
    driver.press()
    assert "诊断证明\n11月27日前补" in driver.words()
    click(driver, "补来了")
    assert "诊断证明\n今天补来了" in driver.words()
    assert driver.ticket(ticket).owed[0].brought_on is not None


def test_two_tickets_become_one_and_both_citizens_hear_back(driver: Driver, qtbot: QtBot) -> None:
    main = driver.decided(TRANSFER, "派出所")
    other = driver.registered()
    driver.open(ticket=other)
    click(driver, "和别的单是一件事")
    driver.press()
    assert driver.problem("merged_into") == "和哪一张是一件事？选一张。"
    wanted = driver.ticket(main).short_number
    next(one for one in panel(driver).into.buttons if wanted in one.text()).click()
    panel(driver).kind.buttons[0].click()
    driver.press()
    assert driver.ticket(other).state is State.MERGED
    assert f"并到 {wanted} 里办" in driver.words()
    assert not driver.page.view.withdraw.isVisible()
    open_row(driver, qtbot, "和它一件事的单")
    assert driver.page.head.number.text().endswith(wanted)
    driver.do(lambda desk: tickets.resolve(desk, main, result="户口补好了"))
    driver.open(ticket=other)
    assert f"{wanted} 的结果：户口补好了" in driver.words()
    driver.press()
    panel(driver).mode.buttons[1].click()
    driver.press()
    assert driver.ticket(other).state is State.ARCHIVED


def test_the_same_citizen_twice_is_a_duplicate_and_a_merged_one_can_stand_alone(driver: Driver) -> None:
    main, twice, apart = driver.decided(TRANSFER, "派出所"), driver.registered(), driver.registered()
    driver.open(ticket=twice)
    driver.panel("join")
    wanted = driver.ticket(main).short_number
    next(one for one in panel(driver).into.buttons if wanted in one.text()).click()
    panel(driver).kind.buttons[1].click()
    driver.press()
    assert driver.ticket(twice).state is State.DUPLICATE
    assert f"登记重了，在 {wanted} 里办。" in driver.words()
    driver.do(lambda desk: joining.merge(desk, apart, main))
    driver.open(ticket=apart)
    click(driver, "拆出来，单独办")
    driver.press()
    assert driver.problem("note") == "为什么要单独办？写一句。"
    panel(driver).words.set_value("她的情况不一样")
    driver.press()
    assert driver.ticket(apart).state is State.TRIAGED


def test_who_took_it_is_written_down_with_their_number(driver: Driver) -> None:
    ticket = driver.decided(TRANSFER, "派出所")
    driver.press()
    panel(driver).outcome.buttons[0].click()
    panel(driver).by.set_value("田志强")
    panel(driver).number.set_value("甲12")
    driver.press()
    taken = driver.ticket(ticket).taken
    assert taken is not None
    assert (taken.by, taken.number) == ("田志强", "甲12")
    assert "田志强接的，对方编号 甲12" in driver.words()


def test_a_deliberation_asks_who_decided(driver: Driver) -> None:
    ticket = driver.decided(Disposition.DELIBERATION, "枫香镇政府")
    driver.press()
    panel(driver).outcome.buttons[0].click()
    driver.press()
    assert driver.problem("by") == "谁定的？写上是哪个会或哪个人。"
    panel(driver).by.set_value("党政联席会")
    panel(driver).words.set_value("给 500 元")
    panel(driver).how.buttons[0].click()
    driver.press()
    decision = driver.ticket(ticket).decision
    assert decision is not None
    assert (decision.by, decision.words, decision.how) == ("党政联席会", "给 500 元", "开会定的")


def test_against_the_rules_needs_its_basis_and_the_towns_word(driver: Driver) -> None:
    ticket = driver.decided(Disposition.EXPLAIN)
    driver.press()
    panel(driver).nature.buttons[1].click()
    driver.press()
    for field in ("points", "basis", "right_notice", "accept_level"):
        assert driver.problem(field), field
    panel(driver).points.buttons[-1].click()
    panel(driver).basis.set_value("办法第八条")
    panel(driver).right.buttons[0].click()
    panel(driver).level.buttons[1].click()
    driver.press()
    kept = driver.ticket(ticket)
    assert (kept.state, kept.nature, kept.provisional) == (State.RESOLVED, "unreasonable", True)
    assert "镇里再看一遍" not in [one.text() for one in driver.page.findChildren(Button)]


def test_the_officer_of_the_town_agrees_on_the_page(driver: Driver) -> None:
    ticket = driver.decided(Disposition.EXPLAIN)
    given = Explanation(("为什么办不了",), "办法第八条", "understood", right_notice=True)
    driver.do(lambda desk: courses.explained(desk, ticket, given, nature="out_of_scope"))
    as_officer(driver)
    driver.open(ticket=ticket)
    click(driver, "镇里再看一遍")
    driver.press()
    assert driver.problem("agreed") == "同意还是不同意？选一个。"
    panel(driver).agreed.buttons[0].click()
    driver.press()
    assert not driver.ticket(ticket).provisional


def test_what_nobody_took_is_back_when_the_ticket_is_opened(driver: Driver) -> None:
    ticket = driver.decided(TRANSFER, "派出所")
    later(driver, days=4)
    driver.open(ticket=ticket)
    assert "派出所没接，退回来了" in driver.words()
    assert driver.page.head.pill.text == "没人接，退回来了"
    assert driver.ticket(ticket).state is State.TRIAGED


def test_the_buttons_of_a_long_panel_stay_in_sight(driver: Driver) -> None:
    driver.decided(Disposition.EXPLAIN)
    driver.press()
    panel(driver).nature.buttons[1].click()
    driver.settle()
    main, page = panel(driver).main, driver.page
    assert main.mapTo(page, main.rect().bottomLeft()).y() <= page.height()


def test_words_begun_in_a_panel_of_a_part_are_kept(driver: Driver) -> None:
    ticket = driver.decided(TRANSFER, "派出所")
    part = driver.do(lambda desk: subtasks.ask(desk, ticket, who="镇卫生院", what="开诊断书"))
    driver.open(ticket=ticket)
    driver.panel(f"part:{part.id}")
    panel(driver).words.set_value("写了一半")
    driver.page.leave()
    driver.settle()
    held = driver.do(lambda desk: ticket_drafts.held(desk, ticket))
    assert held[f"part:{part.id}"]["part_result"] == "写了一半"


def as_officer(driver: Driver) -> None:
    """Another person sits down at the same computer."""
    driver.do(lambda desk: object.__setattr__(desk, "role", Role.OFFICER))


def later(driver: Driver, **by: float) -> None:
    def forward(desk: Desk) -> None:
        desk.clock.forward(**by)  # type: ignore[attr-defined]  # the clock of tests

    driver.do(forward)
