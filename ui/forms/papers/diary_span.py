"""Of which days the diary is: this week, this month, the last one, or two days of her own."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.words import Button

WEEK, MONTH, BEFORE, OWN = "week", "month", "before", "own"


class DiarySpan(Card):
    """`chosen("2026-11-01..2026-11-20")` with every other choice; `begin(today)` starts with this week."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("哪段日子"))
        self._today = date.min
        self.when = ChoiceGroup(
            [
                (WEEK, self.tr("这周")), (MONTH, self.tr("这个月")), (BEFORE, self.tr("上个月")),
                (OWN, self.tr("两个日子")),
            ]
        )  # fmt: skip
        self.when.set_label(self.tr("哪段日子"))
        self.when.changed.connect(self._picked)
        self.add(self.when)
        self.own = QWidget()
        self.own.setProperty("surface", "clear")
        self._column = QVBoxLayout(self.own)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.soft(8))
        self.own.hide()
        self.add(self.own)

    def begin(self, today: date) -> None:
        """Offer the days around `today`, and show this week."""
        if self._today == date.min:
            self.first, self.last = DateEdit(today, quick=False), DateEdit(today, quick=False)
            self.first_field = Field("first", self.tr("从哪天"), self.first)
            self.last_field = Field("last", self.tr("到哪天"), self.last)
            self.look = Button(self.tr("看这几天"))
            self.look.clicked.connect(self._own)
            for one in (self.first_field, self.last_field, self.look):
                self._column.addWidget(one)
        self._today = today
        self.when.set_value(WEEK)
        self._picked()

    def _picked(self) -> None:
        when = self.when.value()
        if not when:  # pressed once more: one of them it must be
            self.when.set_value(WEEK)
            when = WEEK
        self.own.setVisible(when == OWN)
        if when == OWN:
            self.first.year.setFocus()
            return
        first, last = _span(when, self._today)
        self.chosen.emit(f"{first.isoformat()}..{last.isoformat()}")

    def _own(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            empty = self.first_field if first is None else self.last_field
            empty.show_problem(Problem("", self.tr("还没写哪一天。")))
        elif first > last:
            self.last_field.show_problem(Problem("", self.tr("末一天比头一天还早。把两个日子换一下。")))
        else:
            self.chosen.emit(f"{first.isoformat()}..{last.isoformat()}")


def _span(when: str, today: date) -> tuple[date, date]:
    """The first and last day; what has not come yet is left out."""
    if when == WEEK:
        return today - timedelta(days=today.weekday()), today
    first = today.replace(day=1)
    if when == MONTH:
        return first, today
    last = first - timedelta(days=1)
    return last.replace(day=1), last
