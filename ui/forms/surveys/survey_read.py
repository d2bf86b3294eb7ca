"""Answers that were given, to read: by the words they were asked in, with the way to put one right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.actions.surveys.reading import Read
from app.domain.surveys.asking import answer_words, asked
from app.domain.surveys.response import WAYS
from app.domain.visits.form_words import day_words
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.confirm import Confirm
from ui.widgets.words import Button, words


class SurveyRead(QWidget):
    """`corrected`, `taken_back` of this response; `ticket(id)` and `response(id)` to look at another."""

    corrected = Signal()
    taken_back = Signal()
    ticket = Signal(str)
    response = Signal(str)

    def __init__(self, read: Read) -> None:
        super().__init__()
        self.read = read
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(6), 0)
        column.setSpacing(theme.soft(12))
        self.confirm = Confirm()
        self.confirm.agreed.connect(self.taken_back)
        column.addWidget(self._banner())
        column.addWidget(self.confirm)
        column.addWidget(self._answers())
        if read.tickets:
            column.addWidget(self._tickets())
        column.addWidget(self._seal())
        column.addStretch(1)

    def _banner(self) -> Note:
        one, read = self.read.response, self.read
        if one.anonymous:
            note = Note("info", self.tr("不记名的，没有谁家，也不能改。"))
            self.button: Button | None = None
            return note
        if read.answered_by:
            note = Note("warn", self.tr("后来更正过，或者作废了，以后来的为准。"))
            self.button = Button(self.tr("看后来的"), "small")
            self.button.clicked.connect(lambda: self.response.emit(read.answered_by))
            note.add_button(self.button)
            return note
        note = Note("info", self.tr("存好了，不能改。"), self.tr("写错了另写一份更正，两份都留。"))
        self.button = Button(self.tr("另写一份更正"), "small", "pen")
        self.button.clicked.connect(self.corrected)
        self.void = Button(self.tr("这份作废"), "small")
        self.void.clicked.connect(self._ask)
        for button in (self.button, self.void):
            note.add_button(button)
        return note

    def _ask(self) -> None:
        question = self.tr("{who}的这份问卷作废？不再算进汇总。").format(who=self.read.who)
        self.confirm.ask(question, self.tr("作废这份问卷"), self.tr("留着"))

    def _answers(self) -> Card:
        one, survey = self.read.response, self.read.survey
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.soft(20))
        grid.setVerticalSpacing(theme.soft(8))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        if survey is None:  # asked by words nobody here knows
            lines = [(name, str(value)) for name, value in one.answers.items()]
        else:
            # What was to be reported left no answer, and is not called unanswered either.
            shown = [
                each for each in asked(survey, one.answers) if not each.choices or each.id in one.answers
            ]
            lines = [(each.short, answer_words(each, one.answers.get(each.id))) for each in shown]
        for row, (name, said) in enumerate(lines):
            grid.addWidget(words(name, "body", "quiet"), row, 0, top)
            grid.addWidget(words(said, wrap=True), row, 1)
        card.add(grid)
        return card

    def _tickets(self) -> Card:
        card = Card(self.tr("开了首访单"))
        for one in self.read.tickets:
            said = self.tr("{n}：{what}").format(n=one.short_number, what=one.request)
            button = Button(said, "text", "ticket")
            button.clicked.connect(lambda _on=False, key=one.id: self.ticket.emit(key))
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _seal(self) -> QWidget:
        one = self.read.response
        way = WAYS[one.way] if one.way else self.tr("不记名")
        said = self.tr("{day}　{way}　封存号 {seal}")
        return words(said.format(day=day_words(one.on), way=way, seal=one.seal[:12]), "body", "quiet")
