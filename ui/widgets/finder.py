"""The search of the top bar: waits for a pause in typing, asks, and shows the answer under the box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.hits import HitPanel, Hits
from ui.widgets.search_box import SearchBox

PAUSE_MS = 120
Search = Callable[[str, Callable[[list[Hits]], None]], None]


class Finder(QObject):
    """Joins `box` to a panel floating on `holder`. `opened(key)` for a result, `left` on Esc.

    `search(query, show)` may answer late: an answer to an older question is dropped.
    """

    opened = Signal(str)
    left = Signal()

    def __init__(self, box: SearchBox, holder: QWidget, search: Search | None) -> None:
        super().__init__(holder)
        self._box, self._holder, self._search = box, holder, search
        self.panel = HitPanel(holder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        box.asked.connect(lambda query: self._pause.start() if query else self.close())
        box.stepped_in.connect(self.panel.enter)
        box.confirmed.connect(self.panel.open_first)
        box.dismissed.connect(self.left)
        self.panel.left.connect(box.setFocus)
        self.panel.opened.connect(self._open)

    def close(self) -> None:
        """Take the results away; what was typed stays."""
        self._pause.stop()
        self.panel.hide()

    def place(self) -> None:
        """Stand under the box; called when the window changes size."""
        corner = self._box.mapTo(self._holder, QPoint(0, self._box.height()))
        room = self._holder.height() - corner.y() - 24
        self.panel.place(corner.x(), corner.y() + 6, self._box.width(), room)

    def _ask(self) -> None:
        query = self._box.query()
        if self._search is None or not query:
            return

        def show(groups: list[Hits]) -> None:
            if query == self._box.query():
                self.panel.show_hits(query, groups)
                self.place()

        self._search(query, show)

    def _open(self, key: str) -> None:
        self._box.clear()
        self.close()
        self.opened.emit(key)
