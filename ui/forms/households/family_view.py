"""One family on the right of the households page: who they are, what is under way, what may be due."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions.village.households import Family
from app.domain.people.person import Life, Person
from ui import theme
from ui.forms.households import family_words as telling
from ui.forms.households.draws_card import DrawsCard
from ui.forms.households.family_cards import BusyCard, PolicyCard
from ui.widgets.banner import Note
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.person_card import PersonCard
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, words

FEW_MEMBERS = 3
TWO_CARDS = 30  # characters of width from which two cards stand side by side


class FamilyView(QWidget):
    """`went(page, params)` to go elsewhere; `number_asked(person)`; `back()` in one-pane windows;
    `member_asked` with a person to put right, or "" for one more; `granted`, and `ended(item)`, of what they
    draw.

    `reveal(person, number)` shows a number the page has written into the log.
    """

    went = Signal(str, dict)
    number_asked = Signal(str)
    back = Signal()
    member_asked = Signal(str)
    granted = Signal()
    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.family: Family | None = None
        self.cards: dict[str, PersonCard] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        head = QHBoxLayout()
        head.setSpacing(theme.soft(10))
        self.return_button = Button(self.tr("找别家"), "small", "left")
        self.title = words("", "title")
        self.subtitle = words("", "body", "quiet")
        self.checklist = Button(self.tr("打清单"), "", "print")
        self.visit = Button(self.tr("开始走访"), "main", "visit")
        for widget in (self.return_button, self.title, self.subtitle):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.checklist)
        head.addWidget(self.visit)
        column.addLayout(head)
        self.closed = Note("info", "")
        self.closed.hide()
        column.addWidget(self.closed)
        self._body = QVBoxLayout()
        column.addLayout(self._body, 1)
        self._content: QScrollArea | None = None
        self._pair: QBoxLayout | None = None
        self._place: Chip | None = None
        self._alone = False
        self._connect()

    def show_family(self, family: Family, *, alone: bool) -> None:
        """Show `family`; `alone`: there is no list beside it, so a way back is offered."""
        if family == self.family:  # nothing to show anew: scroll, focus and a number asked for stay
            self.stand_alone(alone)
            return
        same = self.family is not None and self.family.household.id == family.household.id
        self.family = family
        self.title.setText(family.title)
        self.subtitle.setText(telling.subtitle(family))
        self.stand_alone(alone)
        shut = family.readable_only
        self.checklist.setVisible(not shut)
        self.visit.setVisible(not shut)
        self.closed.setVisible(shut)
        moved = family.household.moved_out
        self.closed.say("info", self.tr("已迁出，只能看") if moved else self.tr("这一户没有人在了，只能看"))
        self._fill(family, self._content.verticalScrollBar().value() if self._content and same else 0)

    def stand_alone(self, alone: bool) -> None:
        """With or without the list beside it."""
        self._alone = alone
        self.return_button.setVisible(alone)
        _fit_head(self)

    def reveal(self, person: str, number: str) -> None:
        """Show one full number; the card covers it again by itself."""
        card = self.cards.get(person)
        if card is not None:
            card.reveal(number)

    def cover_all(self) -> None:
        """Every number out of sight at once."""
        for card in self.cards.values():
            card.cover()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two cards side by side where there is room."""
        super().resizeEvent(event)
        self._turn()
        _fit_head(self)

    def _connect(self) -> None:
        self.return_button.clicked.connect(self.back)
        self.visit.clicked.connect(self._begin_visit)
        self.checklist.clicked.connect(lambda: self._begin_list("", ""))

    def _fill(self, family: Family, scrolled_to: int) -> None:
        content = QWidget()
        content.setProperty("surface", "clear")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.soft(4), 0)
        column.setSpacing(theme.soft(10))
        known = QWidget()
        facts = FlowLayout(known, theme.soft(8))
        self._place = Chip(telling.subtitle(family), "neutral", "home")
        facts.addWidget(self._place)
        for chip in telling.chips(family):
            facts.addWidget(Chip(*chip))
        column.addWidget(known)
        _fit_head(self)
        if not family.readable_only:
            column.addWidget(_doors(self, family))
        parts = [self._members(family), self._make_pair(family), _draws(self, family)]
        if len(family.members) > FEW_MEMBERS:
            parts = [*parts[1:], parts[0]]  # what is to be done stays in the first screenful
        for part in parts:
            column.addLayout(part)
        column.addStretch(1)
        area = scrolled(content)
        if self._content is not None:
            self._body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = area
        self._body.addWidget(area)
        self._turn()
        QTimer.singleShot(0, area, lambda: area.verticalScrollBar().setValue(scrolled_to))

    def _members(self, family: Family) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(10))
        self.cards = {}
        for person in _ordered(family):
            column.addWidget(self._card(person, family))
        if not family.readable_only:
            self.more = Button(self.tr("家里添一个人"), "small", "people")
            self.more.clicked.connect(lambda: self.member_asked.emit(""))
            column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _card(self, person: Person, family: Family) -> PersonCard:
        chips = telling.member_chips(person, family)
        about = telling.about(person, family.today)
        editable = not family.readable_only
        card = PersonCard(person.id, person.name, about, telling.number(person), chips, editable=editable)
        card.asked.connect(self.number_asked)
        card.edit_asked.connect(self.member_asked)
        self.cards[person.id] = card
        return card

    def _make_pair(self, family: Family) -> QLayout:
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(theme.soft(10))
        self.busy = BusyCard(family)
        self.busy.opened.connect(self._open)
        pair.addWidget(self.busy, 4)
        if not family.readable_only:
            self.policy = PolicyCard(family.suggestions)
            self.policy.begun.connect(self._begin_list)
            self.policy.asked.connect(self._begin_visit)
            pair.addWidget(self.policy, 3)
        self._pair = pair
        return pair

    def _turn(self) -> None:
        if self._pair is not None:
            wide = self.width() / theme.em(21.3) >= TWO_CARDS
            way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
            self._pair.setDirection(way)

    def _open(self, key: str) -> None:
        page, _, rest = key.partition(":")
        record = rest.partition("#")[0]
        singular = {"tickets": "ticket", "checklists": "checklist", "visits": "visit"}.get(page, "")
        self.went.emit(page, {singular: record} if singular else {})

    def _begin_visit(self) -> None:
        if self.family is not None:
            self.went.emit("visits", {"new": True, "household": self.family.household.id})

    def _begin_list(self, item: str, person: str) -> None:
        if self.family is None:
            return
        params: dict[str, Any] = {"new": True}
        who = person or (self.family.household.head or self.family.living[0].id)
        goes, for_whom = self.family.errand_of(who) if person else (who, "")
        params["person"] = goes
        if item:
            params["item"] = item
        if for_whom:
            params["beneficiary"] = for_whom
        self.went.emit("checklists", params)


