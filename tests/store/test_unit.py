"""Saving is the only way to write, saving always queues, and locked things stay locked."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from app.domain.change import Verb
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.tickets.ticket import State, Ticket
from app.domain.visits.visit import Met, Visit
from app.store import Store
from tests.facts import HOME, NOW, household, person, ticket, visit


def test_a_record_comes_back_as_it_was(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        unit.save(person())
    assert store.reading.get(Person, person().id) == person()
    assert store.reading.where(Person, household=household().id) == (person(),)


def test_every_save_queues_one_change_and_one_audit_line(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(door="4号"))
    new, edit = store.ledger.outgoing(1_000_000)
    assert (new.verb, edit.verb) == (Verb.NEW, Verb.EDIT)
    assert edit.fields == {"door": ("3号", "4号")}
    assert [line.verb for line in store.audit.lines()] == ["save household", "save household"]
    assert store.audit.broken_at() is None


def test_saving_the_same_again_queues_nothing(store: Store) -> None:
    for _ in range(2):
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household())
    assert store.ledger.waiting() == 1


def test_an_error_in_the_unit_undoes_all_of_it(store: Store) -> None:
    with pytest.raises(RuntimeError), store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        raise RuntimeError
    assert store.reading.count(Household) == 0
    assert store.ledger.waiting() == 0
    assert store.audit.lines() == ()
    assert store.finder.find("茶园").total == 0


def test_fields_of_a_newer_release_survive_an_edit_here(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
    row = store._db.execute("SELECT body FROM record").fetchone()[0]
    store._db.execute("UPDATE record SET body = ?", [row[:-1] + ',"sunlight":"good"}'])
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(door="5号"))
    body = store.reading.bodies("household")[household().id]
    assert body["sunlight"] == "good"
    assert body["door"] == "5号"


def test_a_ticket_that_moves_is_one_whole_step(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket())
        unit.save(replace(ticket(), number="SF1", state=State.REGISTERED))
    assert store.ledger.outgoing(1_000_000)[1].verb is Verb.MOVE


def test_a_signed_visit_cannot_be_changed(store: Store) -> None:
    signed = visit(met=Met.REFUSED).finish(NOW)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(signed)
    with pytest.raises(UserError, match="签好了"), store.unit(actor="w", at=NOW) as unit:
        unit.save(replace(signed, purpose="VP12"))
    assert store.reading.get(Visit, signed.id) == signed


def test_the_first_receiver_never_changes(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket())
    with pytest.raises(UserError, match="首访人"), store.unit(actor="w", at=NOW) as unit:
        unit.save(ticket(received_by="someone-else"))
    assert store.reading.get(Ticket, ticket().id).received_by == "w-xiang"


def test_a_line_taken_out_of_the_log_is_noticed(store: Store) -> None:
    for door in ("1号", "2号", "3号"):
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household(door=door))
    store._db.execute("DELETE FROM audit WHERE n = 2")
    assert store.audit.broken_at() == 3


def test_an_id_never_changes_its_kind(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
    with pytest.raises(ValueError, match="is a household"), store.unit(actor="w", at=NOW) as unit:
        unit.save(person(id=household().id))
    assert store.reading.count(Household) == 1


def test_what_is_too_long_for_the_county_is_not_stored_either(store: Store) -> None:
    for length, kept in ((300_000, True), (400_000, False)):
        with contextlib.suppress(UserError), store.unit(actor="w", at=NOW) as unit:
            unit.save(household(note="屋" * length))
        assert (len(store.reading.bodies("household")[HOME]["note"]) == length) is kept
    assert store.ledger.waiting() == 1
