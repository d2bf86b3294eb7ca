"""A follow-up (回访): the worker calls first, so that nobody has to come and ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

OFF = "off"  # the channel of a call that is not made


@dataclass(frozen=True)
class Heard:
    """One of the five questions answered: by pointing (`answer`, a code) and, where more was said, words."""

    question: str  # stage stuck lacking hardship next
    answer: str
    words: str = ""


@dataclass(frozen=True)
class FollowUp:
    """Due on a day, then done with what was learnt. `due_on` moves when a call is not answered.

    Whatever it was planned for may be over before: `called_off` says why it is not made any more,
    `done_at` when that was, and its `channel` is OFF.
    """

    TYPE: ClassVar[str] = "followup"

    id: str
    village: str
    household: str
    due_on: date
    why: str
    ticket: str = ""
    person: str = ""
    phone: str = ""
    unanswered: int = 0
    done_at: datetime | None = None
    channel: str = ""  # phone home, or OFF
    outcome: str = ""
    next_on: date | None = None
    checklist: str = ""  # the list it asks about
    rule: str = ""  # which rule of the pack scheduled it, "" when a person did
    heard: tuple[Heard, ...] = ()
    urgent: str = ""  # the urgent ticket opened from what was heard
    after: str = ""  # what set the rule off (`After`)
    called_off: str = ""

    @property
    def made(self) -> bool:
        """Whether somebody called."""
        return self.done_at is not None and not self.called_off
