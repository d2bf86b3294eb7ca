"""Which day she goes, chosen from days on which the door is open; and when the worker then calls."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.checklists.checklists import Lookover
from app.domain.checklists.open_days import WEEKDAYS, day_words
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field

OPEN_END, OTHER = "none", "other"
SHOWN, LEFT_OFF = "shown", "left"


class PlanRow(Card):
    """`planned(day)`, or None when nobody has said which; `held_shown(on)`: print what she has already."""

    planned = Signal(object)
    held_shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.choice = ChoiceGroup([])
        self.choice.changed.connect(self._chosen)
        self.field = Field("going_on", self.tr("哪天去"), self.choice, " ")
        self.add(self.field)
        self.holder = QWidget()
        self.holder.setProperty("surface", "clear")
        self._inside = QVBoxLayout(self.holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.add(self.holder)
        self.day: DateEdit | None = None
        self.held = ChoiceGroup([(SHOWN, self.tr("印上，打好勾")), (LEFT_OFF, self.tr("不印"))])
        self.held.changed.connect(lambda: self.held_shown.emit(self.held.value() != LEFT_OFF))
        self.held_field = Field("show_held", self.tr("家里有了的"), self.held)
        self.add(self.held_field)

    def show_plan(self, over: Lookover) -> None:
        """The day as it is kept, the days that would do, and the promised call."""
        going = over.checklist.going_on
        days = over.days if going is None or going in over.days else (*over.days[:2], going)
        options = [(day.isoformat(), self._short(day, over.today)) for day in days]
        options += [(OTHER, self.tr("另选")), (OPEN_END, self.tr("没定"))]
        if [(one.option.key, one.option.words) for one in self.choice.buttons] != options:
            self.choice.set_options(options)
            self.choice.set_label(self.tr("哪天去"))
        self.choice.set_value(going.isoformat() if going else OPEN_END)
        self._other(over.today, shown=False)
        steps = over.checklist.steps
        self.held_field.setVisible(any(paper.held for step in steps for paper in step.papers))
        self.held.set_value(SHOWN if over.checklist.show_held else LEFT_OFF)
        call = over.checklist.call_on
        said = self.tr("{day}提醒您打电话，问办成了没有。纸上也写着。")
        self.field.set_hint(said.format(day=day_words(call)) if call else "")

    def _short(self, day: date, today: date) -> str:
        """`24日 周二`; the month where it is another one."""
        said = f"{day.day}日" if day.month == today.month else f"{day.month}月{day.day}日"
        return self.tr("{day} 周{weekday}").format(day=said, weekday=WEEKDAYS[day.weekday()])

    def _other(self, today: date, *, shown: bool) -> None:
        self._today = today
        self.holder.setVisible(shown)
        if not shown:
            return
        if self.day is None:
            day = self.day = DateEdit(today, quick=False, future=True)
            day.doubted.connect(lambda wrong: None if wrong else self._typed())
            self._inside.addWidget(Field("other_day", "", day))
        self.day.setFocus()

    def _chosen(self) -> None:
        key = self.choice.value()
        self.field.clear_problem()
        if key == OTHER:
            self._other(self._today, shown=True)
        else:
            self.planned.emit(None if key in ("", OPEN_END) else date.fromisoformat(key))

    def _typed(self) -> None:
        assert self.day is not None, "a day is typed into its boxes"
        if (day := self.day.value()) is not None:
            self.planned.emit(day)
