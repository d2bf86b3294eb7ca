"""A clue (线索): a sign that somebody may need help, followed in five steps until it is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain.problem import UserError

# Who told: 部门比对, 网格员, 热线 … (SD-099).
SOURCES = {
    "compare": "部门比对",
    "grid": "网格员、组长",
    "hotline": "热线",
    "neighbour": "邻里反映",
    "self": "本人说的",
    "found": "走访发现",
    "media": "媒体网络",
    "other": "别的",
}
# What was seen (SD-055); the threshold of hospital bills is the county's.
SIGNALS = {
    "illness": "重病",
    "bill": "住院自付高",
    "disability": "新增重残",
    "monitored": "监测户",
    "accident": "意外、受灾",
    "jobless": "没了工作",
    "child": "孩子没人管",
    "elder": "老人没人照料",
    "other": "别的",
}
# What came of it (SD-051): three ways to go on, and nothing.
CONCLUSIONS = {
    "relief": "低保特困",
    "temporary": "临时救助",
    "monitor": "纳入监测",
    "medical": "医疗救助",
    "none": "不符合",
}
COVERED = frozenset({"relief", "temporary", "monitor", "medical"})


class Step(StrEnum):
    """五步闭环 (SD-053)."""

    GATHERED = "gathered"
    SCREENED = "screened"
    SUSPECTED = "suspected"
    VERIFIED = "verified"
    SETTLED = "settled"


STEPS = {
    Step.GATHERED.value: "信息整合",
    Step.SCREENED.value: "筛查比对",
    Step.SUSPECTED.value: "疑点发现",
    Step.VERIFIED.value: "入户核实",
    Step.SETTLED.value: "精准施保",
}


@dataclass(frozen=True)
class Clue:
    """Written down by hand it begins as 疑点发现: somebody has seen something. From the county it may begin
    earlier. `people` stand behind it (1, or a whole household); `covered` of them got something.

    `household` is empty for somebody not on the roll yet, who has only a `name`. `given_by` names the list
    that the county sent it with; empty for one of the village's own.
    """

    TYPE: ClassVar[str] = "clue"

    id: str
    village: str
    found_on: date
    source: str  # a key of SOURCES
    signal: str  # a key of SIGNALS
    words: str  # what was said or seen
    household: str = ""
    person: str = ""
    name: str = ""
    people: int = 1
    step: Step = Step.SUSPECTED
    visit: str = ""  # the visit that checked it
    checked_on: date | None = None
    conclusion: str = ""  # a key of CONCLUSIONS
    why: str = ""
    covered: int = 0
    settled_on: date | None = None
    noted_by: str = ""
    given_by: str = ""

    def visited_by(self, visit: str) -> Clue:
        """A visit has been begun to check it. Raises UserError when it was settled before."""
        self._still_open()
        return replace(self, visit=visit)

    def of_household(self, household: str) -> Clue:
        """Put on the roll since. Raises UserError when it was settled before."""
        self._still_open()
        return replace(self, household=household)

    def checked(self, visit: str, on: date) -> Clue:
        """Seen at home. Raises UserError when it was settled before."""
        self._still_open()
        return replace(self, step=Step.VERIFIED, visit=visit, checked_on=on)

    def settled(self, conclusion: str, on: date, *, covered: int = 0, why: str = "") -> Clue:
        """Closed with what came of it. Raises UserError, each tied to its field, when that is not said."""
        self._still_open()
        if self.checked_on is None:
            raise UserError("还没上门看过，不能下结论。先去看一趟。", field="visit")
        if conclusion not in CONCLUSIONS:
            raise UserError("最后怎么办的？选一个。", field="conclusion")
        if conclusion not in COVERED:
            if not why.strip():
                raise UserError("为什么不符合？写一句，他来问好说。", field="why")
            covered = 0
        elif not 1 <= covered <= self.people:
            raise UserError(f"纳入了几个人？在 1 到 {self.people} 之间。", field="covered")
        return replace(
            self, step=Step.SETTLED, conclusion=conclusion, settled_on=on, covered=covered, why=why.strip()
        )

    @property
    def open(self) -> bool:
        return self.step is not Step.SETTLED

    def _still_open(self) -> None:
        if not self.open:
            raise UserError("这条线索已经办完，只能看。")
