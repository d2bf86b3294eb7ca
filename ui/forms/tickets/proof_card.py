"""A certificate the village should not issue, on its ticket: one press asks who decides, and tells her."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.tickets import tickets
from app.actions.tickets.ticket_views import Spared
from app.domain.people.phone import spoken
from app.domain.tickets.ticket import Disposition
from ui.forms.panel import Work
from ui.widgets.card import Card
from ui.widgets.words import Button, words


class SparedCard(Card):
    """M-29: what to do instead, whom to ring, and `agreed` to hand it over and print her slip."""

    agreed = Signal()

    def __init__(self, spared: Spared, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("不用村里开{proof}").format(proof=spared.proof.title), parent)
        self.spared = spared
        lead = self.tr("这个证明村里不该开。不用群众跑，我们去问。")
        self.add(words(lead, "strong", wrap=True))
        self.add(words(spared.proof.instead + "。", "body", wrap=True))
        if spared.place and spared.phone:
            self.add(words(f"{spared.place}　{spoken(spared.phone)}", "figure", wrap=True))
        elif spared.place:
            said = self.tr("{place}的电话县里还没写，问镇里。")
            self.add(words(said.format(place=spared.place), "body", "quiet", wrap=True))
        self.button = Button(self._words(), "", "print")
        self.button.clicked.connect(self.agreed)
        self.add(self.button)

    def work(self, ticket: str) -> Work:
        """Hand it to the place that decides; where nobody need be asked, the policy is explained."""
        place = self.spared.place
        if place:
            return lambda desk: tickets.decide(desk, ticket, Disposition.TRANSFER, to=place)
        return lambda desk: tickets.decide(desk, ticket, Disposition.EXPLAIN)

    def _words(self) -> str:
        if self.spared.place:
            return self.tr("转给{place}，打张单子给她").format(place=self.spared.place)
        return self.tr("讲给她听，打张单子给她")
