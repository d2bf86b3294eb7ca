"""Short ways to do on the ticket page what a worker does, on a real store behind its own thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.tickets import ticket_views, tickets
from app.domain.tickets.ticket import Disposition, Ticket
from tests.facts import GRANNY, HOME
from tests.ui.village import asked, open_village
from ui.pages.tickets import TicketsPage
from ui.tasks import Tasks

Went = list[tuple[str, dict[str, object]]]


class Driver:
    """The page, and short ways to do what a worker does on it."""

    def __init__(self, page: TicketsPage, tasks: Tasks) -> None:
        self.page, self.tasks = page, tasks
        self.went: Went = []
        page.navigate.connect(lambda name, params: self.went.append((name, params)))

    def open(self, **params: object) -> None:
        self.page.open(**params)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):  # an outcome may ask for the next thing
            assert self.tasks.wait_idle()
            QApplication.processEvents()

    def press(self) -> None:
        assert self.page.primary is not None
        self.page.primary.click()
        self.settle()

    def panel(self, key: str) -> None:
        self.page.view.open_panel(key)

    def registered(self, **more: object) -> str:
        """A new matter of 蒋桂英's, opened on the page."""
        words = "伢儿读书钱冒得。"

        def register(desk: Desk) -> Ticket:
            return tickets.register(desk, request=words, household=HOME, visitor=GRANNY, **more)  # type: ignore[arg-type]  # keyword facts of a test

        return self.do(register).id

    def decided(self, how: Disposition, to: str = "") -> str:
        ticket = self.registered()
        self.do(lambda desk: tickets.decide(desk, ticket, how, to=to))
        self.open(ticket=ticket)
        return ticket

    def do(self, work: object) -> Ticket:
        return asked(self.tasks, self.page, work)  # type: ignore[arg-type]  # any work on a desk

    def ticket(self, ticket: str) -> Ticket:
        return self.do(lambda desk: ticket_views.story(desk, ticket).ticket)

    def words(self) -> str:
        """Everything that can be read on the page now."""
        seen = [one.text() for one in self.page.findChildren(QLabel) if one.isVisible()]
        return "\n".join(seen)

    def problem(self, field: str) -> str:
        return str(self.page.findChild(QWidget, f"field:{field}").error)  # type: ignore[attr-defined]  # a Field


@contextmanager
def driving(qtbot: QtBot, tasks: Tasks, folder: Path, *, furnished: bool = True) -> Iterator[Driver]:
    """The page open on its board, at the size it has on the smallest screen."""
    page = TicketsPage(tasks)
    qtbot.addWidget(page)
    page.resize(1190, 628)
    open_village(tasks, page, folder, furnished=furnished)
    page.show()
    driver = Driver(page, tasks)
    driver.open()
    yield driver
    tasks.close(lambda desk: desk.store.close())
