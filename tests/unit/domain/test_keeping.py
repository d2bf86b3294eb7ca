"""Backups are thinned out by rule, and the rule never takes what somebody will look for."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.keeping import DAILY, MONTHLY, RISK_KEPT, WEEKLY, Kept, to_drop
from app.domain.workdays import CHINA, china_day

NOW = datetime(2026, 11, 20, 20, 0, tzinfo=CHINA)
ages = st.integers(-5 * 24 * 60, 900 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def piles(draw: st.DrawFn) -> list[Kept]:
    found = draw(st.lists(st.tuples(ages, st.booleans()), max_size=60))
    return [Kept(f"{number:03d}", number, NOW - age, risky) for number, (age, risky) in enumerate(found)]


def nightly(days: int) -> list[Kept]:
    return [Kept(f"n{day:04d}", days - day, NOW - timedelta(days=day)) for day in range(days)]


@given(piles())
def test_the_newest_and_the_young_before_a_risky_step_stay(pile: list[Kept]) -> None:
    dropped = to_drop(pile, NOW)
    assert dropped <= {one.name for one in pile}
    if pile:
        newest = max(pile, key=lambda one: one.generation)
        assert newest.name not in dropped
    assert not dropped & {one.name for one in pile if one.risky and NOW - one.made_at < RISK_KEPT}


@given(piles())
def test_the_newest_of_each_of_the_last_days_weeks_and_months_stays(pile: list[Kept]) -> None:
    stay = {one.name for one in pile} - to_drop(pile, NOW)
    for most, period in (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    ):
        newest: dict[object, str] = {}
        for one in sorted(pile, key=lambda one: -one.generation):
            newest.setdefault(period(china_day(one.made_at)), one.name)
        assert set(list(newest.values())[:most]) <= stay


@given(piles())
def test_no_more_stays_than_the_rule_allows(pile: list[Kept]) -> None:
    stay = {one.name for one in pile} - to_drop(pile, NOW)
    young_risky = sum(one.risky and NOW - one.made_at < RISK_KEPT for one in pile)
    assert len(stay) <= DAILY + WEEKLY + MONTHLY + young_risky


@given(piles())
def test_thinning_out_twice_drops_nothing_more(pile: list[Kept]) -> None:
    once = to_drop(pile, NOW)
    assert to_drop([one for one in pile if one.name not in once], NOW) == frozenset()


@given(piles(), st.randoms())
def test_the_order_they_lie_in_does_not_matter(pile: list[Kept], random) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives it
    mixed = random.sample(pile, len(pile))
    assert to_drop(mixed, NOW) == to_drop(pile, NOW)


def test_two_years_of_nights_leave_a_week_a_month_and_a_year() -> None:
    stay = {one.name for one in nightly(700)} - to_drop(nightly(700), NOW)
    assert {f"n{day:04d}" for day in range(7)} <= stay
    assert 17 <= len(stay) <= DAILY + WEEKLY + MONTHLY
    assert "n0020" in stay  # 31 October, the last of its month


def test_after_a_winter_away_the_last_ones_are_still_there() -> None:
    old = [Kept("autumn", 2, NOW - timedelta(days=200)), Kept("earlier", 1, NOW - timedelta(days=201))]
    assert to_drop(old, NOW) == frozenset()


def test_a_clock_set_back_by_years_does_not_drop_what_was_just_made() -> None:
    young = Kept("young", 1_000, NOW - timedelta(days=2_500))
    assert "young" not in to_drop([*nightly(60), young], NOW)
