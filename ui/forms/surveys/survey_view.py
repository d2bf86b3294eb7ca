"""One questionnaire looked at: its totals of any days, and the list of who was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.surveys import counting
from app.actions.surveys.counting import AskedLine
from app.domain.reports.period import Period
from app.domain.reports.table import Report
from app.domain.surveys.response import SurveyResponse
from ui import theme
from ui.forms.panel import Ask
from ui.forms.reports.report_span import ReportSpan
from ui.forms.reports.report_view import Pointed, ReportView
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.line_button import LineButton
from ui.widgets.scroll import lay_out, scrolled
from ui.widgets.words import Button, words

YEAR = "year"
LEFT = Qt.AlignmentFlag.AlignLeft
BLANK, LARGE, TOTALS, ASKED = "blank", "large", "totals", "asked"  # what can be printed and saved


class SurveyView(QWidget):
    """`opened(response)` when a named one is to be read; `printing(what)` and `saving(what)`,
    `returned` when a paper that was filled in is to be entered, `titled` when it is known what is shown."""

    opened = Signal(str)
    printing = Signal(str)
    saving = Signal(str)
    returned = Signal()
    titled = Signal(str)

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self.key = ""
        self.report: Report | None = None
        self.span: ReportSpan | None = None
        self.view: ReportView | None = None
        self.setProperty("surface", "clear")
        self._inside = inside = QWidget()
        inside.setProperty("surface", "clear")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.soft(4), 0)
        self._column.setSpacing(theme.soft(12))
        self._column.addWidget(self._doors())
        self.who = Card()
        self.every = Button(self.tr("看所有问过的"), "small")
        self.every.clicked.connect(lambda: self._show_asked(self._asked))
        self.who.head.addWidget(self.every)
        self._column.addWidget(self.who)
        self._column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(inside)
        column.addWidget(self._area)
        self._lines: list[QWidget] = []
        self._asked: tuple[AskedLine, ...] = ()
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._bring)

    def ask(self, key: str) -> None:
        """Show questionnaire `key`."""
        self.key = key
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        self._ask(lambda desk: desk.today, self._count)

    def period(self) -> Period | None:
        """The days in sight."""
        return self.span.period() if self.span is not None else None

    def _doors(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        self.blank, self.large = Button(self.tr("打空白卷"), "", "print"), Button(self.tr("打特大字的"))
        self.paper = Button(self.tr("记一份纸上的"), "", "pen")
        self.totals, self.names = Button(self.tr("打汇总"), "", "print"), Button(self.tr("打问过谁"))
        self.save, self.save_names = (
            Button(self.tr("汇总存成表格"), "", "save"),
            Button(self.tr("名单存成表格")),
        )
        for button, signal, what in (
            (self.blank, self.printing, BLANK),
            (self.large, self.printing, LARGE),
            (self.totals, self.printing, TOTALS),
            (self.names, self.printing, ASKED),
            (self.save, self.saving, TOTALS),
            (self.save_names, self.saving, ASKED),
        ):
            button.clicked.connect(lambda _on=False, signal=signal, what=what: signal.emit(what))
        self.paper.clicked.connect(self.returned)
        for button in (
            self.blank, self.large, self.paper, self.totals, self.names, self.save, self.save_names
        ):  # fmt: skip
            flow.addWidget(button)
        return holder

    def _count(self, today: date) -> None:
        if self.span is None:
            self.span = ReportSpan(today, YEAR)
            self.span.changed.connect(self.refresh)
            self._column.insertWidget(1, self.span)
        self.span.turn_to(today)
        key, period = self.key, self.span.period()
        if period is not None:
            self._ask(
                lambda desk: (
                    counting.report(desk, key, period, words=True),
                    counting.who_was_asked(desk, key, period),
                ),
                lambda told: self._show(key, *told),
            )

    def _show(self, key: str, report: Report, asked: Sequence[AskedLine]) -> None:
        if key != self.key:
            return  # another one was pointed at meanwhile
        self.titled.emit(report.title)
        if self.view is not None and report == self.report and tuple(asked) == self._asked:
            return  # nothing to show anew: scroll and focus stay
        self.report = report
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = ReportView(report)
        self.view.pointed.connect(self._point)
        self.view.wider.connect(self._whole_year)
        self._column.insertWidget(2, self.view)
        self._show_asked(asked)

    def _show_asked(self, asked: Sequence[AskedLine]) -> None:
        self._asked = tuple(asked)
        self._list(self.tr("问过谁（{n} 回）").format(n=len(asked)), self._asked)
        if not asked:
            self._put(words(self.tr("这段日子还没有问过。"), "body", "quiet", wrap=True))

    def _list(self, title: str, lines: Sequence[AskedLine], nameless: int = 0) -> None:
        for one in self._lines:
            self.who.body.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._lines = []
        self.who.set_title(title)
        self.every.setVisible(len(lines) < len(self._asked))
        for line in lines:
            self._put(self._line(line))
        if nameless:
            said = self.tr("不记名的 {n} 份，只算数，不一份一份看。").format(n=nameless)
            self._put(words(said, "body", "quiet", wrap=True))

    def _put(self, one: QWidget) -> None:
        self._lines.append(one)
        self.who.body.addWidget(one, 0, LEFT if isinstance(one, Button) else Qt.AlignmentFlag(0))

    def _line(self, line: AskedLine) -> QWidget:
        said = line.said.partition("：")[2]
        text = f"{line.on.month}月{line.on.day}日　{line.who}　{line.place}　{said}"
        if line.kind != SurveyResponse.TYPE:
            return words(text, wrap=True)
        button = LineButton(text)
        button.clicked.connect(lambda _on=False, key=line.record: self.opened.emit(key))
        return button

    def _point(self, pointed: Pointed) -> None:
        """Who answered so; the answers of the nameless are counted and not opened one by one."""
        found = [one for one in self._asked if one.record in pointed.ids]
        title = self.tr("{what}：{n} 份").format(what=pointed.words, n=len(pointed.ids))
        self._list(title, found, len(pointed.ids) - len(found))
        self._settled.start()

    def _bring(self) -> None:
        lay_out()
        top = self.who.mapTo(self._inside, QPoint(0, 0)).y()
        self._area.verticalScrollBar().setValue(top)
        self.every.setFocus(Qt.FocusReason.OtherFocusReason)

    def _whole_year(self) -> None:
        if self.span is not None:
            self.span.when.set_value(YEAR)
            self.span.own.hide()
            self.refresh()
