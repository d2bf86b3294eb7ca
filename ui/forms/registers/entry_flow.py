"""What can be done with a line that is opened: a notice answered or taken down, a line taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from app.actions.registers import notices, writing
from app.actions.registers.writing import Line
from ui import notices as mouth
from ui.forms.panel import Ask
from ui.forms.registers.entry_view import EntryView


class EntryFlow(QObject):
    """Drives an EntryView; `changed` when it says something else now, `gone` when it counts no more."""

    changed = Signal()
    gone = Signal()

    def __init__(self, view: EntryView, ask: Ask) -> None:
        super().__init__(view)
        self._view, self._ask = view, ask
        view.taken_back.connect(self._take_back)
        view.down.connect(lambda: self._act(lambda desk, line: notices.take_down(desk, line)))
        view.objected.connect(
            lambda words, by: self._act(lambda desk, line: notices.object_to(desk, line, words, by=by))
        )
        view.handled.connect(
            lambda place, words: self._act(lambda desk, line: notices.answer(desk, line, place, words))
        )

    def _act(self, work: Callable[[Desk, str], Any]) -> None:
        line: Line | None = self._view.line
        if line is None:
            return
        key = line.id

        def done(_told: object) -> None:
            mouth.saved()
            self.changed.emit()

        self._ask(lambda desk: work(desk, key), done)

    def _take_back(self) -> None:
        line: Any = self._view.line
        if line is not None:
            self._ask(
                lambda desk: writing.take_back(desk, type(line), line.id), lambda _none: self.gone.emit()
            )
