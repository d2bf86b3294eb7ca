"""报表: the sixteen reports of the county, of any days, with what stands behind every figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions import other_papers
from app.actions.desk import Desk
from app.actions.reports import lists, report_files, report_papers, reports
from app.domain.reports.catalogue import BY_KEY
from app.domain.reports.table import Report
from ui import notices, theme
from ui.forms.reports.report_list import ReportList
from ui.forms.reports.report_pane import ReportPane
from ui.forms.reports.report_view import Pointed
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets import file_dialogs
from ui.widgets.words import Button

LIST_WIDTH = 372


class ReportsPage(Page):
    """`open(report=key)` shows that report, without it the one shown last. In a narrow window the list or one
    report, not both."""

    title = "报表"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._reading = False
        self.all_button = Button(self.tr("所有报表"), "", "left")
        self.all_button.clicked.connect(self._back_to_list)
        self.left.addWidget(self.all_button)
        tables = QWidget()
        tables.setProperty("surface", "clear")
        across = QHBoxLayout(tables)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.soft(16))
        self.body.addWidget(tables, 1)
        self.side = ReportList()
        self.side.opened.connect(lambda key: self.open(report=key))
        self.pane = ReportPane(self.run)
        self.pane.shown.connect(self._shown)
        self.pane.opened.connect(self.navigate)
        self.pane.saving.connect(self._save_list)
        across.addWidget(self.side, 1)
        across.addWidget(self.pane, 2)
        self.save = Button(self.tr("存成表格"), "main", "save")
        self.save_all = Button(self.tr("十六张一起存"))
        self.save.clicked.connect(lambda: self._save(every=False))
        self.save_all.clicked.connect(lambda: self._save(every=True))
        self.paper = Button(self.tr("打印"), "", "print")
        self.paper.clicked.connect(self.print_report)
        for button in (self.save_all, self.paper, self.save):
            self.right.addWidget(button)
        self.primary = self.save
        self._fit()

    def open(self, **params: Any) -> None:
        """One report."""
        self.clear_problems()
        wanted = str(params.get("report") or "")
        self._reading = wanted in BY_KEY
        key = wanted if self._reading else self.pane.key
        self.side.show_current(key)
        self._fit()
        self.pane.ask(key)

    def refresh(self) -> None:
        """Count again; a list of records that is being looked at stays."""
        self.pane.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One pane or two."""
        super().resizeEvent(event)
        self._fit()

    def save_to(self, path: Path, *, every: bool) -> None:
        """Write the report in sight, or all sixteen of the same days, to `path`."""
        report, period = self.pane.report, self.pane.period()
        if report is None or period is None:
            return

        def work(desk: Desk) -> None:
            report_files.save(desk, reports.every(desk, period) if every else (report,), path)

        self.run(work, lambda _none: notices.saved(self.tr("表格存好了。")))

    def print_report(self) -> None:
        """The report in sight as a paper, on the page of papers."""
        report, period = self.pane.report, self.pane.period()
        if report is None or period is None:
            return
        subject = report_papers.subject_of(report, period)
        there = {
            "document": other_papers.REPORT,
            "subject": subject,
            "back": ("reports", {"report": report.key}),
        }
        self.navigate.emit("paper", there)

    def _shown(self, report: Report) -> None:
        self._fit()
        self.set_title(report.title if not self.wide() else self.title, report.period)

    def _back_to_list(self) -> None:
        self._reading = False
        self.pane.leave_records()
        self._fit()
        self.side.rows.setFocus()

    def _save(self, *, every: bool) -> None:
        if (report := self.pane.report) is None:
            return
        name = report_files.file_name((report, report) if every else (report,))
        kinds = self.tr("表格 (*.xlsx)")
        if path := file_dialogs.ask_save(self, self.tr("表格存到哪里"), name, kinds):
            self.save_to(path, every=every)

    def _save_list(self, pointed: Pointed) -> None:
        if (report := self.pane.report) is None:
            return
        title = f"{report.title} {pointed.words} {report.period}"
        kinds = self.tr("表格 (*.xlsx)")
        if path := file_dialogs.ask_save(
            self, self.tr("名单存到哪里"), f"{report.place} {title}.xlsx", kinds
        ):
            self.save_list_to(path, pointed, title)

    def save_list_to(self, path: Path, pointed: Pointed, title: str) -> None:
        """Write the records behind a figure to `path`, names masked."""
        said = self.tr("名单存好了，名字遮了一部分。")
        self.run(
            lambda desk: lists.save(desk, pointed.kind, pointed.ids, title, path),
            lambda _none: notices.saved(said),
        )

    def _fit(self) -> None:
        wide = self.wide()
        self.side.setVisible(wide or not self._reading)
        self.side.setMaximumWidth(theme.soft(LIST_WIDTH) if wide else theme.soft(LIST_WIDTH) * 9)
        self.pane.setVisible(wide or self._reading)
        self.all_button.setVisible(not wide and self._reading)
        self.save_all.setVisible(wide or not self._reading)
        self.paper.setVisible(wide or self._reading)
        self.save.setVisible(wide or self._reading)
