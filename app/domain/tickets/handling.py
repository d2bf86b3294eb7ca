"""What is known about how a matter is handled: who took it, who decided, what was explained, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.problem import UserError

# What a matter is by its nature. Nobody who comes is labelled, and no mood is kept.
NATURES = {
    "reasonable": "申请办事",
    "consult": "来问事",
    "help": "求助",
    "complaint": "投诉、提意见",
    "urgent": "急难",
    "unreasonable": "不合规定",
    "out_of_scope": "不归民政管",
}
DISPUTED = ("unreasonable", "out_of_scope")  # only the town may say so for good
ACCEPT_LEVELS = {"understood": "听懂了，没意见", "reserved": "还有看法", "not_understood": "没听懂"}


@dataclass(frozen=True)
class Acceptance:
    """The other side took it (对方已收): who, when, how to reach them, and their own number for it."""

    at: datetime
    by: str = ""
    phone: str = ""
    number: str = ""

    @property
    def words(self) -> str:
        """`田志强接的，电话 0739…，对方编号 甲12`."""
        parts = (
            self.by and f"{self.by}接的",
            self.phone and f"电话 {self.phone}",
            self.number and f"对方编号 {self.number}",
        )
        return "，".join(part for part in parts if part)


@dataclass(frozen=True)
class Decision:
    """What a deliberation (一事一议) came to: when, by whom, how, and in which words."""

    on: date
    by: str
    how: str = ""  # 会议 传批 口头
    words: str = ""


@dataclass(frozen=True)
class Explanation:
    """How a policy was explained: which points, on what basis, and how it was taken.

    `points` are questions and answers or items of the pack, by their titles; `right_notice`: she was told
    where she may complain, ask for review, or turn to 信访.
    """

    points: tuple[str, ...]
    basis: str = ""
    accept_level: str = ""  # of ACCEPT_LEVELS
    right_notice: bool = False

    def checked(self, nature: str) -> Explanation:
        """This explanation, complete. Raises UserError beside what is still to be said."""
        if not any(point.strip() for point in self.points):
            raise UserError("讲了哪几条？选一条，或写一句。", field="points")
        if self.accept_level not in ACCEPT_LEVELS:
            raise UserError("她听了怎么说？选一个。", field="accept_level")
        if nature in DISPUTED and not self.basis.strip():
            raise UserError("依据哪条规定？写一句，镇里要看。", field="basis")
        if nature in DISPUTED and not self.right_notice:
            raise UserError("还没告诉她不服可以找哪里。说了再存。", field="right_notice")
        return self


@dataclass(frozen=True)
class OwedPaper:
    """A paper that may follow (容缺): an urgent matter never waits for it. `brought_on` when it came."""

    name: str
    owed_on: date
    brought_on: date | None = None
