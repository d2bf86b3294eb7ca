"""What the outbox tells of a record: what waits, the newest number, and why something was kept beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.whereabouts import Place, overdue, whereabouts
from app.domain.change import Change, Outcome, Receipt
from app.domain.conflict import Conflict
from app.domain.county_terms import UNSENT_DAYS
from app.domain.people.household import Household
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import NOW, VILLAGE

KEY = bytes(range(32))
HOME = "01a1f693-0000-7000-8000-000000000001"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    store = Store(tmp_path / "store.db", KEY, create=True)
    made = desk_on(store, clock)
    with made.unit("new") as unit:
        unit.save(Household(id=HOME, village=VILLAGE, group="茶园组", door="3号"))
    yield made
    store.close()


def answer(desk: Desk, outcome: Outcome, seq: int, reason: str = "") -> Change:
    """The county's word on the oldest change that waits."""
    (change, *_) = desk.store.ledger.outgoing(1)
    desk.store.ledger.settle([Receipt(change.id, outcome, seq, reason)], [], {}, "e-1", NOW)
    return change


def test_what_was_written_is_here_until_it_has_a_number(desk: Desk) -> None:
    assert whereabouts(desk, "household", HOME).place is Place.HERE
    answer(desk, Outcome.APPLIED, 41)
    assert (whereabouts(desk, "household", HOME).place, whereabouts(desk, "household", HOME).number) == (
        Place.SENT,
        41,
    )
    with desk.unit("edit") as unit:
        unit.save(replace(desk.store.reading.get(Household, HOME), door="4号"))
    assert whereabouts(desk, "household", HOME).place is Place.HERE


def test_the_countys_reason_is_kept_until_it_says_otherwise(desk: Desk) -> None:
    change = answer(desk, Outcome.QUARANTINED, 42, "out_of_scope")
    told = whereabouts(desk, "household", HOME)
    assert (told.place, told.number, told.why) == (Place.TOWNSHIP, 42, "out_of_scope")
    (aside,) = desk.store.ledger.set_aside()
    assert (aside.outcome, aside.why) == (Outcome.QUARANTINED, "out_of_scope")
    later = Receipt(change.id, Outcome.QUARANTINED, 50, "refused:不是这个村的")
    desk.store.ledger.settle([later], [], {}, "e-1", NOW)
    told = whereabouts(desk, "household", HOME)
    assert (told.place, told.number, told.why) == (Place.REFUSED, 50, "不是这个村的")
    desk.store.ledger.settle([Receipt(change.id, Outcome.APPLIED, 60)], [], {}, "e-1", NOW)
    assert whereabouts(desk, "household", HOME).place is Place.SENT
    assert desk.store.ledger.set_aside() == ()


def test_what_waits_is_late_after_a_week_and_not_before(desk: Desk, clock: Clock) -> None:
    clock.forward(days=UNSENT_DAYS, seconds=-1)
    assert overdue(desk) is None
    clock.forward(seconds=1)
    late = overdue(desk)
    assert late is not None
    assert (late.matters, late.since, late.days) == (1, NOW, UNSENT_DAYS)
    answer(desk, Outcome.APPLIED, 43)
    assert overdue(desk) is None


def test_what_waits_again_waits_since_the_county_was_put_back(desk: Desk, clock: Clock) -> None:
    answer(desk, Outcome.APPLIED, 43)
    clock.forward(days=400)
    desk.store.ledger.begin_life("e-2", 40, desk.now)
    assert desk.store.ledger.waiting() == 1
    assert overdue(desk) is None
    clock.forward(days=UNSENT_DAYS)
    late = overdue(desk)
    assert late is not None
    assert (late.since, late.days) == (desk.now - timedelta(days=UNSENT_DAYS), UNSENT_DAYS)


def test_what_never_got_through_waits_since_it_was_written_whatever_becomes_of_the_county(
    desk: Desk, clock: Clock
) -> None:
    written = answer(desk, Outcome.APPLIED, 43).at
    clock.forward(days=1)
    with desk.unit("edit") as unit:
        unit.save(replace(desk.store.reading.get(Household, HOME), door="4号"))
    edited = desk.now
    clock.forward(days=UNSENT_DAYS + 1)
    desk.store.ledger.begin_life("e-2", 40, desk.now)
    late = overdue(desk)
    assert late is not None
    assert (late.since, late.since > written) == (edited, True)


def test_what_a_backup_of_another_computer_held_as_unsent_waits_since_it_was_put_back(
    desk: Desk, clock: Clock
) -> None:
    clock.forward(days=400)
    desk.store.put_back(None, made_at=NOW, actor=desk.worker, at=desk.now, where="U 盘", aside="")
    assert desk.store.ledger.waiting() == 1
    assert overdue(desk) is None


def test_m018_waiting_knows_of_older_files_when_it_was_written_and_finds_disagreements(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "older.db"
    store = Store(path, KEY, create=True)
    with desk_on(store, clock).unit("new") as unit:
        unit.save(Household(id=HOME, village=VILLAGE, group="茶园组", door="3号"))
    store._db.execute("ALTER TABLE outbox DROP COLUMN waits_since")
    store._db.execute("DROP INDEX conflict_of")
    store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm018_waiting'")
    store._db.conn.commit()
    store.close()
    again = Store(path, KEY)
    assert again.migrated == ("m018_waiting",)
    assert again.outbox.oldest_waiting() == NOW
    assert again.reading.where(Conflict, of=HOME) == ()
    again.close()


def test_m016_receipts_leaves_what_was_answered_before_without_a_reason(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "older.db"
    store = Store(path, KEY, create=True)
    desk = desk_on(store, clock)
    with desk.unit("new") as unit:
        unit.save(Household(id=HOME, village=VILLAGE, group="茶园组", door="3号"))
    answer(desk, Outcome.QUARANTINED, 44)
    store._db.execute("ALTER TABLE outbox DROP COLUMN reason")
    store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm016_receipts'")
    store._db.conn.commit()
    store.close()
    again = Store(path, KEY)
    (aside,) = again.ledger.set_aside()
    assert (aside.outcome, aside.why) == (Outcome.QUARANTINED, "")
    again.close()


def test_an_instant_is_told_in_whole_days(desk: Desk, clock: Clock) -> None:
    clock.at = NOW + timedelta(days=UNSENT_DAYS + 2, hours=23)
    late = overdue(desk)
    assert late is not None
    assert late.days == UNSENT_DAYS + 2
