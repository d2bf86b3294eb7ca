"""One disagreement: both values side by side, a third, and the word that settles it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.conflicts.conflicts import Case
from app.domain.conflict import Choice, Kind
from app.domain.record import Json
from ui import theme
from ui.forms.conflicts.case_words import calm, choice_words, written
from ui.forms.conflicts.value_card import ValueCard
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceButton, Option
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words


class CaseView(QWidget):
    """`chosen` when something can be settled now or no more; `looked` to see what it is about."""

    chosen = Signal()
    looked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.case: Case | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(self._about())
        self.theirs, self.mine = ValueCard("theirs", "", 2), ValueCard("mine", "", 1)
        self.both = ChoiceButton(Option("both", self.tr("两个都留")), multi=False)
        self.third = ChoiceButton(Option("third", self.tr("都不对，我重新填")), multi=False)
        self.buttons = (self.mine, self.theirs, self.both, self.third)
        self._group = QButtonGroup(self)
        for button in self.buttons:
            self._group.addButton(button)
            button.clicked.connect(lambda _on=False: self._pressed())
        for card in (self.mine, self.theirs):
            card.stepped.connect(self._step)
            card.digit.connect(self._digit)
        self._across = QHBoxLayout()
        self._across.setSpacing(theme.soft(16))
        self._across.addWidget(self.mine, 1)
        self._across.addWidget(self.theirs, 1)
        column.addLayout(self._across)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(16))
        row.addWidget(self.both, 1)
        row.addWidget(self.third, 1)
        column.addLayout(row)
        self.box = LineBox()
        self.box.textChanged.connect(lambda _text: self.chosen.emit())
        self.field = Field("value", self.tr("应该是"), self.box)
        column.addWidget(self.field)
        self.only = Note("info", "")
        column.addWidget(self.only)
        column.addStretch(1)

    def show_case(self, case: Case) -> None:
        """Fill it in; nothing is chosen beforehand."""
        self.case = case
        self.title.setText(f"{case.title} · {case.what}" if case.kind is Kind.FIELD else case.title)
        self.calm.setText(calm(case))
        self.look_button.setVisible(bool(case.page))
        sides = ((self.mine, case.mine, Choice.MINE), (self.theirs, case.theirs, Choice.THEIRS))
        for card, side, choice in sides:
            other = case.theirs if side is case.mine else case.mine
            card.show_value(choice_words(case, choice), side.words, other.words, written(side))
            card.setEnabled(choice in case.choices)
        self.both.setVisible(bool(case.both))
        self.third.setVisible(case.typed)
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(False)
        self._group.setExclusive(True)
        self.box.clear()
        self.field.hide()
        locked = case.kind is Kind.FIELD and case.choices == {Choice.THEIRS}
        self.only.setVisible(locked)
        if locked:
            self.only.say("info", self.tr("已经签好或者办结了，不能改。"), self.tr("要补的，另写一份更正。"))
        self.chosen.emit()

    def choice(self) -> tuple[Choice, Json] | None:
        """What is chosen, with a third value where there is one; None while nothing is."""
        if self.case is None:
            return None
        if self.mine.isChecked():
            return Choice.MINE, None
        if self.theirs.isChecked():
            return Choice.THEIRS, None
        if self.both.isChecked():
            return Choice.OTHER, list(self.case.both)
        if self.third.isChecked() and self.box.value():
            return Choice.OTHER, self.box.value()
        return None

    def stand(self, *, wide: bool) -> None:
        """Side by side, or one above the other."""
        way = QBoxLayout.Direction
        self._across.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose."""
        place = event.key() - 0x30
        if 1 <= place <= len(self.buttons) and not event.modifiers():
            self._digit(place)
        else:
            super().keyPressEvent(event)

    def _about(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(14))
        said = QVBoxLayout()
        said.setSpacing(0)
        self.title, self.calm = words("", "section", wrap=True), words("", "body", "quiet", wrap=True)
        said.addWidget(self.title)
        said.addWidget(self.calm)
        row.addLayout(said, 1)
        self.look_button = Button(self.tr("去那一页看"), "", "right", after=True)
        self.look_button.clicked.connect(self.looked)
        row.addWidget(self.look_button)
        card.add(row)
        return card

    def _offered(self) -> list[QWidget]:
        return [button for button in self.buttons if button.isVisible() and button.isEnabled()]

    def _digit(self, place: int) -> None:
        button = self.buttons[place - 1] if place <= len(self.buttons) else None
        if button is not None and button.isVisible() and button.isEnabled():
            button.setFocus()
            button.click()

    def _step(self, by: int) -> None:
        offered = self._offered()
        now = next((at for at, one in enumerate(offered) if one.hasFocus()), 0)
        offered[(now + by) % len(offered)].setFocus()

    def _pressed(self) -> None:
        self.field.setVisible(self.third.isChecked())
        if self.third.isChecked():
            self.box.setFocus()
        self.chosen.emit()
