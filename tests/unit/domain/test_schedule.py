"""Visits, reviews and reminders fall due when the pack says, by calendars people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import packs
from app.domain.packs.service_item import Limit
from app.domain.people.person import Benefit, Disability
from app.domain.rules.spans import add_months, full_months, short_of
from app.domain.schedule import cadence_for, due_again, limit_ends, reminders, review_on
from app.domain.workdays import Deadline
from tests.facts import NOW, VILLAGE, household, person
from tests.policy import child, county

CALENDAR = packs.calendar()


@pytest.mark.parametrize(
    ("category", "hukou", "next_review"),
    [
        ("A", "rural", date(2027, 11, 20)),
        ("B", "rural", date(2027, 5, 20)),
        ("C", "rural", date(2027, 5, 20)),
        ("C", "urban", date(2027, 2, 20)),
        ("", "rural", None),
    ],
)
def test_a_household_is_reviewed_as_its_category_says(
    category: str, hukou: str, next_review: date | None
) -> None:
    home = household(category=category, hukou_type=hukou)
    assert review_on(county(), home, date(2026, 11, 20)) == next_review


def test_visits_fall_due_by_hours_days_weeks_and_months() -> None:
    def due(purpose: str) -> date:
        cadence = cadence_for(county(), purpose, VILLAGE, NOW.date())
        assert cadence is not None
        return due_again(CALENDAR, cadence, date(2026, 10, 31)).day

    assert [due("VP01"), due("VP07"), due("VP05"), due("VP09")] == [
        date(2026, 12, 1), date(2026, 11, 7), date(2026, 11, 6), date(2027, 1, 31),
    ]  # fmt: skip
    assert cadence_for(county(), "VP13", VILLAGE, NOW.date()) is None


def test_limits_end_by_their_own_unit() -> None:
    start = date(2026, 11, 20)
    assert limit_ends(CALENDAR, start, Limit(10)) == Deadline(date(2026, 12, 4))
    assert limit_ends(CALENDAR, start, Limit(7, "calendar")) == Deadline(date(2026, 11, 27))
    assert limit_ends(CALENDAR, start, Limit(48, "hour")) == Deadline(date(2026, 11, 22))


def test_what_turns_soon_is_remembered_in_time_and_not_before() -> None:
    almost = person(birth=date(1947, 1, 10), disabilities=(Disability(4, 2, "", date(2027, 1, 30)),))
    grown = child(benefits=(Benefit("GE"),), birth=date(2009, 2, 1))
    found = reminders(household(), (almost, grown), county(), NOW)
    assert [(each.item, each.on) for each in found] == [
        ("GL", date(2027, 1, 10)), ("CZ", date(2027, 1, 30)), ("GE", date(2027, 2, 1)),
    ]  # fmt: skip
    early = replace(almost, birth=date(1947, 2, 1), disabilities=())
    assert reminders(household(), (early,), county(), NOW) == ()


def test_whoever_draws_the_allowance_is_remembered_when_a_higher_tier_begins() -> None:
    def said(birth: date) -> list[str]:
        old = person(birth=birth, benefits=(Benefit("GL"),))
        return [reminder.words for reminder in reminders(household(), (old,), county(), NOW)]

    words = "蒋桂英 {} 满 {} 岁，高龄津贴要换档，到时看卡上变没变"
    assert said(date(1937, 1, 5)) == [words.format("2027-01-05", 90)]
    assert said(date(1926, 12, 31)) == [words.format("2026-12-31", 100)]
    assert said(date(1937, 3, 5)) == said(date(1940, 1, 5)) == []


@given(st.dates(date(1920, 1, 1), date(2030, 12, 31)), st.integers(0, 1300))
def test_months_added_are_months_counted(start: date, months: int) -> None:
    end = add_months(start, months)
    assert full_months(start, end) == months
    assert full_months(start, date.fromordinal(end.toordinal() - 1)) == months - 1


def test_the_31st_turns_on_the_first_of_the_next_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 3, 1)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 3, 1)
    assert add_months(date(2026, 10, 31), 1) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 2), "差 12 天"),
        (date(2027, 2, 20), "差 3 个月"),
        (date(2027, 2, 21), "差 3 个多月"),
        (date(2031, 11, 20), "差 5 年"),
        (date(2031, 12, 1), "差 5 年多"),
    ],
)
def test_how_long_is_left_is_said_as_people_say_it(day: date, words: str) -> None:
    assert short_of(date(2026, 11, 20), day) == words
