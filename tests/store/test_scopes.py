"""A village that was taken away leaves nothing behind that is safe elsewhere, and everything that is not."""

from __future__ import annotations

import pytest

from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.record import to_body
from app.store import Store
from app.store.attachments import Attachment
from app.store.schema import migrate
from tests.desks import DEVICE
from tests.facts import NOW, VILLAGE, household

OTHER = "439901101299"


@pytest.fixture
def two(store: Store) -> Store:
    """A store with a home in each of two villages; the one of the other village was edited here and sent."""
    store.meta.set_device(DEVICE)
    rows = [
        Incoming("ours", "household", VILLAGE, 1, False, to_body(household(group="老屋组"))),
        Incoming("theirs", "household", OTHER, 2, False, to_body(household(group="塘边组"))),
    ]
    store.ledger.settle([], rows, {VILLAGE: 2, OTHER: 2}, "e-1", NOW)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(id="theirs", village=OTHER, group="塘边组", note="有狗"))
    (change,) = store.ledger.outgoing(10**6)
    store.ledger.settle([Receipt(change.id, Outcome.APPLIED, 3)], [], {VILLAGE: 3, OTHER: 3}, "e-1", NOW)
    return store


def sent(store: Store) -> int:
    changes, _ = store.sent_and_said()
    return len(changes)


def test_its_records_are_neither_seen_nor_found_any_more(two: Store) -> None:
    told: list[frozenset[str]] = []
    two.listen(told.append)
    two.ledger.settle([], [], {VILLAGE: 4}, "e-1", NOW)
    two.ledger.heard([], 0)
    assert [home.id for home in two.reading.each(Household)] == ["ours"]
    assert (two.finder.find("塘边").total, two.finder.find("老屋").total) == (0, 1)
    assert told[-1] == {"household"}


def test_what_was_sent_is_kept_until_the_county_has_it_in_a_backup(two: Store) -> None:
    two.ledger.settle([], [], {VILLAGE: 4}, "e-1", NOW)
    two.ledger.heard([], 2)
    assert sent(two) == 1
    two.ledger.heard([], 3)
    assert sent(two) == 0


def test_its_photos_go_up_without_it_and_leave_after_three_backups(two: Store) -> None:
    with two.unit(actor="w", at=NOW):
        two.attachments.put(photo())
    two.ledger.settle([], [], {VILLAGE: 4}, "e-1", NOW)
    two.ledger.heard([], 3)
    assert {home.id for home in two.reading.each(Household)} == {"ours"}
    assert [one.id for one in two.files_waiting.next(9)] == ["p1"]
    two.files_waiting.sent(["p1"])
    for backup in (4, 5):
        two.ledger.heard([], backup)
        assert two.files_waiting.left_behind() == ()
    two.ledger.heard([], 6)
    assert [one.id for one in two.files_waiting.left_behind()] == ["p1"]


def test_m019_files_sent_counts_backups_from_now_on(two: Store) -> None:
    with two.unit(actor="w", at=NOW):
        two.attachments.put(photo())
    two.files_waiting.sent(["p1"])
    two._db.execute("DROP TABLE file_sent")
    two._db.execute("DROP TRIGGER attachment_left")
    two._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm019_files_sent'")
    migrate(two._db)
    two.ledger.settle([], [], {VILLAGE: 4}, "e-1", NOW)
    for backup in (4, 5):
        two.ledger.heard([], backup)
        assert two.files_waiting.left_behind() == ()
    two.ledger.heard([], 6)
    assert [one.id for one in two.files_waiting.left_behind()] == ["p1"]


def photo() -> Attachment:
    return Attachment("p1", "theirs", "photo", "image/jpeg", 3, "0" * 64, bytes(32), NOW)


def test_a_store_whose_villages_stay_is_not_searched_through(two: Store) -> None:
    two.ledger.heard([], 9)
    assert sent(two) == 1
    assert {home.id for home in two.reading.each(Household)} == {"ours", "theirs"}
