"""The face of every paper: the paper itself, beside it the printer, how many, a file; did it come out?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.forms.papers.outcome_card import AskedCard, OutcomeCard
from ui.forms.papers.paper_keys import PaperKeys
from ui.forms.papers.paper_pane import PaperPane
from ui.forms.papers.print_options import PrintOptions
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.confirm import Confirm
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.paper_view import Picture
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, words


class PaperFace(QWidget):
    """`print_asked(as a draft)`, `save_asked`, `wait_asked`, `came_out(yes)`, `back`; `looks_changed` when
    the pages are to be made otherwise.

    What is chosen of the paper itself goes into `choices`, above the printer; further buttons come from
    `more`. Everywhere the same keys: those of the paper, Ctrl+S for the file, Esc for the way back.
    """

    print_asked = Signal(bool)
    save_asked = Signal()
    wait_asked = Signal()
    came_out = Signal(bool)
    back = Signal()
    looks_changed = Signal()
    primary_changed = Signal()

    def __init__(self, *, forms: bool = False, looks: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.has_printer = self.ready = False
        self.may_print = True  # False: only what `more` offers goes out
        self.options = PrintOptions(forms=forms, looks=looks)
        self.options.changed.connect(self.looks_changed)
        self.area = scrolled(self._scrolling())
        self.pane = PaperPane(self.area, self.tr("打出来的样子"), roomy=True)
        self.paper, self.look = self.pane.paper, self.pane.look
        self.outcome = OutcomeCard()
        self.outcome.answered.connect(lambda yes: (self.rest(), self.came_out.emit(yes)))
        self.cards: list[AskedCard] = [self.outcome]
        self._starting = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.soft(12))
        self._column.addWidget(self.pane, 1)
        self._column.addWidget(self.outcome)
        self._column.addWidget(self._foot())  # below both: it stays while only the paper is in sight
        self.pane.fitted.connect(lambda wide: self.look.setVisible(not wide))
        self.pane.fit()
        self._keys = PaperKeys(self)

    @property
    def primary(self) -> Button:
        """The one filled button: print, or save where there is no printer."""
        asked = self._asked()
        if asked is not None:
            return asked.good
        return self.print_button if self.has_printer else self.save_button

    def more(self) -> Sequence[Button]:
        """Buttons of this paper alone, made when the foot is; they stand before the last ones."""
        return ()

    def add_card(self, card: AskedCard) -> None:
        """A further question, asked in the place of the foot."""
        self._column.insertWidget(1, card)
        self.cards.append(card)

    def start(self) -> None:
        """The focus goes to the filled button, as soon as there is a paper to print."""
        self.look.setChecked(False)
        (self.primary if self.ready else self.back_button).setFocus()
        self._starting = not self.ready

    def offer(self, printers: Sequence[str], remembered: str = "") -> None:
        """These printers are there; the one used last comes first. Whatever was asked or said is over."""
        self.has_printer = bool(printers)
        self.options.offer(printers, remembered)
        for part in (self.trouble, self.warning):
            part.hide()
        self.rest()

    def say(self, text: str) -> None:
        """Words in place of the paper, until it is made."""
        self.ready = False
        self.pane.say(text)
        self.rest()

    def show_pages(self, pages: Sequence[Picture], page: int | None = None) -> None:
        """The paper, made; the page in sight stays unless `page` is given."""
        self.ready = bool(pages)
        self.pane.show_pages(pages, page)
        self.fill()
        if self.ready and self._starting:
            self._starting = False
            if self.back_button.hasFocus():  # her hand is nowhere else meanwhile
                self.primary.setFocus()

    def ask(self, card: AskedCard | None = None) -> None:
        """The pages were handed to the printer: did they come out? Or what else `card` asks."""
        card = card or self.outcome
        self.trouble.hide()
        self.look.setChecked(False)
        self.rest()
        card.show()
        self.fill()
        card.good.setFocus()

    def silent(self, why: str = "") -> None:
        """M-14: the same buttons stand again, to print once more or to save a file."""
        self.look.setChecked(False)
        self.rest()
        said = self.tr("单子记在「打印」里，不会丢。再打一次，或存成文件带去打。")
        self.trouble.say("bad", why or self.tr("打印机没反应。看看电源和纸。"), said)
        self.trouble.show()
        self.area.verticalScrollBar().setValue(0)
        self.primary.setFocus()

    def rest(self) -> None:
        """Nothing is asked."""
        for card in self.cards:
            card.hide()
        self.fill()

    def _asked(self) -> AskedCard | None:
        return next((card for card in self.cards if card.isVisibleTo(self)), None)

    def _scrolling(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(12))
        self.trouble, self.warning = Note("bad", ""), Confirm()
        self.machine = Card(self.tr("怎么打"))
        self.machine.add(self.options)
        said = self.tr("这台电脑上还没有打印机。存成文件，用 U 盘带到镇里打；或先记着，有了再打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        self.machine.add(self.no_printer)
        self.choices = QVBoxLayout()
        self.choices.setSpacing(theme.soft(12))
        column.addWidget(self.trouble)
        column.addWidget(self.warning)
        column.addLayout(self.choices)
        column.addWidget(self.machine)
        column.addStretch(1)
        self.trouble.hide()
        return holder

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        row = FlowLayout(self.foot, theme.soft(12))  # large letters need two lines
        self.back_button = Button(self.tr("回去"), "", "left")
        self.wait_button = Button(self.tr("先记着"), "", "wait")
        self.save_button = Button(self.tr("存成文件"), "", "save")
        self.print_button = Button(self.tr("打印"), "", "print")
        self.back_button.clicked.connect(self.back)
        self.wait_button.clicked.connect(self.wait_asked)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(lambda: self.print_asked.emit(False))
        parts = (self.back_button, self.look, self.wait_button, self.save_button, *self.more())
        for part in (*parts, self.print_button):
            row.addWidget(part)
        return self.foot

    def fill(self) -> None:
        """Only what can be done now, and exactly one filled button."""
        primary = self.primary
        self.foot.setVisible(self._asked() is None)
        self.print_button.setVisible(self.has_printer)
        self.wait_button.setVisible(not self.has_printer)
        self.no_printer.setVisible(not self.has_printer)
        self.print_button.setEnabled(self.ready and self.may_print)
        for button in (self.save_button, self.wait_button):
            button.setEnabled(self.ready)
        for button in self.foot.findChildren(Button):
            button.set_role("main" if button is primary else "")
        self.primary_changed.emit()
