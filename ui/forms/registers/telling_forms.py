"""宣传 and 活动慰问: which way or which kind, what it was, how many people, what was given."""

from __future__ import annotations

from app.actions.registers import tellings
from app.actions.registers.books import Book
from app.actions.registers.tellings import Gathering, Telling
from app.domain.problem import Problem
from app.domain.registers.event import Event, EventKind
from app.domain.registers.publicity import CHANNELS, Channel, Publicity
from ui.forms.panel import Work
from ui.forms.registers.recent_choice import RecentChoice
from ui.forms.registers.register_form import SEVERAL, RegisterForm
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.money import MoneyEdit
from ui.widgets.stepper import Stepper
from ui.widgets.text import LineBox

MOST = 9_999


class PublicityForm(RegisterForm):
    """One telling of the village."""

    book = Book.PUBLICITY

    def build(self) -> None:
        """Which way, what, how many."""
        self.channel = ChoiceGroup([(one.value, words) for one, words in CHANNELS.items()])
        self.what = LineBox(self.tr("比如：高龄津贴怎么领"))
        self.items = GroupedChoice(multi=True)
        self.items.set_groups(self.choices.items)
        self.reached, self.copies = Stepper(0, most=MOST), Stepper(0, most=MOST)
        self.told_by = RecentChoice(tuple(dict.fromkeys((self.choices.me, *self.choices.tellers))))
        self.put(
            Field("channel", self.tr("怎么讲的"), self.channel),
            Field("what", self.tr("讲了什么"), self.what),
        )
        self.put(
            Field("reached", self.tr("大约多少人听到"), self.reached),
            Field("copies", self.tr("发了几份资料"), self.copies),
            together=True,
        )
        self.put(
            Field("told_by", self.tr("谁讲的"), self.told_by, optional=True),
            Field("items", self.tr("讲到哪些事"), self.items, optional=True),
        )

    def problems(self) -> tuple[Problem, ...]:
        """Which way has no answer of its own."""
        return () if self.channel.value() else (Problem("channel", self.tr("怎么讲的？点一样。")),)

    def work(self) -> Work:
        """Enter it, or enter the correction."""
        said = Telling(
            self.on.value(),
            Channel(self.channel.value()),
            self.what.value(),
            items=self.items.values(),
            reached=self.reached.value(),
            copies=self.copies.value(),
            told_by=self.told_by.value(),
        )
        amends = self.amends
        return lambda desk: tellings.tell(desk, said, amends=amends)


class EventForm(RegisterForm):
    """One event, or one call with gifts."""

    book = Book.EVENT

    def build(self) -> None:
        """Which, what, how many, what was given."""
        self.kind = ChoiceGroup([(one.value, one.words) for one in EventKind])
        self.what = LineBox(self.tr("比如：重阳节看独居老人"))
        self.people = Stepper(0, most=MOST)
        self.money = MoneyEdit()
        self.goods = LineBox(self.tr("比如：米 3 袋、油 3 桶"))
        self.giver = RecentChoice(self.choices.givers, self.tr("比如：镇民政办"))
        self.put(
            Field("kind", self.tr("哪一种"), self.kind),
            Field("what", self.tr("什么活动"), self.what),
            Field("people", self.tr("多少人"), self.people),
            Field("money_fen", self.tr("一共多少钱"), self.money, optional=True),
            Field("goods", self.tr("什么东西"), self.goods, optional=True),
            Field("giver", self.tr("谁给的"), self.giver, optional=True),
        )

    def problems(self) -> tuple[Problem, ...]:
        """Which kind has no answer of its own."""
        return () if self.kind.value() else (Problem("kind", self.tr("慰问还是活动？点一样。")),)

    def work(self) -> Work:
        """Enter it, or enter the correction."""
        said = Gathering(
            self.on.value(),
            EventKind(self.kind.value()),
            self.what.value(),
            people=self.people.value(),
            money_fen=self.money.value() or 0,
            goods=self.goods.value(),
            giver=self.giver.value(),
        )
        amends = self.amends
        return lambda desk: tellings.hold(desk, said, amends=amends)


def telling_answers(entry: Publicity) -> dict[str, str]:
    """What the form says of a line that is to be corrected."""
    return {
        "on": entry.on.isoformat(),
        "channel": entry.channel.value,
        "what": entry.what,
        "items": SEVERAL.join(entry.items),
        "reached": str(entry.reached),
        "copies": str(entry.copies),
        "told_by": entry.told_by,
    }


def event_answers(entry: Event) -> dict[str, str]:
    """What the form says of a line that is to be corrected."""
    return {
        "on": entry.on.isoformat(),
        "kind": entry.kind.value,
        "what": entry.what,
        "people": str(entry.people),
        "money_fen": str(entry.money_fen) if entry.money_fen else "",
        "goods": entry.goods,
        "giver": entry.giver,
    }
