"""What every ledger promises the syncer: each function takes a factory of empty ledgers.

A store's test calls them over its own file, test_ledger.py with one in memory. `CONTRACT` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain import mark
from app.domain.change import Incoming, Outcome
from tests.sync.breaking import Breaking
from tests.sync.seated import AT, OTHER, VILLAGE, Factory, applied, change, new, row


def changes_leave_in_the_order_they_were_made(factory: Factory) -> None:
    bench = factory()
    made = [bench.save(new(f"h{n}", group="茶园组", door=f"{n}号")) for n in range(5)]
    assert [one.id for one in bench.outgoing(1_000_000)] == [one.id for one in made]
    assert bench.outgoing(1_000_000) == tuple(made)
    assert bench.waiting() == 5


def a_batch_keeps_to_its_size_and_is_never_empty(factory: Factory) -> None:
    bench = factory()
    for n in range(10):
        bench.save(new(f"h{n}", group="茶园组", door="1号", note="长" * 500))
    assert 1 < len(bench.outgoing(8_000)) < 10
    assert len(bench.outgoing(1)) == 1


def a_receipt_ends_the_waiting(factory: Factory) -> None:
    bench = factory()
    first = bench.save(new("h1", group="茶园组", door="1号"))
    second = bench.save(new("h2", group="茶园组", door="2号"))
    later = bench.waiting_bytes(1)
    assert bench.waiting_bytes(0) > later > bench.waiting_bytes(2) == 0
    bench.settle([applied(first, 1)], [row("h1", 1, group="茶园组", door="1号")], {VILLAGE: 1}, "e1", AT)
    assert bench.outgoing(1_000_000) == (second,)
    assert (bench.waiting(), bench.waiting_bytes(0)) == (1, later)
    assert bench.cursors() == {VILLAGE: 1}


def settling_again_changes_nothing(factory: Factory) -> None:
    bench = factory()
    one = bench.save(new("h1", group="茶园组", door="1号"))
    page = ([applied(one, 1)], [row("h1", 1, group="茶园组", door="1号")], {VILLAGE: 1}, "e1", AT)
    bench.settle(*page)
    before = bench.body("h1")
    bench.settle(*page)
    assert bench.body("h1") == before
    assert bench.waiting() == 0


def what_comes_in_never_hides_an_unsent_change(factory: Factory) -> None:
    bench = factory()
    bench.settle([], [row("h1", 1, group="茶园组", door="1号", phone="154")], {VILLAGE: 1}, "e1", AT)
    bench.save(change("h1", phone=("154", "15400000001")))
    bench.settle([], [row("h1", 2, group="茶园组", door="2号", phone="154")], {VILLAGE: 2}, "e1", AT)
    body = bench.body("h1")
    assert body is not None
    assert (body["phone"], body["door"]) == ("15400000001", "2号")
    assert bench.waiting() == 1


def a_received_change_stays_visible_until_it_comes_back(factory: Factory) -> None:
    """The receipt may come pages before the row: until the village is heard that far, it is laid over."""
    bench = factory()
    bench.settle([], [row("h1", 1, group="茶园组", door="1号")], {VILLAGE: 1}, "e1", AT)
    edit = bench.save(change("h1", door=("1号", "9号")))
    bench.settle([applied(edit, 50)], [row("h2", 20, group="茶园组", door="3号")], {VILLAGE: 20}, "e1", AT)
    body = bench.body("h1")
    assert body is not None
    assert body["door"] == "9号"
    bench.settle([], [row("h1", 60, group="茶园组", door="10号")], {VILLAGE: 60}, "e1", AT)
    body = bench.body("h1")
    assert body is not None
    assert body["door"] == "10号"


def a_receipt_that_comes_after_the_row_gives_way_to_it(factory: Factory) -> None:
    ledger = factory()
    mine = ledger.save(new("h1", door="3号"))
    ledger.settle([], [row("h1", 9, door="9号")], {VILLAGE: 9}, "e1", AT)
    assert (ledger.body("h1") or {})["door"] == "3号"
    ledger.settle([applied(mine, 8)], [], {VILLAGE: 9}, "e1", AT)
    assert (ledger.body("h1") or {})["door"] == "9号"


def after_a_conflict_the_county_value_is_seen(factory: Factory) -> None:
    bench = factory()
    bench.settle([], [row("h1", 1, group="茶园组", door="1号")], {VILLAGE: 1}, "e1", AT)
    edit = bench.save(change("h1", door=("1号", "9号")))
    theirs = row("h1", 3, group="茶园组", door="7号")
    bench.settle([applied(edit, 3, Outcome.CONFLICT)], [theirs], {VILLAGE: 3}, "e1", AT)
    body = bench.body("h1")
    assert body is not None
    assert body["door"] == "7号"
    assert bench.waiting() == 0


def deleted_and_departed_records_are_gone(factory: Factory) -> None:
    bench = factory()
    both = [row("h1", 1, group="茶园组", door="1号"), row("h2", 2, group="茶园组", door="2号")]
    bench.settle([], both, {VILLAGE: 2}, "e1", AT)
    gone = [
        Incoming("h1", "household", VILLAGE, 3, True, {}),
        Incoming("h2", "household", VILLAGE, 4, False, {}, left=True),
    ]
    bench.settle([], gone, {VILLAGE: 4}, "e1", AT)
    assert bench.body("h1") is None
    assert bench.body("h2") is None


def fields_of_a_newer_release_are_kept(factory: Factory) -> None:
    bench = factory()
    known = row("h1", 1, group="茶园组", door="1号", future_field={"a": [1, "二"]})
    bench.settle([], [known], {VILLAGE: 1}, "e1", AT)
    bench.save(change("h1", door=("1号", "2号")))
    body = bench.body("h1")
    assert body is not None
    assert body["future_field"] == {"a": [1, "二"]}


def the_cursors_given_are_the_whole_scope(factory: Factory) -> None:
    bench = factory()
    bench.settle([], [], {VILLAGE: 5, OTHER: 5}, "e1", AT)
    bench.settle([], [], {VILLAGE: 6}, "e1", AT)
    assert bench.cursors() == {VILLAGE: 6}


def a_page_that_fails_half_way_leaves_no_trace(factory: Factory) -> None:
    bench = factory()
    one = bench.save(new("h1", group="茶园组", door="1号"))
    with pytest.raises(RuntimeError):
        bench.settle([applied(one, 1)], Breaking(row("h9", 1, group="茶园组")), {VILLAGE: 9}, "e1", AT)
    assert bench.waiting() == 1
    assert bench.body("h9") is None
    assert VILLAGE not in bench.cursors() or bench.cursors()[VILLAGE] == 0


def keys_and_terms_that_were_learned_are_kept_and_nothing_else_changes(factory: Factory) -> None:
    bench = factory()
    before = bench.identity()
    bench.save(new("h1", door="3号"))
    bench.learn(b"e" * 32, b"p" * 32)
    bench.renew(AT, (7, {"lease_days": 45}))
    bench.renew(AT, (6, {"lease_days": 30}), stick=1)
    bench.settle([], [row("h2", 4, door="4号")], {VILLAGE: 4}, "e1", AT)
    known = bench.identity()
    assert (known.escrow_key, known.pack_key, known.terms) == (b"e" * 32, b"p" * 32, 7)
    assert (known.device, known.key, known.worker) == (before.device, before.key, before.worker)
    assert bench.waiting() == 1


def a_village_taken_away_goes_once_nothing_of_it_waits(factory: Factory) -> None:
    bench = factory()
    ours = Incoming("h1", "household", VILLAGE, 1, False, {"door": "1号"})
    theirs = [replace(ours, record=one, village=OTHER, revision=n) for n, one in enumerate(("h2", "h3"), 2)]
    bench.settle([], [ours, *theirs], {VILLAGE: 3, OTHER: 3}, "e1", AT)
    edit = bench.save(replace(change("h2", door=("1号", "9号")), village=OTHER))
    bench.settle([], [], {VILLAGE: 4}, "e1", AT)
    bench.heard([], 0)
    assert [bench.body(one) is not None for one in ("h1", "h2", "h3")] == [True, True, False]
    assert (bench.body("h2") or {})["door"] == "9号", "what she has not sent stays in her sight"
    assert bench.outgoing(1_000_000) == (edit,)
    bench.settle([applied(edit, 5, Outcome.QUARANTINED)], [], {VILLAGE: 5}, "e1", AT)
    bench.heard([], 4)
    assert [bench.body(one) is not None for one in ("h1", "h2", "h3")] == [True, False, False]
    assert bench.waiting() == 0


def after_a_restore_of_the_county_what_it_lacks_waits_and_copies_are_offered(factory: Factory) -> None:
    bench = factory()
    kept, lost = bench.save(new("h1", door="1号")), bench.save(new("h2", door="2号"))
    rows = [row("h1", 1, door="1号"), row("h2", 2, door="2号"), row("h3", 3, door="3号")]
    bench.settle([applied(kept, 1), applied(lost, 2)], rows, {VILLAGE: 3}, "e1", AT)
    bench.begin_life("e2", 1, AT)
    assert bench.outgoing(1_000_000) == (lost,)
    assert bench.cursors().get(VILLAGE, 0) == 0
    earlier = bench.earlier(1_000_000)
    assert {copy.record: copy.revision for copy in earlier.copies} == {"h2": 2, "h3": 3}
    assert earlier.former == {lost.id: 2}
    assert len(bench.earlier(1).copies) == 1
    bench.heard(["h2", "h3"], 0)
    assert bench.earlier(1_000_000).copies == ()
    far = 2**41
    bench.settle([applied(lost, far)], [row("h2", far, door="2号")], {VILLAGE: far}, "e2", AT)
    assert (bench.waiting(), bench.identity().epoch, bench.earlier(1).former) == (0, "e2", {})
    assert [(bench.body(one) or {}).get("door") for one in ("h1", "h2", "h3")] == ["1号", "2号", "3号"]


def an_echo_is_made_here_or_asked_for(factory: Factory) -> None:
    bench = factory()
    mine = bench.save(new("h1", group="茶园组", door="1号"))
    fits = mark.of_body({name: value for name, (_, value) in mine.fields.items()})
    echo = replace(row("h1", 4), echo=fits)
    other = replace(row("h1", 6), echo=mark.of_body({"door": "别处"}))
    assert bench.settle([applied(mine, 4)], [echo], {VILLAGE: 4}, "e1", AT) == frozenset()
    assert (bench.body("h1") or {})["door"] == "1号"
    assert bench.settle([], [other], {VILLAGE: 9}, "e1", AT) == {"h1"}
    assert bench.cursors() == {VILLAGE: 5}


def a_village_that_adds_up_otherwise_is_read_again(factory: Factory) -> None:
    bench = factory()
    bench.settle([], [row("h1", 4, door="1号"), row("h2", 5, door="2号")], {VILLAGE: 5}, "e1", AT)
    right = {VILLAGE: mark.standing("h1", 4, deleted=False)}
    assert bench.agree(right, ()) == (VILLAGE,)
    assert bench.cursors() == {VILLAGE: 0}
    assert bench.body("h2") is not None
    bench.settle([], [row("h1", 4, door="1号")], {VILLAGE: 5}, "e1", AT)
    assert bench.agree(right, (VILLAGE,)) == ()
    assert (bench.body("h1") is not None, bench.body("h2")) == (True, None)


def what_does_not_come_again_goes_unless_something_of_it_waits(factory: Factory) -> None:
    bench = factory()
    rows = [row(f"h{number}", number, door=f"{number}号") for number in (1, 2, 3)]
    bench.settle([], rows, {VILLAGE: 3}, "e1", AT)
    aside = bench.save(change("h2", door=("2号", "9号")))
    bench.settle([applied(aside, 4, Outcome.QUARANTINED)], [], {VILLAGE: 4}, "e1", AT)
    bench.save(change("h3", door=("3号", "9号")))
    right = {VILLAGE: mark.standing("h1", 1, deleted=False)}
    assert bench.agree(right, ()) == (VILLAGE,)
    bench.settle([], rows[:1], {VILLAGE: 4}, "e1", AT)
    assert bench.agree(right, (VILLAGE,)) == ()
    assert bench.body("h2") is None, "the county has set her word aside whole, and the record is elsewhere"
    assert [(bench.body(one) or {}).get("door") for one in ("h1", "h3")] == ["1号", "9号"]


def a_copy_from_a_lost_life_that_is_not_taken_goes(factory: Factory) -> None:
    bench = factory()
    rows = [row(f"h{number}", number, door=f"{number}号") for number in (1, 2, 3)]
    bench.settle([], rows, {VILLAGE: 3}, "e1", AT)
    bench.begin_life("e2", 0, AT)
    bench.save(change("h3", door=("3号", "9号")))
    bench.heard(["h1", "h2", "h3"], 0)
    again = [row("h1", 11, door="1号")]
    bench.settle([], again, {VILLAGE: 11}, "e2", AT)
    right = {VILLAGE: mark.standing("h1", 11, deleted=False)}
    if differing := bench.agree(right, ()):  # some find it out by adding up
        bench.settle([], again, {VILLAGE: 11}, "e2", AT)
        assert bench.agree(right, differing) == ()
    assert bench.body("h2") is None, "it lies in another village now"
    assert [(bench.body(one) or {}).get("door") for one in ("h1", "h3")] == ["1号", "9号"]


def a_file_stands_where_the_last_answer_left_it_until_it_goes_apart(factory: Factory) -> None:
    bench = factory()
    one, at_first = bench.save(new("h1", group="茶园组", door="1号")), bench.identity().link
    for link in ("a", ""):
        bench.settle([], [], {VILLAGE: 0}, "e1", AT, link)
    before = bench.identity()
    assert (at_first, before.link, before.was, before.apart) == ("", "a", "", False)
    for _ in range(2):  # again, before the county has heard of the first time
        bench.go_apart(AT)
    after = bench.identity()
    assert (after.link, after.was, after.apart) == ("", before.replica, True)
    assert after.replica != before.replica
    assert bench.outgoing(1_000_000) == (one,)
    for number, link in ((1, "b"), (9, "")):  # the number goes only with the link
        bench.settle([applied(one, number)], [], {VILLAGE: 0}, "e1", AT, link)
    now = bench.identity()
    assert (now.link, now.link_at, now.was, now.apart) == ("b", 1, "", False)


CONTRACT: tuple[Callable[[Factory], None], ...] = (
    an_echo_is_made_here_or_asked_for,
    a_village_that_adds_up_otherwise_is_read_again,
    what_does_not_come_again_goes_unless_something_of_it_waits,
    a_copy_from_a_lost_life_that_is_not_taken_goes,
    changes_leave_in_the_order_they_were_made,
    a_batch_keeps_to_its_size_and_is_never_empty,
    a_receipt_ends_the_waiting,
    settling_again_changes_nothing,
    what_comes_in_never_hides_an_unsent_change,
    a_received_change_stays_visible_until_it_comes_back,
    a_receipt_that_comes_after_the_row_gives_way_to_it,
    after_a_conflict_the_county_value_is_seen,
    deleted_and_departed_records_are_gone,
    fields_of_a_newer_release_are_kept,
    the_cursors_given_are_the_whole_scope,
    keys_and_terms_that_were_learned_are_kept_and_nothing_else_changes,
    a_village_taken_away_goes_once_nothing_of_it_waits,
    after_a_restore_of_the_county_what_it_lacks_waits_and_copies_are_offered,
    a_page_that_fails_half_way_leaves_no_trace,
    a_file_stands_where_the_last_answer_left_it_until_it_goes_apart,
)
