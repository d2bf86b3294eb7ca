"""Panels of a matter that is not one worker's alone: parts others do, papers that follow, tickets joined."""

from __future__ import annotations

from datetime import timedelta

from app.actions.desk import Desk
from app.actions.tickets import courses, joining, subtasks
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import ReplyMode, Ticket
from ui.forms.panel import Panel, Work
from ui.forms.tickets.ticket_course import ELSEWHERE, MOST_PLACES
from ui.forms.tickets.ticket_words import reply_modes, shortened, visitor
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox

SAME, OTHER = "same", "other"


class PartPanel(Panel):
    """请别处协办: who, what, and by when."""

    def __init__(self, story: Story, choices: Choices) -> None:
        hint = self.tr("您是首访人，他们办到哪了都在这张单上看。")
        super().__init__(self.tr("请别处协办"), self.tr("请他们办"), hint=hint)
        self._ticket, self._today = story.ticket.id, choices.today
        lead = story.ticket.handed_to
        places = [one for one in choices.places if one != lead][:MOST_PLACES]
        self.who = ChoiceGroup([*[(one, one) for one in places], (ELSEWHERE, self.tr("别的地方、别的人"))])
        self.typed = LineBox(self.tr("例如：镇卫生院、村会计"))
        self.typed_field = Field("who_typed", self.tr("是谁"), self.typed)
        self.what = LineBox(self.tr("例如：查户口、开诊断书"))
        self.by = ChoiceGroup([("3", self.tr("3 天内")), ("7", self.tr("一周内")), ("14", self.tr("两周内"))])
        self.put(
            Field("who", self.tr("请谁"), self.who),
            self.typed_field,
            Field("what", self.tr("办什么"), self.what),
            Field("due_on", self.tr("几时要"), self.by, self.tr("到日子没办好，提醒您去问。"), optional=True),
        )
        self.who.changed.connect(self._show)
        self._show()

    def problems(self) -> tuple[Problem, ...]:
        """Who and what."""
        found = []
        if not self._whom():
            field = "who_typed" if self.who.value() == ELSEWHERE else "who"
            found.append(Problem(field, self.tr("请谁协办？选一个地方，或写上。")))
        if not self.what.value():
            found.append(Problem("what", self.tr("请他们办什么？写一句。")))
        return tuple(found)

    def work(self) -> Work:
        """Ask them."""
        ticket, who, what = self._ticket, self._whom(), self.what.value()
        due = self._today + timedelta(days=int(self.by.value())) if self.by.value() else None
        return lambda desk: subtasks.ask(desk, ticket, who=who, what=what, due_on=due)

    def _whom(self) -> str:
        return self.typed.value() if self.who.value() == ELSEWHERE else self.who.value()

    def _show(self) -> None:
        self.typed_field.setVisible(self.who.value() == ELSEWHERE)


class PartOverPanel(Panel):
    """What became of one part: done with its result, still open, or no longer waited for."""

    def __init__(self, story: Story, _choices: Choices, part: str) -> None:
        found: SubTask = next(one for one in story.parts if one.id == part)
        title = self.tr("{who}：{what}").format(who=found.who, what=shortened(found.what, 14))
        super().__init__(title, self.tr("记一笔"))
        self._part = part
        self.outcome = ChoiceGroup([("done", self.tr("办好了")), ("given_up", self.tr("不等他们了"))])
        self.words = LineBox(self.tr("例如：户口本补好了"))
        self.put(
            Field("part_outcome", self.tr("办好了没有"), self.outcome),
            Field("part_result", self.tr("办成什么样，或为什么不等"), self.words),
        )

    def problems(self) -> tuple[Problem, ...]:
        """What became of it, in words."""
        found = []
        if not self.outcome.value():
            found.append(Problem("part_outcome", self.tr("办好了没有？选一个。")))
        if not self.words.value():
            found.append(Problem("part_result", self.tr("办成什么样？写一句。")))
        return tuple(found)

    def work(self) -> Work:
        """It is over, one way or the other."""
        part, words = self._part, self.words.value()
        if self.outcome.value() == "done":
            return lambda desk: subtasks.done(desk, part, result=words)
        return lambda desk: subtasks.given_up(desk, part, why=words)


