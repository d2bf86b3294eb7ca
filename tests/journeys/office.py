"""A worker's window over a real encrypted store, without a county: for journeys within the village."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.store import Store
from demo.hand import Hand
from tests import strays
from tests.desks import Clock, desk_on
from tests.policy import COUNTY
from ui.pages.checklists import ChecklistsPage
from ui.pages.clues import CluesPage
from ui.pages.households import HouseholdsPage
from ui.pages.paper import PaperPage
from ui.pages.paperwork import PaperworkPage
from ui.pages.policies import PoliciesPage
from ui.pages.printing import PrintingPage
from ui.pages.registers import RegistersPage
from ui.pages.reports import ReportsPage
from ui.pages.surveys import SurveysPage
from ui.pages.tickets import TicketsPage
from ui.pages.today import TodayPage
from ui.pages.visits import VisitsPage
from ui.rooms import DOORS
from ui.tasks import Tasks
from ui.workspace import Factory, Workspace

T = TypeVar("T")
KEY = bytes(range(32))
# The smallest screen: 1366 by 768 without the system's two bars.
WIDTH, HEIGHT = 1366, 696
PAGES = {
    "today": TodayPage,
    "households": HouseholdsPage,
    "visits": VisitsPage,
    "tickets": TicketsPage,
    "checklists": ChecklistsPage,
    "printing": PrintingPage,
    "paper": PaperPage,
    "paperwork": PaperworkPage,
    "clues": CluesPage,
    "reports": ReportsPage,
    "surveys": SurveysPage,
    "policies": PoliciesPage,
}


class Office(QObject):
    """What a `Hand` works on: a window and the thread of its store."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.tasks = tasks
        factories: dict[str, Factory] = {name: _builder(kind, tasks) for name, kind in PAGES.items()}
        factories["registers"] = lambda: RegistersPage(tasks, DOORS)
        self.window = Workspace(factories, village="青石垭村", worker="向海燕")
        self.window.resize(WIDTH, HEIGHT)


def _builder(kind: Any, tasks: Tasks) -> Factory:
    return lambda: kind(tasks)


class Worker(Hand):
    """A hand in an office; `do` looks into the store behind the pages, `forward` lets time pass."""

    def __init__(self, office: Office, clock: Clock) -> None:
        super().__init__(cast(Any, office))
        self.office, self.clock = office, clock

    def do(self, work: Callable[[Desk], T]) -> T:
        """What `work(desk)` says, on the store's thread."""
        heard: list[T] = []
        self.office.tasks.run(self.office, work, heard.append)
        self.settle()
        (found,) = heard
        return found

    def go(self, page: str, **params: Any) -> None:
        """Come to a page as a link of another would."""
        self.office.window.go(page, **params)
        self.settle()

    def forward(self, **by: float) -> None:
        """Time passes, and the day's page is opened anew."""
        self.clock.forward(**by)
        self.go("today")


@contextmanager
def at_work(app: QApplication, tasks: Tasks, folder: Path, clock: Clock, *families: Any) -> Iterator[Worker]:
    """A worker before today's page of a village in which `families` live."""

    def opener() -> Desk:
        desk = desk_on(Store(folder / "store.db", KEY, create=True), clock, COUNTY)
        desk = replace(desk, files=folder / "files")
        with desk.unit("roster") as unit:
            for record in families:
                unit.save(record)
        return desk

    office = Office(tasks)
    tasks.open(office, opener)
    tasks.wait_idle()
    office.window.show()
    with strays.none_shown(app):
        worker = Worker(office, clock)
        worker.go("today")
        yield worker
        page = office.window.page()
        if page is not None:
            page.leave()
        tasks.wait_idle()
    tasks.close(lambda desk: desk.store.close())
    # Not left to the collector: what lives on is styled anew by every later test that changes letters.
    shiboken6.delete(office.window)
    shiboken6.delete(office)
