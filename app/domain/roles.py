"""Who may do what on one computer: the village worker, the township officer, the auditor."""

from __future__ import annotations

from enum import Enum


class Right(Enum):
    """What a role may be allowed."""

    RECORD = "record"  # write facts: visits, tickets, lists, rosters
    REVEAL = "reveal"  # see a whole identity number
    TAKE_OUT = "take out"  # print, export, back up
    KEYS = "keys"  # let people in and out, make a recovery sheet, change the data key
    AUDIT = "audit"  # read who did what
    CONFIRM = "confirm"  # say for the town that a wish is against the rules (拟定 → 定)


class Role(Enum):
    """The value is what a key slot carries; `words` is what people call it."""

    WORKER = "worker"
    OFFICER = "officer"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        return {Role.WORKER: "协理员", Role.OFFICER: "乡镇经办", Role.AUDITOR: "审计员"}[self]

    def may(self, right: Right) -> bool:
        """Whether this role has the right."""
        return right in RIGHTS[self]


REFUSED = {
    Right.RECORD: "{who}只能看，不能记。",
    Right.REVEAL: "{who}不看身份证全号。",
    Right.TAKE_OUT: "{who}不能打印，也不能把资料带走。",
    Right.KEYS: "{who}不能改谁能开这台电脑。",
    Right.CONFIRM: "{who}只能拟定，由乡镇经办来定。",
    Right.AUDIT: "操作记录由乡镇经办和审计员来看。",
}
# An auditor sees what was done and by whom, never whole numbers, and changes nothing. A worker who is alone
# in her village must be able to let a colleague in.
RIGHTS = {
    Role.WORKER: frozenset({Right.RECORD, Right.REVEAL, Right.TAKE_OUT, Right.KEYS}),
    Role.OFFICER: frozenset(Right),
    Role.AUDITOR: frozenset({Right.AUDIT}),
}
