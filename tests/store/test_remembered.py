"""What is remembered is never older than the store, nor anything that was undone."""

from __future__ import annotations

import pytest

from app.domain.tickets.ticket import Ticket
from app.store import Store
from app.store.remembered import Same
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


def test_an_answer_out_of_date_helps_to_make_the_next(store: Store) -> None:
    def renewed(question: str) -> list[str]:
        def work(before: list[str] | None) -> list[str]:
            return [*(before or []), question]

        return store.remembered.renew("list", question, ["ticket"], work)

    assert renewed("Monday") == ["Monday"]
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket())
    assert renewed("Monday") == ["Monday", "Monday"], "the old answer was given along"
    assert renewed("Tuesday") == ["Tuesday"], "an answer to another question is of no use"


def test_only_the_very_thing_is_the_same() -> None:
    one, other = [1], [1]
    assert Same(one) == Same(one)
    assert Same(one) != Same(other)
    assert hash(Same(one)) == hash(Same(one))