def _fit_head(view: FamilyView) -> None:
    """Where the family lives stands behind its name, or where that has no room among what is known of it."""
    beside = (view.checklist, view.visit)
    used = sum(one.sizeHint().width() + theme.soft(10) for one in beside if not one.isHidden())
    needed = view.title.sizeHint().width() + view.subtitle.sizeHint().width() + theme.soft(20)
    below = view._alone or needed + used > view.width()
    view.subtitle.setVisible(not below)
    if view._place is not None:
        view._place.setVisible(below)


def _draws(view: FamilyView, family: Family) -> QLayout:
    column = QVBoxLayout()
    if not family.readable_only:
        card = DrawsCard(family.drawn)
        card.granted.connect(view.granted)
        card.ended.connect(view.ended)
        column.addWidget(card)
    return column


def _ordered(family: Family) -> list[Person]:
    """The dead and those who moved stand last."""
    return sorted(family.members, key=lambda one: one.life in (Life.DEAD, Life.MOVED))


def _doors(view: FamilyView, family: Family) -> QWidget:
    """On a line of their own: what can be pressed does not stand among what is only said."""
    line = QWidget()
    flow = FlowLayout(line, theme.soft(8))
    view.papers = Button(view.tr("打申请材料"), "small", "ticket")
    home = {"household": family.household.id}
    view.papers.clicked.connect(lambda: view.went.emit("paperwork", home))
    flow.addWidget(view.papers)
    view.rounds = Button(view.tr("走访安排"), "small", "today")
    view.rounds.clicked.connect(lambda: view.went.emit("visits", {"at": family.household.id}))
    flow.addWidget(view.rounds)
    view.survey = Button(view.tr("问一份问卷"), "small", "list")
    asked = {"new": True, **home, "back": ("households", {"household": family.household.id})}
    view.survey.clicked.connect(lambda: view.went.emit("surveys", asked))
    flow.addWidget(view.survey)
    if family.draws:
        view.wall = Button(view.tr("打户内告知单"), "small", "home")
        view.wall.clicked.connect(lambda: view.went.emit("paperwork", {**home, "wall": True}))
        flow.addWidget(view.wall)
    return line
