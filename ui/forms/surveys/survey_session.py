"""The memory of a questionnaire being filled: every answer kept as it is given, and every step back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.actions.surveys import filling
from app.actions.surveys.filling import Sitting
from app.domain.problem import Problem
from app.domain.surveys.asking import asked, lacking
from app.domain.surveys.filling import Filling
from app.domain.surveys.survey import Question
from ui.forms.session import MOST_STEPS_BACK, PAUSE_MS, Editor, Saver
from ui.tasks import Tasks


class SurveySession(QObject):
    """`changed(question)` after every answer, `restored(question)` when it changed by stepping back."""

    changed = Signal(str)
    restored = Signal(str)

    def __init__(self, tasks: Tasks, sitting: Sitting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sitting, self.survey = sitting, sitting.survey
        self.filling: Filling = sitting.filling
        self._back: list[tuple[str, Filling]] = []
        self._forth: list[tuple[str, Filling]] = []
        self._typing: dict[str, Editor] = {}
        self.saver = Saver(tasks, self, filling.keep)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.take_typed)

    def value(self, name: str) -> Any:
        """The plain answer to a question; None when there is none."""
        return self.filling.answers.get(name)

    def asked(self) -> tuple[Question, ...]:
        """The questions that are asked now."""
        return asked(self.survey, self.filling.answers)

    def missing(self) -> tuple[Problem, ...]:
        """What stands between these answers and the end."""
        return lacking(self.survey, self.filling.answers)

    def put(self, name: str, value: Any) -> None:
        """Set an answer and keep it."""
        made = self.filling.answered(name, value)
        if made == self.filling:
            return
        self._back = [*self._back[1 - MOST_STEPS_BACK :], (name, self.filling)]
        self._forth.clear()
        self._become(made)
        self.changed.emit(name)

    def mark(self, *, at: str | None = None, taken: tuple[str, ...] | None = None) -> None:
        """The question in sight, or which proposals are to become tickets: no step to take back."""
        now = self.filling
        made = replace(now, at=now.at if at is None else at, taken=now.taken if taken is None else taken)
        if made != now:
            self._become(made)

    def pend(self, name: str, editor: Editor) -> None:
        """The worker is typing in `editor`; what it holds is kept after a pause."""
        self._typing[name] = editor
        self._pause.start()

    def take(self, name: str, editor: Editor) -> None:
        """Keep what `editor` holds now."""
        self._typing.pop(name, None)
        self.put(name, editor.value())

    def take_typed(self) -> None:
        """Keep everything typed so far."""
        for name, editor in list(self._typing.items()):
            self.take(name, editor)

    def undo(self) -> None:
        """Step back once, across questions."""
        self.take_typed()
        self._step(self._back, self._forth)

    def redo(self) -> None:
        """Step forth again."""
        self.take_typed()
        self._step(self._forth, self._back)

    def flush(self) -> None:
        """Nothing stays behind: letters still being composed, typed text, what waits to be kept."""
        QGuiApplication.inputMethod().commit()
        self.take_typed()
        self.saver.send()

    def stop(self) -> None:
        """It is finished or gone: save no more."""
        self._pause.stop()
        self._typing.clear()
        self.saver.close()

    def _step(self, here: list[tuple[str, Filling]], there: list[tuple[str, Filling]]) -> None:
        if here:
            name, made = here.pop()
            there.append((name, self.filling))
            self._become(made)
            self.restored.emit(name)

    def _become(self, made: Filling) -> None:
        self.filling = made
        self.saver.keep(made)
