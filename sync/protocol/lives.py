"""The lives of a county's numbering: what a device that knew an earlier one has to say again.

A county that was put back from a backup begins a new life (epoch). Of an earlier life it still has every
number up to where the backup ended, so a device is told that number and sends again what came after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain.record import Json
from sync.protocol.errors import EPOCH, Malformed, Refused
from sync.protocol.wire import name_in, whole

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
# Bits: no county gives two million numbers a second, and up to 2162 any reader of JSON holds the result.
SECOND = 21


@dataclass(frozen=True)
class Life:
    """`no` counts from 1; `kept_upto` is the last number of the lives before that this one still has."""

    no: int
    id: str
    kept_upto: int


class NewLife(Refused):
    """The county began a new life; of the one the device knew it has everything up to `kept_upto`.

    The notice carries no proof: believed wrongly it makes a device send again what the county answers with
    the first receipts, and nothing else.
    """

    def __init__(self, epoch: str, kept_upto: int) -> None:
        super().__init__(EPOCH, f"now {epoch}, kept up to {kept_upto}")
        self.epoch, self.kept_upto = epoch, kept_upto

    @property
    def told(self) -> Mapping[str, Json]:
        return {"epoch": self.epoch, "kept_upto": self.kept_upto}


def kept_of(lives: Sequence[Life], heard: str) -> int:
    """How far the newest of `lives` still has what was said in the life `heard`; 0 if nobody knows it.

    A life may be unknown because the backup that was put back is older than it.
    """
    known = {life.id: life.no for life in lives}
    if heard not in known:
        return 0
    return min((life.kept_upto for life in lives if life.no > known[heard]), default=0)


def before_first(at: datetime, kept_upto: int) -> int:
    """The number before the first of a life that begins at `at` in a county that still has all up to
    `kept_upto`; the first life of all begins at 0.

    It lies above everything an earlier life can have given, also one that this county no longer knows of
    because the backup is older than it: a number is never given twice. Where the clock stands before what
    was kept, it lies above that.
    """
    seconds = int((at - BEGINNING).total_seconds())
    return max(seconds, (kept_upto >> SECOND) + 1) << SECOND


def new_life_in(said: Mapping[str, Any]) -> NewLife | None:
    """The notice in a refusal, or None where an older county only says that it was put back."""
    try:
        return NewLife(name_in(said, "epoch"), whole(said.get("kept_upto"), "kept_upto"))
    except Malformed:
        return None
