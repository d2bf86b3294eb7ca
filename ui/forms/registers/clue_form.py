"""A new clue: whose, how it came, what was seen; pointed at, with one sentence to write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.registers import clues
from app.actions.registers.clues import Noted
from app.domain.registers.clue import SIGNALS, SOURCES
from ui import theme
from ui.forms.holding import Holding
from ui.forms.panel import Ask, Work
from ui.forms.registers.register_form import said, show
from ui.forms.registers.who_pick import WhoPick
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.scroll import scrolled
from ui.widgets.stepper import Stepper
from ui.widgets.text import LineBox
from ui.widgets.words import Button

DRAFT, NEW = "clue", "new"


class ClueForm(QWidget):
    """`submitted(work)` with the filled button, `left` when the worker goes away; kept as it is filled."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, ask: Ask, today: date) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.who = WhoPick(ask, strangers=self.tr("不在名册上"))
        self.source = ChoiceGroup(tuple(SOURCES.items()))
        self.signal = ChoiceGroup(tuple(SIGNALS.items()))
        self.words = LineBox(self.tr("比如：邻居说他家女儿住院花了好几万"))
        self.people = Stepper(1, most=20)
        self.on = DateEdit(today)
        self.on.set_value(today)
        self.fields = (
            Field("who", self.tr("是谁家"), self.who),
            Field("source", self.tr("怎么知道的"), self.source),
            Field("signal", self.tr("看到什么"), self.signal),
            Field("words", self.tr("怎么说的"), self.words),
            Field("people", self.tr("涉及几个人"), self.people),
            Field("on", self.tr("哪天发现的"), self.on),
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.soft(12))
        card = Card()
        # A sign that a child is hurt is reported at once; its details do not belong into a register.
        said = self.tr("孩子要是挨打、受欺负：先打 110 或 12345，再打镇里。")
        self.careful = Note("bad", said, self.tr("这里只写「要去看看」，细节别写。"))
        self.careful.hide()
        for field in self.fields:
            card.add(field)
            if field.name == "signal":
                card.add(self.careful)
            field.control.changed.connect(self._touched)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, theme.soft(8), 0)
        holder.addWidget(card)
        holder.addStretch(1)
        outer.addWidget(scrolled(holder), 1)
        outer.addLayout(self._foot())
        self._resting = self._said()
        self.holding = Holding(self, ask, DRAFT, self.answers)

    def begin(self, answers: Mapping[str, str]) -> None:
        """Show what was begun."""
        for field in self.fields:
            if field.name in answers:
                show(field.control, answers[field.name])
        self.careful.setVisible(self.signal.value() == "child")
        self.holding.begin(NEW, answers)

    def start(self) -> None:
        """The focus goes to the first field."""
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> dict[str, str]:
        """What was written, by the names of the fields."""
        return {name: text for name, text in self._said().items() if text != self._resting.get(name)}

    def work(self) -> Work:
        """Write it down, on the store's thread."""
        who = self.who.who
        noted = Noted(
            self.on.value(), self.source.value(), self.signal.value(), self.words.value(),
            person=who.person, household=who.household, name=who.name, people=self.people.value(),
        )  # fmt: skip
        return lambda desk: clues.note(desk, noted)

    def _touched(self) -> None:
        self.careful.setVisible(self.signal.value() == "child")
        self.holding.touch()

    def _said(self) -> dict[str, str]:
        return {field.name: said(field.control) for field in self.fields}

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.save = Button(self.tr("记下线索"), "main", "check")
        self.away = Button(self.tr("先放一放"), "text")
        self.save.clicked.connect(lambda: self.submitted.emit(self.work()))
        self.away.clicked.connect(self.left)
        row.addWidget(self.away)
        row.addStretch(1)
        row.addWidget(self.save)
        return row
