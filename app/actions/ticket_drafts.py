"""The ticket written down while the citizen still talks: kept with every field, gone when registered."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from app.actions import tickets
from app.actions.desk import Desk
from app.domain.ticket import Ticket
from app.store.drafts import Draft

KIND = "ticket"
# One visitor stands at the desk at a time, so there is one such draft on a device.
DRAFT = "ticket-in-hand"


@dataclass(frozen=True)
class NewTicket:
    """What has been written down so far; the names are those of `Ticket`. `name` is as she gave it."""

    visitor: str = ""
    name: str = ""
    phone: str = ""
    household: str = ""
    subject: str = ""
    request: str = ""
    items: tuple[str, ...] = ()
    channel: str = "come"
    urgent: bool = False

    @property
    def begun(self) -> bool:
        """Whether anything was put down that would be missed."""
        return bool(self.visitor or self.name or self.request)


def keep(desk: Desk, new: NewTicket) -> datetime:
    """Save the draft durably; returns when, for 已存好 14:32. An empty one is thrown away."""
    saved_at = desk.now
    if new.begun:
        desk.store.drafts.save(Draft(DRAFT, KIND, new.household, asdict(new), saved_at))
    else:
        drop(desk)
    return saved_at


def find(desk: Desk) -> NewTicket | None:
    """What was being written when the worker was called away, or None."""
    draft = desk.store.drafts.find(DRAFT)
    if draft is None:
        return None
    known = {field.name for field in fields(NewTicket)}
    body: dict[str, Any] = {name: value for name, value in draft.body.items() if name in known}
    return NewTicket(**{**body, "items": tuple(body.get("items", ()))})


def drop(desk: Desk) -> None:
    """Throw the draft away at the worker's wish."""
    if desk.store.drafts.find(DRAFT) is not None:
        with desk.unit("discard draft") as unit:
            desk.store.drafts.drop(DRAFT)
            unit.audit("discard draft", DRAFT)


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
        draft=DRAFT,
    )
