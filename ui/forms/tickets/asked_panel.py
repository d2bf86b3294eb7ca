"""打电话问了: the five questions of a call on the ticket's own page, or that nobody answered."""

from __future__ import annotations

from datetime import timedelta

from app.actions.desk import Desk
from app.actions.tickets import followups
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from ui.forms.panel import Panel, Work
from ui.forms.tickets.call_panel import AGAIN_DAYS
from ui.forms.tickets.five_questions import FiveQuestions
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox


class AskedPanel(Panel):
    """Heard something, or nobody answered; the call that was due is settled either way."""

    wide = True

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("打电话问了"), self.tr("记一笔"))
        self._ticket = story.ticket.id
        self._call = min(story.followups, key=lambda one: one.due_on).id if story.followups else ""
        self.outcome = ChoiceGroup([("heard", self.tr("打通了")), ("silent", self.tr("没人接"))])
        self.questions = FiveQuestions()
        self.questions.next.set_value("week")
        self.words = LineBox(self.tr("例如：镇里说下周开会定"))
        self.put(
            Field("outcome", self.tr("打通了没有"), self.outcome, self.tr("没人接，明天再提醒您。")),
            self.questions,
            Field("note", self.tr("还说了什么"), self.words, optional=True),
        )
        self.outcome.changed.connect(self._show)
        self.questions.changed.connect(self._show)
        self._show()

    def start(self) -> None:
        """Whether anybody answered."""
        self.outcome.setFocus()

    def problems(self) -> tuple[Problem, ...]:
        """Whether anybody answered, and what they said."""
        if not self.outcome.value():
            return (Problem("outcome", self.tr("打通了没有？选一个。")),)
        if self._heard() and not (self.words.value() or self.questions.heard()):
            return (Problem("note", self.tr("问到什么了？点一个，或者写一句。")),)
        return ()

    def work(self) -> Work:
        """Settle the call that was due; without one, it is made and settled now."""
        ticket, call, note, got = self._ticket, self._call, self.words.value(), self._heard()
        heard, urgent = self.questions.heard(), self.questions.hardship()
        days = AGAIN_DAYS.get(self.questions.next.value())

        def ask(desk: Desk) -> object:
            due = call or followups.now(desk, ticket).id
            if not got:
                return followups.unanswered(desk, due)
            again = desk.today + timedelta(days=days) if days else None
            return followups.done(desk, due, outcome=note, next_on=again, heard=heard, urgent=urgent)

        return ask

    def _heard(self) -> bool:
        return self.outcome.value() == "heard"

    def _show(self) -> None:
        self.questions.setVisible(self._heard())
        urgent = self._heard() and self.questions.hardship()
        self.main.setText(self.tr("记一笔，开急难单") if urgent else self.tr("记一笔"))
