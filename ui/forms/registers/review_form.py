"""民主评议: whose case, how many came, who kept out, how they voted; whether it adds up is said at once."""

from __future__ import annotations

from app.actions.registers import reviews
from app.actions.registers.books import Book
from app.domain.registers.review import Meeting, Recusal, Review, Tie
from ui.forms.panel import Work
from ui.forms.registers.names_pick import BETWEEN, NamesPick
from ui.forms.registers.recent_choice import RecentChoice
from ui.forms.registers.register_form import RegisterForm
from ui.forms.registers.who_pick import WhoPick
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.stepper import Stepper
from ui.widgets.text import ParagraphBox
from ui.widgets.words import Sentence, set_tone

ABSENT, SECRET, OPEN = "absent", "secret", "open"
COUNTS = ("expected", "attended", "representatives", "agree", "against", "abstain")
MOST_PEOPLE = 500


class ReviewForm(RegisterForm):
    """The line under the votes says at once whether they add up."""

    book = Book.REVIEW

    def build(self) -> None:
        """As a meeting goes: about whom, who came, who kept out, the vote, what was said."""
        choices = self.choices
        self.who = WhoPick(self.ask)
        self.item = GroupedChoice()
        self.item.set_groups(choices.posted)
        self.host = RecentChoice(choices.rooms.hosts, self.tr("镇里来主持的人"))
        self.place = RecentChoice(choices.rooms.places, self.tr("比如：村部二楼"))
        self.counts = {name: Stepper(0, least=0, most=MOST_PEOPLE) for name in COUNTS}
        self.kin = NamesPick(self.ask, self.tr("加一个人"))
        self.officials = NamesPick(self.ask, self.tr("加一个人"))
        self.kin_absent = ChoiceGroup([(ABSENT, self.tr("要回避的人都没来"))])
        self.secret = ChoiceGroup([(SECRET, self.tr("写票")), (OPEN, self.tr("举手"))])
        self.minutes = ParagraphBox(self.tr("谁问了什么，怎么答的"), 3)
        self.sum = Sentence("", "body", "quiet")
        self._ask_about()
        self._ask_numbers()
        self.put(
            Field("secret", self.tr("怎么投的"), self.secret),
            Field("minutes", self.tr("会上怎么说的"), self.minutes),
        )

    def _ask_about(self) -> None:
        self.put(
            Field("who", self.tr("评议谁家"), self.who),
            Field("item", self.tr("评议什么事"), self.item),
            Field("host", self.tr("谁主持的"), self.host, self.tr("镇里的人主持。")),
            Field("place", self.tr("在哪里开的"), self.place, optional=True),
        )

    def _ask_numbers(self) -> None:
        self.put(
            Field("expected", self.tr("该到几人"), self.counts["expected"]),
            Field("attended", self.tr("实到几人"), self.counts["attended"]),
            Field("representatives", self.tr("其中村民代表"), self.counts["representatives"]),
            together=True,
        )
        self.put(
            Field("recused", self.tr("申请人的亲戚，到了会、没投票的"), self.kin),
            Field("officials", self.tr("村干部的亲戚，到了会、没投票的"), self.officials),
            Field("kin_absent", "", self.kin_absent),
        )
        self.put(
            Field("agree", self.tr("同意几票"), self.counts["agree"]),
            Field("against", self.tr("不同意几票"), self.counts["against"]),
            Field("abstain", self.tr("弃权几票"), self.counts["abstain"]),
            together=True,
        )
        self.column.addWidget(self.sum)

    def settle(self) -> None:
        """Say whether enough came and whether the votes add up."""
        came, kept_out = self.counts["attended"].value(), len(self._recused())
        votes = sum(self.counts[name].value() for name in ("agree", "against", "abstain"))
        needed = self.choices.rules.needed(self.counts["expected"].value())
        self.field("kin_absent").setVisible(not kept_out)
        if not came:
            said, tone = self.tr("先填该到几人、实到几人。"), "quiet"
        elif came < needed:
            said, tone = self.tr("要到 {needed} 人才算数，这次不能投票。"), "bad"
        elif votes == came - kept_out:
            said, tone = self.tr("票数对上了：{votes} 票。"), "ok"
        else:
            said, tone = self.tr("该有 {must} 票，现在 {votes} 票。"), "warn"
        self.sum.setText(said.format(needed=needed, must=came - kept_out, votes=votes))
        set_tone(self.sum, tone=tone)

    def work(self) -> Work:
        """Enter it, or enter the correction."""
        said, amends = self._meeting(), self.amends
        return lambda desk: reviews.add(desk, said, amends=amends)

    def _recused(self) -> tuple[Recusal, ...]:
        officials = (Recusal(name, Tie.OFFICIAL) for name in self.officials.names())
        return (*(Recusal(name) for name in self.kin.names()), *officials)

    def _meeting(self) -> Meeting:
        who = self.who.who
        return Meeting(
            self.on.value(),
            who.household,
            self.item.value(),
            who=who.name,
            person=who.person,
            place=self.place.value(),
            host=self.host.value(),
            recused=self._recused(),
            kin_absent=self.kin_absent.value() == ABSENT,
            secret=self.secret.value() != OPEN,
            minutes=self.minutes.value(),
            **{name: control.value() for name, control in self.counts.items()},
        )


def answers_of(review: Review, place: str) -> dict[str, str]:
    """What the form says of a line that is to be corrected."""
    ties = {tie: BETWEEN.join(one.name for one in review.recused if one.tie is tie) for tie in Tie}
    return {
        "on": review.on.isoformat(),
        "who": "\t".join((review.who, review.person, review.household, place)),
        "item": review.item,
        "host": review.host,
        "place": review.place,
        "recused": ties[Tie.KIN],
        "officials": ties[Tie.OFFICIAL],
        "kin_absent": ABSENT if review.kin_absent else "",
        "secret": SECRET if review.secret else OPEN,
        "minutes": review.minutes,
        **{name: str(getattr(review, name)) for name in COUNTS},
    }
