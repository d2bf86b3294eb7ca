"""The ticket written down while the citizen still talks: kept with every field, gone when registered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.tickets import tickets
from app.domain.ids import new_id
from app.domain.roles import Right
from app.domain.tickets.ticket import Ticket
from app.store.drafts import Draft

KIND = "ticket"
REPEATED = timedelta(days=30)  # the same item of the same family within these is likely the same matter
# Words begun in a panel of a ticket that has its number: a result, a reply, a journey.
PANEL = "ticket panel"


@dataclass(frozen=True)
class NewTicket:
    """What has been written down so far; the names are those of `Ticket`. `name` is as she gave it.

    `id` is the draft's own; the ticket gets another when it is registered.
    """

    id: str = ""
    visitor: str = ""
    name: str = ""
    phone: str = ""
    household: str = ""
    subject: str = ""
    request: str = ""
    items: tuple[str, ...] = ()
    channel: str = "come"
    urgent: bool = False
    relation: str = ""
    unnamed: bool = False  # gave no name, and nobody asked for a card (临时发现可无身份证登记)

    @property
    def begun(self) -> bool:
        """Whether anything was put down that would be missed; a person pointed at is not."""
        return bool(self.request or self.items or (self.name and not self.visitor))


def begin(desk: Desk, *, visitor: str = "", household: str = "") -> NewTicket:
    """An empty form; nothing is kept before something is put down."""
    return NewTicket(id=new_id(desk.now), visitor=visitor, household=household)


def keep(desk: Desk, new: NewTicket) -> datetime:
    """Save the draft durably; returns when, for 已存好 14:32. An empty one is thrown away."""
    saved_at = desk.now
    if new.begun:
        desk.require(Right.RECORD)
        desk.store.drafts.save(Draft(new.id, KIND, new.household, asdict(new), saved_at))
    else:
        drop(desk, new.id)
    return saved_at


def unfinished(desk: Desk) -> tuple[NewTicket, ...]:
    """What was being written when the worker was called away, the latest first."""
    known = {field.name for field in fields(NewTicket)}
    found = []
    for draft in desk.store.drafts.of_kind(KIND):
        body: dict[str, Any] = {name: value for name, value in draft.body.items() if name in known}
        found.append(NewTicket(**{**body, "items": tuple(body.get("items", ()))}))
    return tuple(found)


def drop(desk: Desk, draft: str) -> None:
    """Throw a draft away at the worker's wish; the log keeps that there was one."""
    if desk.store.drafts.find(draft) is not None:
        with desk.unit("discard draft") as unit:
            desk.store.drafts.drop(draft)
            unit.audit("discard draft", draft)


def register(desk: Desk, new: NewTicket) -> Ticket:
    """Register what was written; the draft goes in the same transaction.

    Raises UserError as `tickets.register` does.
    """
    return tickets.register(
        desk,
        request=new.request,
        household=new.household,
        visitor=new.visitor,
        visitor_name=new.name,
        visitor_phone=new.phone,
        subject=new.subject,
        items=new.items,
        channel=new.channel,
        urgent=new.urgent,
        draft=new.id,
        relation=new.relation,
        proof=next((one.code for one in policies.proofs(desk) if one.code in new.items), ""),
    )


def alike(desk: Desk, new: NewTicket) -> tuple[Ticket, ...]:
    """Tickets this one may repeat: of the same person or household still open, or of the last 30 days with
    an item in common; the latest first. For a stranger those of the same telephone.
    """
    reading = desk.store.reading
    if new.household:
        near = reading.where(Ticket, household=new.household)
    elif new.phone:
        near = reading.by_day(Ticket, first=desk.today - REPEATED, visitor_phone=new.phone)
    else:
        return ()
    since = desk.now - REPEATED
    found = [
        one for one in near if not one.ended or (one.received_at >= since and set(one.items) & set(new.items))
    ]
    wanted = set(new.items)

    def nearness(one: Ticket) -> tuple[bool, datetime, str]:
        return bool(wanted & set(one.items)), one.received_at, one.id

    return tuple(sorted(found, key=nearness, reverse=True))


def hold(desk: Desk, ticket: str, panel: str, answers: Mapping[str, str]) -> None:
    """Keep what was begun in one panel of `ticket`; with nothing in it, it is forgotten."""
    if any(answers.values()):
        desk.require(Right.RECORD)
        desk.store.drafts.save(Draft(f"{ticket}:{panel}", PANEL, ticket, dict(answers), desk.now))
    else:
        release(desk, ticket, panel)


def held(desk: Desk, ticket: str) -> dict[str, dict[str, str]]:
    """The answers begun, by panel."""
    begun = [one for one in desk.store.drafts.of_kind(PANEL) if one.subject == ticket]
    return {one.id.partition(":")[2]: {str(k): str(v) for k, v in one.body.items()} for one in begun}


def release(desk: Desk, ticket: str, panel: str) -> None:
    """What was begun has been written down, or thrown away."""
    desk.store.drafts.drop(f"{ticket}:{panel}")
