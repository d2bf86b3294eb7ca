"""What a computer gives out and may never give out a second time, over kills, restores and new keys."""

from __future__ import annotations

import hashlib

from app.domain.tickets.ticket import Ticket, serial_in
from app.store import Store


class Given:
    """Change ids, ticket numbers and replicas seen so far on one computer."""

    def __init__(self) -> None:
        self._changes: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._replicas: list[str] = []

    def look(self, store: Store, *, restored: bool) -> None:
        """Raises AssertionError when something stands for another thing than before; `restored` when a
        backup has taken the store's place since."""
        for change, record, payload in store._db.execute("SELECT change, record, payload FROM outbox"):
            told = hashlib.blake2b(f"{record}|{payload}".encode(), digest_size=9).hexdigest()
            assert self._changes.setdefault(str(change), told) == told, "a change id was given twice"
        serials = store.meta.serials()
        for ticket in store.reading.each(Ticket):
            if ticket.number:
                assert self._numbers.setdefault(ticket.number, ticket.id) == ticket.id, "a number given twice"
        for number in self._numbers:
            year, serial = serial_in(number)
            assert serials.get(f"serial ticket {year}", 0) >= serial, "a number would be given twice"
        replica = store.meta.device().replica
        if not self._replicas or restored:
            assert replica not in self._replicas, "an identity that is spent came back"
            self._replicas.append(replica)
        assert replica == self._replicas[-1], "another identity without a restore"
