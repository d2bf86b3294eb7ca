"""What follows a reply (回音): the slip put into her hands."""

from __future__ import annotations

from dataclasses import replace

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import tell
from app.domain.problem import UserError
from app.domain.tickets.ticket import Ticket


def handed(desk: Desk, ticket: str) -> Ticket:
    """The slip is in the citizen's hands. Raises UserError before she was told anything."""
    found = desk.store.reading.get(Ticket, ticket)
    if not found.replied_at:
        raise UserError("还没回话，先记下怎么告诉的，再交回音单。", field="reply_mode")
    kept = replace(found, receipt_at=desk.now)
    with desk.unit("slip handed over") as unit:
        unit.save(kept)
        tell(desk, unit, kept, kept.state, "回音单交到手里", "")
    return kept
