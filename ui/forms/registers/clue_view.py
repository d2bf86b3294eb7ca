"""One clue: the five steps, what is known, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.registers import clues
from app.actions.registers.clues import ClueLine
from app.domain.registers.clue import CONCLUSIONS, COVERED, SIGNALS, SOURCES, STEPS
from app.domain.visits.form_words import day_words
from ui import theme
from ui.forms.panel import Ask, Work
from ui.forms.registers.who_pick import WhoPick
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.stepper import Stepper
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words


class ClueView(QWidget):
    """`check` to go and see, `enrol` to put the household on the roll first, `done(work)` for what is decided
    here: whose household it is, and in the end what came of it."""

    check = Signal()
    enrol = Signal()
    done = Signal(object)

    def __init__(self, line: ClueLine, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self.setProperty("surface", "clear")
        self._line = line
        self.primary: Button | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(6), 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(self._next())
        column.addWidget(self._known())
        column.addStretch(1)

    def _known(self) -> Card:
        clue = self._line.clue
        card = Card(clue.words)
        told = [
            (self.tr("到哪一步"), STEPS[clue.step]),
            (self.tr("是谁家"), " · ".join(part for part in (clue.name, self._line.place) if part)),
            (self.tr("看到什么"), SIGNALS.get(clue.signal, "")),
            (self.tr("怎么知道的"), SOURCES.get(clue.source, "")),
            (self.tr("县里发的"), clue.given_by),
            (self.tr("哪天发现的"), day_words(clue.found_on)),
            (self.tr("涉及几个人"), self.tr("{n} 人").format(n=clue.people)),
        ]
        if clue.checked_on:
            told.append((self.tr("哪天上门看的"), day_words(clue.checked_on)))
        if clue.settled_on:
            told.append((self.tr("最后"), CONCLUSIONS.get(clue.conclusion, "")))
            told.append((self.tr("定下来的日子"), day_words(clue.settled_on)))
            told.append((self.tr("为什么"), clue.why))
        for what, said in told:
            if said:
                card.add(words(f"{what}：{said}", wrap=True))
        return card

    def _next(self) -> Card:
        clue = self._line.clue
        if not clue.open:
            return self._ended()
        return self._conclude() if clue.checked_on else self._go()

    def _ended(self) -> Card:
        return Card(self.tr("这条线索办完了，只能看。"))

    def _go(self) -> Card:
        card = Card(self.tr("下一步：上门看看"))
        if not self._line.clue.household:
            card.add(words(self.tr("他家还不在名册上。先建一户，再回来找到他家。"), wrap=True))
            self.who = WhoPick(self._ask)
            self.who.changed.connect(lambda: self.done.emit(self._whose()))
            card.add(Field("who", self.tr("在名册上了？找到他点一下"), self.who))
            self.primary = Button(self.tr("先建一户"), "main", "plus")
            self.primary.clicked.connect(self.enrol)
        else:
            said = self.tr("接着写走访") if self._line.visiting else self.tr("去看一趟")
            card.add(words(self.tr("看完签了字，这里会自己记上「入户核实」。"), "body", "quiet", wrap=True))
            self.primary = Button(said, "main", "visit")
            self.primary.clicked.connect(self.check)
        card.add(_alone(self.primary))
        return card

    def _conclude(self) -> Card:
        card = Card(self.tr("下一步：最后怎么办的"))
        self.conclusion = ChoiceGroup(tuple(CONCLUSIONS.items()))
        self.covered = Stepper(self._line.clue.people, most=self._line.clue.people)
        self.why = LineBox(self.tr("比如：看病自己花的没到数"))
        self.covered_field = Field("covered", self.tr("纳入了几个人"), self.covered)
        self.why_field = Field("why", self.tr("为什么"), self.why)
        self.conclusion.changed.connect(self._fit)
        self.primary = Button(self.tr("定下来"), "main", "check")
        self.primary.clicked.connect(lambda: self.done.emit(self._work()))
        for one in (
            Field("conclusion", self.tr("结论"), self.conclusion, self.tr("以镇、县审核为准。")),
            self.covered_field,
            self.why_field,
        ):
            card.add(one)
        card.add(_alone(self.primary))
        self._fit()
        return card

    def _fit(self) -> None:
        """People are counted where there is something, a reason is asked where there is nothing."""
        chosen = self.conclusion.value()
        self.covered_field.setVisible(chosen in COVERED and self._line.clue.people > 1)
        self.why_field.setVisible(bool(chosen) and chosen not in COVERED)

    def _whose(self) -> Work:
        clue, household = self._line.clue.id, self.who.who.household
        return lambda desk: clues.belongs_to(desk, clue, household)

    def _work(self) -> Work:
        clue, chosen = self._line.clue.id, self.conclusion.value()
        covered, why = self.covered.value(), self.why.value()
        return lambda desk: clues.settle(desk, clue, chosen, covered=covered, why=why)


def _alone(button: Button) -> QHBoxLayout:
    """A button no wider than its words."""
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
