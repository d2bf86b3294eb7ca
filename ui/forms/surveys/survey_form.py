"""A questionnaire being asked: read aloud from the top, each answer kept, skipped questions out of sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.surveys.filling import Sitting
from app.actions.surveys.finishing import pointed_at
from app.domain.surveys.asking import empty
from ui import theme
from ui.forms.panes import StepArea
from ui.forms.surveys.question_card import QuestionCard
from ui.forms.surveys.survey_session import SurveySession
from ui.tasks import Tasks
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.words import Button, words


class SurveyForm(QWidget):
    """`done` when the filled button is pressed and nothing is missing, `put_aside` to go on another day,
    `report_asked` when a child must be protected at once."""

    done = Signal()
    put_aside = Signal()
    report_asked = Signal()

    def __init__(self, tasks: Tasks, sitting: Sitting) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.setProperty("steps_back", True)
        self.session = SurveySession(tasks, sitting, self)
        self.survey = sitting.survey
        self.cards = {
            one.id: QuestionCard(number, one, self.session)
            for number, one in enumerate(self.survey.questions, 1)
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self._area = StepArea(self._body(sitting))
        column.addWidget(self._area, 1)
        column.addLayout(self._foot())
        self._connect()
        self._refresh()

    def start(self) -> None:
        """The focus goes to the question that was in sight, or to the first without an answer."""
        shown = [one.id for one in self.session.asked()]
        open_ones = [name for name in shown if empty(self.session.value(name))]
        at = self.session.filling.at
        self._go(at if at in open_ones else next(iter(open_ones), shown[-1]))

    def finish(self) -> None:
        """The filled button: on to the end, or to the first question that lacks its answer."""
        self.session.take_typed()
        missing = self.session.missing()
        if missing:
            self.show_problem(missing[0].field, missing[0].words)
        else:
            self.done.emit()

    def show_problem(self, name: str, said: str) -> None:
        """Go to a question and say beside it what it lacks."""
        self._go(name)
        self.cards[name].show_problem(said)

    def _body(self, sitting: Sitting) -> QWidget:
        body = QWidget()
        body.setProperty("surface", "clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.soft(6), 0)
        column.setSpacing(theme.soft(12))
        self.box = Note("info", self.tr("这份不记名：不写是谁家，答案先进票箱。"), self._box_words(sitting))
        self.opening = Note("info", self.tr("先念一遍"), self.survey.opening)
        self.matters, self.closing = self._matters(), Note("ok", self.survey.closing)
        for part in (self.box, self.opening, *self.cards.values(), self.matters, self.closing):
            column.addWidget(part)
        column.addStretch(1)
        self.box.setVisible(sitting.filling.anonymous)
        self.opening.setVisible(bool(self.survey.opening))
        return body

    def _box_words(self, sitting: Sitting) -> str:
        said = self.tr("票箱里有 {n} 份，攒够 {most} 份才一起拆开看。放进去就拿不出来了。")
        return said.format(n=sitting.in_box, most=sitting.box)

    def _matters(self) -> Card:
        card = Card(self.tr("看着要办的事"))
        self.taken = ChoiceGroup([], multi=True)
        self.taken.changed.connect(self._take)
        card.add(Field("matters", self.tr("要登记首访单的，点上。急的一定登记。"), self.taken))
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.later = Button(self.tr("先放一放"), "text")
        self.count = words("", "body", "quiet")
        self.next = Button(self.tr("问完了，存好"), "main", "check")
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.next)
        return row

    def _connect(self) -> None:
        self.next.clicked.connect(self.finish)
        self.later.clicked.connect(self.put_aside)
        for card in self.cards.values():
            card.report_asked.connect(self.report_asked)
        self.session.changed.connect(lambda _name: self._refresh())
        self.session.restored.connect(self._restored)
        self._key(QKeySequence.StandardKey.Undo, self.session.undo)
        self._key(QKeySequence.StandardKey.Redo, self.session.redo)

    def _key(self, keys: QKeySequence.StandardKey, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _restored(self, name: str) -> None:
        self.cards[name].show_value()
        self._refresh()
        if not self.cards[name].isHidden():
            self._go(name)

    def _refresh(self) -> None:
        """Show what is asked now, hide the rest, and say what follows from the answers."""
        shown = {one.id for one in self.session.asked()}
        for name, card in self.cards.items():
            card.setVisible(name in shown)
            card.remark()
        self._offer()
        missing = len(self.session.missing())
        self.count.setText(self.tr("还有 {n} 题").format(n=missing) if missing else self.tr("都问到了"))
        self.closing.setVisible(not missing and bool(self.survey.closing))

    def _offer(self) -> None:
        found = pointed_at(self.survey, self.session.filling)
        self.matters.setVisible(bool(found))
        urgent = self.tr("（急）")
        self.taken.set_options([(one.key, f"{one.words}{urgent if one.urgent else ''}") for one in found])
        always = {one.key for one in found if one.urgent}
        self.taken.set_values({*self.session.filling.taken, *always})

    def _take(self) -> None:
        self.session.mark(taken=self.taken.values())
        self._offer()

    def _go(self, name: str) -> None:
        self.cards[name].row.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.bring(self.cards[name])
