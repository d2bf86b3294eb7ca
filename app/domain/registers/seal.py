"""用章登记: every stamp of the village seal — on what, for whom, why, who allowed it and who put it there.

Whoever approves does not stamp. A certificate the village should not issue is refused with the way to go
instead. A matter of weight is stamped only after a meeting has voted and its notice has ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.packs.proof import Proof
from app.domain.problem import Problem
from app.domain.registers.entry import missing, not_yet

MOST_COPIES = 99


class SealUse(StrEnum):
    """What kind of paper is stamped."""

    PROOF = "proof"
    APPLICATION = "application"
    CONTRACT = "contract"
    MONEY = "money"
    OTHER = "other"

    @property
    def words(self) -> str:
        return USES[self]


USES = {
    SealUse.PROOF: "证明",
    SealUse.APPLICATION: "申请和上报材料",
    SealUse.CONTRACT: "合同协议",
    SealUse.MONEY: "项目和资金",
    SealUse.OTHER: "别的",
}


class Assembly(StrEnum):
    """Which meeting may decide a matter of weight (村民委员会组织法 第二十四条、第二十五条)."""

    VILLAGERS = "villagers"
    REPRESENTATIVES = "representatives"

    @property
    def words(self) -> str:
        return {"villagers": "村民会议", "representatives": "村民代表会议"}[self.value]


@dataclass(frozen=True)
class SealEntry:
    """One stamping. `who` is the name as it was said, `person` and `household` where she is of this village.

    `basis` is the law or the rule of the State Council that asks for a certificate. `major` (重大事项) needs
    the meeting (`voted_on`, `voted_by`) and the last day of its notice. `number` is year and serial.
    """

    TYPE: ClassVar[str] = "seal_log"

    id: str
    village: str
    on: date
    use: SealUse
    paper: str
    who: str
    why: str
    approver: str
    sealer: str
    recorded_by: str
    recorded_at: datetime
    number: str = ""
    copies: int = 1
    person: str = ""
    household: str = ""
    basis: str = ""
    major: bool = False
    voted_on: date | None = None
    voted_by: Assembly | None = None
    noticed_until: date | None = None
    notice: str = ""  # the public notice it was posted in, where that stands in the register
    note: str = ""
    amends: str = ""
    void: bool = False


def problems(entry: SealEntry, proofs: Iterable[Proof], today: date) -> tuple[Problem, ...]:
    """Why this may not be stamped, or what has to be said first; () when it may."""
    found = not_yet("on", entry.on, today)
    found += missing("paper", entry.paper, "章盖在什么上？写一句，比如：高龄津贴申请表。")
    found += missing("who", entry.who, "给谁盖的？找到她点一下。")
    found += missing("why", entry.why, "拿去做什么用？写一句。")
    if not 1 <= entry.copies <= MOST_COPIES:
        found.append(Problem("copies", f"盖了几份？1 到 {MOST_COPIES}。"))
    found += _hands(entry)
    if entry.use is SealUse.PROOF:
        found += _as_proof(entry, proofs)
    if entry.major:
        found += _as_major(entry)
    return tuple(found)


def refused(proofs: Iterable[Proof], paper: str) -> Proof | None:
    """The certificate of the list 不应由村出具 that `paper` is, by its whole name; None when it is none."""
    said = "".join(paper.split())
    named = [one for one in proofs if one.title in said or any(word in said for word in one.says)]
    return max(named, key=lambda one: len(one.title), default=None)


def instead(proof: Proof) -> str:
    """What to tell the citizen, in one sentence (M-29)."""
    return f"{proof.title}村里不该开，不盖章。不用群众跑：{proof.instead}。"


def same_hand(one: str, other: str) -> bool:
    """Whether two names are the same person's, spaces apart."""
    return bool(one.strip()) and "".join(one.split()) == "".join(other.split())


def _hands(entry: SealEntry) -> list[Problem]:
    found = missing("approver", entry.approver, "谁批的？")
    found += missing("sealer", entry.sealer, "谁盖的章？")
    if same_hand(entry.approver, entry.sealer):
        found.append(Problem("sealer", "审批的不盖章，盖章的不审批。换一个人盖。"))
    return found


def _as_proof(entry: SealEntry, proofs: Iterable[Proof]) -> list[Problem]:
    if proof := refused(proofs, entry.paper):
        return [Problem("paper", instead(proof))]
    return missing("basis", entry.basis, "哪条法律、国务院哪个规定要这个证明？写不出来的，村里不开。")


def _as_major(entry: SealEntry) -> list[Problem]:
    if entry.voted_on is None or entry.voted_by is None:
        return [Problem("voted_on", "重大事项要先开会表决。哪天开的会、什么会？")]
    if entry.voted_on > entry.on:
        return [Problem("voted_on", "会开在盖章后头了。先表决，再盖章。")]
    if entry.noticed_until is None:
        return [Problem("noticed_until", "表决了还要公示。公示到哪天结束的？")]
    if entry.noticed_until < entry.voted_on:
        return [Problem("noticed_until", "公示结束在开会前头了，看看日子。")]
    if entry.noticed_until >= entry.on:
        until = f"{entry.noticed_until.month}月{entry.noticed_until.day}日"
        return [Problem("noticed_until", f"公示到 {until}才结束，过了那天再盖章。")]
    return []
