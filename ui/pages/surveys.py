"""问卷: the questionnaires, one being asked, what they come to, and who was asked."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.surveys import counting, filling
from app.actions.surveys.counting import Overview
from app.actions.surveys.filling import Sitting
from app.actions.surveys.finishing import Finished
from app.domain.reports.period import year_of
from ui import notices
from ui.forms.panes import scrolled
from ui.forms.surveys.ask_flow import AskFlow
from ui.forms.surveys.read_flow import ReadFlow
from ui.forms.surveys.survey_begin import SurveyBegin
from ui.forms.surveys.survey_list import SurveyList
from ui.forms.surveys.survey_out import SurveyOut
from ui.forms.surveys.survey_read import SurveyRead
from ui.forms.surveys.survey_view import SurveyView
from ui.forms.surveys.survey_words import finished_words
from ui.forms.surveys.survey_writing import SurveyWriting
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.face_stack import FaceStack
from ui.widgets.words import Button


class SurveysPage(Page):
    """`open()` the list, `open(survey=)` the totals of one, `open(response=)` or `open(key=)` one set of
    answers, `open(draft=)` to go on, `open(new=True, survey=, household=, person=, visit=, ticket=, back=)`
    to ask; `back` is the page (with its params) to return to when it is done."""

    title = "问卷"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.stack = FaceStack()
        self.list, self.view = SurveyList(), SurveyView(self.run)
        self.asking, self.reading = AskFlow(self, self.run), ReadFlow(self, self.run)
        self.out = SurveyOut(self.stack, self.view, self.run)
        self.writing: SurveyWriting | None = None
        self._back: tuple[str, dict[str, Any]] | None = None
        self._arriving = True  # what the county sends meanwhile takes no focus
        self.all = Button(self.tr("所有问卷"), "", "left")
        self.new = Button(self.tr("问一份"), "main", "plus")
        self.left.addWidget(self.all)
        self.right.addWidget(self.new)
        for face in (self.list, self.view):
            self.stack.addWidget(face)
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._show(self.list, self.tr("问卷"))

    def open(self, **params: Any) -> None:
        """Go where `params` say; a questionnaire in hand is kept first."""
        refused = self.unsaved()
        self.leave()
        if refused:
            notices.bad(self.tr("有一题没存上，还在屏幕上。腾出地方，看到「已存好」再走。"))
            return
        self.clear_problems()
        self._back = params.get("back")
        survey, draft = str(params.get("survey") or ""), str(params.get("draft") or "")
        response = str(params.get("response") or params.get("key") or "")
        if params.get("new"):
            self.asking.open(params)
        elif draft:
            self.run(lambda desk: filling.resume(desk, draft), self._write, self._gone)
        elif response:
            self.reading.open(response)
        elif survey:
            self.view.ask(survey)
            self._show(self.view, self.tr("问卷"))
        else:
            self._show(self.list, self.tr("问卷"))
            self.refresh()

    def refresh(self) -> None:
        """Count again; what is being written or read is left alone."""
        face = self.stack.currentWidget()
        if face is self.list:
            self.run(lambda desk: counting.overview(desk, year_of(desk.today)), self._listed)
        elif face is self.view:
            self.view.refresh()

    def unsaved(self) -> bool:
        """True when the questionnaire in hand stands on the screen alone."""
        return self.writing is not None and self.writing.unsaved

    def leave(self) -> None:
        """Nothing typed stays behind."""
        if self.writing is not None:
            self.writing.flush()

    def _connect(self) -> None:
        self.all.clicked.connect(lambda: self.open())
        self.new.clicked.connect(lambda: self.open(new=True, survey=self._in_sight()))
        self.list.opened.connect(lambda key: self.open(survey=key))
        self.list.resumed.connect(lambda draft: self.open(draft=draft))
        self.view.opened.connect(lambda response: self.open(response=response))
        self.view.titled.connect(self._entitle)
        self.view.returned.connect(lambda: self.open(new=True, survey=self.view.key, paper=True))
        self.out.went.connect(self.navigate)
        self.asking.shown.connect(self._show_made)
        self.asking.begun.connect(self._write)
        self.asking.lacking.connect(lambda problems: (self.clear_problems(), self.show_problems(problems)))
        self.asking.left.connect(self._done)
        self.asking.changed.connect(self.refresh)
        self.reading.shown.connect(self._show_made)
        self.reading.corrected.connect(self._write)
        self.reading.voided.connect(lambda survey: self.open(survey=survey))
        self.reading.went.connect(self.navigate)

    def _in_sight(self) -> str:
        return self.view.key if self.stack.currentWidget() is self.view else ""

    def _show(self, face: QWidget, title: str, subtitle: str = "") -> None:
        """Bring a face forward; one that was made for this once is let go after."""
        old = self.stack.currentWidget()
        if self.stack.indexOf(face) < 0:
            self.stack.addWidget(face)
        self.stack.setCurrentWidget(face)
        if self.writing is not None and self.writing is not face:
            self.right.removeWidget(self.writing.head)
            self.writing.head.hide()
            self.writing.head.deleteLater()
        if old is not None and old not in (self.list, self.view, face):
            self.stack.removeWidget(old)
            old.deleteLater()
        self.writing = face if isinstance(face, SurveyWriting) else None
        self.set_title(title, subtitle)
        self.where.tell()
        resting = face in (self.list, self.view)
        self._arriving = True
        self.new.setVisible(resting)
        self.all.setVisible(face is not self.list and self.writing is None)
        if resting:
            self.primary = self.new

    def _show_made(self, face: Any) -> None:
        """What was made to be filled or read once."""
        if isinstance(face, SurveyRead):
            title = face.read.survey.title if face.read.survey else self.tr("问卷")
            self._show(scrolled(face), title, face.read.who or self.tr("不记名"))
            self.where.tell("survey_response", face.read.response.id)
            if face.button is not None:
                face.button.setFocus()
        elif isinstance(face, SurveyBegin):
            self._show(face, self.tr("问一份问卷"))
            self.primary = face.go_on

    def _entitle(self, title: str) -> None:
        if self.stack.currentWidget() is self.view:
            self.set_title(title)

    def _listed(self, found: Overview) -> None:
        if self.stack.currentWidget() is self.list:
            self.list.show_overview(found)
            if self._arriving:
                self.list.start()
            self._arriving = False

    def _write(self, sitting: Sitting) -> None:
        face = SurveyWriting(self.tasks, sitting)
        self._show(face, sitting.survey.title, sitting.who or self.tr("不记名"))
        self.right.addWidget(face.head)
        face.left.connect(lambda said: (self._done(), notices.saved(said)))
        face.finished.connect(self._finished)
        face.reporting.connect(lambda draft: self.navigate.emit("visits", {"draft": draft}))
        self.primary = face.form.next
        face.form.start()

    def _finished(self, done: Finished) -> None:
        if done.reporting:  # before anything else: the telephone
            self._back = ("visits", {"draft": done.reporting})
        self._done()
        notices.saved(finished_words(done))

    def _done(self) -> None:
        """Back to where the worker came from, else to the list."""
        back, self._back = self._back, None
        self._show(self.list, self.tr("问卷"))
        if back is None:
            self.refresh()
        else:
            self.navigate.emit(*back)

    def _gone(self, error: Exception) -> None:
        self._show(self.list, self.tr("问卷"))
        self.refresh()
        self.show_error(error)
