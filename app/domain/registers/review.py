"""民主评议: who was called and came, who kept out of it, how they voted, and what follows from the numbers.

The shares that make a meeting valid and a vote carried are the county's, from the policy pack; whoever is kin
of the applicant or of an official does not vote (近亲属回避).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import ClassVar

from app.domain.photo import Photo
from app.domain.problem import Problem
from app.domain.registers.entry import missing, not_yet


class Tie(StrEnum):
    """Why somebody keeps out of the vote."""

    KIN = "kin"
    OFFICIAL = "official"
    OTHER = "other"

    @property
    def words(self) -> str:
        return {"kin": "申请人的亲戚", "official": "村干部的亲戚", "other": "别的原因"}[self.value]


class Verdict(StrEnum):
    """What the meeting came to."""

    AGREED = "agreed"
    REFUSED = "refused"
    TOO_FEW = "too-few"

    @property
    def words(self) -> str:
        return {"agreed": "同意", "refused": "没有通过", "too-few": "人不够，不算"}[self.value]


@dataclass(frozen=True)
class Recusal:
    """Somebody who came and did not vote."""

    name: str
    tie: Tie = Tie.KIN


@dataclass(frozen=True)
class ReviewRules:
    """`quorum` of those called must come, `approval` of those who came must agree; at least `least` people of
    whom `representatives` are villagers' (村民代表). Zero asks for nothing."""

    quorum: Fraction = Fraction(2, 3)
    approval: Fraction = Fraction(2, 3)
    least: int = 0
    representatives: Fraction = Fraction(0)

    def needed(self, expected: int) -> int:
        """How many must come of `expected`."""
        return max(ceil(self.quorum * expected), self.least)


@dataclass(frozen=True)
class Meeting:
    """What is said of one meeting about one household. `who` is the applicant as she is called, kept beside
    the id. `attended` counts everybody in the room, those recused too; `kin_absent`: nobody who would have
    to keep out had come."""

    on: date | None
    household: str
    item: str
    who: str = ""
    person: str = ""
    place: str = ""
    host: str = ""
    expected: int = 0
    attended: int = 0
    representatives: int = 0
    recused: tuple[Recusal, ...] = ()
    kin_absent: bool = False
    agree: int = 0
    against: int = 0
    abstain: int = 0
    secret: bool = True
    minutes: str = ""

    @property
    def voters(self) -> int:
        """How many votes there must be."""
        return self.attended - len(self.recused)

    @property
    def votes(self) -> int:
        """How many votes were counted."""
        return self.agree + self.against + self.abstain


@dataclass(frozen=True, kw_only=True)
class Review(Meeting):
    """A meeting as it stands in the register. `verdict` was drawn under the rules of its day; `papers` are
    the signed sheets as pictures."""

    TYPE: ClassVar[str] = "democratic_review"

    on: date
    id: str
    village: str
    recorded_by: str
    recorded_at: datetime
    verdict: Verdict | None = None
    papers: tuple[Photo, ...] = ()
    amends: str = ""
    void: bool = False


def verdict(review: Review, rules: ReviewRules) -> Verdict:
    """What the numbers say under `rules`."""
    if review.attended < rules.needed(review.expected):
        return Verdict.TOO_FEW
    carried = review.agree >= ceil(rules.approval * review.attended)
    return Verdict.AGREED if carried else Verdict.REFUSED


def problems(review: Review, rules: ReviewRules, today: date, *, kin_of_staff: bool) -> tuple[Problem, ...]:
    """What does not fit together; `kin_of_staff`: the household is registered as kin of an official."""
    found = not_yet("on", review.on, today)
    found += missing("who", review.household, "评议哪一户？找到他家的人点一下。")
    found += missing("item", review.item, "评议什么事？点一样。")
    found += missing("host", review.host, "谁主持的？")
    found += _present(review, rules)
    if kin_of_staff and not review.recused and not review.kin_absent:
        found.append(Problem("recused", "这户登记了是村干部的亲戚。谁回避了？没有来的就点「都没来」。"))
    if not found:
        found += _counted(review, rules)
    found += missing("minutes", review.minutes, "会上怎么说的？记一句。")
    return tuple(found)


def _present(review: Review, rules: ReviewRules) -> list[Problem]:
    if review.expected < 1:
        return [Problem("expected", "该到几个人？数一数名单。")]
    if review.attended < 1:
        return [Problem("attended", "到了几个人？")]
    if review.attended > review.expected:
        return [
            Problem("attended", f"该到 {review.expected} 人，到不了 {review.attended} 人。看看哪个数写错了。")
        ]
    if review.representatives > review.attended:
        return [Problem("representatives", f"到会一共 {review.attended} 人，村民代表多了。")]
    if len(review.recused) > review.attended:
        return [Problem("recused", f"到会一共 {review.attended} 人，回避的多了。")]
    wanted = ceil(rules.representatives * review.attended)
    if review.representatives < wanted:
        return [Problem("representatives", f"村民代表要占到 {wanted} 人，现在 {review.representatives} 人。")]
    return []


def _counted(review: Review, rules: ReviewRules) -> list[Problem]:
    needed = rules.needed(review.expected)
    if review.attended < needed:
        if review.votes:
            said = f"要到 {needed} 人才能投票，只到了 {review.attended} 人。票都填 0，改天再开。"
            return [Problem("agree", said)]
        return []
    if review.votes != review.voters:
        kept_out = f"，回避 {len(review.recused)} 人" if review.recused else ""
        came = f"到会 {review.attended} 人{kept_out}"
        return [Problem("agree", f"票数对不上：{came}，该有 {review.voters} 票，现在 {review.votes} 票。")]
    return []
