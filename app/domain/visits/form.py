"""A form as data: steps of groups of fields, and when each is asked.

The fields of a home visit are not code but `resources/forms/visit.toml`; this module says what such a
file may hold. What it asks in one visit to one household is worked out in `app.domain.visits.asking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# Fields that are attributes of the visit itself; every other field is one of its answers.
OWN = frozenset(
    {"purpose", "met", "visitors", "respondent", "again_on", "started_at", "signatures", "origin", "ticket"}
)
OTHER_PERSON = "other"  # a respondent who is not of this household


class Kind(StrEnum):
    """How a field is asked. With `each` set its answer is a mapping from person id to such a value."""

    CHOICE = "choice"  # an option's code
    MULTI = "multi"  # a list of codes
    MONEY = "money"  # {"fen": int, "kind": proof code, "sure": True when an odd sum was confirmed}
    NUMBER = "number"  # an int
    TEXT = "text"
    LONG_TEXT = "long-text"
    DATE = "date"  # ISO day
    MEMBER = "member"  # a person id, or OTHER_PERSON
    VISITORS = "visitors"  # worker ids and names
    FINDINGS = "findings"  # list of {"words", "disposition", "to", "items", "urgent"}
    SIGNATURES = "signatures"
    PHOTOS = "photos"  # list of {"id", "sha256", "category": an option's code, "document"}
    TICKET = "ticket"  # the id of a running ticket of the family
    MATERIALS = "materials"  # list of {"what": an option's words, "copies": int}


class Need(StrEnum):
    """When an answer must be there before the visit is signed."""

    ALWAYS = "always"
    INVESTIGATION = "investigation"
    NEVER = "never"


@dataclass(frozen=True)
class Condition:
    """Every part given must hold; an empty one always does. `answer` names another field.

    With `others` it holds where it does itself or one of them does. A visit whose purpose is not yet told
    is taken to be for any.
    """

    purpose: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()  # some member has one of these traits
    answer: str = ""
    among: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    others: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Hint:
    """A finding that an answer points at: how it is worded, and whether it cannot wait (急难).

    An urgent one must become a finding before the visit is signed: 只记不处 is not possible (SD-095).
    """

    words: str
    urgent: bool = False
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One choice. `alone` excludes the others; `usual` puts it in front when it holds; `note` is said
    when it is chosen; `alarm` makes that note one to act on at once. `finding` is what it points at."""

    code: str
    words: str
    alone: bool = False
    usual: Condition | None = None
    note: str = ""
    alarm: bool = False
    finding: Hint | None = None


@dataclass(frozen=True)
class FormField:
    """`short` is the name used in lists and problems; `each` the trait of the members, or of the family's
    running matters or benefits, it is asked of. `was` is what an earlier edition asked in its place."""

    id: str
    kind: Kind
    label: str
    short: str
    options: tuple[Option, ...] = ()
    need: Need = Need.ALWAYS
    when: Condition = Condition()
    each: str = ""
    hint: str = ""
    unit: str = ""
    most: int = 0  # largest number accepted, 0 for none
    front: bool = False  # a sum that is open from the start
    more: str = ""  # words of the button that unfolds the options not in front
    was: str = ""
    paper: bool = True  # False: never printed, whoever reads the sheet
    wanted: tuple[str, ...] = ()  # categories of pictures it must have where it is required
    marked: tuple[str, ...] = ()  # categories whose pictures are of documents and get a purpose watermark

    def words_of(self, code: str) -> str:
        """The words of an option; an unknown code is shown as it is."""
        return next((option.words for option in self.options if option.code == code), code)


@dataclass(frozen=True)
class Group:
    """Fields under one heading. A group of sums has one total and the button 「其余都是 0」."""

    title: str
    fields: tuple[FormField, ...]
    when: Condition = Condition()
    total: str = ""  # what the sum of its money is called; empty for no total


@dataclass(frozen=True)
class Step:
    """One step of the form, named in the step bar."""

    id: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Purpose:
    """What one purpose of a visit requires. `asks` names what it asks about; an `investigation` (经济调查)
    is made at home by two, who sign with the respondent; with `ticket` it goes back to a running matter."""

    code: str
    asks: frozenset[str] = frozenset()
    investigation: bool = False
    ticket: bool = False


@dataclass(frozen=True)
class Form:
    """The whole form. `edition` is kept with the visit, so that an old one is read by its own words."""

    edition: str
    steps: tuple[Step, ...]
    fields: Mapping[str, FormField] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)

    def asks(self, purpose: str, subject: str) -> bool:
        """Whether a visit for `purpose` asks about `subject`."""
        return purpose in self.purposes and subject in self.purposes[purpose].asks

    def translated(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """`answers` of an earlier edition under the ids of this one, where a field says what it `was`."""
        moved = {
            one.was: one.id
            for one in self.fields.values()
            if one.was in answers and one.id not in answers and one.was not in self.fields
        }
        return {moved.get(key, key): given for key, given in answers.items()} if moved else answers

    def sums(self, name: str) -> tuple[str, ...]:
        """The ids of the sums of money in the group that asks `name`; none when no group does."""
        for step in self.steps:
            for group in step.groups:
                if any(one.id == name for one in group.fields):
                    return tuple(one.id for one in group.fields if one.kind is Kind.MONEY)
        return ()

    def step_of(self, name: str) -> int:
        """Index of the step that asks `name`; the first step when no step does."""
        for number, step in enumerate(self.steps):
            if any(one.id == name for group in step.groups for one in group.fields):
                return number
        return 0
