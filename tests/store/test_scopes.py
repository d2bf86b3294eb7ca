"""A village that was taken away leaves nothing behind that is safe elsewhere, and everything that is not."""

from __future__ import annotations

import pytest

from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.record import to_body
from app.store import Store
from app.store.attachments import Attachment
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


def test_a_record_with_a_photo_stays_for_the_photo_is_nowhere_else(two: Store) -> None:
    with two.unit(actor="w", at=NOW):
        two.attachments.put(Attachment("p1", "theirs", "photo", "image/jpeg", 3, "0" * 64, bytes(32), NOW))
    two.ledger.settle([], [], {VILLAGE: 4}, "e-1", NOW)
    two.ledger.heard([], 9)
    assert {home.id for home in two.reading.each(Household)} == {"ours", "theirs"}


def test_a_store_whose_villages_stay_is_not_searched_through(two: Store) -> None:
    two.ledger.heard([], 9)
    assert sent(two) == 1
    assert {home.id for home in two.reading.each(Household)} == {"ours", "theirs"}
