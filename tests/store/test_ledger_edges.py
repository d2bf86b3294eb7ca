"""What the county says at an awkward moment never breaks a record, hides typing or leaves a false view."""

from __future__ import annotations

import pytest

from app.domain.change import Change, Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.record import Body, to_body
from app.store import Store
from tests.desks import DEVICE
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household, person

OTHER = "439901101202"
COUNTY = to_body(household())


@pytest.fixture
def heard(store: Store) -> Store:
    """A store that holds one household exactly as the county does, at revision 5."""
    store.meta.set_device(DEVICE)
    settle(store, [row(5, COUNTY)])
    return store


def row(revision: int, body: Body, *, village: str = VILLAGE, **more: bool) -> Incoming:
    deleted, left = more.get("deleted", False), more.get("left", False)
    return Incoming(HOME, "household", village, revision, deleted, body, left)


def settle(store: Store, rows: list[Incoming], *receipts: Receipt, **cursors: int) -> None:
    store.ledger.settle(receipts, rows, cursors or {VILLAGE: 5}, "e-1", NOW)


def edit(store: Store, **changes: object) -> Change:
    with store.unit(actor="w", at=NOW) as unit:
        change = unit.save(household(**changes))
    assert change is not None
    return change


def seen(store: Store) -> Household | None:
    every = {one.id: one for one in store.reading.each(Household)}
    return every.get(HOME)


def test_a_deletion_heard_while_an_edit_waits_leaves_the_record_whole(heard: Store) -> None:
    change = edit(heard, note="有狗")
    settle(heard, [row(7, {}, deleted=True)])
    assert seen(heard) == household(note="有狗")
    settle(heard, [row(8, {}, deleted=True)], Receipt(change.id, Outcome.CONFLICT, 8))
    assert seen(heard) is None
    assert heard.ledger.set_aside()[0].change.fields == {"note": (None, "有狗")}


def test_a_deletion_stays_hidden_behind_an_edit_until_every_edit_is_answered(heard: Store) -> None:
    first, second = edit(heard, note="有狗"), edit(heard, note="有狗，拴了")
    settle(heard, [row(7, {}, deleted=True)])
    settle(heard, [], Receipt(first.id, Outcome.CONFLICT, 8))
    assert seen(heard) == household(note="有狗，拴了")
    settle(heard, [], Receipt(second.id, Outcome.CONFLICT, 9))
    assert seen(heard) is None
    assert heard.finder.find("茶园").total == 0
    assert len(heard.ledger.set_aside()) == 2


def test_a_move_out_of_the_village_heard_while_an_edit_waits_leaves_the_record_whole(heard: Store) -> None:
    change = edit(heard, note="有狗")
    settle(heard, [row(7, {}, left=True)])
    assert seen(heard) == household(note="有狗")
    settle(heard, [], Receipt(change.id, Outcome.QUARANTINED, 8))
    assert seen(heard) is None
    assert heard.ledger.set_aside()[0].change == change


def test_a_move_between_two_own_villages_arrives_whole_in_either_order(heard: Store) -> None:
    edit(heard, note="有狗")
    pages = [row(7, {}, left=True), row(7, to_body(household(door="9号")), village=OTHER)]
    for order in (pages, pages[::-1]):
        settle(heard, order)
        found = seen(heard)
        assert found is not None
        assert (found.village, found.door, found.note) == (OTHER, "9号", "有狗")


def test_what_was_quarantined_is_no_longer_shown_as_if_it_held(heard: Store) -> None:
    change = edit(heard, note="有狗")
    settle(heard, [], Receipt(change.id, Outcome.QUARANTINED, 6))
    assert seen(heard) == household()
    assert heard.ledger.set_aside()[0].change == change
    again = edit(heard, note="有猫")
    assert again.fields == {"note": (None, "有猫")}


def test_what_the_county_never_had_stays_in_sight_when_it_is_quarantined(store: Store) -> None:
    store.meta.set_device(DEVICE)
    change = edit(store)
    settle(store, [], Receipt(change.id, Outcome.QUARANTINED, 6))
    assert seen(store) == household()
    assert store.ledger.set_aside()[0].change == change


def test_a_receipt_for_a_change_nobody_made_changes_nothing(heard: Store) -> None:
    change = edit(heard, note="有狗")
    settle(heard, [], Receipt("01900000-0000-7000-8000-0000000000ff", Outcome.APPLIED, 6))
    assert heard.ledger.outgoing(10**6) == (change,)
    assert seen(heard) == household(note="有狗")


def test_a_village_taken_away_takes_no_unsent_change_with_it(heard: Store) -> None:
    settle(heard, [], **{VILLAGE: 5, OTHER: 5})
    change = edit(heard, note="有狗")
    settle(heard, [], **{OTHER: 9})
    assert heard.ledger.identity().villages == (OTHER,)
    assert heard.ledger.outgoing(10**6) == (change,)
    assert seen(heard) == household(note="有狗")


def test_an_answer_that_names_no_village_does_not_empty_the_scope(heard: Store) -> None:
    heard.ledger.settle([], [], {}, "e-1", NOW)
    assert heard.ledger.identity().villages == (VILLAGE,)


def test_a_record_deleted_and_then_written_again_goes_to_the_county_whole(heard: Store) -> None:
    settle(heard, [row(7, {}, deleted=True)])
    change = edit(heard, note="又回来了")
    assert {name for name, _ in change.fields.items()} >= {"group", "door", "note"}
    assert seen(heard) == household(note="又回来了")
    settle(heard, [row(9, {}, deleted=True)], Receipt(change.id, Outcome.CONFLICT, 9))
    assert seen(heard) is None
    assert heard.ledger.set_aside()[0].change == change


def test_the_screen_is_told_when_an_answer_alone_alters_a_record(heard: Store) -> None:
    change = edit(heard, note="有狗")
    told: list[frozenset[str]] = []
    heard.listen(told.append)
    settle(heard, [], Receipt(change.id, Outcome.QUARANTINED, 6))
    assert told == [frozenset({"household"})]


def test_an_edit_from_a_page_opened_before_a_move_goes_to_the_new_village(heard: Store) -> None:
    settle(heard, [row(7, COUNTY, village=OTHER)], **{VILLAGE: 7, OTHER: 7})
    change = edit(heard, note="有狗")  # still says the old village
    assert change.village == OTHER
    assert seen(heard) == household(note="有狗", village=OTHER)


def test_a_birthday_no_calendar_has_does_not_break_the_search(store: Store) -> None:
    store.meta.set_device(DEVICE)
    bent = {**to_body(person()), "birth": "1944-02-31"}
    settle(store, [Incoming(GRANNY, "person", VILLAGE, 6, False, bent)])
    hits = store.finder.find("jgy")
    assert [(hit.record, hit.birth) for hit in hits.shown] == [(GRANNY, None)]
