"""The way to a questionnaire in hand: who is asked what, or that they would rather not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from app.actions.surveys import counting, editions, filling, finishing
from app.actions.surveys.filling import Sitting
from app.domain.surveys.response import SurveyAsked, Way
from app.domain.surveys.survey import Survey
from ui import notices
from ui.forms.panel import Ask
from ui.forms.registers.who_pick import Who
from ui.forms.surveys.survey_begin import SurveyBegin
from ui.forms.surveys.who_known import known


class AskFlow(QObject):
    """`shown(SurveyBegin)` when it is to be brought forward, `begun(Sitting)`, `lacking(problems)`,
    `left` when nothing is asked; `changed` when a refusal was taken back."""

    shown = Signal(object)
    begun = Signal(object)
    lacking = Signal(object)
    left = Signal()
    changed = Signal()

    def __init__(self, parent: QObject, ask: Ask) -> None:
        super().__init__(parent)
        self._ask = ask
        self.face: SurveyBegin | None = None

    def open(self, params: Mapping[str, Any]) -> None:
        """Ask with what is known from where the worker comes."""
        told = {
            name: str(params.get(name) or "") for name in ("survey", "household", "person", "visit", "ticket")
        }

        def look(desk: Desk) -> tuple[Sequence[Survey], Who, date]:
            return editions.now_asked(desk), known(desk, told["household"], told["person"]), desk.today

        self._ask(look, lambda found: self._show(told, bool(params.get("paper")), *found))

    def _show(
        self, told: Mapping[str, str], paper: bool, surveys: Sequence[Survey], who: Who, today: date
    ) -> None:
        face = self.face = SurveyBegin(self._ask, surveys, today)
        after = next((one.id for one in surveys if one.after_ticket), "") if told["ticket"] else ""
        face.show_known(told["survey"] or after, who, visit=told["visit"], ticket=told["ticket"], paper=paper)
        face.begun.connect(lambda: self._begin(face))
        face.refused.connect(lambda: self._refuse(face))
        face.left.connect(self.left)
        face.who.changed.connect(lambda: self._recall(face))
        self.shown.emit(face)
        self._recall(face)
        face.start()

    def _recall(self, face: SurveyBegin) -> None:
        """What this family was asked already: nobody is asked the same twice by mistake."""
        household = face.who.who.household
        if household:
            self._ask(lambda desk: counting.asked_of(desk, household), face.show_before)
        else:
            face.show_before(())

    def _begin(self, face: SurveyBegin) -> None:
        problems = face.problems()
        self.lacking.emit(problems)
        if problems:
            return
        survey, whom, anonymous, day = face.survey.value(), face.whom, face.anonymous, face.day
        way = Way(face.way.value() or Way.FACE)

        def begin(desk: Desk) -> Sitting:
            return filling.begin(desk, survey, whom, anonymous=anonymous, way=way, on=day)

        self._ask(begin, self.begun.emit)

    def _refuse(self, face: SurveyBegin) -> None:
        problems = tuple(one for one in face.problems() if one.field != "naming")
        self.lacking.emit(problems)
        if problems:
            return
        survey, whom = face.survey.value(), face.whom

        def noted(made: SurveyAsked) -> None:
            def undo() -> None:
                self._ask(
                    lambda desk: finishing.take_back_asked(desk, made.id), lambda _gone: self.changed.emit()
                )

            self.left.emit()
            notices.saved(self.tr("记下了，不愿答。"), undo)

        self._ask(lambda desk: filling.refused(desk, survey, whom), noted)
