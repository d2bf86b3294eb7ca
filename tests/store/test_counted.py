"""What is counted lies apart from the records, and after whatever was written says the same as they do."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.change import Incoming
from app.domain.ids import new_id
from app.domain.record import to_body
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import State, Ticket, TicketEvent
from app.domain.visits.visit import Met, Visit
from app.store import Store, counted
from tests.desks import DEVICE
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household, person, ticket, visit
from tests.store.test_vectors import told
from tests.store.vector import VECTORS

STEPS = 120


class Undone(Exception):
    """What ends a transaction badly."""


def made(chance: random.Random) -> Any:
    """One record of any kind that is counted."""
    at = NOW - timedelta(days=chance.randrange(4000), minutes=chance.randrange(1440))
    match chance.choice(sorted(counted.COUNTED)):
        case "visit":
            answers = {"explained": chance.sample(["DB", "LS", "TK"], chance.randrange(3))}
            return visit(id=new_id(at), started_at=at, met=chance.choice(list(Met)), answers=answers)
        case "ticket":
            return ticket(id=new_id(at), received_at=at, urgent=chance.random() < 0.3)
        case "ticket_event":
            of = chance.choice(["t-1", "t-2"])
            return TicketEvent(new_id(at), VILLAGE, of, at, "向海燕", "记一笔", State.DRAFT, State.TRIAGED)
        case "followup":
            tries = chance.randrange(4)
            return FollowUp(new_id(at), VILLAGE, HOME, at.date(), "问到哪一步", unanswered=tries)
        case "person":
            return person(id=new_id(at), birth=at.date(), household=chance.choice([HOME, new_id(at)]))
    raise AssertionError("a kind nothing is made of here")


def changed(chance: random.Random, one: Any) -> Any:
    """The same record, otherwise: also in the field the rows are kept in the order of."""
    at = NOW - timedelta(days=chance.randrange(4000))
    match one:
        case Visit():
            return replace(one, started_at=at, again_on=chance.choice(["", "2026-12-01"]))
        case Ticket():
            return replace(one, items=tuple(chance.sample(["DB", "LS", "TK"], 2)), due_on=at.date())
        case FollowUp():
            return replace(one, due_on=at.date(), done_at=at)
        case TicketEvent():
            return replace(one, note="又记一笔")
    return replace(one, household=new_id(at))


def from_the_county(chance: random.Random, one: Any, revision: int) -> Incoming:
    gone, other = chance.random() < 0.2, chance.random() < 0.2
    village = "439901101299" if other else VILLAGE
    return Incoming(one.id, one.TYPE, village, revision, gone, {} if gone else to_body(changed(chance, one)))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_what_is_counted_is_what_counting_anew_gives(store: Store, seed: int) -> None:
    chance, known = random.Random(seed), list[Any]()
    store.meta.set_device(DEVICE)
    for step in range(STEPS):
        match chance.randrange(8):
            case 0 | 1 | 2:
                known += (new := [made(chance) for _ in range(3)])
                save(store, *new)
            case 3 | 4 if known:
                one = chance.choice(known)  # a line of a ticket's story is only changed by the county
                save(store, one if isinstance(one, TicketEvent) else changed(chance, one))
            case 5 if known:
                rows = [from_the_county(chance, one, step + 1) for one in chance.sample(known, 1)]
                store.ledger.settle((), rows, {VILLAGE: step + 1}, "e", NOW)
            case 6 if known:
                replaced(store, chance.choice(known).id, chance.choice(known).id)
            case _:
                with pytest.raises(Undone), store.unit(actor="w", at=NOW) as unit:
                    unit.save(made(chance))
                    raise Undone
        assert counted.amiss(store._db) == ()
    held = {kind: count(store, kind) for kind in counted.COUNTED}
    assert all(held.values())
    counted.rebuild(store._db)
    assert held == {kind: count(store, kind) for kind in counted.COUNTED}
    assert counted.amiss(store._db) == ()


def save(store: Store, *records: Any) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        for record in records:
            if store._db.execute("SELECT 1 FROM record WHERE id = ? AND deleted", [record.id]).fetchone():
                continue
            unit.save(record)


def replaced(store: Store, record: str, gone: str) -> None:
    """As a restore does it: a row put whole over the one that is there; and one taken out."""
    store._db.execute("INSERT OR REPLACE INTO record SELECT * FROM record WHERE id = ?", [record])
    store._db.execute("DELETE FROM record WHERE id = ?", [gone])


def count(store: Store, kind: str) -> int:
    return len(store.figures.columns(kind, counted.COUNTED[kind]))


def test_what_was_altered_behind_the_records_is_told_and_made_anew(store: Store) -> None:
    save(store, household(), person(), visit(), ticket())
    store._db.execute("UPDATE counted_visit SET met = 'moved'")
    store._db.execute("DELETE FROM counted_person")
    assert counted.amiss(store._db) == ("visit", "person")
    assert store.integrity() == ("counted visit", "counted person")
    store.recount()
    assert store.integrity() == ()


def test_m014_counted_says_of_a_store_from_before_what_its_records_say(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m014_counted" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    assert "m014_counted" in store.migrated
    assert counted.amiss(store._db) == ()
    assert count(store, "visit") == store.reading.count(Visit) > 0
    store.close()


@pytest.fixture
def plans(store: Store) -> Iterator[list[str]]:
    """The plan of every query asked meanwhile."""
    found: list[str] = []
    database: Any = store._db
    execute = database.execute

    def explain(sql: str, values: Any = ()) -> Any:
        found.extend(str(row[3]) for row in execute(f"EXPLAIN QUERY PLAN {sql}", values))
        return execute(sql, values)

    database.execute = explain
    yield found
    del database.execute


def test_what_is_counted_is_read_without_the_records_and_in_its_order(store: Store, plans: list[str]) -> None:
    save(store, household(), person(id=GRANNY), visit(), ticket())
    plans.clear()
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    assert store.figures.between("visit", "started_at", first, last, ("household", "answers.alive"))
    assert store.figures.in_time("visit", first, last, ("household", "met"))
    assert store.figures.columns("person", ("household", "birth"))
    store.figures.among("ticket_event", "ticket", ["t-1"], ("at", "actor"))
    store.figures.joined("ticket_event", "ticket", ["t-1"], ("at", "actor"))
    over = [plan for plan in plans if "counted_" in plan]
    assert len(over) == 5
    assert not [plan for plan in plans if "TEMP B-TREE" in plan or " record" in plan]
