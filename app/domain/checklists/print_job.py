"""A paper that was asked for: what, how, since when, and what became of it at the printer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.checklists.layout import PLAIN, Layout

MOST_COPIES = 20


class JobState(StrEnum):
    """`words` is what the worker reads."""

    WAITING = "waiting"
    SENT = "sent"  # handed to the printer; whether it came out only she can see
    DONE = "done"
    FAILED = "failed"

    @property
    def words(self) -> str:
        return {"waiting": "等着打", "sent": "在打", "done": "打好了", "failed": "没打成"}[self.value]


@dataclass(frozen=True)
class PrintLook:
    """How the printer is asked: which one, by the system's name ("" is the usual one), copies, colour."""

    printer: str = ""
    copies: int = 1
    colour: bool = False


@dataclass(frozen=True)
class PrintJob:
    """`document` is the kind of paper ("checklist"), `subject` the record it is about, `edition` that
    record's edition when it was asked for; `title` is what the worker calls it, shown to nobody else;
    `code` is the number on the paper, which names nobody.

    `group` ties together what was asked for in one go. `why` says what hindered it, in the worker's words.
    """

    id: str
    document: str
    subject: str
    title: str
    code: str
    asked_at: datetime
    asked_by: str
    edition: int = 1
    draft: bool = False
    look: PrintLook = PrintLook()
    layout: Layout = PLAIN
    group: str = ""
    state: JobState = JobState.WAITING
    state_at: datetime | None = None
    why: str = ""

    @property
    def open(self) -> bool:
        """Whether it still wants something: the printer, or her word that it came out."""
        return self.state is not JobState.DONE

    @property
    def may_go(self) -> bool:
        """Whether it can be handed to a printer now; what is on its way is not sent twice."""
        return self.state in (JobState.WAITING, JobState.FAILED)

    def put(self, state: JobState, at: datetime, why: str = "") -> PrintJob:
        """The same job, from `at` on in that state."""
        return replace(self, state=state, state_at=at, why=why)
