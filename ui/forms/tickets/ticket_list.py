"""The board of tickets: 我的, 等别人, 今天到期, 办结, and the one that was not written to its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.tickets import ticket_search, ticket_views
from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.tickets.ticket_search import PAGE, Found, Wanted
from app.actions.tickets.ticket_views import Choices, Line, Sheet
from ui import theme
from ui.forms.paging import Paging
from ui.forms.panel import Ask
from ui.forms.tickets.ticket_sieve import TicketSieve
from ui.forms.tickets.ticket_words import row, shortened
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, words

MINE, OTHERS, DUE, ENDED = "mine", "others", "due", "ended"


class TicketList(QWidget):
    """`opened(ticket)`; `resumed` and `discarded` carry the draft; `begun` asks for a new ticket.

    Four plain views, and above them a search over every ticket there is; `ask` does the store work.
    """

    opened = Signal(str)
    resumed = Signal(object)
    discarded = Signal(object)
    begun = Signal()

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._sheet = Sheet((), (), (), ())
        self._choices: Choices | None = None
        self._drafts: tuple[NewTicket, ...] = ()
        self._found: Wanted | None = None  # what the rows in sight answer to
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addLayout(self._finding())
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
        self.paging = Paging(self.list, ask)
        self.empty = EmptyState("ticket", "")
        self.empty.pressed.connect(self.begun)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.sieve)
        column.addWidget(self.draft)
        column.addWidget(self.tabs)
        column.addWidget(self.told)
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
        self._search()

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

    def _finding(self) -> QHBoxLayout:
        """The search box, and the button to narrow down by pointing."""
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        hint = self.tr("找单子：尾号、名字首字母、原话、事项，如 jgy")
        self.box = SearchBox(hint, self.tr("在首访单里找"))
        self.narrow = Button(self.tr("筛一筛"), "")
        self.narrow.setCheckable(True)
        self.told = words("", "body", "quiet", wrap=True)
        self.told.hide()
        self.sieve = TicketSieve()
        self.box.asked.connect(lambda _query: self._search())
        self.box.stepped_in.connect(self.start)
        self.box.confirmed.connect(self.start)
        self.narrow.toggled.connect(self._narrowing)
        self.sieve.changed.connect(self._search)
        self.sieve.closed.connect(lambda: self.narrow.setChecked(False))
        row.addWidget(self.box, 1)
        row.addWidget(self.narrow)
        return row

    def _narrowing(self, on: bool) -> None:
        """Show what can be chosen, or what was found by it."""
        choices = self._choices
        if on and choices is not None:
            self._ask(ticket_search.sieves, lambda sieves: self.sieve.offer(sieves, choices))
        self._search()

    def _search(self) -> None:
        """Look for what is wanted; with nothing wanted the plain views stand."""
        wanted = self.sieve.wanted(self.box.query())
        self.tabs.setVisible(not wanted.anything)
        self.told.setVisible(wanted.anything)
        if not wanted.anything and not self.narrow.isChecked():
            self._turn()
        else:
            there = len(self.list.rows()) if wanted == self._found else 0  # what was scrolled to stays
            limit = max(PAGE, there)
            self._ask(lambda desk: ticket_search.search(desk, wanted, limit=limit), self._show_found)

    def _show_found(self, found: Found) -> None:
        if found.wanted != self.sieve.wanted(self.box.query()) or self._choices is None:
            return  # an answer to an older question
        self.sieve.count(found.total)
        said = self.tr("找到 {n} 张").format(n=found.total)
        self.told.setText(" · ".join(one for one in (said, self.sieve.words()) if one))
        self._fill(found.lines)
        wanted = self._found = found.wanted
        self.paging.begin(
            lambda skip: lambda desk: ticket_search.search(desk, wanted, skip=skip),
            lambda more: self._rows(more.lines),
        )
        if self.narrow.isChecked():
            self.stack.setCurrentWidget(self.sieve)
        else:
            self.stack.setCurrentWidget(self.list if found.lines else self.empty)
            self.empty.say(self.tr("没找到。少打一个字，或者少选一样再试。"), "")

    def _fill(self, lines: Sequence[Line]) -> None:
        self.paging.stop()
        self.list.set_rows(self._rows(lines))

    def _rows(self, lines: Sequence[Line]) -> list[Row]:
        choices = self._choices
        return [row(line, choices) for line in lines] if choices else []

    def _hand_over(self, signal: SignalInstance) -> None:
        if self._drafts:
            signal.emit(self._drafts[0])

    def _turn(self) -> None:
        self._found = None
        tab = self.tabs.value()
        if not tab:  # pressing the tab in sight does not leave none in sight
            tab = self._tab
            self.tabs.set_value(tab)
        self._tab = tab
        lines: tuple[Line, ...] = getattr(self._sheet, tab)
        self._fill(lines)
        if tab == ENDED:
            self.paging.begin(lambda skip: lambda desk: ticket_views.ended_lines(desk, skip), self._rows)
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
