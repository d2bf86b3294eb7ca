"""用章: what is stamped, for whom and why, by whose hands; what may not be stamped is said at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal

from app.actions.desk import Desk
from app.actions.registers import seals
from app.actions.registers.books import Book
from app.actions.registers.seals import Stamp
from app.domain.packs.proof import Proof
from app.domain.problem import Problem
from app.domain.registers.seal import USES, Assembly, SealEntry, SealUse, instead
from ui.forms.panel import Work
from ui.forms.registers.recent_choice import RecentChoice
from ui.forms.registers.register_form import RegisterForm
from ui.forms.registers.who_pick import WhoPick
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.stepper import Stepper
from ui.widgets.text import LineBox

YES, NO = "yes", "no"
WEIGHTY = (SealUse.CONTRACT, SealUse.MONEY)
LOOK_AFTER_MS = 400


class SealForm(RegisterForm):
    """`spared(code)` to print the sheet that tells the citizen where to go instead of a certificate."""

    book = Book.SEAL
    spared = Signal(str)

    def build(self) -> None:
        """In the order it is asked at the table: what, for whom, why, whose hands."""
        self.use = ChoiceGroup([(use.value, words) for use, words in USES.items()])
        self.paper = LineBox(self.tr("比如：高龄津贴申请表"))
        self.basis = LineBox(self.tr("比如：户口登记条例"))
        self.who = WhoPick(self.ask, strangers=self.tr("单位，或者村外的人"))
        self.why = LineBox(self.tr("比如：送镇里办高龄津贴"))
        self.copies = Stepper(1, least=1, most=99)
        self.major = ChoiceGroup([(NO, self.tr("不是")), (YES, self.tr("是，开会表决过"))])
        self.voted_by = ChoiceGroup([(one.value, one.words) for one in Assembly])
        self.voted_on, self.noticed_until = DateEdit(self.choices.today), DateEdit(self.choices.today)
        self.approver = RecentChoice(self.choices.hands.approvers, self.tr("姓名"))
        self.sealer = RecentChoice(self.choices.hands.sealers, self.tr("姓名"))
        self.put(
            Field("use", self.tr("盖在哪一种上"), self.use),
            Field("paper", self.tr("盖在什么上"), self.paper),
            Field(
                "basis",
                self.tr("哪条法律、国务院哪个规定要它"),
                self.basis,
                self.tr("写不出来的，村里不开。"),
            ),
            Field("who", self.tr("给谁盖的"), self.who),
            Field("why", self.tr("拿去做什么"), self.why),
            Field("copies", self.tr("几份"), self.copies),
            Field("major", self.tr("是不是重大事项"), self.major, self.tr("动集体的钱、地、房子，都是。")),
            Field("voted_by", self.tr("什么会表决的"), self.voted_by),
            Field("voted_on", self.tr("哪天开的会"), self.voted_on),
            Field("noticed_until", self.tr("公示到哪天结束的"), self.noticed_until),
            Field("approver", self.tr("谁批的"), self.approver),
            Field("sealer", self.tr("谁盖的"), self.sealer, self.tr("审批的不盖章，盖章的不审批。")),
        )
        self._look = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look.timeout.connect(self._look_up)
        self.paper.changed.connect(self._look.start)
        self.use.changed.connect(self._look.start)

    def settle(self) -> None:
        """A certificate wants its law; only a matter of weight wants meeting and notice."""
        use = self.use.value()
        self.field("basis").setVisible(use == SealUse.PROOF)
        weighty = use in WEIGHTY
        self.field("major").setVisible(weighty)
        for name in ("voted_by", "voted_on", "noticed_until"):
            self.field(name).setVisible(weighty and self.major.value() == YES)

    def problems(self) -> tuple[Problem, ...]:
        """What the choices must say before anything can be judged."""
        use = self.use.value()
        if not use:
            return (Problem("use", self.tr("盖在哪一种上？点一样。")),)
        if use in WEIGHTY and not self.major.value():
            return (Problem("major", self.tr("是不是重大事项？点一样。")),)
        return ()

    def work(self) -> Work:
        """Enter it, or enter the correction."""
        said, amends = self._stamp(), self.amends
        return lambda desk: seals.add(desk, said, amends=amends)

    def _stamp(self) -> Stamp:
        who, use = self.who.who, SealUse(self.use.value())
        voted = self.voted_by.value()
        return Stamp(
            self.on.value(),
            use,
            self.paper.value(),
            who.name,
            self.why.value(),
            self.approver.value(),
            self.sealer.value(),
            copies=self.copies.value(),
            person=who.person,
            household=who.household,
            basis=self.basis.value(),
            major=use in WEIGHTY and self.major.value() == YES,
            voted_on=self.voted_on.value(),
            voted_by=Assembly(voted) if voted else None,
            noticed_until=self.noticed_until.value(),
        )

    def _look_up(self) -> None:
        paper = self.paper.value()
        if self.use.value() != SealUse.PROOF or not paper:
            return

        def work(desk: Desk) -> Proof | None:
            return seals.look_up(desk, paper)

        def done(proof: Proof | None) -> None:
            if proof is not None and self.paper.value() == paper:
                self._refuse(proof)

        self.ask(work, done)

    def _refuse(self, proof: Proof) -> None:
        go: Any = lambda: self.spared.emit(proof.code)  # noqa: E731  # handed over as it is
        self.field("paper").show_problem(Problem("paper", instead(proof)), self.tr("打一张给她"), go)


def answers_of(entry: SealEntry, place: str) -> dict[str, str]:
    """What the form says of a line that is to be corrected."""
    who = "\t".join((entry.who, entry.person, entry.household, place))
    return {
        "on": entry.on.isoformat(),
        "use": entry.use.value,
        "paper": entry.paper,
        "basis": entry.basis,
        "who": who,
        "why": entry.why,
        "copies": str(entry.copies),
        "major": (YES if entry.major else NO) if entry.use in WEIGHTY else "",
        "voted_by": entry.voted_by.value if entry.voted_by else "",
        "voted_on": entry.voted_on.isoformat() if entry.voted_on else "",
        "noticed_until": entry.noticed_until.isoformat() if entry.noticed_until else "",
        "approver": entry.approver,
        "sealer": entry.sealer,
    }
