"""What the other side said: who took a transfer and under which number, or what was decided and by whom."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.tickets import courses, tickets
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.ticket import Ticket
from ui.forms.panel import Panel, Work
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.text import LineBox, NumberBox


class CalledPanel(Panel):
    """打完了，记一笔: whether the other side has taken it, and if so who, their number, their telephone."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("对方怎么说"), self.tr("记一笔"))
        self._ticket = story.ticket.id
        self._where = story.ticket.handed_to or self.tr("镇里")
        self.outcome = ChoiceGroup(
            [
                ("taken", self.tr("对方收了")),
                ("not_yet", self.tr("还没收")),
                ("refused", self.tr("说不归他们管")),
            ]
        )
        self.by = LineBox(self.tr("例如：田志强"))
        self.phone = NumberBox(self.tr("和上面那个一样就不用写"))
        self.number = LineBox(self.tr("没给就不写"))
        self.words = LineBox(self.tr("他们怎么说的"))
        self.details = (
            Field("taken_by", self.tr("谁接的"), self.by, optional=True),
            Field("taken_phone", self.tr("接的人的电话"), self.phone, optional=True),
            Field("external_id", self.tr("他们那边的编号"), self.number, optional=True),
        )
        self.put(
            Field("outcome", self.tr("收了没有"), self.outcome),
            *self.details,
            Field("note", self.tr("记一句"), self.words, optional=True),
        )
        self.outcome.changed.connect(self._show)
        self._show()

    def problems(self) -> tuple[Problem, ...]:
        """What they said; a refusal needs its reason."""
        if not self.outcome.value():
            return (Problem("outcome", self.tr("对方怎么说？选一个。")),)
        if self.outcome.value() == "refused" and not self.words.value():
            return (Problem("note", self.tr("为什么不收？写一句，下次转对地方。")),)
        return ()

    def work(self) -> Work:
        """Taken, refused, or a line that somebody called."""
        ticket, note = self._ticket, self.words.value()
        by, phone, number = self.by.value(), self.phone.value(), self.number.value()
        match self.outcome.value():
            case "taken":
                return lambda desk: courses.accepted(
                    desk, ticket, by=by, phone=phone, number=number, note=note
                )
            case "refused":
                return lambda desk: courses.refused(desk, ticket, why=note)
        told = note or self.tr("{where}还没收").format(where=self._where)
        return lambda desk: tickets.add_note(desk, ticket, verb="打电话催", note=told)

    def _show(self) -> None:
        for field in self.details:
            field.setVisible(self.outcome.value() == "taken")


class DecidedPanel(Panel):
    """议了没有: which day, who decided, how, and in which words."""

    def __init__(self, story: Story, choices: Choices) -> None:
        super().__init__(self.tr("一事一议，议了没有"), self.tr("记一笔"))
        self._ticket = story.ticket.id
        self._where = story.ticket.handed_to or self.tr("镇里")
        self.outcome = ChoiceGroup([("decided", self.tr("议定了")), ("not_yet", self.tr("还没议"))])
        self.day = DateEdit(choices.today)
        self.day.set_value(choices.today)
        self.by = LineBox(self.tr("例如：镇党政联席会"))
        self.how = ChoiceGroup(
            [
                ("开会定的", self.tr("开会定的")),
                ("传着批的", self.tr("传着批的")),
                ("口头定的", self.tr("口头定的")),
            ]
        )
        self.words = LineBox(self.tr("例如：给 500 元，从临时救助里出"))
        self.details = (
            Field("by", self.tr("谁定的"), self.by),
            Field("how", self.tr("怎么定的"), self.how, optional=True),
            Field("on", self.tr("哪天定的"), self.day),
        )
        self.put(
            Field("outcome", self.tr("议了没有"), self.outcome),
            *self.details[:2],
            Field("note", self.tr("照他们说的写一句"), self.words),
            self.details[2],
        )
        self.outcome.changed.connect(self._show)
        self._show()

    def problems(self) -> tuple[Problem, ...]:
        """Who and what; for one that was not talked over yet nothing but that."""
        if not self.outcome.value():
            return (Problem("outcome", self.tr("议了没有？选一个。")),)
        if self.outcome.value() == "not_yet":
            return ()
        found = []
        if not self.by.value():
            found.append(Problem("by", self.tr("谁定的？写上是哪个会或哪个人。")))
        if not self.words.value():
            found.append(Problem("note", self.tr("定的是什么？照他们说的写一句。")))
        if wrong := self.day.problem():
            found.append(Problem("on", wrong.words))
        return tuple(found)

    def work(self) -> Work:
        """Decided, or a line that somebody called."""
        ticket, words = self._ticket, self.words.value()
        if self.outcome.value() == "not_yet":
            told = words or self.tr("{where}还没议").format(where=self._where)
            return lambda desk: tickets.add_note(desk, ticket, verb="打电话催", note=told)
        by, how, on = self.by.value(), self.how.value(), self.day.value()

        def decided(desk: Desk) -> Ticket:
            return courses.decided(desk, ticket, by=by, words=words, on=on, how=how)

        return decided

    def _show(self) -> None:
        for field in self.details:
            field.setVisible(self.outcome.value() == "decided")
