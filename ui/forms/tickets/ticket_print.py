"""Papers of one ticket on the screen: which one, the very paper beside it, the printer, and whose hands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets.ticket_papers import SLIPS, Looked, TicketPaper, fitting
from app.domain.tickets.ticket import Ticket
from ui import theme
from ui.forms.checklists.paper_pane import PaperPane
from ui.forms.checklists.print_options import PrintOptions
from ui.forms.outcome_card import OutcomeCard
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.confirm import Confirm
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, words


class HandedCard(Card):
    """交到手里了吗: `answered(yes)`."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("回音单交到手里了吗？"))
        self.good = Button(self.tr("交到手里了"), "main", "check")
        self.bad = Button(self.tr("还没交"))
        self.good.clicked.connect(lambda: self.answered.emit(True))
        self.bad.clicked.connect(lambda: self.answered.emit(False))
        self.head.addWidget(self.good)
        self.head.addWidget(self.bad)
        self.hide()


class TicketPrint(QWidget):
    """`chosen` when another paper or look is wanted, `print_asked`, `wait_asked`, `save_asked`,
    `came_out(yes)`, `handed(yes)`, `back`."""

    chosen = Signal()
    print_asked = Signal()
    wait_asked = Signal()
    save_asked = Signal()
    came_out = Signal(bool)
    handed = Signal(bool)
    back = Signal()
    primary_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._has_printer = False
        main = QWidget()
        main.setProperty("surface", "clear")
        self._lay_out(main)
        self.pane = PaperPane(main, self.tr("打出来的样子"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(self.pane, 1)
        column.addWidget(self._foot())  # below both: it stays while only the paper is in sight
        self._row.insertWidget(1, self.pane.look)  # first a place, then sight
        self.pane.fitted.connect(lambda wide: self.pane.look.setVisible(not wide))
        self.pane.fit()

    @property
    def primary(self) -> Button:
        """The one filled button, by what can be done now."""
        for card in (self.outcome, self.hands):
            if card.isVisibleTo(self):
                return card.good
        return self.print_button if self._has_printer else self.save_button

    def offer(self, ticket: Ticket, wanted: str, printers: Sequence[str], remembered: str) -> None:
        """The papers of `ticket`, the `wanted` one chosen where it makes sense."""
        papers = fitting(ticket)
        self.papers.set_options([(one.value, one.words) for one in papers])
        self.papers.set_label(self.tr("打哪张"))
        known = {one.value for one in papers}
        self.papers.set_value(wanted if wanted in known else papers[0].value)
        self._has_printer = bool(printers)
        self.options.offer(printers, remembered)
        self.no_printer.setVisible(not printers)
        self.wait_button.setVisible(not printers)
        self.print_button.setVisible(bool(printers))
        for card in (self.outcome, self.hands, self.trouble):
            card.hide()
        self._fill()

    def paper(self) -> TicketPaper:
        """Which one is chosen."""
        return TicketPaper(self.papers.value())

    def show_looked(self, looked: Looked) -> None:
        """The pages, and what is lacking for them to be given away."""
        self.pane.show_pages(looked.pages, 0)
        self.lack.setVisible(bool(looked.gaps))
        if looked.gaps:
            lead = self.tr("还不能给群众：{gap}。").format(gap="，".join(looked.gaps))
            self.lack.say("bad", lead, self.tr("补上再打；眼下打出来是草稿。"))
        draft = self.tr("只打草稿") if looked.gaps else self.tr("打{paper}").format(paper=looked.paper.words)
        self.print_button.setText(draft)
        self.options.looks.setVisible(looked.paper in SLIPS)
        self._fill()

    def silent(self, why: str = "") -> None:
        """M-14: the same buttons stand again."""
        self._rest()
        said = self.tr("单子记在「打印」里，不会丢。再打一次，或存成文件带去打。")
        self.trouble.say("bad", why or self.tr("打印机没反应。看看电源和纸。"), said)
        self.trouble.show()

    def ask(self, card: OutcomeCard | HandedCard) -> None:
        """Did the pages come out (`outcome`), and is the slip in her hands (`hands`)?"""
        self.pane.look.setChecked(False)
        for one in (self.outcome, self.hands, self.trouble):
            one.hide()
        self.foot.hide()
        card.show()
        self._fill()
        card.good.setFocus()

    def _rest(self, *_: bool) -> None:
        self.outcome.hide()
        self.hands.hide()
        self.foot.show()
        self._fill()

    def _lay_out(self, main: QWidget) -> None:
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.papers = ChoiceGroup([])
        self.papers.changed.connect(self._paper_chosen)
        which = Card(self.tr("打哪张"))
        which.add(self.papers)
        said = self.tr("字大、有图，念不了字的老人也看得懂；不写身份证号，不写病。")
        which.add(words(said, "body", "quiet", wrap=True))
        self.lack, self.trouble = Note("bad", ""), Note("bad", "")
        self.outcome, self.hands = OutcomeCard(), HandedCard()
        for card, said in ((self.outcome, self.came_out), (self.hands, self.handed)):
            card.answered.connect(self._rest)
            card.answered.connect(said)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, theme.soft(8), 0)
        inside.setSpacing(theme.soft(12))
        self.warning = Confirm()
        for part in (which, self.lack, self.trouble, self.warning, self._machine()):
            inside.addWidget(part)
        inside.addStretch(1)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.outcome)
        column.addWidget(self.hands)
        self.lack.hide()
        self.trouble.hide()

    def _machine(self) -> QWidget:
        machine = Card(self.tr("怎么打"))
        self.options = PrintOptions(lists=False)
        self.options.changed.connect(self.chosen)
        machine.add(self.options)
        said = self.tr("这台电脑上还没有打印机。存成文件，用 U 盘带到镇里打；或先记着，有了再打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        machine.add(self.no_printer)
        return machine

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        self._row = QHBoxLayout(self.foot)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("回到单子"), "", "left")
        self.wait_button = Button(self.tr("先记着"), "", "wait")
        self.save_button = Button(self.tr("存成文件"), "", "save")
        self.print_button = Button("", "main", "print")
        self.back_button.clicked.connect(self.back)
        self.wait_button.clicked.connect(self.wait_asked)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(self.print_asked)
        for button in (self.back_button, self.wait_button, self.save_button):
            self._row.addWidget(button)
        self._row.addWidget(self.print_button, 1)
        return self.foot

    def _paper_chosen(self) -> None:
        if not self.papers.value():  # pressed once more: one of them it must be
            self.papers.set_value(self.papers.buttons[0].option.key)
        self.chosen.emit()

    def _fill(self) -> None:
        for button in (self.save_button, self.print_button):
            button.set_role("main" if button is self.primary else "")
        self.primary_changed.emit(self.primary)
