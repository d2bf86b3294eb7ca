"""Answers opened to be read, put right by another set, or taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from app.actions.surveys import filling, finishing, reading
from app.actions.surveys.filling import Sitting
from app.actions.surveys.reading import Read
from ui import notices
from ui.forms.panel import Ask
from ui.forms.surveys.survey_read import SurveyRead


class ReadFlow(QObject):
    """`shown(SurveyRead)` when it is to be brought forward, `corrected(Sitting)` when another is begun,
    `voided(survey)` when it counts no more, `went(page, params)` to go elsewhere."""

    shown = Signal(object)
    corrected = Signal(object)
    voided = Signal(str)
    went = Signal(str, dict)

    def __init__(self, parent: QObject, ask: Ask) -> None:
        super().__init__(parent)
        self._ask = ask

    def open(self, response: str) -> None:
        """Show this set of answers."""
        self._ask(lambda desk: reading.look(desk, response), self._show)

    def _show(self, read: Read) -> None:
        face, response = SurveyRead(read), read.response.id

        def correct(desk: Desk) -> Sitting:
            return filling.resume(desk, finishing.correct(desk, response).id)

        def gone(_line: object) -> None:
            self.voided.emit(read.response.survey)
            notices.saved(self.tr("作废了，不再算。"))

        face.corrected.connect(lambda: self._ask(correct, self.corrected.emit))
        face.taken_back.connect(lambda: self._ask(lambda desk: finishing.take_back(desk, response), gone))
        face.ticket.connect(lambda ticket: self.went.emit("tickets", {"ticket": ticket}))
        face.response.connect(self.open)
        self.shown.emit(face)
