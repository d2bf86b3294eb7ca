"""Whoever is wrong too often or asks too fast waits; whoever waited is heard again."""

from __future__ import annotations

from sync.server import tries
from sync.server.tries import Pace, Tries


def test_failures_are_forgotten_when_the_window_has_passed() -> None:
    known = Tries(allowed=2, window=60)
    known.failed("10.0.0.1", 0)
    known.failed("10.0.0.1", 30)
    assert not known.allowed("10.0.0.1", 59)
    assert known.allowed("10.0.0.2", 59)
    assert known.allowed("10.0.0.1", 61)


def test_a_flood_of_addresses_is_not_remembered_without_end() -> None:
    known = Tries(allowed=1, window=60)
    for number in range(tries.ADDRESSES + 5):
        known.failed(str(number), 0)
    assert known.allowed("0", 1)  # the oldest made room
    assert not known.allowed(str(tries.ADDRESSES + 4), 1)


def test_a_computer_may_burst_and_then_keeps_its_pace() -> None:
    pace = Pace(2)
    assert [pace.allowed("a", 0) for _ in range(31)].count(True) == 30  # fifteen seconds of it at once
    assert [pace.allowed("a", 1) for _ in range(3)] == [True, True, False]
    assert pace.allowed("b", 1)
    assert [pace.allowed("a", 1000) for _ in range(31)].count(True) == 30  # never more than the burst


def test_no_bound_is_no_bound() -> None:
    pace, known = Pace(0), Tries(allowed=0)
    known.failed("a", 0)
    assert known.allowed("a", 0)
    assert all(pace.allowed("a", 0) for _ in range(1000))
