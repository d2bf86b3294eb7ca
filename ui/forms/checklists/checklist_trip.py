"""又跑了一趟, written down from the list she carried: the next list of anybody may be better for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.checklists import checklist_after
from app.actions.checklists.checklist_views import Opened
from app.domain.problem import Problem
from ui import notices
from ui.forms.aside import clear
from ui.forms.panel import Ask, Work
from ui.forms.tickets.ticket_trip import TripForm
from ui.widgets.words import Button


class ChecklistTrip(QWidget):
    """`noted` when a walk was kept, `left` when the worker goes back without one."""

    noted = Signal()
    left = Signal()

    def __init__(self, ask: Ask, lacking: Callable[[Iterable[Problem]], None]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._ask, self._lacking = ask, lacking
        self.form: TripForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def primary(self) -> Button | None:
        """The filled button of the form."""
        return self.form.main if self.form else None

    def begin(self, opened: Opened, *, narrow: bool) -> None:
        """A walk of whoever this list was made for."""
        clear(self._column)
        key = opened.checklist.id
        form = self.form = TripForm(
            len(opened.trips) + 1,
            opened.causes,
            opened.today,
            lambda desk, trip: checklist_after.add_trip(desk, key, trip),
        )
        index = opened.checklist.next_step
        if opened.checklist.steps:
            form.place.set_value(opened.checklist.steps[index].place.name)
        form.lacking.connect(self._lacking)
        form.left.connect(self.left)
        form.submitted.connect(self._submit)
        form.stack(narrow=narrow)
        self._column.addWidget(form)
        form.start()

    def _submit(self, work: Work) -> None:
        self._ask(work, lambda _: self._kept())

    def _kept(self) -> None:
        notices.saved(self.tr("记下了。下一张清单更准。"))
        self.noted.emit()
