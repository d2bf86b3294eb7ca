"""Asks the store what the list of households should show; only the answer to the latest question is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from app.actions.village import finding
from app.actions.village.finding import Find, Findings, Group
from ui.forms.households.household_list import HouseholdList

Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]


class HouseholdSearch(QObject):
    """Ties `shown` to the store by the page's `run`. `only_one(record)`: no doubt who is meant."""

    only_one = Signal(str)

    def __init__(self, run: Run, shown: HouseholdList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run, self._list = run, shown
        self.groups: tuple[Group, ...] = ()
        self._group = ""
        self._asked = 0
        shown.asked.connect(self._search)
        shown.group_asked.connect(self._open_group)

    def know(self, groups: tuple[Group, ...]) -> None:
        """The village's groups; shown while nothing else is asked."""
        self.groups = groups
        self.again()

    def again(self) -> None:
        """Ask once more what was asked last: records have changed, or the letters have."""
        if self._list.box.query():
            self._search(self._list.box.query(), again=True)
        else:
            self._open_group(self._group)

    def _search(self, query: str, *, again: bool = False) -> None:
        if not query:
            self._open_group("")
            return
        self._group = ""
        number = self._next()

        def work(desk: Desk) -> tuple[Findings, Findings]:
            return finding.people(desk, query), finding.households(desk, query)

        def done(found: tuple[Findings, Findings]) -> None:
            if number != self._asked:
                return
            self._list.show_found(query, *found)
            people = found[0]
            if people.total == 1 and people.shown[0].mark and not again:
                self.only_one.emit(people.shown[0].record)

        self._run(work, done)

    def _open_group(self, name: str) -> None:
        self._group = name
        number = self._next()
        if not name:
            self._list.show_groups(self.groups)
            return

        def done(homes: tuple[Find, ...]) -> None:
            if number == self._asked:
                self._list.show_group(name, homes)

        self._run(lambda desk: finding.in_group(desk, name), done)

    def _next(self) -> int:
        self._asked += 1
        return self._asked
