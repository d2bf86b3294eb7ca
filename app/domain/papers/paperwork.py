"""The application papers (申请材料) a matter needs: which kinds there are, and the words printed on each.

Kinds after the papers named in 民办发〔2019〕10 号 (application, declaration and authorisation, survey,
notice) and in the published guides of the items; the words are facts of the policy pack, so that a
county whose office prints other words changes them without a new release.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.packs.standing import EVERYWHERE, Standing


class FormKind(StrEnum):
    """A kind of application paper; the value is what a pack writes as `form`."""

    APPLICATION = "application"  # 申请书
    AUTHORISATION = "authorisation"  # 家庭经济状况核对授权书
    DECLARATION = "declaration"  # 人口、收入、财产声明和诚信承诺书
    COMMITMENT = "commitment"  # 告知承诺书
    MANDATE = "mandate"  # 委托书
    SURVEY = "survey"  # 入户调查表
    NOTICE = "notice"  # 公示

    @property
    def words(self) -> str:
        """What the worker calls it."""
        return NAMES[self]


NAMES = {
    FormKind.APPLICATION: "申请书",
    FormKind.AUTHORISATION: "核对授权书",
    FormKind.DECLARATION: "财产声明",
    FormKind.COMMITMENT: "告知承诺书",
    FormKind.MANDATE: "委托书",
    FormKind.SURVEY: "入户调查表",
    FormKind.NOTICE: "公示",
}
# What an applicant hands in; the survey belongs to a stage, the notice follows from the publicity.
HANDED_IN = tuple(kind for kind in FormKind if kind not in (FormKind.SURVEY, FormKind.NOTICE))
BLANKS = ("{items}", "{proofs}", "{days}")  # what the words may leave to the facts


@dataclass(frozen=True)
class Wording:
    """The printed words of one kind: a title, paragraphs, numbered points, and what stands above the
    signatures. `{items}` and the other `BLANKS` are filled from the facts of the case."""

    id: str
    kind: FormKind
    title: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    standing: Standing = EVERYWHERE


def filled(words: str, facts: dict[str, str]) -> str:
    """`words` with its blanks filled; an unknown fact stays a line to write on, never a guess."""
    for blank in BLANKS:
        words = words.replace(blank, facts.get(blank.strip("{}"), "") or "__________")
    return words
