"""One ticket: the three 件件, its whole story, what comes next, and the panels that write things down."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.tickets import courses, ticket_drafts, tickets
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.tickets.ticket import ReplyMode, State, Ticket
from ui import notices, theme
from ui.forms.holding import Leaving
from ui.forms.panel import Ask, Panel, Work
from ui.forms.tickets.ticket_next import may_withdraw, next_of
from ui.forms.tickets.ticket_reply import ReplyPanel
from ui.forms.tickets.ticket_side import NextCard, TripsCard, cards_beside
from ui.forms.tickets.ticket_ways import panel_for
from ui.forms.tickets.ticket_words import first_receiver, moments, three_items
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.scroll import scrolled
from ui.widgets.three_items import ThreeItems
from ui.widgets.timeline import Timeline
from ui.widgets.words import Button, words

SIDE_PX = 376
HOLD_AFTER_MS = 2_000


class TicketView(QWidget):
    """`show_story` fills it. `changed` after something was written; `primary_changed` names the filled
    button; `wanted(what)` asks the page for a `checklist`, `relief`, another `ticket:…`, the `papers`, or the
    slip she is `told` by."""

    changed = Signal()
    primary_changed = Signal(object)
    wanted = Signal(str)
    lacking = Signal(object)

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._story: Story | None = None
        self._choices: Choices | None = None
        self._held: dict[str, dict[str, str]] = {}
        self._narrow = False
        self.panel: Panel | None = None
        self.next: NextCard | None = None
        self.trips: TripsCard | None = None
        self._beside: tuple[QWidget, ...] = ()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.boxes = ThreeItems()
        self.why = Note("info", "")
        self.why.hide()
        self.boxes.refused.connect(lambda reason: self.why.say("info", reason))
        self.boxes.refused.connect(self.why.show)
        self.boxes.pressed.connect(self._pressed)
        self._pause = QTimer(self, singleShot=True, interval=HOLD_AFTER_MS)
        self._pause.timeout.connect(self.hold)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(theme.soft(14))
        self.left, self.side = QWidget(), QWidget()
        self._left, self._side = QVBoxLayout(self.left), QVBoxLayout(self.side)
        for layout in (self._left, self._side):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.soft(12))
        self.timeline = Timeline()
        self.story_card = self._make_story_card()
        self._left.addWidget(self.story_card, 100)
        self._left.addStretch(1)  # the card is kept within sight
        self._split.addWidget(self.left, 1)
        self._split.addWidget(self.side)
        column.addWidget(self.boxes)
        column.addWidget(self.why)
        column.addLayout(self._split, 1)

    def show_story(self, story: Story, choices: Choices, held: dict[str, dict[str, str]]) -> None:
        """Show the ticket as it is now; a panel that was open is closed. `held` are words begun earlier."""
        self._story, self._choices, self._held = story, choices, held
        self._drop_panel()
        self.why.hide()
        self.boxes.show_items(*three_items(story, choices.today))
        self.timeline.show_moments(moments(story, choices.today))
        self.withdraw.setVisible(may_withdraw(story.ticket))
        self.checklist.setVisible(not (story.ticket.ended or story.ticket.merged_into))
        self._fill_side(story, choices)
        self.fit(narrow=self._narrow)

    def fit(self, *, narrow: bool) -> None:
        """One pane or two: in one, what comes next stands above the story."""
        self._narrow = narrow
        if self._story is not None:
            kept = self.tr("首访人：{name}（不会变）").format(name=first_receiver(self._story))
            number = self.tr("尾号 {number} · ").format(number=self._story.ticket.short_number)
            self.receiver.setText(number + kept if narrow else kept)
        way = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        self._split.setDirection(way)
        self.side.setMinimumWidth(0 if narrow else theme.em(SIDE_PX))
        self.side.setMaximumWidth(16_777_215 if narrow else theme.em(SIDE_PX))
        self.story_card.setMinimumHeight(theme.soft(420) if narrow else 0)
        if self.panel is not None:
            self.panel.stack(narrow=narrow)
            self._rest(resting=True)

    def open_panel(self, key: str) -> None:
        """Open one panel in place of the story; `close` and `brought:…` act at once, `relief`, `survey`
        and `ticket:…` are the page's to open.
        """
        if self._story is None or self._choices is None:
            return
        ticket, (name, _, about) = self._story.ticket.id, key.partition(":")
        if name in ("relief", "ticket", "survey"):
            self.wanted.emit(key)
            return
        if name == "close":
            self._submit(lambda desk: tickets.close(desk, ticket))
            return
        if name == "brought":
            self._submit(lambda desk: courses.brought(desk, ticket, name=about))
            return
        self._drop_panel()
        panel = self.panel = panel_for(key, self._story, self._choices)
        panel.submitted.connect(self._submit)
        panel.lacking.connect(self.lacking)
        panel.left.connect(self.close_panel)
        panel.touched.connect(self._pause.start)
        Leaving(panel, self.hold)
        self._left.insertWidget(0, panel, 100)
        self.why.hide()
        self.story_card.hide()
        self._rest(resting=True)
        panel.stack(narrow=self._narrow)
        panel.restore(self._held.get(key, {}))
        panel.start()
        self.primary_changed.emit(panel.main)

    def hold(self) -> None:
        """Keep what was begun in the open panel; keeping the same words twice is spared."""
        if self.panel is None or self._story is None:
            return
        ticket, key, answers = self._story.ticket.id, self.panel.key, self.panel.answers()
        if answers != self._held.get(key):
            self._held[key] = answers
            self._ask(lambda desk: ticket_drafts.hold(desk, ticket, key, answers))

    def close_panel(self) -> bool:
        """Back to the story, what was begun is kept; False when no panel was open."""
        if self.panel is None:
            return False
        self.hold()
        self._drop_panel()
        self.start()
        return True

    def start(self) -> None:
        """The focus goes to what comes next."""
        button = self.next.main if self.next else None
        self.primary_changed.emit(button)
        (button or self.boxes.boxes[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_story_card(self) -> Card:
        card = Card(self.tr("办到哪了"))
        self.receiver = words("", "body", "quiet")
        card.head.addWidget(self.receiver)
        card.body.addWidget(scrolled(self.timeline, on="card"), 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.soft(12))
        self.checklist = Button(self.tr("打办事清单"), "", "list")
        self.withdraw = Button(self.tr("不办了"), "text")
        self.checklist.clicked.connect(lambda: self.wanted.emit("checklist"))
        self.withdraw.clicked.connect(lambda: self.open_panel("withdraw"))
        foot.addWidget(self.withdraw)
        self.papers = Button(self.tr("打单子"), "", "print")
        self.papers.clicked.connect(lambda: self.wanted.emit("papers"))
        foot.addStretch(1)
        foot.addWidget(self.papers)
        foot.addWidget(self.checklist)
        card.add(foot)
        return card

    def _fill_side(self, story: Story, choices: Choices) -> None:
        while self._side.count():
            item = self._side.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.next = NextCard(next_of(story))
        self.next.chosen.connect(self.open_panel)
        trips = self.trips = TripsCard(len(story.ticket.trips), open_=not story.ticket.ended)
        trips.pressed.connect(lambda: self.open_panel("trip"))
        for card in (self.next, trips):
            self._side.addWidget(card)
        self._beside = cards_beside(story, choices, self.open_panel)
        for card in self._beside:
            self._side.addWidget(card)
        self._side.addStretch(1)

    def _rest(self, *, resting: bool) -> None:
        wide = resting and self.panel is not None and (self.panel.wide or self._narrow)
        self.boxes.setVisible(not wide)
        self.side.setVisible(not wide)
        for card in (self.next, self.trips):
            if card is not None:
                card.rest(resting=resting)
        for one in self._beside:
            one.setVisible(not resting)

    def _drop_panel(self) -> None:
        old, self.panel = self.panel, None  # first: the focus leaves it when it is hidden
        if old is not None:
            self._left.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.story_card.show()
        self._rest(resting=False)

    def _submit(self, work: Work) -> None:
        if self.panel is None or self._story is None:
            self._ask(work, self._written, self._failed)
            return
        self._pause.stop()
        self.panel.main.setEnabled(False)  # a second Enter must not write it twice
        ticket, key = self._story.ticket.id, self.panel.key
        self._held[key] = self.panel.answers()  # so that nothing is held again after it was released

        def write(desk: Desk) -> Any:
            outcome = work(desk)
            ticket_drafts.release(desk, ticket, key)
            return outcome

        self._ask(write, self._written, self._failed)

    def _written(self, outcome: Any) -> None:
        replied = isinstance(self.panel, ReplyPanel) and isinstance(outcome, Ticket)
        if replied and outcome.state is State.IN_PROGRESS:
            day = outcome.due_on
            by = self.tr("，{month}月{day}日前改好").format(month=day.month, day=day.day) if day else ""
            notices.info(self.tr("记下了。这张单要重新办{by}。").format(by=by))
        else:
            notices.saved()
        self.changed.emit()
        if replied and outcome.reply_mode is ReplyMode.PAPER:
            self.wanted.emit("told")  # told on paper: the paper is the reply

    def _failed(self, error: Exception) -> None:
        if self.panel is not None:
            self.panel.main.setEnabled(True)
            self._held.pop(self.panel.key, None)
            self.hold()
        self.lacking.emit(error)

    def _pressed(self, place: int) -> None:
        if self._story is None or self._story.ticket.ended or self.panel is not None:
            return
        opens = {1: "result", 2: "reply"}.get(place, "")
        ways = next_of(self._story)
        if opens in {way.key for way in (*((ways.main,) if ways.main else ()), *ways.others)}:
            self.open_panel(opens)
