"""What is remembered is never older than the store, nor anything that was undone."""

from __future__ import annotations

import pytest

from app.domain.tickets.ticket import Ticket
from app.store import Store
from tests.facts import NOW, household, ticket


def count(store: Store, question: str = "all") -> int:
    return store.remembered.ask("tickets", question, ["ticket"], lambda: store.reading.count(Ticket))


def test_an_answer_is_kept_until_its_kind_is_written(store: Store) -> None:
    asked: list[int] = []
    for _ in range(2):
        store.remembered.ask("once", "q", ["ticket"], lambda: asked.append(1))
    assert asked == [1]
    assert count(store) == 0
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
    store.remembered.ask("once", "q", ["ticket"], lambda: asked.append(1))
    assert asked == [1], "a household changes nothing about tickets"
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket())
    assert count(store) == 1
    store.remembered.ask("once", "another day", ["ticket"], lambda: asked.append(1))
    assert asked == [1, 1]


def test_what_was_undone_was_never_remembered(store: Store) -> None:
    assert count(store) == 0
    with pytest.raises(ZeroDivisionError), store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket())
        assert count(store) == 1, "inside the transaction it is there"
        raise ZeroDivisionError
    assert count(store) == 0
