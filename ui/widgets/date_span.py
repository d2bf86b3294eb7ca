"""Of which days: some named ones to point at, or any two typed; one alone is open on the other side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.flow_layout import FlowLayout

OWN = "own"
Days = tuple[date | None, date | None]
EVER: Days = (None, None)
Named = Mapping[str, tuple[str, Callable[[date], Days]]]


class DateSpan(QWidget):
    """`named` are (words, its first and last day as of today) by key. `changed` with every whole answer.

    With `always` one of the named stays chosen; else nothing chosen means all days.
    """

    changed = Signal()

    def __init__(self, named: Named, *, always: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._named, self._always, self._today = named, always, date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        own = self.tr("自己选日子")
        self.choices = ChoiceGroup([*((key, words) for key, (words, _) in named.items()), (OWN, own)])
        self.choices.set_value(always)
        self.choices.changed.connect(self._picked)
        self.own = QWidget()
        self.own.setProperty("surface", "clear")
        self._flow = FlowLayout(self.own, theme.soft(16))
        self.own.hide()
        column.addWidget(self.choices)
        column.addWidget(self.own)
        self.setFocusProxy(self.choices)
        self.first: DateEdit | None = None
        self.last: DateEdit | None = None

    def turn_to(self, today: date) -> None:
        """The named days are those around `today`."""
        self._today = today
        if self.first is None:
            self._build(today)

    def value(self) -> str:
        """Which is chosen: a key of the named, OWN, or "" for none."""
        return self.choices.value()

    def days(self) -> Days:
        """The first and last day, both counted; None where it is open. The wrong way round they are none."""
        chosen = self.choices.value()
        if chosen == OWN:
            first, last = self._own()
            return EVER if first and last and first > last else (first, last)
        return self._named[chosen][1](self._today) if chosen in self._named else EVER

    def words(self) -> str:
        """`这个月`, `11月3日到11月9日`: what is chosen; "" for all days."""
        chosen = self.choices.value()
        if chosen != OWN:
            return self._named[chosen][0] if chosen in self._named else ""
        first, last = self.days()
        if first and last:
            return _day(first, self._today) if first == last else self._between(first, last)
        if first:
            return self.tr("{day}起").format(day=_day(first, self._today))
        return self.tr("到{day}").format(day=_day(last, self._today)) if last else ""

    def clear(self) -> None:
        """As at the beginning; silent."""
        self.choices.set_value(self._always)
        for box in (self.first, self.last):
            if box is not None:
                box.set_value(None)
        self.own.hide()

    def set_label(self, label: str) -> None:
        """Name the choices for a screen reader."""
        self.choices.set_label(label)

    def _own(self) -> Days:
        if self.first is None or self.last is None:
            return EVER
        return self.first.value(), self.last.value()

    def _between(self, first: date, last: date) -> str:
        return self.tr("{first}到{last}").format(first=_day(first, self._today), last=_day(last, self._today))

    def _build(self, today: date) -> None:
        self.first, self.last = DateEdit(today), DateEdit(today, future=True)
        self.first_field = Field("span_first", self.tr("从哪天（空着就从头）"), self.first)
        self.last_field = Field("span_last", self.tr("到哪天（空着就到今天）"), self.last)
        for field in (self.first_field, self.last_field):
            self._flow.addWidget(field)
        for box in (self.first, self.last):
            box.changed.connect(self._typed)

    def _picked(self) -> None:
        if not self.choices.value() and self._always:  # pressing the chosen one takes nothing back here
            self.choices.set_value(self._always)
        own = self.choices.value() == OWN
        self.own.setVisible(own)
        if own and self.first is not None:
            self.first.year.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        first, last = self._own()
        if first and last and first > last:
            self.last_field.show_problem(Problem("", self.tr("末一天比头一天还早。把两个日子换一下。")))
            return
        self.last_field.clear_problem()
        self.changed.emit()


def _day(day: date, today: date) -> str:
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"
