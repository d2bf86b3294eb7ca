"""One register as a list: which one, which stretch of time, a search, and what is owed or half written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.registers.books import Book
from app.actions.registers.listing import Shelf
from ui import theme
from ui.forms.registers.register_sieve import RegisterSieve
from ui.forms.registers.register_words import row
from ui.forms.tickets.ticket_words import shortened
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date_span import OWN
from ui.widgets.empty import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, words

MOST_SAID = 10  # characters of what was begun: its note stays one line


class RegisterList(QWidget):
    """`asked` when another register, stretch or search is wanted; `opened(line)`; `begun` for a new line;
    `resumed`, `discarded` for the one half written; `owed` to post the stamps; `went(page)` for a door."""

    asked = Signal()
    opened = Signal(str)
    begun = Signal()
    resumed = Signal()
    discarded = Signal()
    owed = Signal()
    went = Signal(str)

    def __init__(self, doors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self._notes_above = self._notes()
        column.addWidget(self._notes_above)
        self.tabs = ChoiceGroup([(book.value, book.short) for book in Book])
        self.tabs.set_label(self.tr("哪一本台账"))
        self.tabs.set_value(Book.SEAL.value)
        self.doors = [Button(said, "", "right", after=True) for _, said in doors]
        self.box = SearchBox(self.tr("名字、首字母"), self.tr("在这一本里找"))
        self.sieve, self.told = RegisterSieve(), words("", "body", "quiet", wrap=True)
        column.addWidget(self._line(self.tabs, *self.doors))
        column.addLayout(self._search())
        column.addWidget(self.told)
        self.told.hide()
        self.sieve.offer(Book.SEAL)
        self.list = RowList(self.tr("台账"))
        self.empty = EmptyState("registers", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.sieve)
        column.addWidget(self.stack, 1)
        self._book = Book.SEAL
        self._connect(doors)

    @property
    def book(self) -> Book:
        """The register in sight."""
        return self._book

    @property
    def period(self) -> str:
        """QUARTER, YEAR or EVER; of two days of her own `2026-11-03..2026-11-09`, each may be left out."""
        time = self.sieve.time
        if time.value() != OWN:
            return time.value()
        first, last = time.days()
        return f"{first or ''}..{last or ''}"

    def turn(self, book: Book) -> None:
        """Look at another register; nothing is searched for there."""
        if book is not self._book:
            self.sieve.offer(book)
            self.narrow.blockSignals(True)
            self.narrow.setChecked(False)
            self.narrow.blockSignals(False)
        self._book = book
        self.tabs.set_value(book.value)
        self.box.blockSignals(True)
        self.box.clear()
        self.box.blockSignals(False)

    def show_shelf(self, shelf: Shelf) -> None:
        """Fill the list."""
        self.sieve.time.turn_to(shelf.today)
        self.list.set_rows([row(line, shelf) for line in shelf.lines])
        found = self.tr("找到 {n} 笔").format(n=len(shelf.lines))
        self.told.setText(" · ".join(filter(None, (found, self.sieve.words()))))
        self.told.setVisible(shelf.total > 0 and not self.narrow.isChecked())
        self.sieve.count(len(shelf.lines))
        if self.narrow.isChecked():
            self.stack.setCurrentWidget(self.sieve)
        else:
            self.stack.setCurrentWidget(self.list if shelf.lines else self.empty)
        self.begun_note.setVisible(bool(shelf.begun))
        if shelf.begun:
            begun = shelf.begun.get("what") or shelf.begun.get("paper") or shelf.begun.get("who", "")
            said = shortened(begun.partition("\t")[0], MOST_SAID)
            lead = self.tr("没记完的一笔：{what}").format(what=said) if said else self.tr("有一笔没记完。")
            self.begun_note.say("warn", lead)
        # One at a time: a low screen must still show the register under it.
        self.owed_note.setVisible(shelf.owed is not None and not shelf.begun)
        self._notes_above.setVisible(bool(shelf.begun) or shelf.owed is not None)
        if shelf.owed is not None:
            lead = self.tr("{period}用章还没贴。").format(period=shelf.owed.words)
            self.owed_note.say("warn", lead)
        if not shelf.lines:
            self._say_nothing(shelf)

    def start(self) -> None:
        """The focus goes into the list, on its first row."""
        if self.list.rows():
            if not self.list.current_key():
                self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def asking(self) -> bool:
        """Whether the hand is at what the lines are looked for by."""
        now = self.window().focusWidget()
        parts = (self.box, self.sieve, self.narrow)
        return now is not None and any(part is now or part.isAncestorOf(now) for part in parts)

    def _say_nothing(self, shelf: Shelf) -> None:
        if shelf.total:
            less = self.tr("，或者少选一样") if self.sieve.chosen() else ""
            self.empty.say(self.tr("这一段里没有。换一段时间，或者少打一个字再找{less}。").format(less=less))
        else:
            said = {
                Book.SEAL: self.tr("还没有记过用章。盖一次，记一笔。"),
                Book.REVIEW: self.tr("还没有记过评议。开完会，记人数和票数。"),
                Book.NOTICE: self.tr("还没有记过公示。贴出去记一笔，到期提醒撤。"),
                Book.PUBLICITY: self.tr("还没有记过宣传。讲一次，记一笔。"),
                Book.EVENT: self.tr("还没有记过活动慰问。"),
            }[shelf.book]
            self.empty.say(said, self.tr("记一笔"))

    def _line(self, *parts: QWidget) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        for part in parts:
            flow.addWidget(part)
        return holder

    def _search(self) -> QHBoxLayout:
        self.narrow = Button(self.tr("筛一筛"))
        self.narrow.setCheckable(True)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(self.box, 1)
        row.addWidget(self.narrow)
        return row

    def _notes(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.begun_note, self.owed_note = Note("warn", ""), Note("warn", "")
        for said, signal, note in (
            (self.tr("接着记"), self.resumed, self.begun_note),
            (self.tr("丢掉"), self.discarded, self.begun_note),
            (self.tr("打出来贴"), self.owed, self.owed_note),
        ):
            button = Button(said, "small")
            button.clicked.connect(signal)
            note.add_button(button)
        for note in (self.begun_note, self.owed_note):
            note.hide()
            column.addWidget(note)
        return holder

    def _connect(self, doors: Sequence[tuple[str, str]]) -> None:
        self.tabs.changed.connect(self._turned)
        self.sieve.changed.connect(self.asked)
        self.narrow.toggled.connect(lambda _on: self.asked.emit())
        self.sieve.closed.connect(lambda: self.narrow.setChecked(False))
        self.box.asked.connect(lambda _query: self.asked.emit())
        self.box.stepped_in.connect(self.start)
        self.list.opened.connect(self.opened)
        self.list.left_up.connect(self.box.setFocus)
        self.empty.pressed.connect(self.begun)
        for button, (page, _) in zip(self.doors, doors, strict=True):
            button.clicked.connect(lambda _checked=False, page=page: self.went.emit(page))

    def _turned(self) -> None:
        chosen = self.tabs.value()
        if chosen:
            self.turn(Book(chosen))
            self.asked.emit()
        else:  # pressing the one in sight does not leave none in sight
            self.tabs.set_value(self._book.value)
