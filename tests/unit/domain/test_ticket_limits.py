"""Deadlines are counted by the county's dated limits on the published calendar, whatever is asked of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import packs
from app.domain.packs.policy import TicketLimit
from app.domain.packs.service_item import Limit
from app.domain.packs.standing import Standing
from app.domain.tickets.limits import COURSE, KIND, Clock, Timed, in_force, last_day, later_by
from app.domain.tickets.ticket import Disposition
from app.domain.workdays import add_workdays, workdays_between
from tests.facts import VILLAGE, ticket

CALENDAR = packs.calendar()
PACK = packs.load(packs.reference())
FRIDAY = date(2026, 11, 20)
days = st.dates(date(2025, 1, 1), date(2026, 12, 1))
kept = Clock(CALENDAR, lambda what: in_force(PACK.limits, what, VILLAGE, FRIDAY))


def test_the_shipped_pack_sets_every_limit_there_is_and_says_that_it_is_to_be_checked() -> None:
    assert {each.id for each in PACK.limits} == set(Timed)
    assert all(each.standing.unverified and each.standing.source and each.note for each in PACK.limits)


@pytest.mark.parametrize(
    ("how", "nature", "due"),
    [
        (Disposition.INSTANT, "complaint", FRIDAY),
        (Disposition.EXPLAIN, "consult", date(2026, 11, 23)),
        (Disposition.TRANSFER, "consult", date(2026, 11, 27)),
        (Disposition.TRANSFER, "complaint", date(2026, 12, 4)),
        (Disposition.EXPLAIN, "help", date(2026, 11, 25)),
        (Disposition.DELIBERATION, "reasonable", date(2026, 12, 4)),
    ],
)
def test_a_matter_is_due_by_its_way_or_its_kind_whichever_is_longer(
    how: Disposition, nature: str, due: date
) -> None:
    assert kept.due_on(ticket(nature=nature), how, FRIDAY) == due


def test_the_days_over_the_spring_festival_are_counted_with_its_make_up_days() -> None:
    before = date(2026, 2, 13)
    due = last_day(CALENDAR, before, Limit(5))
    assert workdays_between(CALENDAR, before, due) == 5
    assert any(
        day in CALENDAR.make_up for day in (before + timedelta(n) for n in range((due - before).days + 1))
    )


def test_a_county_and_a_date_decide_which_limit_holds() -> None:
    county = TicketLimit("transfer", Limit(3), "", Standing("439901", date(2026, 12, 1)))
    both = (*PACK.limits, county)
    assert in_force(both, Timed.TRANSFER, VILLAGE, FRIDAY) == Limit(5)
    assert in_force(both, Timed.TRANSFER, VILLAGE, date(2026, 12, 1)) == Limit(3)
    assert in_force(both, Timed.TRANSFER, "430481101201", date(2026, 12, 1)) == Limit(5)
    assert in_force((), Timed.TRANSFER, VILLAGE, FRIDAY) is None


def test_without_a_limit_nothing_is_due_and_nothing_is_over() -> None:
    none = Clock(CALENDAR, lambda _what: None)
    assert none.due_on(ticket(nature="complaint"), Disposition.TRANSFER, FRIDAY) is None
    assert not none.over(Timed.UNCLAIMED, date(2020, 1, 1), FRIDAY)
    assert none.ends_at(Timed.URGENT_RESULT, datetime(2026, 11, 20, tzinfo=UTC)) is None


@given(days, st.integers(0, 30), st.sampled_from(["workday", "calendar", "hour"]))
def test_a_longer_limit_never_ends_earlier_and_a_later_start_never_either(
    start: date, count: int, unit: str
) -> None:
    end = last_day(CALENDAR, start, Limit(count, unit))
    assert end >= start
    assert last_day(CALENDAR, start, Limit(count + 1, unit)) >= end
    assert last_day(CALENDAR, start + timedelta(1), Limit(count, unit)) >= end


@given(days, st.integers(1, 20), st.integers(0, 40))
def test_what_waited_outside_has_as_many_working_days_left_as_when_it_stopped(
    start: date, limit: int, waited: int
) -> None:
    due = add_workdays(CALENDAR, start, limit).day
    until = start + timedelta(waited)
    later = later_by(CALENDAR, due, start, until)
    assert later >= due
    assert workdays_between(CALENDAR, until, later) == limit if CALENDAR.is_workday(until) else True
    assert later_by(CALENDAR, due, start, start) == due


@given(days, st.integers(0, 60))
def test_a_limit_is_over_from_one_day_on_and_stays_over(start: date, later: int) -> None:
    today = start + timedelta(later)
    over = kept.over(Timed.UNCLAIMED, start, today)
    first = kept.over_on(Timed.UNCLAIMED, start)
    assert first is not None
    assert over == (today >= first)


@given(days, st.sampled_from(list(Disposition)), st.sampled_from(["reasonable", *KIND]))
def test_no_way_is_shorter_than_its_own_limit(today: date, how: Disposition, nature: str) -> None:
    due = kept.due_on(ticket(nature=nature), how, today)
    own = kept.ends(COURSE[how], today)
    assert due is not None
    assert own is not None
    assert due >= own
