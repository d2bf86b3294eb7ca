"""没去成: why a visit did not take place, pointed at, and the day to make up for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.visits.missed import REASONS
from app.domain.visits.plan import Stop
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

NEVER = "never"


class MissedCard(Card):
    """`said(why, again_on, note)`. Closed until it is asked for, or a period went by without a visit.

    `turned` when it opens or closes. Its holder places `keep` and `leave`, to stay in sight while it is open.
    """

    said = Signal(str, object, str)
    turned = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._today = date.min
        self.set_title(self.tr("没去成"))
        self.lead = words("", "body", "quiet", wrap=True)
        self.begin_button = Button(self.tr("说说为什么"), "", "pen")
        self.begin_button.clicked.connect(self.open)
        self.reasons = ChoiceGroup(list(REASONS.items()))
        self.reasons.set_label(self.tr("为什么没去成"))
        self.reasons.changed.connect(self._fit)
        self.note_line = LineBox()
        self.note = Field("note", self.tr("是什么原因"), self.note_line)
        self.when = ChoiceGroup([])
        self.again = Field("again_on", self.tr("哪天补访"), self.when)
        self.why = Field("why", self.tr("为什么没去成"), self.reasons)
        self.keep = Button(self.tr("记下没去成"), "main", "check")
        self.keep.clicked.connect(self._say)
        self.leave = Button(self.tr("先不记"), "text")
        self.leave.clicked.connect(lambda: self._turn(open_now=False))
        self.add(self.lead)
        self.add(self.begin_button)
        for part in (self.reasons, self.when, self.note_line):
            part.changed.connect(self.touched)
        self._form: tuple[QWidget, ...] = (self.why, self.note, self.again)
        for part in self._form:
            self.add(part)
        self._open_now = False

    def begin(self, today: date) -> None:
        """A household is looked at: nothing was said of it here yet."""
        self._today = today
        names = (self.tr("今天"), self.tr("明天"), self.tr("后天"), self.tr("三天后"), self.tr("一周后"))
        days = [str(count) for count in (0, 1, 2, 3, 7)]
        options = [*zip(days, names, strict=True), (NEVER, self.tr("不补了"))]
        self.when.set_options(options)
        self.when.set_values(())
        self.reasons.set_values(())
        self.note_line.setText("")
        self._turn(open_now=False)

    def about(self, stop: Stop, today: date) -> None:
        """Say which visit is meant; one that wants a reason is asked about in so many words."""
        missed = stop.missed
        if missed is not None and missed.missed is not None:
            day = missed.missed
            lead = self.tr("{name}到 {month}月{day}日没去成，要说一句原因。")
            self.lead.setText(lead.format(name=missed.name, month=day.month, day=day.day))
        else:
            self.lead.setText(self.tr("今天去了没去成，或者去不了，点一下原因。"))
        self._fit()

    def answers(self) -> dict[str, str]:
        """What stands there, by the names of its fields; nothing while it is closed."""
        if not self._open_now:
            return {}
        given = (self.reasons.value(), self.when.value(), self.note_line.value())
        return dict(zip(("why", "again_on", "note"), given, strict=True))

    def take_up(self, kept: Mapping[str, str]) -> None:
        """Go on with what was begun here."""
        if any(kept.get(name) for name in ("why", "again_on", "note")):
            self.reasons.set_value(kept.get("why", ""))
            self.when.set_value(kept.get("again_on", ""))
            self.note_line.set_value(kept.get("note", ""))
            self._turn(open_now=True)

    @property
    def is_open(self) -> bool:
        """Whether a reason is being given."""
        return self._open_now

    def open(self) -> None:
        """Ask now."""
        self._turn(open_now=True)
        self.reasons.setFocus()

    def _turn(self, *, open_now: bool) -> None:
        self._open_now = open_now
        self._fit()
        self.turned.emit()

    def _fit(self) -> None:
        self.begin_button.setVisible(not self._open_now)
        for part in self._form:
            part.setVisible(self._open_now)
        self.note.setVisible(self._open_now and self.reasons.value() == "other")

    def _say(self) -> None:
        days = self.when.value()
        again = None if days in ("", NEVER) else self._today + timedelta(days=int(days))
        self.said.emit(self.reasons.value(), again, self.note_line.value())
