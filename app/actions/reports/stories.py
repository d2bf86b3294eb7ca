"""What a report asks of the stories of tickets: when each was handed over, taken, settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actions.desk import Desk

EVENT = ("ticket", "at", "actor", "from_state", "to_state")
BEFORE_WORK = frozenset({"draft", "registered", "triaged"})


@dataclass
class Story:
    """The instants that are measured; the last hand-over and the last result count."""

    registered_by: str = ""
    touched_at: datetime | None = None
    handed_at: datetime | None = None
    taken_at: datetime | None = None
    resolved_at: datetime | None = None
    bounced: bool = False

    def hear(self, at: datetime, actor: str, before: str, after: str) -> None:
        """Take in the next line, in the order of time."""
        if before == "draft":
            self.registered_by = actor
        elif after not in BEFORE_WORK and self.touched_at is None:
            self.touched_at = at
        if before == "transferred" and after == "triaged":
            self.bounced = True
        if before == after:
            return
        if after == "transferred":
            self.handed_at, self.taken_at = at, None
        elif before == "transferred" and after not in BEFORE_WORK and after != "withdrawn":
            self.taken_at = at
        if after == "resolved":
            self.resolved_at = at
        elif before in ("resolved", "replied", "rated") and after in ("in-progress", "reopened"):
            self.resolved_at = None  # opened again: the result did not hold


def stories(desk: Desk, tickets: Sequence[str]) -> Mapping[str, Story]:
    """The stories of these tickets, by their id."""
    lines = []
    for _event, _village, (ticket, at, actor, before, after) in desk.store.figures.among(
        "ticket_event", "ticket", tickets, EVENT
    ):
        lines.append((datetime.fromisoformat(at), ticket, actor or "", before, after))
    # Ids come in the order of time; an instant told in another zone must not change that of one ticket.
    lines.sort(key=lambda line: line[0])
    found: dict[str, Story] = {}
    for instant, ticket, actor, before, after in lines:
        found.setdefault(ticket, Story()).hear(instant, actor, before, after)
    return found
