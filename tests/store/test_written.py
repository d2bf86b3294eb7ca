"""Which records were written is known of every way to write, and of nothing that was undone."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from app.domain.change import Incoming
from app.domain.ids import new_id
from app.domain.people.person import Person
from app.domain.record import to_body
from app.store import Store
from app.store.written import Held
from tests.desks import DEVICE
from tests.facts import NOW, VILLAGE, household, person

STEPS = 150


class Undone(Exception):
    """What ends a transaction badly."""


def save(store: Store, *records: Any) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        for record in records:
            unit.save(record)


def test_only_what_was_written_later_is_named(store: Store) -> None:
    one, other = person(id=new_id(NOW)), person(id=new_id(NOW))
    save(store, household(), one, other)
    upto = store.written.upto()
    assert store.written.since("person", upto) == ()
    save(store, replace(one, phone="15400001111"))
    save(store, replace(one, phone="15400002222"))
    assert store.written.since("person", upto) == (one.id,)
    assert store.written.since("household", upto) == ()
    assert store.written.since("person", store.written.upto()) == ()


def test_what_was_undone_was_not_written(store: Store) -> None:
    save(store, person())
    upto = store.written.upto()
    with pytest.raises(Undone), store.unit(actor="w", at=NOW) as unit:
        unit.save(person(id=new_id(NOW)))
        assert len(store.written.since("person", upto)) == 1, "inside the transaction it is there"
        raise Undone
    assert store.written.since("person", upto) == ()
    save(store, person(phone="15400001111"))
    assert store.written.since("person", upto) == (person().id,)


def test_what_the_county_was_told_of_is_not_written_again(store: Store) -> None:
    save(store, person())
    upto = store.written.upto()
    store._db.execute("UPDATE record SET county_body = body, revision = 7")
    assert store.written.since("person", upto) == ()


@pytest.mark.parametrize("seed", range(4))
def test_all_of_a_kind_is_the_same_brought_up_to_date_as_read_anew(store: Store, seed: int) -> None:
    chance, known, held = random.Random(seed), list[Person](), list[Held[Person]]()
    store.meta.set_device(DEVICE)
    for step in range(STEPS):
        one = chance.choice(known) if known else person(id=new_id(NOW))
        match chance.randrange(6):
            case 0 | 1:
                known.append(person(id=new_id(NOW.replace(hour=chance.randrange(24)))))
                save(store, known[-1])
            case 2:
                save(store, replace(one, phone=f"154{chance.randrange(10**8):08}"))
            case 3:
                gone = chance.random() < 0.5
                village = VILLAGE if chance.random() < 0.8 else "439901101299"
                row = Incoming(one.id, one.TYPE, village, step + 1, gone, {} if gone else to_body(one))
                store.ledger.settle((), [row], {VILLAGE: step + 1}, "e", NOW)
            case 4:
                store._db.execute("INSERT OR REPLACE INTO record SELECT * FROM record WHERE id = ?", [one.id])
                store._db.execute("DELETE FROM record WHERE id = ?", [chance.choice(known or [one]).id])
            case _:
                with pytest.raises(Undone), store.unit(actor="w", at=NOW) as unit:
                    unit.save(replace(one, name="别人"))
                    raise Undone
        anew = store.reading.again(Person)
        held = [*held[-5:], anew]  # also from answers of some time ago
        renewed = store.reading.again(Person, chance.choice(held))
        assert list(renewed.records.items()) == list(anew.records.items())
        held.append(renewed)
    assert held[-1].records
