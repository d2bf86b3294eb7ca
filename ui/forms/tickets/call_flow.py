"""A call from opening its panel to noting it: what was heard so far is kept, also over a lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.pressing import Entry
from app.actions.tickets import followups
from app.actions.tickets.followups import Call
from app.domain.tickets.followup import FollowUp
from ui import notices
from ui.forms.holding import Holding
from ui.forms.panel import Ask
from ui.forms.tickets.call_panel import CallPanel


class CallFlow(QObject):
    """Drives a CallPanel. `ask` does store work for the page; `noted` when a call was settled, `refused`
    with the error when it could not be; `opened(ticket)` when a hardship got a ticket of its own."""

    noted = Signal()
    opened = Signal(str)
    refused = Signal(object)

    def __init__(self, view: CallPanel, ask: Ask) -> None:
        super().__init__(view)
        self._view, self._ask = view, ask
        self._call = ""
        self.holding = Holding(view, ask, form_drafts.CALL, view.answers)
        view.touched.connect(self.holding.touch)
        view.settled.connect(self._settle)

    def take_up(self, entry: Entry, today: date) -> None:
        """Show the call of `entry` with what was heard of it before."""
        self.put_off()
        call = self._call = entry.followup
        self._view.ask(entry, today)
        self._ask(
            lambda desk: (form_drafts.held(desk, form_drafts.CALL, call), followups.call(desk, call)),
            lambda told: self._go_on(*told),
        )

    def put_off(self) -> None:
        """The panel closes; what was typed is kept."""
        self.holding.hold()
        self.holding.end()
        self._call = ""

    def _go_on(self, kept: Mapping[str, str], call: Call) -> None:
        if self._call == call.followup.id:
            self._view.restore(kept)
            if not kept.get("next_on"):
                self._view.know(call)
            self.holding.begin(self._call, kept)

    def _settle(self, work: Callable[[Desk], object], said: str) -> None:
        call = self._call
        self.holding.end()

        def write(desk: Desk) -> object:
            done = work(desk)
            form_drafts.release(desk, form_drafts.CALL, call)
            return done

        def settled(done: object) -> None:
            self._view.closed.emit()
            self._view.forget()
            notices.saved(said)
            self.noted.emit()
            if isinstance(done, FollowUp) and done.urgent:
                self.opened.emit(done.urgent)

        def failed(error: Exception) -> None:
            if self._call == call:
                self.holding.begin(call)
            self.refused.emit(error)

        self._ask(write, settled, failed)
