"""One disagreement as everyone in the village sees it: both values, both writers, and how it was settled.

The county makes the record and keeps what is there up to date; a person decides it once, for all devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.record import Json

WHOLE = "*"  # the field name under which a whole change is set aside


class Kind(StrEnum):
    """Why something was set aside."""

    FIELD = "field"  # both wrote the same field
    DELETED = "deleted"  # written by one, deleted by the other
    TRANSITION = "transition"  # the ticket had moved on
    DUPLICATE = "duplicate"  # two people with one identity number: never refused, always shown


class State(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


class Choice(StrEnum):
    """What was decided: what is there stays, what was set aside comes in its place, or a third value."""

    THEIRS = "theirs"
    MINE = "mine"
    OTHER = "other"


# What may be chosen of each kind. A ticket is never pushed back to where a late step would have it: its next
# step is taken where it stands now.
CHOICES: Mapping[Kind, frozenset[Choice]] = {
    Kind.FIELD: frozenset(Choice),
    Kind.DELETED: frozenset({Choice.THEIRS, Choice.MINE}),
    Kind.TRANSITION: frozenset({Choice.THEIRS}),
    Kind.DUPLICATE: frozenset({Choice.THEIRS, Choice.MINE}),
}
# The fields a device may write, all of them with the decision; the rest is the county's.
DECISION = frozenset({"state", "choice", "value", "decided_by", "decided_at"})


@dataclass(frozen=True)
class Conflict:
    """`theirs` is what the county holds now, `mine` what was set aside; `_by` are worker ids, `_who` names.

    `of` is the record it is about, `field` one of its fields or `WHOLE`; then `base`, `theirs` and `mine` are
    {field: value}. `gone`: the record is deleted; `removes`: what was set aside is its removal. Of a
    duplicate `theirs` and `mine` are the ids of the two people, `theirs` empty when the other one belongs
    to another village.
    """

    TYPE: ClassVar[str] = "conflict"

    id: str
    village: str
    of: str
    of_type: str
    field: str
    kind: Kind
    opened_at: datetime
    base: Json = None
    theirs: Json = None
    theirs_by: str = ""
    theirs_who: str = ""
    theirs_at: datetime | None = None
    mine: Json = None
    mine_by: str = ""
    mine_who: str = ""
    mine_at: datetime | None = None
    mine_op: str = ""
    gone: bool = False
    removes: bool = False
    state: State = State.OPEN
    choice: Choice | None = None
    value: Json = None
    decided_by: str = ""
    decided_who: str = ""
    decided_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.state is State.OPEN

    @property
    def choices(self) -> frozenset[Choice]:
        """What a person may choose."""
        return CHOICES[self.kind]
