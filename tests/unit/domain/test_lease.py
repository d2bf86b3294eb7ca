"""A lease counts how far the clock went forward: set back it gains nothing, an empty battery costs little."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.lease import MOST_AT_ONCE, Hold, Lease, begun
from tests.facts import NOW

DAYS = 30


def seen(*offsets: float) -> Lease:
    """A lease begun now, with the clock seen so many days on, one after another."""
    lease = begun(NOW)
    for days in offsets:
        lease = lease.at(NOW + timedelta(days=days))
    return lease


def test_it_is_said_at_two_of_three_parts_and_ends_with_the_last_day() -> None:
    assert seen(19.9).hold(DAYS) is Hold.OPEN
    assert seen(20).hold(DAYS) is Hold.SOON
    assert seen(29.9).hold(DAYS) is Hold.SOON
    assert seen(30).hold(DAYS) is Hold.CLOSED
    assert seen(9999).hold(0) is Hold.FREE
    assert (seen(20).left(DAYS), seen(29.9).left(DAYS), seen(31).left(DAYS)) == (10, 1, 0)


def test_a_clock_set_back_takes_nothing_off() -> None:
    assert seen(25, 0).spent == timedelta(days=25)
    assert seen(25, 0, 5).hold(DAYS) is Hold.CLOSED
    assert seen(29, 0, 6, 12, 18, 29).spent == timedelta(days=29 + 18)


def test_an_empty_battery_every_morning_costs_only_the_days_that_were() -> None:
    lease = begun(NOW)
    for day in range(1, 20):
        lease = lease.at(datetime(2009, 1, 1, tzinfo=NOW.tzinfo))
        lease = lease.at(datetime(2009, 1, 1, 0, 5, tzinfo=NOW.tzinfo))
        lease = lease.at(NOW + timedelta(days=day))
        lease = lease.at(NOW + timedelta(days=day, hours=8))
    assert lease.spent < timedelta(days=20)
    assert lease.hold(DAYS) is Hold.OPEN


def test_a_day_typed_wrong_on_the_way_back_costs_a_week_at_most() -> None:
    typed = begun(NOW).at(datetime(2009, 1, 1, tzinfo=NOW.tzinfo)).at(NOW - timedelta(days=1))
    assert typed.spent == MOST_AT_ONCE


@given(st.lists(st.integers(-4000, 4000), max_size=30))
def test_what_was_spent_never_becomes_less(offsets: list[int]) -> None:
    lease, before = begun(NOW), timedelta()
    for days in offsets:
        lease = lease.at(NOW + timedelta(days=days))
        assert lease.spent >= before
        before = lease.spent
    assert lease.spent >= lease.front - NOW
