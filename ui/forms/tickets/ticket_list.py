"""The board of tickets: 我的, 等别人, 今天到期, 办结, and the one that was not written to its end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.tickets.ticket_views import Choices, Line, Sheet
from ui import theme
from ui.forms.tickets.ticket_words import row, shortened
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.empty import EmptyState
from ui.widgets.rows import RowList
from ui.widgets.words import Button

MINE, OTHERS, DUE, ENDED = "mine", "others", "due", "ended"


class TicketList(QWidget):
    """`opened(ticket)`; `resumed` and `discarded` carry the draft; `begun` asks for a new ticket."""

    opened = Signal(str)
    resumed = Signal(object)
    discarded = Signal(object)
    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet((), (), (), ())
        self._choices: Choices | None = None
        self._drafts: tuple[NewTicket, ...] = ()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.draft = Note("warn", "")
        resume, discard = Button(self.tr("接着写"), "small"), Button(self.tr("丢掉"), "small")
        resume.clicked.connect(lambda: self._hand_over(self.resumed))
        discard.clicked.connect(lambda: self._hand_over(self.discarded))
        self.draft.add_button(resume)
        self.draft.add_button(discard)
        self.draft.hide()
        self.tabs = ChoiceGroup(self._words((0, 0, 0)))
        self.tabs.set_value(MINE)
        self.tabs.set_label(self.tr("看哪些单子"))
        self.tabs.changed.connect(self._turn)
        self.list = RowList(self.tr("首访单"))
        self.list.opened.connect(self.opened)
        self.empty = EmptyState("ticket", "")
        self.empty.pressed.connect(self.begun)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.draft)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)

    def show_sheet(self, sheet: Sheet, choices: Choices, drafts: tuple[NewTicket, ...]) -> None:
        """Show the four lists; the tab and the row in hand stay."""
        self._sheet, self._choices = sheet, choices
        self.tabs.set_options(self._words((len(sheet.mine), len(sheet.others), len(sheet.due))))
        self.tabs.set_label(self.tr("看哪些单子"))
        self._drafts = drafts
        if drafts:
            who = drafts[0].name or self.tr("还没写谁来的")
            lead = self.tr("没写完的 {n} 份：{who}").format(n=len(drafts), who=who)
            self.draft.say("warn", lead, shortened(drafts[0].request, 16))
        self.draft.setVisible(bool(drafts))
        self._turn()

    def show_tab(self, tab: str) -> None:
        """Turn to one of the four."""
        self.tabs.set_value(tab)
        self._turn()

    def start(self) -> None:
        """The focus goes into the list, on its first row."""
        if self.list.rows():
            if not self.list.current_key():
                self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_over(self, signal: SignalInstance) -> None:
        if self._drafts:
            signal.emit(self._drafts[0])

    def _turn(self) -> None:
        tab = self.tabs.value()
        if not tab:  # pressing the tab in sight does not leave none in sight
            tab = self._tab
            self.tabs.set_value(tab)
        self._tab = tab
        lines: tuple[Line, ...] = getattr(self._sheet, tab)
        choices = self._choices
        self.list.set_rows([row(line, choices) for line in lines] if choices else [])
        self.stack.setCurrentWidget(self.list if lines else self.empty)
        if not lines:
            self.empty.say(*self._nothing(tab))

    def _nothing(self, tab: str) -> tuple[str, str]:
        if tab == MINE:
            return self.tr("手上没有要办的单子。有人来办事，先登记取号。"), self.tr("新首访单")
        return {
            OTHERS: self.tr("没有在等别人的。"),
            DUE: self.tr("今天没有到期的。"),
            ENDED: self.tr("还没有办结的单子。"),
        }[tab], ""

    def _words(self, counts: tuple[int, int, int]) -> list[tuple[str, str]]:
        named = zip(
            (MINE, OTHERS, DUE),
            (self.tr("我的"), self.tr("等别人"), self.tr("今天到期")),
            counts,
            strict=True,
        )
        tabs = [(key, f"{name} {count}" if count else name) for key, name, count in named]
        return [*tabs, (ENDED, self.tr("办结"))]

    _tab = MINE
