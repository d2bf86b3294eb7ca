"""A visit is owed once for each purpose, never before its time, and a period without one is not forgotten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.packs.policy import Cadence
from app.domain.visits.duty import Duty, Seen, Stand, owed, period_of, serves, strictest
from app.domain.workdays import PLAIN

HOME, GRANNY = "h", "p-granny"
LONG_AGO = date(2020, 1, 1)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
by_calendar = st.builds(
    lambda count, notice: Cadence("c", "VP01", "", count, "month", calendar=True, notice=notice),
    st.sampled_from((1, 2, 3, 4, 6, 12)),
    st.sampled_from((0, 10, 60)),
)
weekly = Cadence("w", "VP07", "", 1, "week", counts=("*",))


def _owed(cadence: Cadence, visits: list[date], on: date, **facts: Any) -> Duty:
    seen = [Seen(HOME, cadence.purpose, day) for day in visits]
    facts = {"calendar": PLAIN, "known_since": LONG_AGO, **facts}
    return owed(HOME, cadence, (), seen, on, **facts)


@given(by_calendar, days)
def test_the_periods_of_a_calendar_cadence_follow_each_other_without_gap(cadence: Cadence, day: date) -> None:
    now = period_of(cadence, day)
    assert now.holds(day)
    after = period_of(cadence, now.last + timedelta(days=1))
    assert after.first == now.last + timedelta(days=1)


@given(by_calendar, days, st.lists(days, max_size=6))
def test_nothing_is_due_again_in_the_period_that_has_its_visit(
    cadence: Cadence, on: date, visits: list[date]
) -> None:
    duty = _owed(cadence, visits, on)
    now = period_of(cadence, on)
    kept = any(now.holds(day) and day <= on for day in visits)
    if kept:
        assert duty.opens > now.last
        assert duty.stand(on) is Stand.DONE
    else:
        assert duty.due == now.last
        assert duty.opens <= duty.due
    assert all(day <= on for day in (duty.last,) if day)


@given(days, st.lists(days, max_size=6))
def test_a_week_is_never_shorter_than_a_week(on: date, visits: list[date]) -> None:
    duty = _owed(weekly, visits, on)
    if duty.last is not None:
        assert duty.due == duty.last + timedelta(days=7)
        assert (duty.stand(on) is Stand.DONE) == (on < duty.due)
    else:
        assert (duty.due, duty.stand(on)) == (on, Stand.SOON), "never seen: today"


@given(by_calendar, days, st.lists(days, max_size=6))
def test_a_period_that_went_by_is_missed_unless_nobody_knew_of_the_household(
    cadence: Cadence, on: date, visits: list[date]
) -> None:
    duty = _owed(cadence, visits, on)
    before = period_of(cadence, period_of(cadence, on).first - timedelta(days=1))
    now = period_of(cadence, on)
    unvisited = not any(before.first <= day <= on for day in visits)
    assert duty.missed == (before.last if unvisited else None)
    assert _owed(cadence, visits, on, known_since=now.first).missed is None


def test_a_missed_month_presses_until_the_visit() -> None:
    monthly = Cadence("c", "VP01", "", 1, "month", calendar=True)
    duty = _owed(monthly, [date(2026, 9, 30)], date(2026, 11, 2))
    assert (duty.missed, duty.due) == (date(2026, 10, 31), date(2026, 11, 30))
    assert duty.stand(date(2026, 11, 2)) is Stand.OVERDUE
    seen = _owed(monthly, [date(2026, 11, 2)], date(2026, 11, 2))
    assert seen.stand(date(2026, 11, 2)) is Stand.DONE
    assert seen.stand(date(2026, 12, 1)) is Stand.OPEN
    assert seen.stand(date(2026, 12, 24)) is Stand.SOON


def test_what_is_put_in_by_hand_is_never_missed() -> None:
    twice = Cadence("c", "VP18", "", 6, "month", calendar=True, by_hand=True)
    assert _owed(twice, [], date(2026, 11, 2)).missed is None


def test_another_visit_serves_only_if_it_saw_the_person() -> None:
    neighbour = Seen(HOME, "VP01", date(2026, 11, 2), frozenset({"p-son"}))
    herself = Seen(HOME, "VP01", date(2026, 11, 2), frozenset({GRANNY}))
    assert not serves(neighbour, weekly, (GRANNY,))
    assert serves(herself, weekly, (GRANNY,))
    assert serves(Seen(HOME, "VP07", date(2026, 11, 2)), weekly, (GRANNY,)), "its own purpose always does"
    own_only = Cadence("c", "VP11", "", 1, "month")
    assert not serves(herself, own_only, (GRANNY,))


def test_the_county_s_own_day_of_review_comes_before_the_reckoning() -> None:
    yearly = Cadence("review.A", "VP02", "", 12, "month", category="A", notice=30)
    set_on = date(2026, 12, 10)
    duty = _owed(yearly, [date(2026, 1, 5)], date(2026, 11, 2), review_on=set_on)
    assert (duty.opens, duty.due) == (date(2026, 11, 10), set_on)
    held = _owed(yearly, [date(2026, 11, 20)], date(2026, 11, 21), review_on=set_on)
    assert held.due == date(2027, 11, 20)


@given(st.lists(st.tuples(st.sampled_from("ab"), by_calendar, days), max_size=8), days)
def test_of_several_duties_for_one_purpose_the_first_one_due_stays(
    several: list[tuple[str, Cadence, date]], on: date
) -> None:
    duties = [
        owed(home, cadence, (), [Seen(home, "VP01", seen)], on, calendar=PLAIN, known_since=LONG_AGO)
        for home, cadence, seen in several
    ]
    kept = strictest(duties)
    assert len({(one.household, one.purpose) for one in kept}) == len(kept)
    assert {one.household for one in kept} == {one.household for one in duties}
    for one in kept:
        assert all(one.due <= other.due or one.missed for other in duties if other.household == one.household)
