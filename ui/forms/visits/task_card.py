"""临时要去: something happened, or somebody is to be comforted; the visit goes into the plan at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words


class TaskCard(Card):
    """`asked(purpose, why)`. Closed until it is wanted."""

    asked = Signal(str, str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("临时要去"))
        self.begin_button = Button(self.tr("出了事"), "small", "warn")
        self.begin_button.setAccessibleName(self.tr("出了事，要去看"))
        self.begin_button.clicked.connect(self._open)
        self.head.addWidget(self.begin_button)
        self.lead = words(self.tr("受了灾、老人出了变故，一天里要有人上门。"), "body", "quiet", wrap=True)
        self.add(self.lead)
        kinds = [
            ("VP15", self.tr("受灾、出事")),
            ("VP07", self.tr("老人有变故")),
            ("VP05", self.tr("有线索要核实")),
            ("VP14", self.tr("告诉进度")),
            ("VP17", self.tr("慰问")),
        ]
        self.kinds = ChoiceGroup(kinds)
        self.kinds.set_label(self.tr("为什么去"))
        self.why = LineBox()
        self.keep = Button(self.tr("排进走访"), "primary", "check")
        self.keep.clicked.connect(lambda: self.asked.emit(self.kinds.value(), self.why.value()))
        self.kinds.changed.connect(self.touched)
        self.why.changed.connect(self.touched)
        self._form = (
            Field("purpose", self.tr("为什么去"), self.kinds),
            Field("task_why", self.tr("出了什么事"), self.why, optional=True),
            self.keep,
        )
        for part in self._form:
            self.add(part)
        self.begin()

    def begin(self) -> None:
        """Another household is looked at, or what was asked for was kept."""
        self._opened = False
        self.kinds.set_values(())
        self.why.set_value("")
        self._fit()

    def answers(self) -> dict[str, str]:
        """What stands there, by the names of its fields; nothing while it is closed."""
        return {"purpose": self.kinds.value(), "task_why": self.why.value()} if self._opened else {}

    def take_up(self, kept: Mapping[str, str]) -> None:
        """Go on with what was begun here."""
        if kept.get("purpose") or kept.get("task_why"):
            self.kinds.set_value(kept.get("purpose", ""))
            self.why.set_value(kept.get("task_why", ""))
            self._opened = True
            self._fit()

    def _open(self) -> None:
        self._opened = not self._opened
        self._fit()
        if self._opened:
            self.kinds.setFocus()

    def _fit(self) -> None:
        for part in self._form:
            part.setVisible(self._opened)
        self.lead.setVisible(not self._opened)
