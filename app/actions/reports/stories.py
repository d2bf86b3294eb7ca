"""What a report asks of the stories of tickets: when each was handed over, taken, settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.actions.desk import Desk
from app.domain.workdays import HERE

EVENT = ("ticket", "at", "actor", "from_state", "to_state")
TICKET, AT = 2, 3  # where they stand in a line, behind its own id and village
BEFORE_WORK = frozenset({"draft", "registered", "triaged"})
NOT_TAKEN = BEFORE_WORK | {"withdrawn"}
SETTLED = frozenset({"resolved", "replied", "rated"})
AT_IT_AGAIN = frozenset({"in-progress", "reopened"})


@dataclass(slots=True)
class Story:
    """The instants that are measured; the last hand-over and the last result count."""

    registered_by: str = ""
    touched_at: datetime | None = None
    handed_at: datetime | None = None
    taken_at: datetime | None = None
    resolved_at: datetime | None = None
    bounced: bool = False


def stories(desk: Desk, tickets: Sequence[str]) -> Mapping[str, Story]:
    """The stories of these tickets, by their id."""
    lines = desk.store.figures.among("ticket_event", "ticket", tickets, EVENT)
    return {ticket: _story(list(told)) for ticket, told in groupby(lines, key=itemgetter(TICKET))}


def _story(lines: list[tuple[Any, ...]]) -> Story:
    """The lines of one ticket, in the order of creation. Kept as text until the end: most are passed over."""
    touched = handed = taken = resolved = None
    by, bounced = "", False
    for _id, _village, _ticket, at, actor, before, after in _by_time(lines):
        if before == "draft":
            by = actor or ""
        elif touched is None and after not in BEFORE_WORK:
            touched = at
        if before == after:
            continue
        if before == "transferred":
            bounced = bounced or after == "triaged"
            if after not in NOT_TAKEN:
                taken = at
        if after == "transferred":
            handed, taken = at, None
        if after == "resolved":
            resolved = at
        elif before in SETTLED and after in AT_IT_AGAIN:
            resolved = None  # opened again: the result did not hold
    return Story(by, _moment(touched), _moment(handed), _moment(taken), _moment(resolved), bounced)


def _by_time(lines: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Ids come in the order of time; an instant told in another zone must not change that of one ticket."""
    told = [line[AT] for line in lines]
    if "".join(told).count(HERE) == len(told) and told == sorted(told):
        return lines
    return sorted(lines, key=lambda line: datetime.fromisoformat(line[AT]))


def _moment(at: str | None) -> datetime | None:
    return None if at is None else datetime.fromisoformat(at)
