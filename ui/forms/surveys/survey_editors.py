"""From a question of a questionnaire to the control that asks it."""

from __future__ import annotations

from typing import Any

from app.domain.surveys.asking import scale_words
from app.domain.surveys.survey import SCALE_STEPS, Kind, Question
from ui import theme
from ui.forms.editors import Choices, Editor, NumberEditor, TextEditor
from ui.widgets.choice import Option
from ui.widgets.five_faces import FiveFaces


class FaceEditor(Editor):
    """Five faces for whoever answers to point at."""

    def __init__(self) -> None:
        super().__init__()
        self.faces = FiveFaces()
        row = self.faces.layout()
        if row is not None:  # inside a card, at the largest letters, every few pixels count
            row.setSpacing(theme.soft(6))
        self.column(self.faces)
        self.setFocusProxy(self.faces.faces[0])
        self.faces.changed.connect(self.changed)

    def value(self) -> int | None:
        return self.faces.value() or None

    def set_value(self, value: Any) -> None:
        self.faces.set_value(int(value or 0))

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.faces.setAccessibleName(label)
        for face in self.faces.faces:
            face.setAccessibleName(f"{label}，{face.text()}")


class StepEditor(Choices):
    """A scale in words or numbers, from the best to the worst."""

    def __init__(self, question: Question) -> None:
        steps = range(SCALE_STEPS, 0, -1)
        super().__init__([Option(str(step), scale_words(question, step)) for step in steps])

    def value(self) -> Any:
        found = super().value()
        return int(found) if isinstance(found, str) else None

    def set_value(self, value: Any) -> None:
        super().set_value(None if value is None else str(value))


def make_editor(question: Question) -> Editor:
    """The control for `question`, empty."""
    match question.kind:
        case Kind.SINGLE | Kind.MULTI:
            return Choices(
                [Option(one.code, one.words) for one in question.choices],
                multi=question.kind is Kind.MULTI,
                alone=frozenset(one.code for one in question.choices if one.alone),
            )
        case Kind.NUMBER:
            return NumberEditor(question.unit, question.most)
        case Kind.SCALE:
            return FaceEditor() if question.faces else StepEditor(question)
        case Kind.TEXT:
            return TextEditor(long=True)
