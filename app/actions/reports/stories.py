"""What a report asks of the stories of tickets: when each was handed over, taken, settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.actions.desk import Desk
from app.domain.workdays import HERE
from app.store.figures import SEPARATOR

EVENT = ("ticket", "at", "actor", "from_state", "to_state")
TICKET, AT = 2, 3  # where they stand in a line, behind its own id and village
BEFORE_WORK = frozenset({"draft", "registered", "triaged"})
NOT_TAKEN = BEFORE_WORK | {"withdrawn"}
SETTLED = frozenset({"resolved", "replied", "rated"})
AT_IT_AGAIN = frozenset({"in-progress", "reopened"})
Marks = tuple[int | None, int | None, int | None, int | None, int | None, bool]


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
    found, others = dict[str, Story](), list[str]()
    for ticket, at, actors, before, after in _joined(desk, tickets):
        # Ids come in the order of time; an instant told in another zone must not change that of one ticket.
        times, by = at.split(SEPARATOR), actors.split(SEPARATOR)
        if at.count(HERE) == len(times) and times == sorted(times) and len(by) == len(times):
            found[ticket] = _story(times, by, before, after)
        else:
            others.append(ticket)
    if others:
        lines = desk.store.figures.among("ticket_event", "ticket", others, EVENT)
        found |= {
            ticket: _sorted_story(list(told)) for ticket, told in groupby(lines, key=itemgetter(TICKET))
        }
    return found


def _joined(desk: Desk, tickets: Sequence[str]) -> list[tuple[str, ...]]:
    return desk.store.figures.joined("ticket_event", "ticket", tickets, EVENT[1:])


def _story(times: Sequence[str], actors: Sequence[str], before: str, after: str) -> Story:
    by, touched, handed, taken, resolved, bounced = _marks(before, after)

    def moment(line: int | None) -> datetime | None:
        return None if line is None else datetime.fromisoformat(times[line])

    registered_by = "" if by is None else actors[by]
    return Story(registered_by, moment(touched), moment(handed), moment(taken), moment(resolved), bounced)


@lru_cache(maxsize=4096)
def _marks(before: str, after: str) -> Marks:
    """Which line of a story tells what is measured, from the states before and after each line: thousands of
    tickets go a few hundred ways."""
    by = touched = handed = taken = resolved = None
    bounced = False
    for line, (was, now) in enumerate(zip(before.split(SEPARATOR), after.split(SEPARATOR), strict=True)):
        if was == "draft":
            by = line
        elif touched is None and now not in BEFORE_WORK:
            touched = line
        if was == now:
            continue
        if was == "transferred":
            bounced = bounced or now == "triaged"
            if now not in NOT_TAKEN:
                taken = line
        if now == "transferred":
            handed, taken = line, None
        if now == "resolved":
            resolved = line
        elif was in SETTLED and now in AT_IT_AGAIN:
            resolved = None  # opened again: the result did not hold
    return by, touched, handed, taken, resolved, bounced


def _sorted_story(lines: list[tuple[Any, ...]]) -> Story:
    told = sorted(lines, key=lambda line: datetime.fromisoformat(line[AT]))
    _, _, _, times, actors, before, after = zip(*told, strict=True)
    return _story(times, [one or "" for one in actors], SEPARATOR.join(before), SEPARATOR.join(after))
