"""The county's answer is taken whole, once, and never hides what the worker has not sent yet."""

from __future__ import annotations

import pytest

from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.problem import UserError
from app.domain.record import Body, to_body
from app.store import Store
from tests.desks import DEVICE
from tests.facts import HOME, NOW, VILLAGE, household


@pytest.fixture
def enrolled(store: Store) -> Store:
    store.meta.set_device(DEVICE)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
    return store


def _row(revision: int, body: Body, **more: bool) -> Incoming:
    return Incoming(
        HOME, "household", VILLAGE, revision, more.get("deleted", False), body, more.get("left", False)
    )


def _settle(store: Store, rows: list[Incoming], seq: int, outcome: Outcome = Outcome.APPLIED) -> None:
    receipts = [Receipt(change.id, outcome, seq) for change in store.ledger.outgoing(10**6)]
    store.ledger.settle(receipts, rows, {VILLAGE: seq}, "e-1", NOW)


def test_a_computer_that_is_not_enrolled_says_so(store: Store) -> None:
    with pytest.raises(UserError, match="还没跟县里登记"):
        store.ledger.identity()


def test_a_receipt_empties_the_outbox(enrolled: Store) -> None:
    assert enrolled.ledger.waiting() == 1
    _settle(enrolled, [_row(5, to_body(household()))], 5)
    assert enrolled.ledger.waiting() == 0
    assert enrolled.ledger.cursors() == {VILLAGE: 5}
    assert enrolled.meta.synced_at() == NOW


def test_an_own_change_that_comes_back_as_it_stands_is_not_written_anew(enrolled: Store) -> None:
    upto = enrolled.written.upto()
    _settle(enrolled, [_row(5, to_body(household()))], 5)
    assert enrolled.written.upto() == upto
    assert enrolled.finder.find(household().group[:2]).total == 1
    _settle(enrolled, [_row(6, to_body(household(group="塘边组")))], 6)
    assert enrolled.written.since("household", upto) == (HOME,)
    assert enrolled.finder.find("塘边").total == 1


def test_a_pulled_row_is_seen_and_found(enrolled: Store) -> None:
    _settle(enrolled, [_row(6, to_body(household(group="塘边组")))], 6)
    assert enrolled.reading.get(Household, HOME).group == "塘边组"
    assert enrolled.finder.find("塘边").total == 1


def test_an_unsent_edit_stays_in_sight_over_a_pulled_row(enrolled: Store) -> None:
    _settle(enrolled, [_row(5, to_body(household()))], 5)
    with enrolled.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="有狗"))
    enrolled.ledger.settle([], [_row(7, to_body(household(group="塘边组")))], {VILLAGE: 7}, "e-1", NOW)
    seen = enrolled.reading.get(Household, HOME)
    assert (seen.group, seen.note) == ("塘边组", "有狗")
    assert enrolled.ledger.waiting() == 1


def test_an_edit_acknowledged_but_not_yet_pulled_stays_in_sight(enrolled: Store) -> None:
    with enrolled.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="有狗"))
    _settle(enrolled, [_row(5, to_body(household()))], 9)
    assert enrolled.reading.get(Household, HOME).note == "有狗"


def test_an_older_row_that_comes_late_changes_nothing(enrolled: Store) -> None:
    _settle(enrolled, [_row(8, to_body(household(door="8号")))], 8)
    enrolled.ledger.settle([], [_row(5, to_body(household(door="5号")))], {VILLAGE: 8}, "e-1", NOW)
    assert enrolled.reading.get(Household, HOME).door == "8号"


def test_what_the_county_set_aside_is_kept_whole(enrolled: Store) -> None:
    with enrolled.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="有狗"))
    _settle(enrolled, [_row(9, to_body(household(note="没狗")))], 9, Outcome.CONFLICT)
    kept = enrolled.ledger.set_aside()
    assert kept[0].change.fields["note"] == (None, "有狗")
    assert enrolled.reading.get(Household, HOME).note == "没狗"


def test_a_record_that_left_the_village_goes_unless_something_is_unsent(enrolled: Store) -> None:
    enrolled.ledger.settle([], [_row(9, {}, left=True)], {VILLAGE: 9}, "e-1", NOW)
    assert enrolled.reading.find(Household, HOME) is not None
    _settle(enrolled, [], 10)
    enrolled.ledger.settle([], [_row(11, {}, left=True)], {VILLAGE: 11}, "e-1", NOW)
    assert enrolled.reading.find(Household, HOME) is None
    assert enrolled.finder.find("茶园").total == 0


def test_outgoing_keeps_order_and_size(enrolled: Store) -> None:
    for door in range(20):
        with enrolled.unit(actor="w", at=NOW) as unit:
            unit.save(household(door=f"{door + 100}号"))
    every = enrolled.ledger.outgoing(10**6)
    assert [change.fields["door"][1] for change in every[1:]] == [f"{n + 100}号" for n in range(20)]
    assert enrolled.ledger.outgoing(1) == every[:1]
    assert 1 < len(enrolled.ledger.outgoing(2_000)) < 21
