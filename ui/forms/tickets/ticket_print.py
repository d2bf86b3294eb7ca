"""Papers of one ticket on the screen: which one, what it lacks, and after it came out, whose hands."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.actions.tickets.ticket_papers import SLIPS, Looked, TicketPaper, fitting
from app.domain.tickets.ticket import Ticket
from ui.forms.papers.outcome_card import AskedCard
from ui.forms.papers.paper_face import PaperFace
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.words import words


class HandedCard(AskedCard):
    """交到手里了吗？"""

    def __init__(self) -> None:
        super().__init__()
        self.put(self.tr("回音单交到手里了吗？"), self.tr("交到手里了"), self.tr("还没交"))


class TicketPrint(PaperFace):
    """A PaperFace for the papers of a ticket: `chosen` when another one is wanted, `handed(yes)`."""

    chosen = Signal()
    handed = Signal(bool)

    def __init__(self) -> None:
        super().__init__(looks=True)
        self.papers = ChoiceGroup([])
        self.papers.changed.connect(self._paper_chosen)
        which = Card(self.tr("打哪张"))
        which.add(self.papers)
        said = self.tr("字大、有图，念不了字的老人也看得懂；不写身份证号，不写病。")
        which.add(words(said, "body", "quiet", wrap=True))
        self.lack = Note("bad", "")
        for part in (which, self.lack):
            self.choices.addWidget(part)
        self.lack.hide()
        self.hands = HandedCard()
        self.hands.answered.connect(lambda _yes: self.rest())
        self.hands.answered.connect(self.handed)
        self.add_card(self.hands)

    def offer_papers(self, ticket: Ticket, wanted: str) -> None:
        """The papers of `ticket`, the `wanted` one chosen where it makes sense."""
        papers = fitting(ticket)
        self.papers.set_options([(one.value, one.words) for one in papers])
        self.papers.set_label(self.tr("打哪张"))
        known = {one.value for one in papers}
        self.papers.set_value(wanted if wanted in known else papers[0].value)

    def which(self) -> TicketPaper:
        """Which one is chosen."""
        return TicketPaper(self.papers.value())

    def show_looked(self, looked: Looked) -> None:
        """What is lacking for it to be given away."""
        self.lack.setVisible(bool(looked.gaps))
        if looked.gaps:
            lead = self.tr("还不能给群众：{gap}。").format(gap="，".join(looked.gaps))
            self.lack.say("bad", lead, self.tr("补上再打；眼下打出来是草稿。"))
        draft = self.tr("只打草稿") if looked.gaps else self.tr("打{paper}").format(paper=looked.paper.words)
        self.print_button.setText(draft)
        self.options.looks.setVisible(looked.paper in SLIPS)

    def _paper_chosen(self) -> None:
        if not self.papers.value():  # pressed once more: one of them it must be
            self.papers.set_value(self.papers.buttons[0].option.key)
        self.chosen.emit()
