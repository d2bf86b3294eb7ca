"""讲清了，记下来: which points were explained, on what basis, and how it was taken."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.tickets import courses
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.handling import ACCEPT_LEVELS, DISPUTED, Explanation
from app.domain.tickets.ticket import Ticket
from ui.forms.panel import Panel, Work
from ui.forms.tickets.ticket_words import visitor
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox

TOLD, PLAIN = "told", "plain"


class ExplainPanel(Panel):
    """The points are those of the policy's own pages (谁能办, 要带什么 …) and what she adds in words.

    That a wish is against the rules is proposed here and nothing more: the town looks at it again.
    """

    wide = True

    def __init__(self, story: Story, choices: Choices) -> None:
        super().__init__(self.tr("讲清了，记下来"), self.tr("存好，去回话"))
        self._ticket = story.ticket.id
        self.points = ChoiceGroup([(one, one) for one in self._offered(story, choices)], multi=True)
        self.more = LineBox(self.tr("还讲了什么，写一句"))
        self.nature = ChoiceGroup(
            [
                (PLAIN, self.tr("讲清就行")),
                ("unreasonable", self.tr("不合规定，办不了")),
                ("out_of_scope", self.tr("不归民政管")),
            ]
        )
        self.nature.set_value(PLAIN)
        self.basis = LineBox(self.tr("例如：最低生活保障审核确认办法第几条"))
        self.right = ChoiceGroup([(TOLD, self.tr("告诉了：不服可以找镇里，也可以去镇信访窗口"))])
        self.level = ChoiceGroup(list(ACCEPT_LEVELS.items()))
        who = visitor(story.ticket)
        self.disputed = (
            Field("basis", self.tr("依据哪条规定"), self.basis),
            Field("right_notice", self.tr("告诉{who}可以找哪里没有").format(who=who), self.right),
        )
        hint = self.tr("不合规定只是您的看法，由镇里再看一遍才算。")
        self.put(
            Field("points", self.tr("讲了哪几条"), self.points),
            Field("more", self.tr("别的"), self.more, optional=True),
            Field("nature", self.tr("这件事是哪一种"), self.nature, hint),
            *self.disputed,
            Field("accept_level", self.tr("{who}听了怎么说").format(who=who), self.level),
        )
        self.nature.changed.connect(self._show)
        self._show()

    def _offered(self, story: Story, choices: Choices) -> list[str]:
        names = [choices.item_names((code,)) for code in story.ticket.items]
        pages = (self.tr("谁能办"), self.tr("给多少"), self.tr("要带什么"), self.tr("怎么走"))
        about = [f"{name}：{page}" for name in names if name for page in pages]
        return [*about, self.tr("该找哪个单位"), self.tr("为什么办不了"), self.tr("不该由村里开的证明")]

    def problems(self) -> tuple[Problem, ...]:
        """What was explained and how it was taken; a refusal needs its basis and the notice of rights."""
        found = []
        if not self._points():
            found.append(Problem("points", self.tr("讲了哪几条？选一条，或写一句。")))
        if self.nature.value() in DISPUTED and not self.basis.value():
            found.append(Problem("basis", self.tr("依据哪条规定？写一句，镇里要看。")))
        if self.nature.value() in DISPUTED and not self.right.value():
            found.append(Problem("right_notice", self.tr("还没告诉她不服可以找哪里。说了再存。")))
        if not self.level.value():
            found.append(Problem("accept_level", self.tr("她听了怎么说？选一个。")))
        return tuple(found)

    def work(self) -> Work:
        """The explanation is the result."""
        chosen = self.nature.value()
        ticket, nature = self._ticket, chosen if chosen in DISPUTED else ""
        disputed = nature in DISPUTED
        given = Explanation(
            self._points(),
            self.basis.value() if disputed else "",
            self.level.value(),
            disputed and self.right.value() == TOLD,
        )

        def explain(desk: Desk) -> Ticket:
            return courses.explained(desk, ticket, given, nature=nature)

        return explain

    def _points(self) -> tuple[str, ...]:
        more = self.more.value()
        return (*self.points.values(), *((more,) if more else ()))

    def _show(self) -> None:
        for field in self.disputed:
            field.setVisible(self.nature.value() in DISPUTED)


class ConfirmPanel(Panel):
    """镇里再看一遍: the township officer agrees with what was proposed, or says why not."""

    def __init__(self, story: Story, _choices: Choices) -> None:
        super().__init__(self.tr("镇里再看一遍"), self.tr("就这么定"))
        self._ticket = story.ticket.id
        self.agreed = ChoiceGroup([("yes", self.tr("同意，是这样")), ("no", self.tr("不同意，按合理的办"))])
        self.words = LineBox(self.tr("不同意的，写明为什么"))
        told = story.ticket.explanation
        basis = self.tr("协理员写的依据：{basis}").format(basis=told.basis) if told and told.basis else ""
        self.put(
            Field("agreed", self.tr("协理员拟的对不对"), self.agreed, basis),
            Field("note", self.tr("记一句"), self.words, optional=True),
        )

    def problems(self) -> tuple[Problem, ...]:
        """A yes or a no, and the reason of a no."""
        if not self.agreed.value():
            return (Problem("agreed", self.tr("同意还是不同意？选一个。")),)
        if self.agreed.value() == "no" and not self.words.value():
            return (Problem("note", self.tr("为什么不同意？写一句，协理员照着接着办。")),)
        return ()

    def work(self) -> Work:
        """Only her word counts."""
        ticket, note, yes = self._ticket, self.words.value(), self.agreed.value() == "yes"
        return lambda desk: courses.confirm_nature(desk, ticket, agreed=yes, note=note)
