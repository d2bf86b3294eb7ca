"""A home visit (入户走访): a draft that grows field by field, then a signed record nobody can change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.problem import Problem
from app.domain.record import canonical, to_body

# Purposes (走访目的). How often each is due is dated data; these are only their names.
PURPOSES = {
    "VP01": "月入户",
    "VP02": "年度核查",
    "VP03": "半年核查",
    "VP04": "申请调查",
    "VP05": "线索核实",
    "VP06": "年审复核",
    "VP07": "高风险探访",
    "VP08": "重点探访",
    "VP09": "一般探访",
    "VP10": "老人月探访",
    "VP11": "照料检查",
    "VP12": "看孩子",
    "VP13": "来访后上门",
    "VP14": "告知进度",
    "VP15": "灾后突发",
    "VP16": "全面排查",
    "VP17": "慰问",
    "VP18": "五类人摸排",
}
# An economic investigation needs two investigators and the respondent to sign (村级每组不少于 2 人).
INVESTIGATIONS = frozenset({"VP02", "VP03", "VP04", "VP05", "VP06"})


class Met(StrEnum):
    """What the worker found at the door."""

    HOME = "home"
    ABSENT = "absent"
    REFUSED = "refused"
    MOVED = "moved"
    DEAD = "dead"


class VisitState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True)
class Visit:
    """`answers` holds the form's fields by their id in `resources/forms/visit.toml`.

    `seal` is the SHA-256 of the signed content; a correction is a new visit with `amends` set.
    """

    TYPE: ClassVar[str] = "visit"

    id: str
    village: str
    household: str
    visitors: tuple[str, ...]
    started_at: datetime
    purpose: str = ""  # a key of PURPOSES; empty while a draft has not been asked
    origin: str = "self"  # plan ticket clue self campaign emergency
    state: VisitState = VisitState.DRAFT
    met: Met | None = None
    respondent: str = ""  # person id
    answers: Mapping[str, Any] = field(default_factory=dict)
    signatures: tuple[str, ...] = ()  # who signed, by name
    ended_at: datetime | None = None
    seal: str = ""
    ticket: str | None = None
    amends: str | None = None
    again_on: str = ""  # ISO date to come back when nobody was home

    def answered(self, name: str, value: Any) -> Visit:
        """A copy with one answer set; None or "" removes it."""
        answers = {key: old for key, old in self.answers.items() if key != name}
        if value not in (None, ""):
            answers[name] = value
        return replace(self, answers=answers)

    def problems(self, now: datetime) -> tuple[Problem, ...]:
        """Everything that stands between this draft and a signature, each tied to its field."""
        found: list[Problem] = []
        if self.met is None:
            found.append(Problem("met", "还没选在不在家。"))
        if self.started_at > now:
            found.append(Problem("started_at", "走访的日子比今天还晚。看看是不是选错了日子。"))
        if self.purpose not in PURPOSES:
            found.append(Problem("purpose", "还没选为什么来。"))
        if self.met is Met.ABSENT and not self.again_on:
            found.append(Problem("again_on", "家里没人，下次哪天来？"))
        if self.met is Met.HOME:
            found.extend(self._problems_at_home())
        return tuple(found)

    def finish(self, now: datetime) -> Visit:
        """The signed and sealed visit. Raises ValueError if `problems(now)` is not empty."""
        if self.state is VisitState.SIGNED:
            raise ValueError("a signed visit is locked")
        if problems := self.problems(now):
            raise ValueError(problems[0].words)
        signed = replace(self, state=VisitState.SIGNED, ended_at=now)
        return replace(signed, seal=signed.content_hash())

    def content_hash(self) -> str:
        """SHA-256 over the canonical body without the seal itself, in hex."""
        body = {key: value for key, value in to_body(self).items() if key != "seal"}
        text = canonical(body)
        return hashlib.sha256(f"{self.id}|{self.village}|{text}".encode()).hexdigest()

    def _problems_at_home(self) -> list[Problem]:
        found = []
        if not self.respondent:
            found.append(Problem("respondent", "还没选见到的是谁。"))
        if self.purpose in INVESTIGATIONS and len(self.visitors) < 2:
            found.append(Problem("visitors", "还差 1 个人。经济调查要两名调查人一起去。"))
        needed = 3 if self.purpose in INVESTIGATIONS else 1
        if len(self.signatures) < needed:
            short = needed - len(self.signatures)
            found.append(Problem("signatures", f"还差 {short} 个人签字。"))
        for index, finding in enumerate(self.answers.get("findings", ())):
            if not finding.get("disposition"):
                found.append(Problem("findings", f"第 {index + 1} 个问题还没说怎么办。"))
        return found
