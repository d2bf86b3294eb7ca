"""The five questions of a call on the screen: answered by pointing, with words where they matter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.tickets.five_questions import NEXT, QUESTIONS, YES, Question, in_hardship
from app.domain.tickets.followup import Heard
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox

WORDS = "_words"  # after a question's key: the words added to its answer
NEVER = "no"


class FiveQuestions(QWidget):
    """`heard()` are the answers; `again()` says when to call next. `changed` at every answer."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.groups: dict[str, ChoiceGroup] = {}
        self.more: dict[str, LineBox] = {}
        self._more_fields: dict[str, Field] = {}
        for question in QUESTIONS:
            self._add(column, question)
        self.groups[NEXT].set_value(NEVER)
        self._show()

    @property
    def next(self) -> ChoiceGroup:
        """When she is called the next time."""
        return self.groups[NEXT]

    def heard(self) -> tuple[Heard, ...]:
        """What was pointed at, in the order asked; the day of the next call is no answer of hers."""
        found = []
        for question in QUESTIONS:
            answer = self.groups[question.key].value()
            if answer and question.key != NEXT:
                more = self.more[question.key].value() if answer in question.more else ""
                found.append(Heard(question.key, answer, more))
        return tuple(found)

    def hardship(self) -> bool:
        """Whether the family cannot wait."""
        return in_hardship(self.heard())

    def clear(self, *, again: str = NEVER) -> None:
        """Nothing answered; the next call as the rule says."""
        for group in self.groups.values():
            group.set_value("")
        for box in self.more.values():
            box.set_value("")
        self.groups[NEXT].set_value(again)
        self._show()

    def answers(self) -> dict[str, str]:
        """What was begun, to be kept."""
        kept = {key: group.value() for key, group in self.groups.items() if key != NEXT}
        return kept | {key + WORDS: box.value() for key, box in self.more.items()}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was begun; what was answered meanwhile stays."""
        for key, group in self.groups.items():
            if answers.get(key) and not group.value():
                group.set_value(answers[key])
        for key, box in self.more.items():
            if answers.get(key + WORDS) and not box.value():
                box.set_value(answers[key + WORDS])
        self._show()

    def _add(self, column: QVBoxLayout, question: Question) -> None:
        group = self.groups[question.key] = ChoiceGroup(list(question.answers))
        name = "next_on" if question.key == NEXT else question.key
        column.addWidget(Field(name, question.asked, group))
        group.changed.connect(self._answered)
        if question.more:
            box = self.more[question.key] = LineBox()
            hint = self.tr("急什么") if YES in question.more else self.tr("说清是什么")
            field = Field(question.key + WORDS, hint, box, optional=True)
            self._more_fields[question.key] = field
            column.addWidget(field)
            box.changed.connect(self.changed)

    def _answered(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for question in QUESTIONS:
            if field := self._more_fields.get(question.key):
                field.setVisible(self.groups[question.key].value() in question.more)
