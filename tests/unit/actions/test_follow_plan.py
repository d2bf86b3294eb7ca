"""The worker calls first: when is the county's rule, and what was heard is kept by question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.desk import Desk
from app.actions.tickets import follow_plan, followups, ticket_views, tickets
from app.domain.packs.follow_rule import After
from app.domain.problem import UserError
from app.domain.tickets.followup import FollowUp, Heard
from app.domain.tickets.ticket import State, Ticket
from app.domain.workdays import CHINA
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def _ticket(desk: Desk) -> Ticket:
    words = "伢儿读书钱冒得。"
    return tickets.register(desk, request=words, household=household().id, visitor=person().id)


def _planned(desk: Desk, ticket: Ticket, after: After, what: str = "") -> list[tuple[str, date, str]]:
    with desk.unit("plan") as unit:
        made = follow_plan.plan(desk, unit, ticket, after, what=what)
    return [(one.rule, one.due_on, one.why) for one in made]


def test_a_step_outside_is_asked_after_in_a_week(desk: Desk) -> None:
    made = _planned(desk, _ticket(desk), After.EXTERNAL, "法院判决")
    assert made == [("external", date(2026, 11, 27), "问法院判决到哪一步了")]


def test_what_was_closed_is_asked_after_in_a_week_and_in_a_month(desk: Desk) -> None:
    made = _planned(desk, _ticket(desk), After.CLOSED)
    # Sunday 20 December moves to Monday.
    assert [(rule, on) for rule, on, _ in made] == [
        ("closed", date(2026, 11, 27)),
        ("closed", date(2026, 12, 21)),
    ]


def test_money_is_asked_after_ten_days_from_the_day_it_was_due(desk: Desk) -> None:
    ticket = _ticket(desk)
    with desk.unit("plan") as unit:
        (call,) = follow_plan.plan(desk, unit, ticket, After.PAID, since=date(2026, 12, 1))
    assert (call.due_on, call.why) == (date(2026, 12, 11), "问钱到账没有")


def test_an_old_woman_alone_is_asked_once_more(desk: Desk) -> None:
    with desk.unit("roster") as unit:
        unit.save(person(tags=("独居",)))
    rules = [rule for rule, _, _ in _planned(desk, _ticket(desk), After.CLOSED)]
    assert rules == ["closed", "alone", "closed"]


def test_a_week_after_the_spring_festival_who_still_waits_is_called(store: Store) -> None:
    clock = Clock(datetime(2026, 1, 20, 10, 0, tzinfo=CHINA))
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    last = follow_plan.after_holiday(desk.calendar, "春节", desk.today)
    assert last == date(2026, 2, 23)
    made = dict((rule, on) for rule, on, _ in _planned(desk, _ticket(desk), After.EXTERNAL, "判决"))
    assert made["spring-festival"] == date(2026, 3, 2)


def test_a_festival_nobody_has_published_brings_no_call(desk: Desk) -> None:
    assert follow_plan.after_holiday(desk.calendar, "春节", desk.today) is None


def test_waiting_again_moves_the_call_and_makes_no_second_one(desk: Desk, clock: Clock) -> None:
    ticket = _ticket(desk)
    for _ in range(2):
        _planned(desk, ticket, After.CLOSED)
        clock.forward(days=3)
    waiting = desk.store.reading.where(FollowUp, ticket=ticket.id)
    assert [one.due_on for one in waiting] == [date(2026, 11, 30), date(2026, 12, 23)]


def test_what_was_heard_is_kept_by_question_and_told_in_the_story(desk: Desk) -> None:
    ticket = _ticket(desk)
    _planned(desk, ticket, After.EXTERNAL, "判决")
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket.id)
    heard = (Heard("stage", "working"), Heard("stuck", "papers", "缺诊断书"), Heard("hardship", "no"))
    done = followups.done(desk, call.id, heard=heard)
    assert done.heard == heard
    line = ticket_views.story(desk, ticket.id).events[0]
    assert line.note == "到哪一步了：他们在办。卡在哪里：材料（缺诊断书）。家里有没有急难：没有。"


def test_a_hardship_opens_an_urgent_ticket_of_its_own_in_the_same_breath(desk: Desk) -> None:
    ticket = _ticket(desk)
    _planned(desk, ticket, After.EXTERNAL, "判决")
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket.id)
    heard = (Heard("hardship", "yes", "没米了"),)
    done = followups.done(desk, call.id, heard=heard, urgent=True)
    opened = desk.store.reading.get(Ticket, done.urgent)
    assert (opened.urgent, opened.state, opened.visitor_name) == (True, State.REGISTERED, "蒋桂英")
    assert "没米了" in opened.request
    assert opened.short_number in ticket_views.story(desk, ticket.id).events[0].note


def test_a_call_of_which_nothing_was_noted_is_not_done(desk: Desk) -> None:
    ticket = _ticket(desk)
    _planned(desk, ticket, After.EXTERNAL, "判决")
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket.id)
    with pytest.raises(UserError, match="问到什么了"):
        followups.done(desk, call.id)


def test_the_rule_says_when_to_call_again(desk: Desk) -> None:
    ticket = _ticket(desk)
    _planned(desk, ticket, After.EXTERNAL, "判决")
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket.id)
    assert followups.call(desk, call.id).again_days == 7
    assert follow_plan.again_days(desk, replace(call, rule="closed")) == 0