class OwePanel(Panel):
    """容缺先办: a paper may follow, with its day."""

    def __init__(self, story: Story, choices: Choices) -> None:
        hint = self.tr("缺一样也先办，后头补。到日子提醒您问。")
        super().__init__(self.tr("容缺先办"), self.tr("记下，先办"), hint=hint)
        self._ticket, self._today = story.ticket.id, choices.today
        self.paper = LineBox(self.tr("例如：诊断证明、户口本"))
        self.by = ChoiceGroup(
            [("7", self.tr("一周内")), ("14", self.tr("两周内")), ("30", self.tr("一个月内"))]
        )
        self.put(
            Field("paper", self.tr("缺哪一样"), self.paper),
            Field("paper_on", self.tr("几时补来"), self.by, optional=True),
        )

    def problems(self) -> tuple[Problem, ...]:
        """Which paper."""
        return () if self.paper.value() else (Problem("paper", self.tr("缺哪一样？写上名字。")),)

    def work(self) -> Work:
        """It is owed, and the matter goes on."""
        ticket, name = self._ticket, self.paper.value()
        day = self._today + timedelta(days=int(self.by.value())) if self.by.value() else None
        return lambda desk: courses.owe(desk, ticket, name=name, on=day)


class JoinPanel(Panel):
    """并到别的单: into which, and whether the same citizen came twice or somebody else."""

    wide = True

    def __init__(self, story: Story, choices: Choices) -> None:
        super().__init__(self.tr("和另一张是同一件事"), self.tr("并过去"))
        self._ticket = story.ticket.id
        who = visitor(story.ticket)
        options = [(one.id, _named(one, choices)) for one in story.joinable]
        self.into = ChoiceGroup(options)
        self.kind = ChoiceGroup(
            [
                (OTHER, self.tr("别人也来办同一件事")),
                (SAME, self.tr("同一个人又登记了一次")),
            ]
        )
        hint = self.tr("并过去以后，那边有了结果，还要告诉{who}。").format(who=who)
        self.put(
            Field("merged_into", self.tr("和哪一张是一件事"), self.into),
            Field("join_kind", self.tr("是哪一种"), self.kind, hint),
        )

    def problems(self) -> tuple[Problem, ...]:
        """Which one, and why."""
        found = []
        if not self.into.value():
            words = (
                self.tr("和哪一张是一件事？选一张。")
                if self.into.buttons
                else self.tr("眼下没有别的单可以并。")
            )
            found.append(Problem("merged_into", words))
        if not self.kind.value():
            found.append(Problem("join_kind", self.tr("是哪一种？选一个。")))
        return tuple(found)

    def work(self) -> Work:
        """Merge it, or mark it as registered twice."""
        ticket, into, same = self._ticket, self.into.value(), self.kind.value() == SAME

        def join(desk: Desk) -> Ticket:
            return joining.duplicate(desk, ticket, into) if same else joining.merge(desk, ticket, into)

        return join


def _named(ticket: Ticket, choices: Choices) -> str:
    about = shortened(choices.item_names(ticket.items) or ticket.request, 12)
    return f"{ticket.short_number} {visitor(ticket)}：{about}"


class TakeOutPanel(Panel):
    """拆出来，单独办."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("拆出来，单独办"), self.tr("拆出来"))
        self._ticket = story.ticket.id
        self.words = LineBox(self.tr("例如：她的情况不一样"))
        self.put(Field("note", self.tr("为什么要单独办"), self.words))

    def problems(self) -> tuple[Problem, ...]:
        """The reason."""
        return () if self.words.value() else (Problem("note", self.tr("为什么要单独办？写一句。")),)

    def work(self) -> Work:
        """On its own again."""
        ticket, why = self._ticket, self.words.value()
        return lambda desk: joining.take_out(desk, ticket, why=why)


class PassOnPanel(Panel):
    """The citizen of a merged ticket hears what came of the other; with that it goes to the archive."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        who = visitor(story.ticket)
        hint = self.tr("那张单的结果：{result}").format(result=story.outcome)
        super().__init__(self.tr("告诉{who}").format(who=who), self.tr("回了话，归档"), hint=hint)
        self._ticket = story.ticket.id
        self.mode = ChoiceGroup(list(reply_modes()))
        self.words = LineBox(self.tr("怎么说的，写一句"))
        self.put(
            Field("reply_mode", self.tr("怎么告诉{who}的").format(who=who), self.mode),
            Field("reply", self.tr("怎么说的"), self.words, optional=True),
        )

    def problems(self) -> tuple[Problem, ...]:
        """How she was told."""
        if self.mode.value():
            return ()
        return (Problem("reply_mode", self.tr("还没告诉群众，不能归档。怎么告诉的？")),)

    def work(self) -> Work:
        """Told, and archived."""
        ticket, mode, words = self._ticket, ReplyMode(self.mode.value()), self.words.value()
        return lambda desk: joining.pass_on(desk, ticket, mode=mode, words=words)
