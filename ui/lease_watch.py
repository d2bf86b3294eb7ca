"""Says on every page that this computer only looks, for as long as it does, and opens it for a day."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.actions.county_terms import Standing, standing, write_today
from ui import notices
from ui.forms.syncing.terms_words import closed_words
from ui.tasks import Tasks

TOPIC = "lease"


class LeaseWatch(QObject):
    """Looks at unlocking, after each change, and when the county may have been heard; `opened` when records
    may be written again."""

    opened = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._closed = self._ended = False

    def end(self) -> None:
        """The store closes: ask nothing more."""
        self._ended = True

    def look(self, _heard: object = None) -> None:
        """Ask how it stands; a store that cannot be read has its own words."""
        if not self._ended:
            self._tasks.run(self, standing, self._show, lambda _error: None)

    def write_today(self) -> None:
        """She stands before a family: record as ever for today."""
        self._tasks.run(self, write_today, self.look)

    def _show(self, how: Standing) -> None:
        before, self._closed = self._closed, how.closed
        if how.closed and not before:
            words = closed_words(how) + self.tr("没送的照样能送。")
            act = (self.tr("今天照常记"), self.write_today)
            notices.warn(words, *act, closable=False, topic=TOPIC)
        elif before and not how.closed:
            notices.clear(TOPIC)
            self.opened.emit()
