"""Deadlines fall on the days the State Council published, and say so where it has not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import packs
from app.domain.workdays import (
    Deadline,
    add_workdays,
    china_day,
    next_workday,
    read_calendar,
    workdays_between,
)

# One bit a day from 1 January, 1 = offices work, taken from an independent calendar of the notices.
INDEPENDENT = {
    2025: 0xCF9F3EC03DF3E7CF9F3E7CF1F3E7DE0F3E7CF8F3E7CF9F3E7CF9F3E7CF9F3E7CF9F700EF9F3E7CF9F3E7CF9F3E7,
    2026: 0x3F3E7CF9F3F007DF3E7CF9F1E7CF9E0F7CF9F3E7CF1F3E7CF9F3E7CF9F3E7CF9F7C701DF3E7CF9F3E7CF9F3E7CF,
}
CALENDAR = packs.calendar()
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize("year", INDEPENDENT)
def test_every_day_of_a_published_year_agrees_with_an_independent_calendar(year: int) -> None:
    first = date(year, 1, 1)
    bits = "".join(str(int(CALENDAR.is_workday(first + timedelta(days=i)))) for i in range(365))
    assert int(bits, 2) == INDEPENDENT[year]


def test_a_make_up_saturday_counts_and_a_holiday_does_not() -> None:
    assert add_workdays(CALENDAR, date(2026, 2, 13), 1) == Deadline(date(2026, 2, 14))
    assert add_workdays(CALENDAR, date(2026, 2, 14), 1) == Deadline(date(2026, 2, 24))
    assert CALENDAR.holiday(date(2026, 2, 17)) == "春节"


def test_the_day_of_receipt_is_not_counted() -> None:
    assert add_workdays(CALENDAR, date(2026, 11, 20), 1).day == date(2026, 11, 23)
    assert add_workdays(CALENDAR, date(2026, 11, 20), 0).day == date(2026, 11, 20)


def test_a_deadline_in_an_unpublished_year_is_only_expected() -> None:
    assert add_workdays(CALENDAR, date(2026, 11, 20), 30) == Deadline(date(2027, 1, 1), estimated=True)
    assert not add_workdays(CALENDAR, date(2026, 11, 20), 20).estimated


@given(DAYS, st.integers(0, 120))
def test_counting_forward_and_between_agree(start: date, n: int) -> None:
    end = add_workdays(CALENDAR, start, n).day
    assert workdays_between(CALENDAR, start, end) == n
    assert n == 0 or CALENDAR.is_workday(end)


def test_overdue_days_are_negative() -> None:
    assert workdays_between(CALENDAR, date(2026, 11, 24), date(2026, 11, 20)) == -2


@given(DAYS)
def test_the_next_workday_is_never_a_day_off(day: date) -> None:
    found = next_workday(CALENDAR, day)
    assert CALENDAR.is_workday(found.day)
    assert workdays_between(CALENDAR, day, found.day) <= 1


def test_the_day_is_the_day_in_china() -> None:
    assert china_day(datetime(2026, 11, 20, 16, 30, tzinfo=UTC)) == date(2026, 11, 21)
    with pytest.raises(ValueError, match="zone"):
        china_day(datetime.fromisoformat("2026-11-20T14:32:00"))


def test_a_contradicting_calendar_is_refused() -> None:
    day = date(2026, 2, 14)
    year = {"year": 2026, "make_up": [day], "holiday": [{"name": "春节", "from": day, "to": day}]}
    with pytest.raises(ValueError, match="both"):
        read_calendar({"year": [year]})
    with pytest.raises(ValueError, match="not in"):
        read_calendar({"year": [{**year, "year": 2027}]})


def test_an_absurd_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="time limit"):
        add_workdays(CALENDAR, date(2026, 1, 1), -1)
