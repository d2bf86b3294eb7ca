"""又跑了一趟: when, where, what came of it, and from the second journey on what had gone wrong (M-12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.tickets import tickets
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.ticket import Trip
from ui import theme
from ui.forms.panel import Panel, Work
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.text import LineBox

MOST = 9
MORE = "more"


class TripForm(Panel):
    """One journey of the citizen, the `number`th. `causes` are (W-code, words); `keep` writes it down."""

    wide = True

    def __init__(
        self,
        number: int,
        causes: Sequence[tuple[str, str]],
        today: date,
        keep: Callable[[Desk, Trip], object],
        prevents: Mapping[str, str] | None = None,
    ) -> None:
        title = self.tr("跑了第 {n} 趟").format(n=number)
        super().__init__(title, self.tr("记下这一趟"))
        self._keep, self._causes, self._again = keep, tuple(causes), number > 1
        self.day = DateEdit(today)
        self.day.set_value(today)
        self.place = LineBox(self.tr("例如：派出所、镇民政办"))
        self.outcome = ChoiceGroup(
            [
                ("done", self.tr("办成了")),
                ("half", self.tr("办了一半")),
                ("vain", self.tr("白跑了")),
            ]
        )
        few = self._causes[:MOST]
        self.cause = ChoiceGroup([*few, *([(MORE, self.tr("别的"))] if len(self._causes) > MOST else [])])
        self.cause_field = Field(
            "cause", self.tr("是什么没弄好"), self.cause, self.tr("记下来，下一个人就不白跑。")
        )
        self._prevents = prevents or {}
        self.prevent = Note("info", "")
        self.prevent.hide()
        day = Field("trip_on", self.tr("哪天"), self.day)
        self.put(day, self._way(), self.cause_field, self.prevent, *self.more())
        self.outcome.changed.connect(self._show)
        self.cause.changed.connect(self._widen)
        self._show()

    def _way(self) -> QWidget:
        """Where, and what came of it, side by side."""
        middle = QWidget()
        middle.setProperty("surface", "clear")
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(theme.soft(20))
        self._middle.addWidget(Field("where", self.tr("去了哪"), self.place), 1)
        self._middle.addWidget(Field("outcome", self.tr("办成了没有"), self.outcome), 1)
        return middle

    def stack(self, *, narrow: bool) -> None:
        """Side by side only where there is room."""
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def problems(self) -> tuple[Problem, ...]:
        """When, where, what came of it, and the cause of a second journey."""
        found = []
        if self.day.value() is None:
            found.append(Problem("trip_on", self.tr("哪天去的？点「今天」，或者填月和日。")))
        elif wrong := self.day.problem():
            found.append(Problem("trip_on", wrong.words))
        if not self.place.value():
            found.append(Problem("where", self.tr("去了哪？写一句。")))
        if not self.outcome.value():
            found.append(Problem("outcome", self.tr("办成了没有？选一个。")))
        if self._needs_cause() and self.cause.value() in ("", MORE):
            found.append(Problem("cause", self.tr("又跑了一趟。是什么没弄好？选一个。")))
        return tuple(found)

    def trip(self) -> Trip:
        """The journey as it stands here; `problems` has seen to it that nothing is missing."""
        on = self.day.value()
        assert on is not None, "a day was chosen"
        words = next(one.option.words for one in self.outcome.buttons if one.isChecked())
        cause = self.cause.value() if self.cause_field.isVisibleTo(self) else ""
        return Trip(on, self.place.value(), words, cause)

    def work(self) -> Work:
        """The journey goes into the story."""
        keep, trip = self._keep, self.trip()
        return lambda desk: keep(desk, trip)

    def more(self) -> tuple[QWidget, ...]:
        """Further fields at the end; a subclass may have some."""
        return ()

    def _needs_cause(self) -> bool:
        return self._again or self.outcome.value() == "vain"

    def _show(self) -> None:
        self.cause_field.setVisible(self._needs_cause())

    def _widen(self) -> None:
        if self.cause.value() == MORE:
            self.cause.set_options(self._causes)
        words = self._prevents.get(self.cause.value(), "") if self.cause_field.isVisibleTo(self) else ""
        self.prevent.setVisible(bool(words))
        if words:
            self.prevent.say("info", self.tr("下次这样防：{words}。").format(words=words))


class TripPanel(TripForm):
    """A journey for a ticket, and who of the village went along (陪办)."""

    def __init__(self, story: Story, choices: Choices) -> None:
        ticket = story.ticket.id
        super().__init__(
            len(story.ticket.trips) + 1,
            choices.causes,
            choices.today,
            lambda desk, trip: tickets.add_trip(desk, ticket, trip),
            choices.prevents,
        )
        self._ticket = ticket

    def more(self) -> tuple[QWidget, ...]:
        """Who went along."""
        self.company = LineBox(self.tr("例如：向海燕"))
        return (Field("company", self.tr("村里谁陪着去的"), self.company, optional=True),)

    def work(self) -> Work:
        """The journey, and who went along, go into the story."""
        ticket, trip, company = self._ticket, self.trip(), self.company.value()
        return lambda desk: tickets.add_trip(desk, ticket, trip, company=company)
