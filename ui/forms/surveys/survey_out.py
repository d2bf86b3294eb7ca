"""Questionnaires on paper and as files: blanks, totals, who was asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions import other_papers
from app.actions.surveys import papers, survey_papers
from ui import notices
from ui.forms.panel import Ask
from ui.forms.surveys.survey_view import BLANK, LARGE, TOTALS, SurveyView
from ui.widgets import file_dialogs


class SurveyOut(QObject):
    """Sends what of the questionnaire in `view` goes on paper to the page of papers: `went(page, params)`."""

    went = Signal(str, dict)

    def __init__(self, parent: QWidget, view: SurveyView, ask: Ask) -> None:
        super().__init__(parent)
        self._parent, self._view, self._ask = parent, view, ask
        view.printing.connect(self.print)
        view.saving.connect(self.save)

    def print(self, what: str) -> None:
        """The sheet of `what` with the printer beside it."""
        survey, period = self._view.key, self._view.period()
        if self._view.report is None or period is None:
            return
        if what in (BLANK, LARGE):
            document = other_papers.SURVEY_BLANK
            subject = survey_papers.blank_subject(survey, large=what == LARGE)
        else:
            document = other_papers.SURVEY_TOTALS if what == TOTALS else other_papers.SURVEY_ASKED
            subject = survey_papers.counted_subject(survey, period)
        back = ("surveys", {"survey": survey})
        self.went.emit("paper", {"document": document, "subject": subject, "back": back})

    def save(self, what: str) -> None:
        """Ask where, and keep the totals or the list of who was asked as a workbook."""
        report, period = self._view.report, self._view.period()
        if report is None or period is None:
            return
        named = self.tr("汇总") if what == TOTALS else self.tr("问过谁")
        name = papers.file_name(report.place, report.title, named, period)
        path = file_dialogs.ask_save(self._parent, self.tr("表格存到哪里"), name, self.tr("表格 (*.xlsx)"))
        if path is not None:
            self.save_to(what, path)

    def save_to(self, what: str, path: Path) -> None:
        """Keep it at `path`."""
        survey, period = self._view.key, self._view.period()
        if period is None:
            return
        write = papers.save_totals if what == TOTALS else papers.save_asked
        said = self.tr("表格存好了。") if what == TOTALS else self.tr("名单存好了，名字遮了一部分。")
        self._ask(lambda desk: write(desk, survey, period, path), lambda _none: notices.saved(said))
