"""What is still missing before the signature, each line a way to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.domain.visits.form import Form
from ui import theme
from ui.forms.aside import clear
from ui.widgets.card import Card
from ui.widgets.line_button import LineButton


class Lacks(Card):
    """`went(name)` when a line is pressed."""

    went = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(theme.soft(2))
        self.add(self.lines)
        self.problems: tuple[Problem, ...] = ()
        self.buttons: list[LineButton] = []

    def say(self, problems: Sequence[Problem], form: Form, steps: Sequence[int]) -> None:
        """List `problems`; `steps` are the steps of this visit in order, for their numbers."""
        self.setVisible(bool(problems))
        if tuple(problems) == self.problems and self.buttons:
            return
        self.problems = tuple(problems)
        clear(self.lines)
        self.buttons = []
        self.set_title(self.tr("还差 {n} 处，点一下就到").format(n=len(problems)))
        for problem in problems:
            step = form.step_of(problem.field)
            number = steps.index(step) + 1 if step in steps else 1
            text = self.tr("第 {n} 步：{words}").format(n=number, words=problem.words.rstrip("。"))
            button = LineButton(text, "right")
            button.clicked.connect(lambda _on=False, name=problem.field: self.went.emit(name))
            self.lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(button)
