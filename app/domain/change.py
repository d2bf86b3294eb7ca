"""One thing a worker did to one record: what the outbox holds and the county applies.

A change carries the old and the new value of every field it touches. The county applies a field
only when its own value equals the old one, so nothing is overwritten that the worker had not seen
(no clocks, no versions). Sync may import this; `app` may not import `sync`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.record import Body, Json


class Verb(StrEnum):
    """What the change does. Only NEW may create a record: an edit of an unknown one is set aside."""

    NEW = "new"
    EDIT = "edit"
    MOVE = "move"  # a ticket from one state to the next: applied only if state and owner still match
    DELETE = "del"


class Outcome(StrEnum):
    """The county's four answers. All are receipts; none makes the device send the change again."""

    APPLIED = "applied"
    CONFLICT = "conflict"  # someone else changed the same field: both values kept for a person
    QUARANTINED = "quarantined"  # unknown record or village: stored whole for the township
    REJECTED = "rejected-transition"  # the ticket had moved on meanwhile


@dataclass(frozen=True)
class Change:
    """`fields` maps a field name to (old value, new value); None stands for empty."""

    id: str
    record: str
    type: str
    village: str
    verb: Verb
    fields: Mapping[str, tuple[Json, Json]]
    at: datetime
    actor: str
    why: str = ""


# Before the township's own words in the reason of a change it looked at and left out.
LEFT_OUT = "refused:"


@dataclass(frozen=True)
class Receipt:
    """The county's word on one change: its outcome, the commit number it was given, and why it was kept
    beside, "" where the outcome says enough."""

    change: str
    outcome: Outcome
    seq: int
    reason: str = ""


@dataclass(frozen=True)
class Incoming:
    """One record as the county holds it now. `left` marks a record that moved out of the village.

    With `echo`, the `app.domain.mark.of_body` of the body, the body itself did not travel: the county
    believes that this device can make it from what it holds and what it sent.
    """

    record: str
    type: str
    village: str
    revision: int
    deleted: bool
    body: Body
    left: bool = False
    echo: str = ""


@dataclass(frozen=True)
class Earlier:
    """What a device knows from a life of the county's numbering that the county has lost.

    `copies` are records as it held them, under the numbers they had then; `former` the numbers of changes
    that were applied then, by change id.
    """

    copies: tuple[Incoming, ...] = ()
    former: Mapping[str, int] = field(default_factory=dict)


def difference(old: Mapping[str, Json], new: Mapping[str, Json]) -> dict[str, tuple[Json, Json]]:
    """The fields in which two bodies differ, as {name: (old, new)}, in a stable order."""
    names = sorted(set(old) | set(new))
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}
