"""已经有一张: the ticket the one being written may repeat, and the choice to go on with that."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import Signal

from app.actions.desk import Desk
from app.actions.tickets import ticket_drafts
from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.tickets.ticket_views import Choices
from app.domain.tickets.ticket import Ticket
from app.domain.workdays import china_day
from ui.forms.panel import Ask
from ui.forms.tickets.ticket_words import day_words, matter, stands, visitor
from ui.widgets.banner import Note
from ui.widgets.words import Button


class AlikeNote(Note):
    """`go_on(ticket)` to take up the one there is; said once for every one."""

    go_on = Signal(str)

    def __init__(self, ask: Ask, choices: Choices) -> None:
        super().__init__("warn", "")
        self._ask, self._choices = ask, choices
        self._told: set[str] = set()  # of which she said that they are another matter
        self._shown = ""
        take, leave = Button(self.tr("接着办那张"), "small"), Button(self.tr("是另一件事"), "small")
        take.clicked.connect(lambda: self.go_on.emit(self._shown))
        leave.clicked.connect(self._leave)
        self.take = take
        self.add_button(take)
        self.add_button(leave)
        self.hide()

    def look(self, new: NewTicket) -> None:
        """Ask whether there is one already."""

        def found(desk: Desk) -> tuple[Ticket, ...]:
            return ticket_drafts.alike(desk, new)

        self._ask(found, self._show)

    def _show(self, found: tuple[Ticket, ...]) -> None:
        if not shiboken6.isValid(self):
            return  # the form was left before the answer came
        one = next((each for each in found if each.id not in self._told), None)
        self._shown = one.id if one else ""
        self.setVisible(one is not None)
        if one is not None:
            today: date = self._choices.today
            day = day_words(china_day(one.received_at), today)
            lead = self.tr("{who}家已经有一张，接着办那张吗？").format(who=visitor(one))
            told = self.tr("{day}来的：{what}，{stands}。")
            self.say(
                "warn",
                lead,
                told.format(day=day, what=matter(one, self._choices).rstrip("。"), stands=stands(one)),
            )

    def _leave(self) -> None:
        self._told.add(self._shown)
        self.hide()
