"""The worker calls first: when is the county's rule, and what was heard is kept by question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.desk import Desk
from app.actions.reports import gathering
from app.actions.tickets import follow_plan, followups, ticket_views, tickets
from app.actions.visits import diary
from app.domain.packs.follow_rule import After
from app.domain.problem import UserError
from app.domain.reports.catalogue import BY_KEY
from app.domain.reports.period import month_of
from app.domain.tickets.followup import FollowUp, Heard
from app.domain.tickets.ticket import Disposition, State, Ticket
from app.domain.workdays import CHINA
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import HOME, household, person


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


def _waiting(desk: Desk) -> Ticket:
    ticket = tickets.decide(desk, _ticket(desk).id, Disposition.INSTANT)
    return tickets.wait_for(desk, ticket.id, "法院判决", external=True)


def _open_calls(desk: Desk, ticket: Ticket) -> list[str]:
    return [one.why for one in followups.due(desk, by=date(2028, 1, 1)) if one.ticket == ticket.id]


def test_a_call_to_ask_after_a_wait_is_called_off_when_the_matter_goes_on(desk: Desk) -> None:
    ticket = _waiting(desk)
    followups.schedule(desk, household=HOME, on=desk.today, why="问药吃完没有", ticket=ticket.id)
    assert _open_calls(desk, ticket) == ["问药吃完没有", "问法院判决到哪一步了"]
    tickets.go_on(desk, ticket.id, note="判了")
    assert _open_calls(desk, ticket) == ["问药吃完没有"]
    line, before, *_ = ticket_views.story(desk, ticket.id).events
    assert (line.verb, before.verb) == ("回访不用打了", "接着办")
    assert line.note == "11月27日「问法院判决到哪一步了」：不等了，接着办"


def test_who_now_waits_for_something_else_is_asked_after_that_alone(desk: Desk) -> None:
    ticket = _waiting(desk)
    tickets.wait_for(desk, ticket.id, "公安的户籍", external=True)
    assert _open_calls(desk, ticket) == ["问公安的户籍到哪一步了"]
    tickets.wait_for(desk, ticket.id, "诊断书", external=False)
    assert _open_calls(desk, ticket) == ["问诊断书拿到没有"]


@pytest.mark.parametrize("end", ["resolve", "withdraw"])
def test_a_matter_that_ends_while_it_waits_is_not_asked_after(desk: Desk, end: str) -> None:
    ticket = _waiting(desk)
    if end == "resolve":
        tickets.resolve(desk, ticket.id, result="判下来了")
    else:
        tickets.withdraw(desk, ticket.id, why="不告了")
    assert _open_calls(desk, ticket) == []


def test_a_call_that_was_called_off_is_no_call_that_was_made(desk: Desk) -> None:
    ticket = _waiting(desk)
    tickets.go_on(desk, ticket.id, note="判了")
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket.id)
    assert (call.called_off, call.made) == ("不等了，接着办", False)
    assert diary.diary(desk, desk.today, desk.today).tally.calls == 0
    made = BY_KEY["calls"]
    assert gathering.gather(desk, made, month_of(date(2026, 11, 27))).calls == ()


def test_a_call_planned_by_an_earlier_release_is_known_by_its_rule(desk: Desk) -> None:
    ticket = _waiting(desk)
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket.id)
    with desk.unit("as it was kept") as unit:
        unit.save(replace(call, after=""))
    tickets.go_on(desk, ticket.id, note="判了")
    assert _open_calls(desk, ticket) == []


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
