"""A long list grows as its end comes into sight: the next rows are fetched, and those there stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from ui.forms.panel import Ask, Work
from ui.widgets.rows import Row, RowList

Fetch = Callable[[int], Work]  # the work that gives what follows the first so many
Take = Callable[[Any], Sequence[Row]]


class Paging(QObject):
    """`begin` after the first rows stand in the list; `stop` when others will."""

    def __init__(self, shown: RowList, ask: Ask) -> None:
        super().__init__(shown)
        self._list, self._ask = shown, ask
        self._fetch: Fetch | None = None
        self._take: Take = tuple
        self._turn = 0  # answers to an older list are not shown in a newer one
        self._busy = False
        shown.near_end.connect(self._next)

    def begin(self, fetch: Fetch, take: Take) -> None:
        """`fetch(skip)` is asked for more, `take` makes rows of its answer; no row ends it."""
        self.stop()
        self._fetch, self._take = fetch, take

    def stop(self) -> None:
        """Nothing more comes."""
        self._fetch, self._busy = None, False
        self._turn += 1

    def _next(self) -> None:
        if self._fetch is None or self._busy:
            return
        self._busy, turn = True, self._turn
        there = sum(not row.heading for row in self._list.rows())
        self._ask(self._fetch(there), lambda found: self._came(turn, found))

    def _came(self, turn: int, found: Any) -> None:
        if turn != self._turn:
            return
        self._busy = False
        rows = self._take(found)
        if rows:
            self._list.add_rows(rows)
        else:
            self._fetch = None
