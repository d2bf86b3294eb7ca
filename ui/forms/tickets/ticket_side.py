"""The right side of a ticket: what to do next, how often she had to come, and money for the meantime."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets.ticket_views import Choices, Story
from app.domain.people.phone import spoken
from app.domain.tickets.ticket import State
from ui import theme
from ui.forms.tickets.ticket_cards import JoinedCard, MoreCard, OwedCard, PartsCard, more_ways
from ui.forms.tickets.ticket_next import Next, Way
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button, Icon, words

RELIEF = "LS"  # 临时救助, the item for a family that cannot wait
SLOW = frozenset({State.TRANSFERRED, State.DELIBERATING, State.IN_PROGRESS, State.WAITING_APPLICANT,
                  State.WAITING_EXTERNAL})  # fmt: skip


class NextCard(Card):
    """One question and its filled button; `chosen(key)` names the panel to open, or `close`."""

    chosen = Signal(str)

    def __init__(self, shown: Next) -> None:
        super().__init__()
        self.setAccessibleName(shown.question)
        self.main: Button | None = None
        if shown.main and not shown.hint:
            self.add(words(self.tr("下一步"), "body", "quiet"))
        self.add(words(shown.question, "section", wrap=True))
        if shown.phone:
            self.add(self._phone(shown))
        if shown.hint:
            self.add(words(shown.hint, "body", "quiet", wrap=True))
        self.buttons = QWidget()
        self.buttons.setProperty("surface", "clear")
        column = QVBoxLayout(self.buttons)
        column.setContentsMargins(0, theme.soft(4), 0, 0)
        column.setSpacing(theme.soft(10))
        if shown.main:
            self.main = self._button(shown.main, "main")
            column.addWidget(self.main)
        if shown.others:
            row = QHBoxLayout()
            row.setSpacing(theme.soft(10))
            for way in shown.others:
                row.addWidget(self._button(way, ""), 1)
            column.addLayout(row)
        self.add(self.buttons)
        self._ways = bool(shown.main or shown.others)
        self.buttons.setVisible(self._ways)

    def rest(self, *, resting: bool) -> None:
        """While a panel is open its own button is the filled one; these step back."""
        self.buttons.setVisible(self._ways and not resting)

    def _button(self, way: Way, role: str) -> Button:
        button = Button(way.words, role)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(way.key))
        return button

    def _phone(self, shown: Next) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        number = words(spoken(shown.phone), "figure")
        number.setAccessibleName(f"{shown.whose}，{shown.phone}" if shown.whose else shown.phone)
        flow.addWidget(Icon("phone", 30, "ink"))
        flow.addWidget(number)
        if shown.whose:
            flow.addWidget(words(shown.whose, "body", "quiet"))
        return holder


class TripsCard(Card):
    """跑了 n 趟, and the button to note one more."""

    pressed = Signal()

    def __init__(self, count: int, *, open_: bool) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(6))
        row.addWidget(words(self.tr("跑了"), "label"))
        row.addWidget(words(str(count), "figure"))
        row.addWidget(words(self.tr("趟"), "label"))
        row.addStretch(1)
        self.setAccessibleName(self.tr("跑了 {n} 趟").format(n=count))
        self.button = Button(self.tr("又跑了一趟") if count else self.tr("跑了一趟"), "", "plus")
        self.button.clicked.connect(self.pressed)
        self._open = open_
        row.addWidget(self.button)
        self.add(row)
        self.button.setVisible(open_)

    def rest(self, *, resting: bool) -> None:
        """While a panel is open nothing may push it away."""
        self.button.setVisible(self._open and not resting)


class ReliefNote(QFrame):
    """等的时候急用钱？ — the one thing to think of meanwhile; help first (先行救助) where it is urgent."""

    pressed = Signal()

    def __init__(self, *, urgent: bool = False) -> None:
        super().__init__()
        self.setProperty("note", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(14), theme.soft(6), theme.soft(14), theme.soft(4))
        row.setSpacing(theme.soft(10))
        row.addWidget(Icon("info", 27, "info"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        lead = self.tr("急难先救助，缺材料后补") if urgent else self.tr("等的时候急用钱？")
        column.addWidget(words(lead))
        way = self.tr("办小额临时救助，镇里先给") if urgent else self.tr("可以同时办临时救助")
        self.button = Button(way, "text")
        self.button.clicked.connect(self.pressed)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)


def relief_fits(story: Story, choices: Choices) -> bool:
    """Whether to ask about money: the matter is slow or urgent, and it is not itself about relief."""
    if story.ticket.state is State.MERGED:
        return False  # the other ticket asks
    slow = story.ticket.state in SLOW
    return (
        (slow or (story.ticket.urgent and not story.ticket.ended and not story.ticket.result))
        and RELIEF not in story.ticket.items
        and any(code == RELIEF for code, _ in choices.items)
    )


def cards_beside(story: Story, choices: Choices, chosen: Callable[[str], None]) -> tuple[QWidget, ...]:
    """What else is to be seen beside the story now; `chosen(key)` is told which way was pointed at."""
    found: list[PartsCard | OwedCard | JoinedCard | MoreCard] = []
    if story.parts:
        found.append(PartsCard(story, choices))
    if story.ticket.owed:
        found.append(OwedCard(story.ticket, choices))
    if story.merged or story.into:
        found.append(JoinedCard(story))
    if more_ways(story):
        found.append(MoreCard(story))
    for card in found:
        card.chosen.connect(chosen)
    if not relief_fits(story, choices):
        return tuple(found)
    relief = ReliefNote(urgent=story.ticket.urgent)
    relief.pressed.connect(lambda: chosen("relief"))
    return (relief, *found)
