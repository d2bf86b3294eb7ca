"""Before the first question: which questionnaire, who is asked, with the name or without, and how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.surveys.counting import AskedLine
from app.actions.surveys.filling import Whom
from app.domain.problem import Problem
from app.domain.surveys.response import WAYS, Way
from app.domain.surveys.survey import Naming, Survey
from ui import theme
from ui.forms.panel import Ask
from ui.forms.registers.who_pick import Who, WhoPick
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button

NAMED, NAMELESS = "named", "nameless"
MOST_BEFORE = 2


class SurveyBegin(QWidget):
    """`begun` with the filled button, `refused` when they would rather not answer, `left` to go back."""

    begun = Signal()
    refused = Signal()
    left = Signal()

    def __init__(self, ask: Ask, surveys: Sequence[Survey], today: date) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._surveys = {one.id: one for one in surveys}
        self._visit = self._ticket = ""
        self.survey = ChoiceGroup([(one.id, one.short) for one in surveys])
        self.who = WhoPick(ask)
        self.naming = ChoiceGroup([(NAMED, self.tr("记名")), (NAMELESS, self.tr("不记名"))])
        self.way = ChoiceGroup([(one.value, said) for one, said in WAYS.items()])
        self.way.set_value(Way.FACE.value)
        self.on = DateEdit(today)
        self.on.set_value(today)
        self.fields = {
            "survey": Field("survey", self.tr("问哪一份"), self.survey),
            "who": Field("who", self.tr("问谁"), self.who),
            "naming": Field("naming", self.tr("记不记名？让本人说"), self.naming),
            "way": Field("way", self.tr("怎么问的"), self.way),
            "on": Field("on", self.tr("纸上是哪天填的"), self.on),
        }
        card = Card()
        for field in self.fields.values():
            card.add(field)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, theme.soft(8), 0)
        holder.addWidget(card)
        holder.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(scrolled(holder), 1)
        column.addLayout(self._foot())
        for control in (self.survey, self.way, self.naming):
            control.changed.connect(self._fit)
        self._fit()

    def show_known(
        self, survey: str, who: Who, *, visit: str = "", ticket: str = "", paper: bool = False
    ) -> None:
        """What is known from where the worker comes."""
        self._visit, self._ticket = visit, ticket
        if survey in self._surveys:
            self.survey.set_value(survey)
        self.who.set_value(who.told)
        if paper:
            self.way.set_value(Way.PAPER.value)
        self._fit()

    def show_before(self, asked: Sequence[AskedLine]) -> None:
        """What the family was asked before, the latest first."""
        said = [f"{one.on.year}年{one.on.month}月{one.on.day}日 {one.said}" for one in asked[:MOST_BEFORE]]
        self.fields["who"].set_hint(self.tr("问过：{what}。").format(what="；".join(said)) if said else "")

    def start(self) -> None:
        """The focus goes to the first field without an answer."""
        for name in ("survey", "who", "naming"):
            control = self.fields[name].control
            if not self.fields[name].isHidden() and not control.value():
                self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> Survey | None:
        """The questionnaire chosen."""
        return self._surveys.get(self.survey.value())

    @property
    def whom(self) -> Whom:
        """Who is asked."""
        who = self.who.who
        return Whom(who.household, who.person, self._visit, self._ticket)

    @property
    def anonymous(self) -> bool:
        """Whether the family is not named."""
        chosen = self.chosen
        if chosen is None or chosen.naming is not Naming.CHOICE:
            return chosen is not None and chosen.naming is Naming.ANONYMOUS
        return self.naming.value() == NAMELESS

    @property
    def day(self) -> date | None:
        """The day of a paper that was filled in before; None for today."""
        return self.on.value() if self.way.value() == Way.PAPER.value and not self.anonymous else None

    def problems(self) -> tuple[Problem, ...]:
        """What has no answer of its own."""
        found = []
        chosen = self.chosen
        if chosen is None:
            found.append(Problem("survey", self.tr("问哪一份？点一份。")))
        if not self.who.who.household:
            found.append(Problem("who", self.tr("问谁家？找到这个人，点一下。")))
        if chosen is not None and chosen.naming is Naming.CHOICE and not self.naming.value():
            found.append(Problem("naming", self.tr("记名还是不记名？问了本人再点。")))
        return tuple(found)

    def _fit(self) -> None:
        chosen = self.chosen
        self.fields["naming"].setVisible(chosen is not None and chosen.naming is Naming.CHOICE)
        self.fields["naming"].set_hint(
            self.tr("不记名的：只记问过他家，答了什么谁也对不上，也不开首访单。")
            if self.anonymous
            else self.tr("记名的：答的算他家的，要办的事能登记。")
            if self.naming.value()
            else ""
        )
        self.fields["way"].setVisible(not self.anonymous)
        self.fields["on"].setVisible(self.way.value() == Way.PAPER.value and not self.anonymous)
        if not self.way.value():
            self.way.set_value(Way.FACE.value)
        paper = self.way.value() == Way.PAPER.value and not self.anonymous
        self.go_on.setText(self.tr("照着纸记") if paper else self.tr("开始问"))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.away = Button(self.tr("先不问"), "text")
        self.no = Button(self.tr("不愿答，记一笔"))
        self.go_on = Button(self.tr("开始问"), "main", "right")
        self.away.clicked.connect(self.left)
        self.no.clicked.connect(self.refused)
        self.go_on.clicked.connect(self.begun)
        row.addWidget(self.away)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.go_on)
        return row
