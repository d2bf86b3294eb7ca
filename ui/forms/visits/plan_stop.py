"""One household of the plan: why to go there and by which rule, who helps, and what to do about it now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits import stop_words
from app.actions.visits.plan_views import Walk
from app.domain.people.phone import spoken
from app.domain.visits.plan import Stop, Todo
from ui import theme
from ui.forms.visits.missed_card import MissedCard
from ui.forms.visits.pairing_card import PairingCard
from ui.forms.visits.task_card import TaskCard
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, Sentence, words


class PlanStop(QWidget):
    """`visit_asked(household, purpose)`, `listed(household, on)` to put it on today's list or take it off,
    `household_asked(household)`, `said(household, why, again_on, note)`, `paired(household, helper, unit,
    phone)`, `happened(household, purpose, why)`, `dropped(task)`, `back`;
    `shown(household)` when another one is looked at, `touched` when something is being said of it,
    `primary_changed` when another of its buttons is the filled one."""

    visit_asked = Signal(str, str)
    listed = Signal(str, bool)
    household_asked = Signal(str)
    said = Signal(str, str, object, str)
    paired = Signal(str, str, str, str)
    happened = Signal(str, str, str)
    dropped = Signal(object)
    back = Signal()
    shown = Signal(str)
    touched = Signal()
    primary_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.stop: Stop | None = None
        self._on_list = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self._holder = QWidget()
        self._holder.setProperty("surface", "clear")
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, theme.soft(8), 0)
        self._inside.setSpacing(theme.soft(12))
        self.about = Card(" ")
        self.place = words("", "body", "quiet", wrap=True)
        self.phone = words("", "figure")
        self.home = Button(self.tr("看这一户"), "text", "home")
        self.home.clicked.connect(lambda: self.household_asked.emit(self.household))
        self.about.head.addWidget(self.home)
        for part in (self.place, self.phone):
            self.about.add(part)
        self.pairing = PairingCard()
        self.pairing.kept.connect(lambda *who: self.paired.emit(self.household, *who))
        self.task = TaskCard()
        self.task.asked.connect(lambda purpose, why: self.happened.emit(self.household, purpose, why))
        self.agreed = Note("info", "")
        self.why = Card(self.tr("去做什么"))
        self.missed = MissedCard()
        self.missed.said.connect(self._said)
        for card in (self.about, self.agreed, self.why, self.missed, self.task, self.pairing):
            self._inside.addWidget(card)
        for said in (self.missed, self.task, self.pairing):
            said.touched.connect(self.touched)
        self._inside.addStretch(1)
        self.area = scrolled(self._holder)
        column.addWidget(self.area, 1)
        column.addWidget(self._foot())

    def show_stop(self, walk: Walk, stop: Stop) -> None:
        """Fill in; a reason being given for the same household stays as it is."""
        family, same = walk.plan.family(stop), self.stop is not None and self.stop.household == stop.household
        self.stop = stop
        self.about.set_title(family.title)
        said = stop_words.seen(stop.last, walk.today)
        self.place.setText(f"{family.place} · {said}")
        self.phone.setText(spoken(family.household.phone))
        self.phone.setVisible(bool(family.household.phone))
        self.pairing.show_pairing(walk.plan.paired.get(stop.household), same=same)
        self._show_agreed(walk, stop)
        self._show_todos(walk, stop)
        if not same:
            self.missed.begin(walk.today)
            self.task.begin()
        self.missed.about(stop, walk.today)
        self.missed.setVisible(bool(stop.todos))  # where nothing is owed nothing was missed
        _turn_foot(self)
        self._on_list = walk.day.own and stop.household in walk.day.order
        self.list_button.setText(self.tr("今天不去了") if self._on_list else self.tr("排到今天"))
        self.visit.setAccessibleName(self.tr("去{title}走访").format(title=family.title))
        if not same:
            self.shown.emit(stop.household)

    def answers(self) -> dict[str, str]:
        """What is being said of the household and was not put down yet."""
        return {**self.missed.answers(), **self.task.answers(), **self.pairing.answers()}

    def take_up(self, kept: Mapping[str, str]) -> None:
        """Go on with what was begun about the household in sight."""
        for card in (self.missed, self.task, self.pairing):
            card.take_up(kept)

    def forget(self) -> None:
        """Whoever is shown next is shown afresh."""
        self.stop = None
        self.pairing.close_form()
        self.task.begin()

    @property
    def household(self) -> str:
        """The one in sight, "" for none."""
        return self.stop.household if self.stop is not None else ""

    def stand_alone(self, alone: bool) -> None:
        """Where only one of list and household fits, there is a way back."""
        self.back_button.setVisible(alone)

    def _show_agreed(self, walk: Walk, stop: Stop) -> None:
        agreed = stop.appointment
        self.agreed.setVisible(agreed is not None)
        if agreed is not None:
            lead = self.tr("说好 {month}月{day}日再去。").format(month=agreed.on.month, day=agreed.on.day)
            self.agreed.say("info" if agreed.on > walk.today else "warn", lead, "")

    def _show_todos(self, walk: Walk, stop: Stop) -> None:
        while self.why.body.count() > 1:
            item = self.why.body.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        family = walk.plan.family(stop)
        for todo in stop.todos:
            due = self.tr("{month}月{day}日前").format(month=todo.due.month, day=todo.due.day)
            named = f"{stop_words.purpose_words(todo, family)} · {due}"
            self.why.add(Sentence(named, "label"))
            self.why.add(words(stop_words.rule_words(todo), "body", "quiet", wrap=True))
            if todo.reason:
                said = self.tr("上次没去成：{why}").format(why=todo.reason)
                self.why.add(words(said, "body", "warn", wrap=True))
            if todo.task is not None:
                self.why.add(self._drop_button(todo))
        self.why.setVisible(bool(stop.todos))

    def _drop_button(self, todo: Todo) -> Button:
        drop = Button(self.tr("不用去了"), "text")
        drop.setAccessibleName(self.tr("{name}不用去了").format(name=todo.name))
        drop.clicked.connect(lambda: self.dropped.emit(todo.task))
        return drop

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setProperty("surface", "clear")
        row = FlowLayout(foot, theme.soft(10))
        self.back_button = Button(self.tr("回去"), "", "left")
        self.visit = Button(self.tr("去走访"), "main", "visit")
        self.list_button = Button(self.tr("排到今天"), "", "today")
        self.why_not = Button(self.tr("没去成"))
        self.why_not.clicked.connect(self._ask_why)
        self.back_button.clicked.connect(self.back)
        self.visit.clicked.connect(self._go)
        self.list_button.clicked.connect(self._list)
        for button in (self.back_button, self.visit, self.list_button, self.why_not):
            row.addWidget(button)
        for button in (self.missed.keep, self.missed.leave):
            row.addWidget(button)
            button.hide()
        self.primary = self.visit
        self.back_button.hide()
        self.missed.turned.connect(lambda: _turn_foot(self))
        return foot

    def _go(self) -> None:
        if self.stop is not None:
            self.visit_asked.emit(self.stop.household, self.stop.purpose)

    def _ask_why(self) -> None:
        self.missed.open()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.missed.why))

    def _list(self) -> None:
        if self.stop is not None:
            self.listed.emit(self.stop.household, not self._on_list)

    def _said(self, why: str, again_on: object, note: str) -> None:
        if self.stop is not None:
            self.said.emit(self.stop.household, why, again_on, note)


def _turn_foot(stop: PlanStop) -> None:
    """While a reason is given its buttons take the place of the others."""
    saying, owed = stop.missed.is_open, stop.stop is not None and bool(stop.stop.todos)
    for button in (stop.visit, stop.list_button):
        button.setVisible(not saying)
    stop.why_not.setVisible(owed and not saying)
    for button in (stop.missed.keep, stop.missed.leave):
        button.setVisible(saying)
    stop.primary = stop.missed.keep if saying else stop.visit
    stop.primary_changed.emit()
