"""Where one matter is: on this computer, at the county, or with somebody who must decide about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.actions.desk import Desk
from app.domain.change import LEFT_OUT, Outcome
from app.domain.conflict import Conflict
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import TicketEvent


class Place(StrEnum):
    """The furthest it has come, or what stands in the way."""

    HERE = "here"  # written, and not answered yet
    SENT = "sent"  # the county answered
    CAME = "came"  # written elsewhere; came from the county
    DECIDED = "decided"  # what somebody here decided about it waits for the county
    DIFFERS = "differs"  # two wrote the same field otherwise
    TOWNSHIP = "township"  # kept whole until the township has looked
    REFUSED = "refused"  # the township looked and left it out


@dataclass(frozen=True)
class Whereabouts:
    """`number` is the newest receipt; `why` the county's reason, or the township's words where it refused;
    `case` the disagreement that is to be decided, or was and waits."""

    place: Place
    number: int = 0
    why: str = ""
    case: str = ""


@dataclass(frozen=True)
class Overdue:
    """What has waited too long: so many matters, since when, and for how many whole days."""

    matters: int
    since: datetime
    days: int


def whereabouts(desk: Desk, kind: str, record: str) -> Whereabouts:
    """Of the matter `record` with all that belongs to it: a ticket's story, a family's people."""
    records = (record, *_parts(desk, kind, record))
    told = desk.store.outbox.told(records)
    cases = [case for one in records for case in desk.store.reading.where(Conflict, of=one)]
    if open_cases := [case.id for case in cases if case.open]:
        return Whereabouts(Place.DIFFERS, told.number, case=open_cases[0])
    if decided := [case.id for case in cases if desk.store.waits(case.id)]:
        return Whereabouts(Place.DECIDED, told.number, case=decided[0])
    for outcome, why in told.aside:
        if outcome is Outcome.QUARANTINED and why.startswith(LEFT_OUT):
            return Whereabouts(Place.REFUSED, told.number, why.removeprefix(LEFT_OUT))
        if outcome is Outcome.QUARANTINED:
            return Whereabouts(Place.TOWNSHIP, told.number, why)
    if told.waiting:
        return Whereabouts(Place.HERE, told.number)
    return Whereabouts(Place.SENT if told.number else Place.CAME, told.number)


def overdue(desk: Desk) -> Overdue | None:
    """What has waited for as many days as the county calls too long, or more; None when nothing has."""
    since = desk.store.outbox.oldest_waiting()
    if since is None:
        return None
    days = (desk.clock() - since).days
    return (
        Overdue(desk.store.ledger.matters(), since, days)
        if days >= desk.store.agreed.terms().unsent_days
        else None
    )


def _parts(desk: Desk, kind: str, record: str) -> Sequence[str]:
    where = desk.store.reading.where
    if kind == "ticket":
        return [one.id for part in (TicketEvent, FollowUp, SubTask) for one in where(part, ticket=record)]
    if kind == "household":
        return [one.id for one in where(Person, household=record)]
    return ()
