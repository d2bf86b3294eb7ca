"""What is written again and again is compiled once."""

from __future__ import annotations

from pathlib import Path

from app.store import Store
from tests.conftest import KEY, NOW
from tests.facts import HOME, household, person


def test_in_a_store_just_made_no_statement_of_a_save_is_compiled_a_second_time(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", KEY, create=True)
    asked: list[tuple[object, ...]] = []  # the driver asks about every table while it compiles, never later

    def note(*about: object) -> int:
        asked.append(about)
        return 0

    try:
        store._db.conn.set_authorizer(note)
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household())
            unit.save(person())
            assert asked
            asked.clear()
            unit.save(person(id=HOME[:-1] + "9"))
            assert not asked
    finally:
        store.close()
