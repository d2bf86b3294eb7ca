"""筛一筛: what a list of tickets is narrowed to, everything by pointing, with how many are left in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets.ticket_search import AWAY, OPEN, OVER, Sieves, Wanted, of_month, with_term
from app.actions.tickets.ticket_views import Choices
from app.domain.tickets.ticket_terms import CHANNELS, COURSES
from ui import theme
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button

LATE, URGENT, AGAIN = "late", "urgent", "again"
MONTH, LAST_MONTH, YEAR = "month", "last", "year"


class TicketSieve(QWidget):
    """`wanted(words)` is what is chosen; `changed` at every choice, `closed` to look at what was found."""

    changed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._today = date.min
        self.stand = ChoiceGroup(
            [(OPEN, self.tr("还在办")), (AWAY, self.tr("等别人")), (OVER, self.tr("办结了"))]
        )
        self.marks = ChoiceGroup(
            [(LATE, self.tr("超期的")), (URGENT, self.tr("急难的")), (AGAIN, self.tr("跑了不止一趟"))],
            multi=True,
        )
        self.time = ChoiceGroup(
            [(MONTH, self.tr("这个月")), (LAST_MONTH, self.tr("上个月")), (YEAR, self.tr("今年"))]
        )
        self.course = ChoiceGroup([(how.value, words) for how, words in COURSES.items()])
        self.channel = ChoiceGroup(list(CHANNELS.items()))
        self.item = GroupedChoice()
        self.group, self.receiver = ChoiceGroup([]), ChoiceGroup([])
        self._fields = (
            Field("stand", self.tr("办到哪了"), self.stand),
            Field("marks", self.tr("只看"), self.marks),
            Field("time", self.tr("什么时候来的"), self.time),
            Field("sieve_item", self.tr("哪样事"), self.item),
            Field("course", self.tr("怎么办的"), self.course),
            Field("sieve_channel", self.tr("怎么来的"), self.channel),
            Field("group", self.tr("哪个组"), self.group),
            Field("receiver", self.tr("谁接的"), self.receiver),
        )
        self._lay_out()

    def offer(self, sieves: Sieves, choices: Choices) -> None:
        """What there is to choose from here; what is chosen stays."""
        self._today = choices.today
        self.item.set_groups(choices.kinds)
        self.item.set_label(self.tr("哪样事"))
        _refill(self.group, [(one, one) for one in sieves.groups], self.tr("哪个组"))
        _refill(self.receiver, sieves.receivers, self.tr("谁接的"))

    def wanted(self, words: str) -> Wanted:
        """What is chosen, with the `words` typed."""
        marks = self.marks.values()
        chosen = Wanted(
            words=words,
            stand=self.stand.value(),
            item=self.item.value(),
            disposition=self.course.value(),
            channel=self.channel.value(),
            receiver=self.receiver.value(),
            group=self.group.value(),
            late=LATE in marks,
            urgent=URGENT in marks,
            again=AGAIN in marks,
        )
        match self.time.value():
            case "month":
                return with_term(chosen, of_month(self._today))
            case "last":
                return with_term(chosen, of_month(self._today, 1))
            case "year":
                return replace(chosen, first=date(self._today.year, 1, 1))
        return chosen

    def words(self) -> str:
        """`还在办 · 超期的 · 这个月`: what is chosen, to read above the list."""
        groups = (self.stand, self.marks, self.time, self.item.choices, self.course, self.channel)
        chosen = [
            one.option.words
            for group in (*groups, self.group, self.receiver)
            for one in group.buttons
            if one.isChecked()
        ]
        return " · ".join(chosen)

    def clear(self) -> None:
        """Nothing is chosen any more; silent."""
        for group in (self.stand, self.time, self.course, self.channel, self.group, self.receiver):
            group.set_value("")
        self.marks.set_values(())
        self.item.set_values(())

    def count(self, total: int) -> None:
        """How many are left with what is chosen."""
        said = self.tr("看这 {n} 张").format(n=total) if total else self.tr("一张也没有，换一样")
        self.go.setText(said)
        self.go.setEnabled(bool(total))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, theme.soft(4), 0)
        column.setSpacing(theme.soft(10))
        for field in self._fields:
            column.addWidget(field)
        column.addStretch(1)
        card.body.addWidget(scrolled(column, on="card"), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.none = Button(self.tr("都不选"), "text")
        self.go = Button("", "", "right", after=True)
        self.none.clicked.connect(self._forget)
        self.go.clicked.connect(self.closed)
        row.addWidget(self.none)
        row.addStretch(1)
        row.addWidget(self.go)
        card.add(row)
        outer.addWidget(card)
        for group in (self.stand, self.marks, self.time, self.item, self.course, self.channel):
            group.changed.connect(self.changed)
        for group in (self.group, self.receiver):
            group.changed.connect(self.changed)

    def _forget(self) -> None:
        self.clear()
        self.changed.emit()


def _refill(group: ChoiceGroup, options: Sequence[tuple[str, str]], label: str) -> None:
    if [(one.option.key, one.option.words) for one in group.buttons] != list(options):
        group.set_options(list(options))
    group.set_label(label)
