"""From the ticket to the slip in her hands, with the very paper in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.tickets import ticket_views, tickets
from app.domain.tickets.ticket import Disposition
from tests.ui.fitting import cut
from tests.ui.ticket_driver import Driver, driving
from ui import theme
from ui.tasks import Tasks


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def _resolved(driver: Driver) -> str:
    ticket = driver.decided(Disposition.INSTANT)
    driver.do(lambda desk: tickets.resolve(desk, ticket, result="到账 1100 元，查给她看了。"))
    driver.open(ticket=ticket)
    return ticket


def test_the_slip_is_one_press_from_the_ticket_and_a_way_back(driver: Driver) -> None:
    driver.decided(Disposition.INSTANT)
    driver.page.view.papers.click()
    driver.settle()
    paper = driver.page.paper
    assert driver.page.stack.currentWidget() is paper
    assert [button.text() for button in paper.papers.buttons] == ["回执单", "存档单"]
    assert paper.pane.paper.page_count() == 1
    assert driver.page.primary is paper.primary
    paper.back_button.click()
    driver.settle()
    assert driver.page.stack.currentWidget() is not paper


def test_what_is_lacking_is_said_and_only_a_draft_is_printed(driver: Driver) -> None:
    ticket = driver.registered()
    driver.open(ticket=ticket)
    driver.page.view.papers.click()
    driver.settle()
    assert "还不能给群众：还没说怎么办。" in driver.words()


def test_a_reply_on_paper_brings_the_slip_and_asks_for_her_hands(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = _resolved(driver)
    driver.panel("reply")
    panel = driver.page.view.panel
    assert panel is not None
    panel.mode.set_value("paper")  # type: ignore[attr-defined]  # a ReplyPanel
    panel.main.click()
    driver.settle()
    paper = driver.page.paper
    assert driver.page.stack.currentWidget() is paper
    assert paper.papers.value() == "ticket-told"
    monkeypatch.setattr("ui.widgets.file_dialogs.ask_save", lambda *_: tmp_path / "slip.pdf")
    paper.save_button.click()
    driver.settle()
    if paper.warning.isVisible():
        paper.warning.do.click()
        driver.settle()
    assert (tmp_path / "slip.pdf").is_file()
    assert paper.hands.isVisible()
    paper.hands.good.click()
    driver.settle()
    assert driver.ticket(ticket).receipt_at is not None
    story = driver.do(lambda desk: ticket_views.story(desk, ticket))
    assert story.events[0].verb == "回音单交到手里"  # type: ignore[attr-defined]  # a Story


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_the_papers_fit_the_smallest_screen(sized: theme.Size, driver: Driver) -> None:
    rail = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}[sized]
    driver.page.resize(1366 - rail, 628)
    driver.decided(Disposition.INSTANT)
    driver.page.view.papers.click()
    driver.settle()
    QApplication.processEvents()
    assert driver.page.width() <= 1366 - rail
    assert not cut(driver.page)
    if not driver.page.paper.pane.wide:  # the paper stands behind a button, and there is a way back
        driver.page.paper.pane.look.click()
        QApplication.processEvents()
        assert driver.page.paper.pane.paper.isVisible()
        assert driver.page.paper.pane.look.isVisible()
        driver.page.paper.pane.look.click()
        assert driver.page.paper.papers.isVisible()
