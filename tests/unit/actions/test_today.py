"""The first page of the day names what presses, whom to see and whom to ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.pressing import Press
from app.actions.tickets import followups, tickets
from app.actions.visits import visits
from app.domain.people.person import Benefit
from app.domain.tickets.ticket import Disposition
from app.domain.visits.visit import Met
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person(tags=("独居",)))
    return desk


def _see(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP07")
    visits.finish(desk, replace(visit, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英", "向海燕")))


def test_an_old_woman_alone_is_seen_every_week(desk: Desk, clock: Clock) -> None:
    (entry,) = today.agenda(desk).entries
    assert (entry.press, entry.title) == (Press.LOOK_IN, "上门看蒋桂英（82岁，独居）")
    assert entry.detail == "每周一次 · 还没去过"
    assert today.agenda(desk).unseen == 1
    _see(desk)
    assert today.agenda(desk).entries == ()
    assert today.agenda(desk).unseen == 0
    clock.forward(days=7)
    assert today.agenda(desk).entries[0].detail == "每周一次 · 上次 11月20日"


def test_a_call_carries_the_number_to_dial(desk: Desk) -> None:
    call = followups.schedule(desk, household=HOME, person=GRANNY, on=desk.today, why="问药费报了没有")
    entry = next(one for one in today.agenda(desk).entries if one.press is Press.CALL)
    assert (entry.followup, entry.phone, entry.verb) == (call.id, "15400003013", "打电话")
    assert entry.title == "问蒋桂英：药费报了没有"
    followups.done(desk, call.id, outcome="报了", next_on=desk.today + timedelta(days=7))
    assert not [one for one in today.agenda(desk).entries if one.press is Press.CALL]


def test_the_walk_is_told_by_groups(desk: Desk) -> None:
    agenda = today.agenda(desk)
    assert (agenda.route, agenda.stops) == (("茶园组",), 1)


def test_an_urgent_matter_stands_first(desk: Desk) -> None:
    tickets.register(desk, request="屋顶塌了", household=HOME, visitor=GRANNY)
    hurt = tickets.register(desk, request="火烧了屋", household=HOME, visitor=GRANNY, urgent=True)
    tickets.decide(desk, hurt.id, Disposition.INSTANT)
    first = today.agenda(desk).entries[0]
    assert (first.press, first.chip, first.record) == (Press.URGENT, "急难 · 还剩 48 小时", hurt.id)


def _ticket(desk: Desk) -> str:
    ticket = tickets.register(desk, request="伢儿读书钱冒得。", household=HOME, visitor=GRANNY)
    return tickets.decide(desk, ticket.id, Disposition.DELIBERATION).id


def _chips(desk: Desk) -> list[str]:
    return [entry.chip for entry in today.agenda(desk).entries if entry.page == "tickets"]


def test_what_nobody_takes_comes_back_after_two_working_days(desk: Desk, clock: Clock) -> None:
    ticket = tickets.register(desk, request="伢儿读书钱冒得。", household=HOME, visitor=GRANNY)
    tickets.decide(desk, ticket.id, Disposition.TRANSFER, to="派出所")
    clock.forward(days=3)  # Monday
    assert _chips(desk) == []
    clock.forward(days=1)
    assert _chips(desk) == ["没人接，退回来了"]
    (entry,) = [one for one in today.agenda(desk).entries if one.page == "tickets"]
    assert (entry.title, entry.verb) == ("问派出所：为什么没接", "打电话")
    tickets.decide(desk, ticket.id, Disposition.TRANSFER, to="镇民政办")
    assert _chips(desk) == []


def test_a_stopped_clock_does_not_press(desk: Desk, clock: Clock) -> None:
    ticket = _ticket(desk)
    tickets.wait_for(desk, ticket, "法院判决", external=True)
    clock.forward(days=30)
    assert set(_chips(desk)) == {"回访"}, "only the calls to ask"


def test_an_unfinished_visit_is_named_by_the_head(desk: Desk) -> None:
    visits.begin(desk, HOME, purpose="VP01")
    (unfinished,) = today.agenda(desk).unfinished
    assert unfinished.head == "蒋桂英"


def test_what_turns_soon_is_told_as_early_as_the_county_says(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "pack.toml").write_text(
        'name = "later"\nversion = "1"\ntitle = "九十岁起"\nregion = "439901"\n', encoding="utf-8"
    )
    (tmp_path / "settings.toml").write_text('[[setting]]\nid = "gl.from_age"\nvalue = 90\n', encoding="utf-8")
    early = desk_on(store, clock)
    almost_80 = person(id="p-80", name="田桂香", birth=date(1947, 1, 10), id_number=None)
    almost_90 = person(id="p-90", name="彭三妹", birth=date(1937, 1, 10), id_number=None)
    orphan = person(
        id="p-18", name="彭小军", birth=date(2009, 1, 20), id_number=None, benefits=(Benefit("GE"),)
    )
    with early.unit("people") as unit:
        for one in (household(), almost_80, almost_90, orphan):
            unit.save(one)
    told = [(one.who, one.chip) for one in today.agenda(early).entries if one.press is Press.RENEW]
    assert told == [("田桂香", "还有 51 天"), ("彭小军", "还有 61 天")]
    late = desk_on(store, clock, tmp_path)
    told = [(one.who, one.title) for one in today.agenda(late).entries if one.press is Press.RENEW]
    assert told == [("彭三妹", "给彭三妹备高龄津贴的材料"), ("彭小军", "彭小军快满 18 岁了")]
