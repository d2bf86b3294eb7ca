"""筛一筛: what a list of tickets is narrowed to, everything by pointing, with how many are left in sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actions.tickets.ticket_search import AWAY, OPEN, OVER, Sieves, Wanted, of_month
from app.actions.tickets.ticket_views import Choices
from app.domain.tickets.ticket_terms import CHANNELS, COURSES
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date_span import DateSpan, Days
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.sieve_face import SieveFace

LATE, URGENT, AGAIN = "late", "urgent", "again"
MONTH, LAST_MONTH, YEAR = "month", "last", "year"


class TicketSieve(SieveFace):
    """`wanted(words)` is what is chosen."""

    def __init__(self) -> None:
        super().__init__(self.tr("看这 {n} 张"), self.tr("一张也没有，换一样"))
        self.stand = ChoiceGroup(
            [(OPEN, self.tr("还在办")), (AWAY, self.tr("等别人")), (OVER, self.tr("办结了"))]
        )
        self.marks = ChoiceGroup(
            [(LATE, self.tr("超期的")), (URGENT, self.tr("急难的")), (AGAIN, self.tr("跑了不止一趟"))],
            multi=True,
        )
        self.time = DateSpan(
            {
                MONTH: (self.tr("这个月"), lambda today: _month(today, 0)),
                LAST_MONTH: (self.tr("上个月"), lambda today: _month(today, 1)),
                YEAR: (self.tr("今年"), lambda today: (date(today.year, 1, 1), None)),
            }
        )
        self.course = ChoiceGroup([(how.value, words) for how, words in COURSES.items()])
        self.channel = ChoiceGroup(list(CHANNELS.items()))
        self.item = GroupedChoice()
        self.group, self.receiver = ChoiceGroup([]), ChoiceGroup([])
        self.put(
            Field("stand", self.tr("办到哪了"), self.stand),
            Field("marks", self.tr("只看"), self.marks),
            Field("time", self.tr("什么时候来的"), self.time),
            Field("sieve_item", self.tr("哪样事"), self.item),
            Field("course", self.tr("怎么办的"), self.course),
            Field("sieve_channel", self.tr("怎么来的"), self.channel),
            Field("group", self.tr("哪个组"), self.group),
            Field("receiver", self.tr("谁接的"), self.receiver),
        )
        chosen = (self.stand, self.marks, self.time, self.item, self.course, self.channel)
        for part in (*chosen, self.group, self.receiver):
            part.changed.connect(self.changed)

    def offer(self, sieves: Sieves, choices: Choices) -> None:
        """What there is to choose from here; what is chosen stays."""
        self.time.turn_to(choices.today)
        self.item.set_groups(choices.kinds)
        self.item.set_label(self.tr("哪样事"))
        _refill(self.group, [(one, one) for one in sieves.groups], self.tr("哪个组"))
        _refill(self.receiver, sieves.receivers, self.tr("谁接的"))

    def wanted(self, words: str) -> Wanted:
        """What is chosen, with the `words` typed."""
        marks = self.marks.values()
        first, last = self.time.days()
        return Wanted(
            words=words,
            stand=self.stand.value(),
            item=self.item.value(),
            disposition=self.course.value(),
            channel=self.channel.value(),
            receiver=self.receiver.value(),
            group=self.group.value(),
            late=LATE in marks,
            urgent=URGENT in marks,
            first=first,
            last=last,
            again=AGAIN in marks,
        )

    def words(self) -> str:
        """`还在办 · 超期的 · 这个月`: what is chosen, to read above the list."""
        after = (self.item.choices, self.course, self.channel, self.group, self.receiver)
        told = [*_chosen(self.stand, self.marks), self.time.words(), *_chosen(*after)]
        return " · ".join(filter(None, told))

    def clear(self) -> None:
        """Nothing is chosen any more; silent."""
        for group in (self.stand, self.course, self.channel, self.group, self.receiver):
            group.set_value("")
        self.time.clear()
        self.marks.set_values(())
        self.item.set_values(())


def _chosen(*groups: ChoiceGroup) -> list[str]:
    return [one.option.words for group in groups for one in group.buttons if one.isChecked()]


def _month(today: date, back: int) -> Days:
    term = of_month(today, back)
    return term.first, term.last


def _refill(group: ChoiceGroup, options: Sequence[tuple[str, str]], label: str) -> None:
    if [(one.option.key, one.option.words) for one in group.buttons] != list(options):
        group.set_options(list(options))
    group.set_label(label)
