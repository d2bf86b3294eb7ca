"""Every face of the ticket page fits the smallest screen at every letter size, with one filled button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.tickets.ticket import Disposition
from tests.ui.fitting import cut
from tests.ui.ticket_driver import Driver, driving
from ui import theme
from ui.pages.tickets import TicketsPage
from ui.tasks import Tasks
from ui.widgets.words import Button


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_face_of_the_page_fits_the_smallest_screen(sized: theme.Size, driver: Driver) -> None:
    rail = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}[sized]
    driver.page.resize(1366 - rail, 628)
    ticket = driver.decided(Disposition.TRANSFER, "枫香镇民政办")
    for key in ("", "decide", "called", "wait", "reply", "trip"):
        driver.page.view.close_panel()
        if key:
            driver.panel(key)
        QApplication.processEvents()
        _fits(driver.page, f"{ticket} {key}")
        if not key:  # the number people say is never out of reach
            shown = (driver.page.head.number, driver.page.view.receiver)
            number = driver.ticket(ticket).short_number
            assert sum(one.isVisible() and number in one.text() for one in shown) == 1
    driver.page.view.close_panel()
    driver.open(new=True)
    _fits(driver.page, "new")


def _fits(page: TicketsPage, where: str) -> None:
    assert page.width() <= 1190, where
    assert not cut(page), where
    for one in page.findChildren(QWidget):
        speaks = isinstance(one, QAbstractButton | QLineEdit | QPlainTextEdit)
        if speaks and one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            text = one.text() if isinstance(one, QAbstractButton) else ""
            assert one.accessibleName() or text, (where, one)
            assert one.height() >= 40, (where, text)
    filled = [one for one in page.findChildren(Button) if one.isVisible() and one.property("role") == "main"]
    assert len(filled) <= 1, (where, [one.text() for one in filled])
