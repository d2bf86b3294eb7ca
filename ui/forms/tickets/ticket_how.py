"""怎么办, right after the number was taken: the number, what to do about a certificate, and the way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets.ticket_views import Choices
from app.domain.tickets.ticket import Ticket
from ui import theme
from ui.forms.panel import Work
from ui.forms.tickets.proof_card import SparedCard
from ui.forms.tickets.ticket_course import CourseForm
from ui.widgets.card import Card
from ui.widgets.words import words


class HowStep(QWidget):
    """Third step of a new ticket. `agreed(work)` when a certificate is handed to who decides it."""

    agreed = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._choices = choices
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.soft(4), 0)
        self._column.setSpacing(theme.soft(12))
        self.number = words("", "figure", "pri")
        self.course = CourseForm(choices.places)
        self.spared: SparedCard | None = None
        self._column.addWidget(self._taken())
        self._column.addWidget(self.course)
        self._column.addStretch(1)

    def show_ticket(self, ticket: Ticket) -> None:
        """The number it took, and for a certificate the village should not issue what to do instead."""
        self.number.setText(ticket.short_number)
        self.course.offer(self._choices.places_for(ticket.items))
        spared = next((one for one in self._choices.proofs if one.code == ticket.proof), None)
        if spared is not None:
            card = self.spared = SparedCard(spared)
            card.agreed.connect(lambda: self.agreed.emit(card.work(ticket.id)))
            self._column.insertWidget(1, card)

    def start(self) -> None:
        """What to do about the certificate, else the first way."""
        (self.spared.button if self.spared else self.course.picker).setFocus()

    def work(self, ticket: str) -> Work:
        """The way that was chosen."""
        return self.course.work(ticket)

    def _taken(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(14))
        row.addWidget(words(self.tr("登记好了，号是"), "label"))
        row.addWidget(self.number)
        row.addStretch(1)
        card.add(row)
        card.add(words(self.tr("把号告诉她，以后凭这个号问。"), "body", "quiet", wrap=True))
        return card
