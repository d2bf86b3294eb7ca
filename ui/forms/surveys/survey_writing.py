"""A questionnaire in hand: the form, the words about its keeping, and its end."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.surveys import filling, finishing
from app.actions.surveys.filling import Sitting
from app.domain.problem import StorageFault, UserError
from app.domain.visits.visit import Visit
from ui import notices, theme
from ui.forms.surveys.survey_form import SurveyForm
from ui.tasks import Tasks
from ui.widgets.banner import Note
from ui.widgets.chip import Chip
from ui.widgets.confirm import Confirm
from ui.widgets.words import Button


class SurveyWriting(QWidget):
    """`finished(Finished)` when it is sealed or in the box, `left(words)` when it is put aside or dropped,
    `reporting(draft)` with the visit in which a child is reported. `head` belongs into the title row."""

    finished = Signal(object)
    left = Signal(str)
    reporting = Signal(str)

    def __init__(self, tasks: Tasks, sitting: Sitting) -> None:
        super().__init__()
        self.tasks, self.sitting = tasks, sitting
        self.setProperty("surface", "clear")
        self.form = SurveyForm(tasks, sitting)
        self.confirm, self.note = Confirm(), Note("bad", "")
        self.note.hide()
        self.again = Button(self.tr("再存一次"), "small")
        self.note.add_button(self.again)
        self.head = QWidget()
        self.head.setProperty("surface", "clear")
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        self.drop = Button(self.tr("这份不要了"), "text")
        self.chip = Chip(self.tr("已存好"), "ok", "check")
        row.addWidget(self.drop)
        row.addWidget(self.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        for item in (self.note, self.confirm):
            column.addWidget(item)
        column.addWidget(self.form, 1)
        self._connect()

    @property
    def unsaved(self) -> bool:
        """True when the disk refused the latest state."""
        return self.form.session.saver.unsaved

    def flush(self) -> None:
        """Nothing typed stays behind."""
        self.form.session.flush()

    def _connect(self) -> None:
        saver = self.form.session.saver
        saver.saved.connect(self._saved)
        saver.failed.connect(self._not_saved)
        self.again.clicked.connect(saver.send)
        self.form.put_aside.connect(lambda: self.left.emit(self.tr("已存好，随时接着问。")))
        self.form.done.connect(self._finish)
        self.form.report_asked.connect(self._report)
        self.drop.clicked.connect(self._ask_drop)
        self.confirm.agreed.connect(self._throw_away)

    def _saved(self, at: datetime) -> None:
        self.chip.show()
        self.chip.say(self.tr("已存好 {time}").format(time=f"{at:%H:%M}"), "ok", "check")
        self.note.hide()

    def _not_saved(self, error: Exception) -> None:
        """M-04: what is on the screen is not on disk."""
        why = error.words if isinstance(error, StorageFault | UserError) else ""
        if not why:
            notices.bug(error)
        self.chip.hide()
        self.note.say("bad", self.tr("这一题没存上，还在屏幕上，别关机。"), why)
        self.note.show()

    def _finish(self) -> None:
        session = self.form.session
        session.flush()
        made = session.filling
        session.stop()
        self.form.next.setEnabled(False)
        self.tasks.run(self, lambda desk: finishing.finish(desk, made), self.finished.emit, self._refused)

    def _refused(self, error: Exception) -> None:
        self.form.next.setEnabled(True)
        self.form.session.saver.close(closed=False)
        if isinstance(error, UserError) and error.problems[0].field in self.form.cards:
            self.form.show_problem(error.problems[0].field, error.problems[0].words)
        else:
            notices.fault(error)

    def _report(self) -> None:
        session = self.form.session
        session.flush()
        made = session.filling

        def go(visit: Visit) -> None:
            self.reporting.emit(visit.id)

        self.tasks.run(self, lambda desk: finishing.report(desk, made), go, notices.fault)

    def _ask_drop(self) -> None:
        question = self.tr("这份问卷还没问完，答的都不要了吗？")
        self.confirm.ask(question, self.tr("不要这份问卷"), self.tr("留着"))

    def _throw_away(self) -> None:
        session = self.form.session
        session.stop()
        draft = session.filling.id
        self.tasks.run(
            self,
            lambda desk: filling.throw_away(desk, draft),
            lambda _nothing: self.left.emit(self.tr("这份问卷不要了。")),
        )
