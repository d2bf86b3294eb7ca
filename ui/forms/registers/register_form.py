"""What every form of a register is: fields one under another, kept as they are filled, written in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.registers import listing
from app.actions.registers.books import Book
from app.actions.registers.listing import NEW, Choices
from app.domain.problem import Problem
from ui import theme
from ui.forms.holding import Holding
from ui.forms.panel import Ask, Work
from ui.widgets.card import Card
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.money import MoneyEdit
from ui.widgets.scroll import scrolled
from ui.widgets.stepper import Stepper
from ui.widgets.words import Button

SEVERAL = "|"


class RegisterForm(QWidget):
    """Subclasses put their fields in `build` and say in `work` what is written.

    `submitted(work)` when the filled button is pressed, `lacking(problems)` when it cannot be yet, `left`
    when the worker goes away.
    """

    book: Book
    submitted = Signal(object)
    lacking = Signal(object)
    left = Signal()

    def __init__(self, ask: Ask, choices: Choices) -> None:
        super().__init__()
        self.ask, self.choices, self.amends = ask, choices, ""
        self.setProperty("surface", "clear")
        self.fields: list[Field] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.soft(12))
        card = Card()
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.soft(16))
        card.add(self.column)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, theme.soft(8), 0)
        holder.addWidget(card)
        holder.addStretch(1)
        outer.addWidget(scrolled(holder), 1)
        outer.addLayout(self._foot())
        self.on = DateEdit(choices.today)
        self.put(Field("on", self.tr("哪天"), self.on))
        self.build()
        self._resting = {name: said(control) for name, control in self.controls().items()}
        self.holding = Holding(self, ask, listing.draft_kind(self.book), self.answers)
        for control in self.controls().values():
            control.changed.connect(self._touched)
        self.settle()

    def build(self) -> None:
        """Put the fields of this register."""
        raise NotImplementedError

    def problems(self) -> tuple[Problem, ...]:
        """What must be pointed at before anything can be judged; the register judges the rest."""
        return ()

    def work(self) -> Work:
        """What the filled button does, on the store's thread."""
        raise NotImplementedError

    def settle(self) -> None:
        """Show only what the answers so far ask for."""

    def begin(self, answers: Mapping[str, str], amends: str = "") -> None:
        """Show `answers`; with `amends` they correct that line, and are not kept as an unfinished form."""
        self.amends = amends
        self.on.set_value(self.choices.today)
        self.restore(answers)
        self.save.setText(self.tr("记下更正") if amends else self.tr("记下"))
        if not amends:
            self.holding.begin(NEW, answers)
        self.settle()

    def start(self) -> None:
        """The focus goes to the first field after the day, which is today nearly always."""
        target = self.fields[1] if len(self.fields) > 1 else self.fields[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, *fields: Field, together: bool = False) -> None:
        """Add fields in reading order; `together` on one line where there is room."""
        self.fields += fields
        if not together:
            for one in fields:
                self.column.addWidget(one)
            return
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(24), line_gap=theme.soft(12))
        for one in fields:
            flow.addWidget(one)
        self.column.addWidget(holder)

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(one for one in self.fields if one.name == name)

    def controls(self) -> dict[str, Any]:
        """What can be answered, by the name of its field."""
        return {one.name: one.control for one in self.fields}

    def answers(self) -> dict[str, str]:
        """What stands there, as texts, to be kept; the day alone is nothing written."""
        found = {name: said(control) for name, control in self.controls().items()}
        written = {name: text for name, text in found.items() if text and text != self._resting.get(name)}
        return written if set(written) - {"on"} else {}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was begun."""
        for name, control in self.controls().items():
            if name in answers:
                show(control, answers[name])

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.save = Button(self.tr("记下"), "main", "check")
        self.away = Button(self.tr("先放一放"), "text")
        self.save.clicked.connect(self._press)
        self.away.clicked.connect(self.left)
        row.addWidget(self.away)
        row.addStretch(1)
        row.addWidget(self.save)
        return row

    def _press(self) -> None:
        if lacking := self.problems():
            self.lacking.emit(lacking)
        else:
            self.submitted.emit(self.work())

    def _touched(self) -> None:
        self.settle()
        self.holding.touch()


def said(control: Any) -> str:
    """The answer of any control as a text."""
    if getattr(control, "multi", False):
        return SEVERAL.join(control.values())
    value = control.value()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def show(control: Any, text: str) -> None:
    """The reverse of `said`."""
    if getattr(control, "multi", False):
        control.set_values(text.split(SEVERAL))
    elif isinstance(control, DateEdit):
        control.set_value(date.fromisoformat(text) if text else None)
    elif isinstance(control, Stepper | MoneyEdit):
        control.set_value(int(text) if text else None if isinstance(control, MoneyEdit) else 0)
    else:
        control.set_value(text)
