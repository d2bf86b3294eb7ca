"""One question on the screen: its number and words, the control, and what is said because of its answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from app.domain.people.phone import spoken
from app.domain.problem import Problem
from app.domain.surveys.asking import chosen, empty, wrong
from app.domain.surveys.survey import Kind, Question
from ui.forms.surveys.survey_editors import make_editor
from ui.forms.surveys.survey_session import SurveySession
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.words import Button


class QuestionCard(Card):
    """`report_asked` when a child must be protected at once."""

    report_asked = Signal()

    def __init__(self, number: int, question: Question, session: SurveySession) -> None:
        super().__init__()
        self.question, self._session = question, session
        self.editor: Any = make_editor(question)
        label = f"{number}. {question.ask}"
        hint = question.hint or self._hint()
        self.row = Field(question.id, label, self.editor, hint, optional=question.optional)
        self.row.label.setProperty("kind", "section")  # read aloud at arm's length
        self.note = Note("info", "")
        self.note.hide()
        self.add(self.row)
        self.add(self.note)
        if any(one.report for one in question.choices):
            self.report = Button(self.tr("去报告"), "small", "phone")
            self.report.clicked.connect(self.report_asked)
            self.note.add_button(self.report)
        self.editor.typing.connect(lambda: session.pend(question.id, self.editor))
        self.editor.typing.connect(self.row.clear_problem)
        self.editor.changed.connect(self._taken)
        self.show_value()

    def show_value(self) -> None:
        """Show what the session holds."""
        self.editor.set_value(self._session.value(self.question.id))
        self.row.clear_problem()

    def show_problem(self, said: str) -> None:
        """Say beside it what is wrong."""
        self.row.show_problem(Problem(self.question.id, said))

    def remark(self) -> None:
        """Say what follows from the answer."""
        told = chosen(self.question, self._session.filling.answers)
        found = next((one for one in told if one.report), None) or next(
            (one for one in told if one.note), None
        )
        self.note.setVisible(found is not None)
        if found is not None:
            phone = self._session.sitting.town_phone
            said = found.note.replace("{town}", f" {spoken(phone)}" if phone else "")
            self.note.say("bad" if found.report else "info", said)

    def _taken(self) -> None:
        name = self.question.id
        self._session.take(name, self.editor)
        self._session.mark(at=name)
        value = self._session.value(name)
        if not empty(value) and (said := wrong(self.question, value)):
            self.show_problem(said)

    def _hint(self) -> str:
        if self.question.kind is not Kind.MULTI:
            return ""
        most = self.question.most
        return self.tr("最多选 {n} 样").format(n=most) if most else self.tr("可以选几样")
