"""What a newer release wrote does not take down an older one that cannot read it."""

from __future__ import annotations

import pytest

from app.domain.change import Incoming
from app.domain.problem import StorageFault
from app.domain.tickets.ticket import Ticket
from app.store import Store
from tests.desks import DEVICE
from tests.facts import NOW, VILLAGE, ticket


def test_a_state_of_a_newer_release_is_passed_over_and_kept(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.meta.set_device(DEVICE)
    body = {"state": "mediated", "request": "分地", "received_by": "w", "received_at": NOW.isoformat()}
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket())
    store.ledger.settle([], [Incoming("t-9", "ticket", VILLAGE, 5, False, body)], {VILLAGE: 5}, "e-1", NOW)
    assert [one.id for one in store.reading.each(Ticket)] == [ticket().id]
    assert store.reading.find(Ticket, "t-9") is None
    with pytest.raises(StorageFault):
        store.reading.get(Ticket, "t-9")
    assert store.reading.bodies("ticket")["t-9"] == body
    assert {record.getMessage() for record in caplog.records} == {
        "a ticket this release cannot read: t-9 (ValueError)"
    }
    caplog.clear()
