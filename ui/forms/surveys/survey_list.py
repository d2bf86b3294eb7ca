"""The questionnaires of the village: what each has come to, and those half asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.surveys.counting import Overview, Shelf
from app.domain.surveys.survey import Naming
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words

BEGUN = "begun "


class SurveyList(QWidget):
    """`opened(survey)` for its totals, `resumed(draft)` to go on with one."""

    opened = Signal(str)
    resumed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.begun = Note("warn", "")
        self.go_on = Button(self.tr("接着问"), "small")
        self.begun.add_button(self.go_on)
        self.begun.hide()
        self.line = words("", "body", "quiet", wrap=True)
        self.list = RowList(self.tr("问卷"))
        self.empty = EmptyState("list", self.tr("县里还没有发问卷。收到新政策包就有了。"))
        self.stack = QStackedWidget()
        for one in (self.list, self.empty):
            self.stack.addWidget(one)
        for part in (self.begun, self.line):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        self._first = ""
        self.list.opened.connect(self._open)
        self.go_on.clicked.connect(lambda: self.resumed.emit(self._first))

    def show_overview(self, found: Overview) -> None:
        """Fill the list."""
        self.begun.setVisible(bool(found.begun))
        if found.begun:
            one = found.begun[0]
            self._first = one.draft
            who = one.who or self.tr("不记名")
            said = self.tr("没问完的：{title}，{who}，答了 {n} 题。")
            self.begun.say("warn", said.format(title=one.title, who=who, n=one.answered))
        rows = [self._row(one) for one in found.shelves]
        rows += [
            Row(
                f"{BEGUN}{one.draft}",
                self.tr("没问完：{title}").format(title=one.title),
                self.tr("{who} · 答了 {n} 题").format(who=one.who or self.tr("不记名"), n=one.answered),
                icon="pen",
                chip=self.tr("没问完"),
                tone="warn",
            )
            for one in found.begun[1:]
        ]
        self.list.set_rows(rows)
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        self.line.setText(
            self.tr("{period}问过 {n} 家。点一份，看汇总、打空白卷、看问过谁。").format(
                period=found.period, n=found.households
            )
        )
        self.line.setVisible(bool(rows))

    def start(self) -> None:
        """The focus goes into the list."""
        if self.list.rows():
            if not self.list.current_key():
                self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, shelf: Shelf) -> Row:
        tally, survey = shelf.tally, shelf.survey
        note = self.tr("问了 {asked} 回 · 答了 {n} 份").format(
            asked=tally.asked, n=len(tally.named) + len(tally.anonymous)
        )
        if tally.refused:
            note += self.tr(" · 不愿答 {n} 回").format(n=tally.refused)
        if tally.in_box:
            note += self.tr(" · 票箱里 {n} 份").format(n=tally.in_box)
        named = {
            Naming.NAMED: self.tr("记名"),
            Naming.CHOICE: self.tr("记不记名都行"),
            Naming.ANONYMOUS: self.tr("不记名"),
        }[survey.naming]
        chip, tone = (named, "info") if shelf.running else (self.tr("已经停了"), "neutral")
        return Row(survey.id, survey.title, note, icon="list", chip=chip, tone=tone)

    def _open(self, key: str) -> None:
        if key.startswith(BEGUN):
            self.resumed.emit(key.removeprefix(BEGUN))
        else:
            self.opened.emit(key)
