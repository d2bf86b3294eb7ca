"""有钱要发吗: whether money was promised with the reply, and for which day, to be asked after."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field

NONE, PAID, LATER = "none", "paid", "later"


class PayQuestion(QWidget):
    """`pays_on()` is the day the money came or is to come, None where there is none."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._today = today
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.which = ChoiceGroup(
            [(NONE, self.tr("没有钱")), (PAID, self.tr("已经发了")), (LATER, self.tr("说好了日子"))]
        )
        self.day = DateEdit(today, quick=False, future=True)
        self.day_field = Field("pays_on", self.tr("哪天发"), self.day, self.tr("过十天提醒您问到账没有。"))
        column.addWidget(Field("pays", self.tr("有钱发给她吗"), self.which, optional=True))
        column.addWidget(self.day_field)
        self.which.changed.connect(self._show)
        self.which.changed.connect(self.changed)
        self._show()

    def pays_on(self) -> date | None:
        """The day to count from."""
        if self.which.value() == PAID:
            return self._today
        return self.day.value() if self.which.value() == LATER else None

    def problems(self) -> tuple[Problem, ...]:
        """A day that was promised has to be a day."""
        if self.which.value() != LATER:
            return ()
        if (wrong := self.day.problem()) is not None:
            return (Problem("pays_on", wrong.words),)
        return () if self.day.value() else (Problem("pays_on", self.tr("说好哪天发？填月和日。")),)

    def _show(self) -> None:
        self.day_field.setVisible(self.which.value() == LATER)
