"""A questionnaire (问卷) as data: what is asked in which words, of whom, and which answers skip what.

Its questions are not code but files of the policy pack (`surveys/*.toml`); this module says what they hold.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from app.domain.packs.standing import EVERYWHERE, Standing
from app.domain.record import canonical, to_body

LEAST_TOGETHER = 5  # anonymous answers leave the box in batches of at least so many
SCALE_STEPS = 5
# What a question may say of a ticket: the whole, its speed, skill and manner, and who pointed.
RATES = ("whole", "speed", "skill", "manner", "by")


class Kind(StrEnum):
    """How a question is answered, and what its plain answer is."""

    SINGLE = "single"  # a choice's code
    MULTI = "multi"  # a list of codes
    NUMBER = "number"  # an int
    SCALE = "scale"  # an int, 1 the worst … 5 the best
    TEXT = "text"


class Naming(StrEnum):
    """Whether the answers name the family."""

    NAMED = "named"
    CHOICE = "choice"  # whoever answers says
    ANONYMOUS = "anonymous"


class Per(StrEnum):
    """Of whom it is asked."""

    HOUSEHOLD = "household"
    PERSON = "person"
    CHILD = "child"  # somebody under eighteen


@dataclass(frozen=True)
class Asked:
    """An earlier answer with which a question is asked: one of `among`, or a number within both ends."""

    question: str
    among: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Need:
    """What an answer points at: how the matter is worded, whether it cannot wait, which items may help."""

    words: str
    urgent: bool = False
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """`alone` excludes the others. `note` is said when it is chosen. With `report` it is a sign that a child
    is hurt: the answer is written nowhere, the way to report begins instead (强制报告)."""

    code: str
    words: str
    alone: bool = False
    report: bool = False
    note: str = ""
    need: Need | None = None


@dataclass(frozen=True)
class Question:
    """`ask` is read aloud, `short` heads it in totals. It is asked when any of `when` holds, or always.

    `most` is the most choices of a MULTI, the largest NUMBER; `least` its smallest. `faces`: a scale that is
    pointed at. `low` and `high` are the ends of a scale in words. `optional` may be passed over.
    `rates`: what of a matter that was answered it says (RATES).
    """

    id: str
    kind: Kind
    ask: str
    short: str
    choices: tuple[Choice, ...] = ()
    when: tuple[Asked, ...] = ()
    optional: bool = False
    least: int = 0
    most: int = 0
    unit: str = ""
    hint: str = ""
    faces: bool = False
    low: str = ""
    high: str = ""
    rates: str = ""

    def words_of(self, code: str) -> str:
        """The words of a choice; an unknown code is shown as it is."""
        return next((one.words for one in self.choices if one.code == code), code)


@dataclass(frozen=True)
class Survey:
    """One edition of a questionnaire. `opening` and `closing` are read aloud.

    `after_ticket`: it is about a matter that was just answered. `together` is how many anonymous answers
    leave the box at a time.
    """

    id: str
    edition: str
    title: str
    short: str
    opening: str
    closing: str
    naming: Naming
    per: Per
    questions: tuple[Question, ...]
    after_ticket: bool = False
    together: int = LEAST_TOGETHER
    order: int = 100  # its place in the list
    standing: Standing = EVERYWHERE

    def question(self, name: str) -> Question | None:
        """The question of that id; None when this edition has none."""
        return next((one for one in self.questions if one.id == name), None)

    def rating(self, part: str) -> Question | None:
        """The question that says this part of a rating."""
        return next((one for one in self.questions if one.rates == part), None)

    def number_of(self, name: str) -> int:
        """Its number on the paper, from 1; 0 when it is not there."""
        return next((place for place, one in enumerate(self.questions, 1) if one.id == name), 0)

    @property
    def told(self) -> str:
        """`2026.11` as it is kept with every answer, with a mark of its very words: a pack that is changed
        without a new edition is another questionnaire all the same."""
        words = canonical(to_body_of(self))
        return f"{self.edition}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class SurveyEdition:
    """The questionnaire as it was asked in a village, kept so that its answers stay readable for ever.

    A pack that comes later may word it otherwise, or drop it.
    """

    TYPE: ClassVar[str] = "survey_edition"

    id: str
    village: str
    survey: Survey


def kept_as(survey: Survey, village: str) -> SurveyEdition:
    """The record that keeps `survey`: every computer of the village gives it the same id."""
    name = hashlib.sha256(f"survey_edition|{village}|{survey.id}|{survey.told}".encode()).hexdigest()
    made = f"{name[:8]}-{name[8:12]}-8{name[13:16]}-8{name[17:20]}-{name[20:32]}"  # RFC 9562 version 8
    return SurveyEdition(made, village, replace(survey, standing=EVERYWHERE))


def to_body_of(survey: Survey) -> object:
    """What makes one edition another: everything but where and since when it holds."""
    plain = SurveyEdition("", "", replace(survey, standing=EVERYWHERE))
    return to_body(plain)
