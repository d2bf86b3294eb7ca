"""Questionnaires on paper and as files: blanks, totals, who was asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions.surveys import papers
from app.domain.reports.period import Period
from ui import notices
from ui.forms.panel import Ask
from ui.forms.registers.sheet_view import Sheet, SheetView
from ui.forms.surveys.survey_view import BLANK, LARGE, TOTALS, SurveyView
from ui.widgets import file_dialogs


class SurveyOut(QObject):
    """Shows sheets of the questionnaire in `view`: `shown(SheetView)` to bring one forward, `left` when it
    was printed or is not wanted."""

    shown = Signal(object)
    left = Signal()
    primary_changed = Signal(object)

    def __init__(self, parent: QWidget, view: SurveyView, ask: Ask) -> None:
        super().__init__(parent)
        self._parent, self._view, self._ask = parent, view, ask
        view.printing.connect(self.print)
        view.saving.connect(self.save)

    def print(self, what: str) -> None:
        """The sheet of `what` with the printer beside it."""
        report, period = self._view.report, self._view.period()
        if report is None or period is None:
            return
        sheet = SheetView(self._ask)
        for done in (sheet.left, sheet.printed):
            done.connect(self.left)
        sheet.primary_changed.connect(self.primary_changed)
        sheet.begin(self._sheet(what, self._view.key, report.title, period))
        self.shown.emit(sheet)

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

    def _sheet(self, what: str, survey: str, title: str, period: Period) -> Sheet:
        if what in (BLANK, LARGE):
            large = what == LARGE
            about = self.tr("带去给人填，有脸的题让本人指。填完照着记进来。")
            named = self.tr("{title}（特大字）") if large else self.tr("{title}（空白）")
            return Sheet(
                named.format(title=title),
                f"survey {what} {survey}",
                lambda desk: papers.blank_sheet(desk, survey, large=large),
                about,
            )
        log = f"survey {what} {survey} {period.words}"
        if what == TOTALS:
            about = self.tr("没有名字，也没有原话。")
            named = self.tr("{title}汇总").format(title=title)
            return Sheet(named, log, lambda desk: papers.totals_pdf(desk, survey, period), about)
        about = self.tr("有全名，留在村里，不往墙上贴。")
        named = self.tr("{title}问过谁").format(title=title)
        return Sheet(named, log, lambda desk: papers.asked_pdf(desk, survey, period), about)
