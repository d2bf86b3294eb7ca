"""筛一筛 of past visits: when, what for, whether anybody was met, and whether something was found."""

from __future__ import annotations

from datetime import date, timedelta

from app.actions.visits.visit_search import Wanted
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES
from app.forms import visit_form
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date_span import DateSpan, Days
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.sieve_face import SieveFace

CALLS = ("VP01", "VP07", "VP08", "VP09", "VP10", "VP11", "VP12")  # looked in on again and again
FOUND = "found"


class VisitSieve(SieveFace):
    """`wanted(words)` is what is chosen."""

    def __init__(self) -> None:
        super().__init__(self.tr("看这 {n} 次"), self.tr("一次也没有，换一样"))
        self.time = DateSpan(
            {
                "month": (self.tr("这个月"), lambda today: (today.replace(day=1), None)),
                "before": (self.tr("上个月"), _month_before),
                "year": (self.tr("今年"), lambda today: (today.replace(month=1, day=1), None)),
            }
        )
        self.met = ChoiceGroup([(one.code, one.words) for one in visit_form().fields["met"].options])
        self.marks = ChoiceGroup([(FOUND, self.tr("发现问题的"))])
        self.purpose = GroupedChoice()
        self.purpose.set_groups(
            [
                (self.tr("平时看望"), [(code, PURPOSES[code]) for code in CALLS]),
                (self.tr("调查核查"), [(code, PURPOSES[code]) for code in sorted(INVESTIGATIONS)]),
                (
                    self.tr("别的"),
                    [pair for pair in PURPOSES.items() if pair[0] not in {*CALLS, *INVESTIGATIONS}],
                ),
            ]
        )
        self.put(
            Field("visit_time", self.tr("什么时候去的"), self.time),
            Field("visit_met", self.tr("见到人没有"), self.met),
            Field("visit_marks", self.tr("只看"), self.marks),
            Field("visit_purpose", self.tr("为什么去的"), self.purpose),
        )
        for part in (self.time, self.met, self.marks, self.purpose):
            part.changed.connect(self.changed)

    def turn_to(self, today: date) -> None:
        """The named days are those around `today`."""
        self.time.turn_to(today)

    def wanted(self, words: str) -> Wanted:
        """What is chosen, with the `words` typed."""
        first, last = self.time.days()
        found = self.marks.value() == FOUND
        return Wanted(words, self.purpose.value(), self.met.value(), first, last, found)

    def clear(self) -> None:
        """Nothing is chosen any more; silent."""
        self.time.clear()
        for group in (self.met, self.marks, self.purpose):
            group.set_value("")

    def words(self) -> str:
        """What is chosen, to read above the list."""
        groups = (self.met, self.marks, self.purpose.choices)
        chosen = [one.option.words for group in groups for one in group.buttons if one.isChecked()]
        return " · ".join(filter(None, (self.time.words(), *chosen)))


def _month_before(today: date) -> Days:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
