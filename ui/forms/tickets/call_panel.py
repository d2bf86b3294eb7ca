"""Noting a call: the number large enough to dial on the worker's own telephone, and what was heard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.pressing import Entry
from app.actions.tickets import followups
from app.actions.tickets.followups import Call
from app.domain.people.phone import spoken
from app.domain.tickets.five_questions import STAGE
from ui import theme
from ui.forms.tickets.five_questions import NEVER, FiveQuestions
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.scroll import scrolled
from ui.widgets.text import ParagraphBox
from ui.widgets.words import Button, words

LINES = 2
AGAIN_DAYS = {"week": 7, "month": 30}


class CallPanel(QWidget):
    """`settled(work, words)` carries what to do on the store's thread and what to say when it is done.

    The laptop cannot dial, so no button says that it does.
    """

    settled = Signal(object, str)
    record_asked = Signal()
    closed = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.name = words("", "section", wrap=True)
        self.phone = words("", "figure")
        self.phone.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.how = words(self.tr("用您的手机打"), "body", "quiet", wrap=True)
        self.outcome = ParagraphBox(self.tr("她说了什么，办到哪一步"), lines=LINES)
        self.questions = FiveQuestions()
        self.again = self.questions.next
        self.where = ChoiceGroup([("phone", self.tr("电话问的")), ("home", self.tr("上门问的"))])
        self.where.set_value("phone")
        self.done = Button(self.tr("打完了，记一笔"), "main", "check")
        self.missed = Button(self.tr("没人接"))
        self.record = Button(self.tr("看这件事"), "text", "right", after=True)
        self.later = Button(self.tr("先不打"), "text")
        self._lay_out()
        self._entry: Entry | None = None
        self._today = date.min
        self._connect()

    def _lay_out(self) -> None:
        """The number and the buttons stay in sight; the questions scroll between them."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        dial = QHBoxLayout()
        dial.setSpacing(theme.soft(12))
        dial.addWidget(self.phone)
        dial.addWidget(self.how, 1)
        card.add(self.name)
        card.add(dial)
        asked = QVBoxLayout()
        asked.setContentsMargins(0, 0, theme.soft(4), 0)
        asked.setSpacing(theme.soft(10))
        asked.addWidget(self.questions)
        asked.addWidget(Field("outcome", self.tr("还说了什么"), self.outcome, optional=True))
        asked.addWidget(Field("channel", self.tr("怎么问的"), self.where))
        asked.addStretch(1)
        card.body.addWidget(scrolled(asked, on="card"), 1)
        for first, second in ((self.done, self.missed), (self.record, self.later)):
            row = QHBoxLayout()
            row.setSpacing(theme.soft(12))
            row.addWidget(first, 1)
            row.addWidget(second)
            card.add(row)
        outer.addWidget(card)

    def ask(self, entry: Entry, today: date) -> None:
        """Show the call of `entry`."""
        same = self._entry is not None and self._entry.followup == entry.followup
        self._entry, self._today = entry, today
        self.name.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.phone.setText(spoken(entry.phone))
        self.phone.setVisible(bool(entry.phone))
        dial = self.tr("用您的手机打")
        self.how.setText(dial if entry.phone else self.tr("没留电话，请组长或邻居带话，或者上门问。"))
        if not same:  # a call put off keeps what was typed so far
            self.forget_answers()
        lines = 1 if theme.current().size is theme.Size.EXTRA else LINES
        self.outcome.setFixedHeight(self.outcome.fontMetrics().height() * lines + theme.soft(28))
        self.record.setVisible(bool(entry.record))
        self.questions.groups[STAGE].setFocus(Qt.FocusReason.OtherFocusReason)

    def know(self, call: Call) -> None:
        """What the rule says of the next call, unless she has chosen already."""
        if self.again.value() == NEVER and call.again_days:
            fits = (key for key, days in AGAIN_DAYS.items() if days >= call.again_days)
            self.again.set_value(next(fits, NEVER))

    def answers(self) -> dict[str, str]:
        """What was begun, to be kept when the worker is called away."""
        again = self.again.value()
        begun = {"outcome": self.outcome.value(), **self.questions.answers()}
        # The day of the next call is the rule's own until something else stands here.
        return begun | {"next_on": again if again in AGAIN_DAYS and any(begun.values()) else ""}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was begun; what has been typed meanwhile stays."""
        if answers.get("outcome") and not self.outcome.value():
            self.outcome.set_value(answers["outcome"])
        self.questions.restore(answers)
        self._name_done()
        if answers.get("next_on"):
            self.again.set_value(answers["next_on"])

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's own shortcut."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the call off."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.done.clicked.connect(self._note)
        self.missed.clicked.connect(self._nobody)
        self.record.clicked.connect(self.record_asked)
        self.outcome.changed.connect(self.touched)
        self.questions.changed.connect(self._name_done)
        self.questions.changed.connect(self.touched)
        self.later.clicked.connect(self.closed)

    def _note(self) -> None:
        if self._entry is None:
            return
        call, words, heard = self._entry.followup, self.outcome.value(), self.questions.heard()
        urgent, channel = self.questions.hardship(), self.where.value() or "phone"
        days = AGAIN_DAYS.get(self.again.value())
        again = self._today + timedelta(days=days) if days else None

        def work(desk: Desk) -> object:
            return followups.done(
                desk, call, outcome=words, channel=channel, next_on=again, heard=heard, urgent=urgent
            )

        self.settled.emit(work, self.tr("急难单开好了。") if urgent else self.tr("记好了。"))

    def forget(self) -> None:
        """The call was noted: the next one starts empty."""
        self._entry = None
        self.forget_answers()

    def forget_answers(self) -> None:
        """Nothing heard yet."""
        self.outcome.set_value("")
        self.questions.clear()
        self.where.set_value("phone")
        self._name_done()

    def _name_done(self) -> None:
        urgent = self.questions.hardship()
        self.done.setText(self.tr("记一笔，开急难单") if urgent else self.tr("打完了，记一笔"))

    def _nobody(self) -> None:
        if self._entry is not None:
            call = self._entry.followup
            self.settled.emit(lambda desk: followups.unanswered(desk, call), self.tr("没人接，明天再打。"))
