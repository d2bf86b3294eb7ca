"""Reports on tickets and calls from a real store: each figure is what was recorded, and names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.desk import Desk
from app.actions.tickets import courses, followups, ticket_replies, tickets
from app.domain.packs.service_item import Limit
from app.domain.reports.period import month_of
from app.domain.tickets.ticket import Disposition, ReplyMode, Trip
from app.store import Store
from tests.desks import Clock
from tests.facts import HOME, NOW
from tests.unit.actions.reporting import figures, made, told, told_open, village


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return village(store, clock)


def test_received_ended_in_time_and_late_are_told_apart(desk: Desk, clock: Clock) -> None:
    done = told(desk)
    late = tickets.register(desk, request="问路。", household=HOME)
    tickets.decide(desk, late.id, Disposition.INSTANT)
    standing = tickets.register(desk, request="修路。")
    gone = tickets.register(desk, request="不问了。")
    tickets.withdraw(desk, gone.id, why="她说不办了。")
    clock.forward(days=4)
    tickets.resolve(desk, late.id, result="指了路。")
    table = made(desk, "handled").tables[0]
    assert figures(table) == {
        "受理": 4, "办结": 1, "按期": 1, "超期": 1, "在办": 2, "在办超期": 0, "不办了": 1,
        "按期率": 0.5, "平均天数": 2.0,
    }  # fmt: skip
    assert table.total is not None
    assert table.total.cells[1].ids == (done,)
    assert set(table.total.cells[4].ids) == {late.id, standing.id}


def test_a_draft_that_took_no_number_is_not_a_matter(desk: Desk) -> None:
    assert made(desk, "callers").empty


def test_only_what_was_received_in_these_days_is_counted_by_the_day_in_china(
    desk: Desk, clock: Clock
) -> None:
    clock.at = NOW.replace(month=10, day=31, hour=23, minute=59)
    told(desk)
    clock.forward(minutes=2)
    november = told(desk)
    table = made(desk, "handled", period=month_of(date(2026, 11, 1))).tables[0]
    assert table.total is not None
    assert table.total.cells[0].ids == (november,)
    assert [line.label for line in made(desk, "handled").tables[0].lines] == ["2026年10月", "2026年11月"]


def test_the_three_ways_leave_explaining_out_and_say_so(desk: Desk) -> None:
    for how in (Disposition.INSTANT, Disposition.INSTANT, Disposition.TRANSFER, Disposition.DELIBERATION):
        told(desk, how)
    told(desk, Disposition.EXPLAIN)
    report = made(desk, "ways")
    ways = report.tables[0]
    assert [line.cells[0].value for line in ways.lines] == [2, 1, 1]
    assert [line.cells[1].value for line in ways.lines] == [0.5, 0.25, 0.25]
    assert any("讲政策的 1 件" in words for words in report.left_out)


def test_the_same_matters_are_split_by_whose_they_are(desk: Desk) -> None:
    told(desk, items=("DB", "LS"))
    told(desk)
    assert figures(made(desk, "handled", cut="class").tables[0], "低保户")["受理"] == 2
    assert figures(made(desk, "handled", cut="age").tables[0], "80 岁以上")["受理"] == 2
    assert figures(made(desk, "handled", cut="sex").tables[0], "女")["受理"] == 2
    assert figures(made(desk, "handled", cut="group").tables[0], "茶园组")["受理"] == 2
    assert figures(made(desk, "handled", cut="receiver").tables[0], "向海燕")["受理"] == 2
    items = made(desk, "items").tables[0]
    assert figures(items, "临时救助")["受理"] == 1
    assert figures(items, "没归事项")["受理"] == 1
    assert figures(items)["受理"] == 2


def test_trips_in_vain_are_counted_with_their_causes(desk: Desk) -> None:
    ticket = told_open(desk)
    for number, cause in enumerate(("", "W02", "W02")):
        on = NOW.date() - timedelta(days=3 - number)
        tickets.add_trip(desk, ticket, Trip(on, "镇里", "没办成", cause))
    told(desk)
    rates, causes = made(desk, "trips").tables
    assert figures(rates)["二次跑腿率"] == 0.5
    assert figures(rates)["多跑的趟数"] == 2
    worst = causes.lines[0]
    assert (worst.label, worst.cells[0].value, worst.cells[0].ids) == ("W02 份数不够", 2, (ticket,))


def test_ratings_given_for_her_stand_apart(desk: Desk) -> None:
    told(desk, rating=5)
    other = told_open(desk)
    tickets.resolve(desk, other, result="好了。")
    ticket_replies.reply(desk, other, mode=ReplyMode.PHONE, words="电话。", satisfaction=4, rated_by="家里人")
    levels, rates = made(desk, "ratings").tables
    assert figures(levels)["本人指的"] == 1
    assert figures(levels)["别人代指的"] == 1
    assert figures(rates)["代评占比"] == 0.5
    assert figures(rates)["满意率"] == 1.0


def test_another_office_is_timed_from_handing_over(desk: Desk, clock: Clock) -> None:
    ticket = tickets.register(desk, request="问医保。", household=HOME)
    tickets.decide(desk, ticket.id, Disposition.TRANSFER, to="医保站")
    clock.forward(hours=6)
    courses.accepted(desk, ticket.id)
    clock.forward(hours=42)
    tickets.resolve(desk, ticket.id, result="报了。")
    table = made(desk, "transfers").tables[0]
    assert figures(table, "医保站") == {
        "转出": 1, "对方收了": 1, "没接，退回来过": 0, "平均多久收": 6.0, "有结果": 1, "平均多久有结果": 2.0,
        "还没结果": 0,
    }  # fmt: skip


def test_the_urgent_are_measured_in_hours(desk: Desk, clock: Clock) -> None:
    fast = tickets.register(desk, request="房子塌了。", household=HOME, urgent=True)
    clock.forward(hours=1)
    tickets.decide(desk, fast.id, Disposition.INSTANT)
    clock.forward(hours=46)
    tickets.resolve(desk, fast.id, result="先安置了。")
    tickets.register(desk, request="断粮。", household=HOME, urgent=True)
    clock.forward(hours=60)
    assert figures(made(desk, "urgent").tables[0]) == {
        "急难": 2, "24 小时内有动作": 1, "24 小时到位率": 0.5, "48 小时内有结果": 1, "48 小时到位率": 0.5,
    }  # fmt: skip


def test_the_urgent_are_measured_by_the_hours_the_county_gives(desk: Desk, clock: Clock) -> None:
    usual = desk.pack.limits
    shorter = {"urgent-first": Limit(2, "hour"), "urgent-result": Limit(1, "calendar")}
    county = tuple(replace(one, limit=shorter.get(one.id, one.limit)) for one in usual)
    desk = replace(desk, pack=replace(desk.pack, limits=county))
    late = tickets.register(desk, request="房子塌了。", household=HOME, urgent=True)
    clock.forward(hours=3)
    tickets.decide(desk, late.id, Disposition.INSTANT)
    tickets.resolve(desk, late.id, result="先安置了。")
    assert figures(made(desk, "urgent").tables[0]) == {
        "急难": 1, "2 小时内有动作": 0, "2 小时到位率": 0.0, "24 小时内有结果": 1, "24 小时到位率": 1.0,
    }  # fmt: skip


def test_calls_that_fell_due_and_were_not_made_are_seen(desk: Desk, clock: Clock) -> None:
    calls = [
        followups.schedule(desk, household=HOME, on=NOW.date() + timedelta(days=days), why="问到账没有")
        for days in (3, 5, 30)
    ]
    clock.forward(days=10)
    followups.done(desk, calls[0].id, channel="phone", outcome="都好。")
    table = figures(made(desk, "calls").tables[0])
    assert (table["该回访"], table["回访了"], table["到日子没回访"], table["回访完成率"]) == (3, 1, 1, 0.5)
