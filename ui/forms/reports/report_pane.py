"""One report with its days and its split, or the records behind one of its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.reports import reports
from app.actions.reports.behind import Behind, behind
from app.domain.reports.catalogue import REPORTS
from app.domain.reports.period import Period
from app.domain.reports.table import Report
from ui import theme
from ui.forms.papers.print_run import Run
from ui.forms.reports.behind_view import BehindView
from ui.forms.reports.report_span import ReportSpan
from ui.forms.reports.report_view import Pointed, ReportView
from ui.widgets.scroll import scrolled


class ReportPane(QStackedWidget):
    """`shown(Report)` when another one stands here, `opened(page, params)` when a record is wanted,
    `saving(Pointed)` when the records behind a figure are to be kept as a list."""

    shown = Signal(object)
    opened = Signal(str, dict)
    saving = Signal(object)

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self.key = REPORTS[0].key
        self.report: Report | None = None
        self.span: ReportSpan | None = None
        self.view: ReportView | None = None
        self.behind: BehindView | None = None
        one = QWidget()
        one.setProperty("surface", "clear")
        self._column = QVBoxLayout(one)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.soft(12))
        self._area = scrolled(one)
        self.addWidget(self._area)

    def ask(self, key: str) -> None:
        """Show report `key` of the days chosen, in its usual split."""
        if key != self.key and self.span is not None:
            self.span.forget_cut()
        self.key = key
        self.leave_records()
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        self._run(lambda desk: desk.today, self._count)

    def period(self) -> Period | None:
        """The days in sight."""
        return self.span.period() if self.span is not None else None

    def leave_records(self) -> None:
        """Back to the tables."""
        self.setCurrentWidget(self._area)
        if self.behind is not None:
            self.removeWidget(self.behind)
            self.behind.deleteLater()
            self.behind = None

    def _count(self, today: date) -> None:
        if self.span is None:
            self.span = ReportSpan(today)
            self.span.changed.connect(self.refresh)
            self._column.insertWidget(0, self.span)
        self.span.turn_to(today)
        if (period := self.span.period()) is not None:
            key, cut = self.key, self.span.chosen_cut()
            self._run(
                lambda desk: (reports.make(desk, key, period, cut=cut), reports.cuts(desk, key)),
                lambda found: self._show(*found),
            )

    def _show(self, report: Report, cuts: Sequence[tuple[str, str]]) -> None:
        if report.key != self.key or self.span is None:
            return  # another one was pointed at meanwhile
        self.report = report
        self.span.offer(cuts, report.cut)
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = ReportView(report, can_widen=self.span.when.value() != "year")
        self.view.pointed.connect(self._look)
        self.view.wider.connect(self._whole_year)
        self._column.addWidget(self.view, 1)
        self.shown.emit(report)

    def _look(self, pointed: Pointed) -> None:
        self._run(
            lambda desk: behind(desk, pointed.kind, pointed.ids),
            lambda found: self._show_records(pointed, found),
        )

    def _show_records(self, pointed: Pointed, found: Sequence[Behind]) -> None:
        self.leave_records()
        self.behind = BehindView(pointed, found)
        self.behind.left.connect(self._back_to_table)
        self.behind.opened.connect(self.opened)
        self.behind.saving.connect(lambda: self.saving.emit(pointed))
        self.addWidget(self.behind)
        self.setCurrentWidget(self.behind)
        self.behind.back.setFocus()

    def _back_to_table(self) -> None:
        self.leave_records()
        if self.view is not None and self.view.tables:
            self.view.tables[0].setFocus()

    def _whole_year(self) -> None:
        if self.span is not None:
            self.span.when.set_value("year")
            self.span.own.hide()
            self.refresh()
