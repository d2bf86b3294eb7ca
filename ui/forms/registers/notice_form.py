"""公示: what hangs where, from which day, how long; the last day is worked out as the days are set."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.registers import notices
from app.actions.registers.books import Book
from app.actions.registers.notices import Sheet
from app.domain.problem import Problem
from app.domain.registers.public_notice import KINDS, Level, NoticeKind, PublicNotice
from app.domain.workdays import Deadline
from ui.forms.panel import Work
from ui.forms.registers.recent_choice import RecentChoice
from ui.forms.registers.register_form import RegisterForm
from ui.forms.registers.who_pick import WhoPick
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import weekday
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.stepper import Stepper
from ui.widgets.text import LineBox

STAYS = "stays"


class NoticeForm(RegisterForm):
    """The days come from the county's pack; she may set others, or let it hang for good."""

    book = Book.NOTICE

    def build(self) -> None:
        """What, of whom, where, how long."""
        choices = self.choices
        self.kind = ChoiceGroup([(kind.value, words) for kind, words in KINDS.items()])
        self.item = GroupedChoice()
        self.item.set_groups(choices.posted)
        self.who = WhoPick(self.ask)
        self.what = LineBox(self.tr("比如：低保初审意见"))
        self.standard = LineBox(self.tr("比如：每人每月 515 元"))
        self.level = ChoiceGroup([(one.value, one.words) for one in Level])
        self.level.set_value(Level.VILLAGE.value)
        self.days = Stepper(7, least=1, most=60)
        self.stays = ChoiceGroup([(STAYS, self.tr("长期贴着"))])
        self.place = RecentChoice(choices.boards.places, self.tr("比如：村部公示栏"))
        self.posted_by = RecentChoice(tuple(dict.fromkeys((choices.me, *choices.boards.people))))
        self.put(
            Field("kind", self.tr("公示哪一种"), self.kind),
            Field("item", self.tr("什么事"), self.item, self.tr("孩子的事不公示，不贴墙。")),
            Field("who", self.tr("公示谁家"), self.who),
            Field("what", self.tr("写的是什么"), self.what, self.tr("不写全名、证号、电话、病。")),
            Field("standard", self.tr("按什么标准"), self.standard, optional=True),
            Field("level", self.tr("哪一级贴的"), self.level),
            Field("place", self.tr("贴在哪里"), self.place),
            Field("days", self.tr("公示几天"), self.days),
            Field("stays", "", self.stays),
            Field("posted_by", self.tr("谁贴的"), self.posted_by),
        )
        self.period, self._asked = "", ("", "", 0)
        self.item.changed.connect(self._days_of_the_pack)
        self.kind.changed.connect(self._named)

    def settle(self) -> None:
        """Only a family's notice names one; the last day is said beside the days."""
        kind = self.kind.value()
        family = bool(kind) and NoticeKind(kind).of_a_family
        self.field("item").setVisible(family)
        self.field("who").setVisible(family)
        stays = self.stays.value() == STAYS
        self.field("days").setVisible(not stays)
        self._work_out_end()

    def problems(self) -> tuple[Problem, ...]:
        """The kind decides what else is asked."""
        return () if self.kind.value() else (Problem("kind", self.tr("公示哪一种？点一样。")),)

    def work(self) -> Work:
        """Enter it, or enter the correction."""
        said, amends = self._sheet(), self.amends
        return lambda desk: notices.post(desk, said, amends=amends)

    def _sheet(self) -> Sheet:
        kind, who = NoticeKind(self.kind.value()), self.who.who
        family = kind.of_a_family
        return Sheet(
            self.on.value(),
            kind,
            self.what.value(),
            self.place.value(),
            self.posted_by.value(),
            level=Level(self.level.value() or Level.VILLAGE.value),
            standard=self.standard.value(),
            item=self.item.value() if family else "",
            household=who.household if family else "",
            person=who.person if family else "",
            days=self.days.value(),
            stays=self.stays.value() == STAYS,
            period=self.period if not family else "",
        )

    def _named(self) -> None:
        if not self.what.value() and (kind := self.kind.value()) and kind != NoticeKind.OTHER:
            self.what.set_value(NoticeKind(kind).words)

    def _days_of_the_pack(self) -> None:
        if item := self.item.value():
            self.ask(lambda desk: notices.days(desk, item).count, self._set_days)

    def _set_days(self, count: int) -> None:
        self.days.set_value(count)
        self.settle()

    def _work_out_end(self) -> None:
        on, item, count = self.on.value() or self.choices.today, self.item.value(), self.days.value()
        asked = (on.isoformat(), item, count)
        if asked == self._asked:
            return
        self._asked = asked

        def work(desk: Desk) -> Deadline:
            return notices.ends(desk, item, on, count)

        def done(end: Deadline) -> None:
            if asked == self._asked:
                day = f"{end.day.month}月{end.day.day}日 {weekday(end.day)}"
                self.field("days").set_hint(self.tr("贴到 {day}，第二天撤。").format(day=day))

        self.ask(work, done)


def answers_of(notice: PublicNotice, name: str, place: str) -> dict[str, str]:
    """What the form says of a line that is to be corrected."""
    return {
        "on": notice.on.isoformat(),
        "kind": notice.kind.value,
        "item": notice.item,
        "who": "\t".join((name, notice.person, notice.household, place)) if notice.person else "",
        "what": notice.what,
        "standard": notice.standard,
        "level": notice.level.value,
        "place": notice.place,
        "days": str(notice.days) if notice.days else "",
        "stays": "" if notice.until else STAYS,
        "posted_by": notice.posted_by,
    }
