"""The panels of one ticket: what was found out, what it waits for, what came of it, why it ends."""

from __future__ import annotations

from app.actions.tickets import tickets
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.subtask import open_parts
from app.domain.tickets.ticket import State
from ui.forms.panel import Panel, Work
from ui.forms.tickets.ticket_course import CourseForm
from ui.forms.tickets.ticket_words import visitor
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox, ParagraphBox


class DecidePanel(Panel):
    """怎么办."""

    wide = True

    def __init__(self, story: Story, choices: Choices) -> None:
        super().__init__(self.tr("怎么办"), self.tr("就这么办"))
        self._ticket = story.ticket.id
        self.course = CourseForm(choices.places_for(story.ticket.items))
        self.put(self.course)

    def start(self) -> None:
        """The first card."""
        self.course.picker.setFocus()

    def stack(self, *, narrow: bool) -> None:
        """Cards under one another in one pane."""
        self.course.picker.stack(narrow=narrow)

    def problems(self) -> tuple[Problem, ...]:
        """Which way, and to whom."""
        return self.course.problems()

    def work(self) -> Work:
        """Decide."""
        return self.course.work(self._ticket)


class ResultPanel(Panel):
    """有结果了 (M-21). While somebody asked to help has not finished it asks why that is not waited for."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("办成什么样"), self.tr("存好，去回话"))
        self._ticket = story.ticket.id
        self.words = ParagraphBox(self.tr("例如：到账 1100 元，查给她看了。"))
        self.despite = LineBox(self.tr("例如：那一样用不上了"))
        self._waiting = "、".join(dict.fromkeys(one.who for one in open_parts(story.parts)))
        asked = [Field("result", self.tr("写一句结果"), self.words, self.tr("没办成也是结果，写明为什么。"))]
        if self._waiting:
            hint = self.tr("{who}协办的还没办完。").format(who=self._waiting)
            asked.append(Field("despite", self.tr("为什么不等了"), self.despite, hint))
        else:
            self.despite.setParent(self)  # what is asked of nobody must still go when the panel goes
            self.despite.hide()
        self.put(*asked)

    def problems(self) -> tuple[Problem, ...]:
        """The result in words, and why nobody else is waited for."""
        found = []
        if not self.words.value():
            found.append(Problem("result", self.tr("还没有结果，不能办结。先写一句办成什么样。")))
        if self._waiting and not self.despite.value():
            words = self.tr("{who}还没办完。不等了的，写明为什么。").format(who=self._waiting)
            found.append(Problem("despite", words))
        return tuple(found)

    def work(self) -> Work:
        """There is a result."""
        ticket, result, despite = self._ticket, self.words.value(), self.despite.value()
        return lambda desk: tickets.resolve(desk, ticket, result=result, despite=despite)


class NotePanel(Panel):
    """还在办: what was heard, and nothing else changes."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("还在办"), self.tr("记一笔"))
        self._ticket = story.ticket.id
        self.words = ParagraphBox(self.tr("例如：镇里说下周三开会定。"))
        self.put(Field("note", self.tr("问到什么了"), self.words))

    def work(self) -> Work:
        """A line in the story."""
        ticket, note = self._ticket, self.words.value()
        return lambda desk: tickets.add_note(desk, ticket, verb="还在办", note=note)


class WaitPanel(Panel):
    """等别人: for whom, and for what by name."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("在等谁"), self.tr("存好，到时提醒我问"))
        self._ticket = story.ticket.id
        who = visitor(story.ticket)
        self.whom = ChoiceGroup(
            [
                ("applicant", self.tr("等{who}补材料").format(who=who)),
                ("external", self.tr("等公安、法院、医院、核对")),
            ]
        )
        self.what = LineBox(self.tr("例如：法院判决、户口本、诊断书"))
        self.put(
            Field(
                "whom", "", self.whom, self.tr("等公安、法院、医院、核对的日子不算期限；等群众补材料照算。")
            ),
            Field("waiting_for", self.tr("等什么"), self.what, self.tr("一周后提醒您打电话问。")),
        )
        self.whom.set_label(self.tr("在等谁"))

    def problems(self) -> tuple[Problem, ...]:
        """For whom and for what."""
        found = []
        if not self.whom.value():
            found.append(Problem("whom", self.tr("在等谁？选一个。")))
        if not self.what.value():
            found.append(Problem("waiting_for", self.tr("在等什么？写一句，下次好问。")))
        return tuple(found)

    def work(self) -> Work:
        """It waits, and a call is scheduled."""
        ticket, what, external = self._ticket, self.what.value(), self.whom.value() == "external"
        return lambda desk: tickets.wait_for(desk, ticket, what, external=external)


class GoOnPanel(Panel):
    """来了，接着办; also opens a matter again that was told of but is not over."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        again = story.ticket.state is State.REPLIED
        title = self.tr("又有什么新情况") if again else self.tr("来了什么")
        super().__init__(title, self.tr("接着办"))
        self._ticket = story.ticket.id
        self.words = LineBox(self.tr("例如：判决拿到了，拍了照片 2 张"))
        hint = self.tr("接着办的，办完要再写结果、再回话。") if again else ""
        self.put(Field("note", self.tr("记一句"), self.words, hint))

    def problems(self) -> tuple[Problem, ...]:
        """What came."""
        return () if self.words.value() else (Problem("note", self.tr("写一句，别人接手才看得懂。")),)

    def work(self) -> Work:
        """It goes on."""
        ticket, note = self._ticket, self.words.value()
        return lambda desk: tickets.go_on(desk, ticket, note=note)


class WithdrawPanel(Panel):
    """不办了: asks why and names whose matter it is; going back is the first answer."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        title = self.tr("{who}这件事不办了？").format(who=visitor(story.ticket))
        hint = self.tr("单子留着，能看，不能再办。")
        super().__init__(title, self.tr("不办了，收起来"), hint=hint, role="danger")
        self._ticket = story.ticket.id
        self.back.setText(self.tr("留着，接着办"))
        self.words = LineBox(self.tr("照她说的写"))
        self.put(Field("why", self.tr("为什么不办了"), self.words))

    def problems(self) -> tuple[Problem, ...]:
        """The reason."""
        return () if self.words.value() else (Problem("why", self.tr("为什么不办了？写一句。")),)

    def work(self) -> Work:
        """The citizen takes it back."""
        ticket, why = self._ticket, self.words.value()
        return lambda desk: tickets.withdraw(desk, ticket, why=why)
