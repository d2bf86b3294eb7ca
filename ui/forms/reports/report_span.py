"""Of which days a report is, and what its lines are split by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.domain.reports.period import Period, month_before, month_of, quarter_of, year_of
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button

OWN = "own"
NAMED = {"month": month_of, "before": month_before, "quarter": quarter_of, "year": year_of}


class ReportSpan(QWidget):
    """`changed` with every other period or split. `period()` is None until both days of her own are whole."""

    changed = Signal()

    def __init__(self, today: date, chosen: str = "month") -> None:
        super().__init__()
        self._today, self._named = today, chosen
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.when = ChoiceGroup(
            (
                ("month", self.tr("本月")), ("before", self.tr("上月")), ("quarter", self.tr("本季")),
                ("year", self.tr("今年")), (OWN, self.tr("自己选")),
            )
        )  # fmt: skip
        self.when.set_label(self.tr("哪段日子"))
        self.when.set_value(chosen)
        self.when.changed.connect(self._picked)
        row = QWidget()
        row.setProperty("surface", "clear")
        flow = FlowLayout(row, theme.soft(8))
        self.other = Button("", "", "swap")
        self.other.setCheckable(True)
        self.other.toggled.connect(lambda on: self.cut.setVisible(on))
        flow.addWidget(self.when)
        flow.addWidget(self.other)
        column.addWidget(row)
        column.addWidget(self._days())
        self.cut = ChoiceGroup(())
        self.cut.set_label(self.tr("怎么分"))
        self.cut.changed.connect(self._split)
        column.addWidget(self.cut)
        self._cut = ""
        for one in (self.own, self.cut, self.other):
            one.hide()

    def turn_to(self, today: date) -> None:
        """The program may stand open over the end of a month."""
        self._today = today

    def period(self) -> Period | None:
        """The days chosen."""
        if self.when.value() != OWN:
            return NAMED[self.when.value()](self._today)
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            empty = self.first_field if first is None else self.last_field
            empty.show_problem(Problem("", self.tr("还没写哪一天。")))
            return None
        if first > last:
            self.last_field.show_problem(Problem("", self.tr("末一天比头一天还早。把两个日子换一下。")))
            return None
        return Period(first, last)

    def chosen_cut(self) -> str:
        """Key of the split, "" for the usual one."""
        return self._cut

    def offer(self, cuts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these splits; of one or none there is nothing to choose."""
        self._cut = current
        self.cut.set_options(cuts)
        self.cut.set_label(self.tr("怎么分"))
        self.cut.set_value(current)
        self.other.setText(self.tr("{split}分，换一种").format(split=dict(cuts).get(current, "")))
        self.other.setVisible(len(cuts) > 1)
        self.other.setChecked(False)

    def forget_cut(self) -> None:
        """Another report: its usual split."""
        self._cut = ""

    def _days(self) -> QWidget:
        self.own = QWidget()
        self.own.setProperty("surface", "clear")
        flow = FlowLayout(self.own, theme.soft(12))
        self.first = DateEdit(self._today, quick=False)
        self.last = DateEdit(self._today, quick=False, future=True)
        self.first_field = Field("first", self.tr("从哪天"), self.first)
        self.last_field = Field("last", self.tr("到哪天"), self.last)
        self.look = Button(self.tr("看这几天"))
        self.look.clicked.connect(self.changed)
        for one in (self.first_field, self.last_field, self.look):
            flow.addWidget(one)
        return self.own

    def _picked(self) -> None:
        if not self.when.value():  # a second press on the chosen one takes nothing back here
            self.when.set_value("month")
        self.own.setVisible(self.when.value() == OWN)
        if self.when.value() == OWN:
            shown = NAMED[self._named](self._today)
            self.first.set_value(shown.first)
            self.last.set_value(shown.last)
            self.first.year.setFocus()
        else:
            self._named = self.when.value()
            self.changed.emit()

    def _split(self) -> None:
        self._cut = self.cut.value() or self._cut
        self.cut.set_value(self._cut)
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)  # the choices fold away with the focus
        self.changed.emit()
