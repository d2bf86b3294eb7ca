"""批下来了 and 停了: what a family draws from now on, or no longer, pointed at in four answers."""

from __future__ import annotations

from datetime import date

from app.actions.desk import Desk
from app.actions.village import benefits
from app.actions.village.benefits import Granting
from app.domain.papers.granted import Grant
from app.domain.people.benefit_change import ENDINGS, Ending
from app.domain.people.codes import RELATION
from app.domain.people.person import Person
from app.domain.problem import Problem
from app.domain.rules.spans import add_months
from ui.forms.panel import Panel, Work
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.money import MoneyEdit
from ui.widgets.text import LineBox

OTHER_DAY = "other"


class MonthChoice(ChoiceGroup):
    """From which month: this one, the one before, the next, or a day filled in beside it."""

    def __init__(self, today: date) -> None:
        first = today.replace(day=1)
        self._days = {str(place): add_months(first, place) for place in (0, -1, 1)}
        said = (self.tr("这个月起"), self.tr("上个月起"), self.tr("下个月起"))
        options = list(zip(self._days, said, strict=True))
        super().__init__([*options, (OTHER_DAY, self.tr("别的日子"))])

    def first_day(self) -> date | None:
        """The first day of the month chosen; None for another day, or none."""
        return self._days.get(self.value())


class GrantPanel(Panel):
    """What was granted, to whom, from when, and how much. A family lives on some benefits as a whole."""

    def __init__(self, granting: Granting) -> None:
        title = self.tr("{who}：批下来了什么").format(who=granting.title)
        super().__init__(title, self.tr("记到户上"))
        self._granting = granting
        self.item = GroupedChoice()
        self.item.set_groups(granting.items)
        self.who = ChoiceGroup([(one.id, _member(one)) for one in granting.members], multi=True)
        self.month = MonthChoice(granting.today)
        self.day = DateEdit(granting.today, quick=False, future=True)
        self.money = MoneyEdit()
        self.who_field = Field("who", self.tr("批给谁的"), self.who)
        self.item_field = Field("item", self.tr("批下来的是什么"), self.item)
        self.day_field = Field("since_day", self.tr("从哪天起"), self.day)
        self.put(
            self.item_field,
            self.who_field,
            Field("since", self.tr("从哪个月起领"), self.month),
            self.day_field,
            Field(
                "monthly", self.tr("每月一共多少钱"), self.money, self.tr("照通知书或存折写。"), optional=True
            ),
        )
        self.item.changed.connect(self._chosen)
        self.month.changed.connect(self._chosen)
        self._chosen()

    def choose(self, item: str) -> None:
        """Begin with `item` pointed at."""
        self.item.set_value(item)
        self._chosen()

    def problems(self) -> tuple[Problem, ...]:
        """The day and the sum, where they cannot be read; the rest is the register's to say."""
        found = []
        if not self.month.value():
            found.append(Problem("since", self.tr("从哪个月起领？点一个。")))
        elif self.month.value() == OTHER_DAY and (self.day.problem() or self.day.value() is None):
            found.append(Problem("since_day", self.tr("没有这一天，看看月和日。")))
        if doubt := self.money.doubt():
            found.append(Problem("monthly", doubt.words))
        return tuple(found)

    def work(self) -> Work:
        """Onto the register, and into the story of the ticket about it."""
        item, home = self.item.value(), self._granting.household
        ticket, _number = self._granting.ticket_for(item)
        people, since, fen = self.who.values(), self._since(), self.money.value()

        def grant(desk: Desk) -> object:
            return benefits.grant(
                desk, home, item, people=people, since=since, monthly_fen=fen, ticket=ticket
            )

        return grant

    def _since(self) -> date | None:
        return self.month.first_day() or (self.day.value() if self.month.value() == OTHER_DAY else None)

    def _chosen(self) -> None:
        item = self.item.value()
        self.who_field.setVisible(bool(item) and item not in self._granting.shared)
        self.day_field.setVisible(self.month.value() == OTHER_DAY)
        _ticket, number = self._granting.ticket_for(item)
        said = self.tr("首访单 {n} 上也记一笔。").format(n=number) if number else ""
        if item in self._granting.shared:
            said = self.tr("这一样是全家一起领。") + said
        self.item_field.set_hint(said)


class EndPanel(Panel):
    """停了: from when, and why."""

    def __init__(self, granting: Granting, grant: Grant) -> None:
        title = self.tr("{who}的{what}停了").format(who=granting.title, what=grant.name)
        super().__init__(title, self.tr("记成停了"))
        self._household, self._item = granting.household, grant.item
        self.month = MonthChoice(granting.today)
        self.day = DateEdit(granting.today, quick=False, future=True)
        self.why = ChoiceGroup(tuple((one.value, said) for one, said in ENDINGS.items()))
        self.words = LineBox(self.tr("例如：大儿子回来了，一年挣六万"))
        self.day_field = Field("on_day", self.tr("从哪天起"), self.day)
        self.put(
            Field("on", self.tr("从哪个月起停的"), self.month),
            self.day_field,
            Field("why", self.tr("为什么停了"), self.why),
            Field("words", self.tr("再写一句"), self.words, optional=True),
        )
        self.month.changed.connect(self._chosen)
        self._chosen()

    def problems(self) -> tuple[Problem, ...]:
        """The day, where there is none."""
        if not self.month.value():
            return (Problem("on", self.tr("从哪个月起停的？点一个。")),)
        if self.month.value() == OTHER_DAY and (self.day.problem() or self.day.value() is None):
            return (Problem("on_day", self.tr("没有这一天，看看月和日。")),)
        return ()

    def work(self) -> Work:
        """Off the register; the line and its reason stay."""
        home, item, said = self._household, self._item, self.words.value()
        day = self.month.first_day() or self.day.value()
        why = Ending(self.why.value()) if self.why.value() else None
        return lambda desk: benefits.end(desk, home, item, on=day, why=why, words=said)

    def _chosen(self) -> None:
        self.day_field.setVisible(self.month.value() == OTHER_DAY)


def _member(person: Person) -> str:
    return f"{person.name} {RELATION.label(person.relation)}"
