"""A wrong clock is told, a right one never; nothing is decided by either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.actions.clock import Doubt, doubt
from app.actions.desk import Desk
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import NOW, VILLAGE, household

LONG_AGO = datetime.fromisoformat("2019-01-01T08:00:00+08:00")
YEARS_AHEAD = NOW + timedelta(days=800)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    store = Store(tmp_path / "s.db", KEY, create=True)
    made = desk_on(store, clock)
    work(made)
    yield made
    store.close()


def work(desk: Desk) -> None:
    """Another day at the desk; it is never refused."""
    with desk.unit("edit") as unit:
        unit.save(household(note=desk.now.isoformat()))


def test_a_right_clock_is_not_spoken_of(desk: Desk, clock: Clock) -> None:
    assert doubt(desk) is None
    clock.forward(days=300)
    assert doubt(desk) is None
    assert doubt(desk, clock.at - timedelta(hours=23)) is None


def test_a_clock_that_is_set_right_by_minutes_is_not_spoken_of(desk: Desk, clock: Clock) -> None:
    clock.forward(minutes=-59)
    assert doubt(desk) is None


def test_a_clock_before_the_last_line_is_told_however_often_one_works_under_it(
    desk: Desk, clock: Clock
) -> None:
    clock.at = LONG_AGO
    for _ in range(3):
        assert doubt(desk) == Doubt(LONG_AGO, NOW, county=False)
        work(desk)
    clock.at = NOW + timedelta(days=1)
    assert doubt(desk) is None


def test_a_clock_before_the_last_word_of_the_county_is_told(desk: Desk, clock: Clock) -> None:
    heard = NOW + timedelta(days=3)
    desk.store.ledger.settle([], [], {VILLAGE: 1}, "e-1", heard)
    clock.forward(days=1)
    assert doubt(desk) == Doubt(clock.at, heard, county=False)


@pytest.mark.parametrize("off", [timedelta(days=2), -timedelta(days=2)])
def test_a_clock_the_county_contradicts_is_told(desk: Desk, clock: Clock, off: timedelta) -> None:
    clock.at = NOW + timedelta(days=30)
    county = clock.at + off
    assert doubt(desk, county) == Doubt(clock.at, county, county=True)


def test_lines_from_a_clock_that_ran_ahead_do_not_speak_against_a_right_one(desk: Desk, clock: Clock) -> None:
    clock.at = YEARS_AHEAD
    work(desk)
    clock.at = NOW
    assert doubt(desk) == Doubt(NOW, YEARS_AHEAD, county=False), "nobody knows yet which of the two is right"
    assert doubt(desk, NOW) is None, "the county says it is this one"
    assert doubt(desk) is None, "and it is kept in mind without the county"
    assert desk.store.audit.broken_at() is None
    clock.at = LONG_AGO
    assert doubt(desk) == Doubt(LONG_AGO, NOW, county=False)
