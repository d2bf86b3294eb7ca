"""A list is begun for several matters, remembers what the village learnt, and calls when it said it would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions import today
from app.actions.checklists import checklist_after, checklist_days, checklists, papers
from app.actions.desk import Desk
from app.actions.tickets import followups, tickets
from app.domain.checklists.checklist import Checklist, Goer, Going
from app.domain.people.identity import Sex
from app.domain.people.person import ParentState as P
from app.domain.problem import UserError
from app.domain.record import to_body
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket, Trip
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person
from tests.policy import COUNTY, child, father, mother

SON = person(id="son", name="蒋志强", sex=Sex.MALE, relation="20", birth=date(1970, 1, 1))
BOY = child()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    desk = desk_on(store, clock, COUNTY)
    with desk.unit("roster") as unit:
        for one in (household(), person(), SON, BOY):
            unit.save(one)
    return desk


def begin(desk: Desk, item: str = "GL", **more: object) -> Checklist:
    return checklists.begin(desk, item, applicant=GRANNY, **more)  # type: ignore[arg-type]  # keywords of a test


def calls(desk: Desk) -> list[FollowUp]:
    return [one for one in desk.store.reading.each(FollowUp) if not one.done_at]


def test_several_matters_and_an_agent_of_the_family_are_kept(desk: Desk) -> None:
    made = begin(desk, "DB", also=[("CS", ""), ("GE", BOY.id)], goer=Goer(Going.AGENT, person="son"))
    assert made.items == ("DB", "CS", "GE")
    assert made.bundled[1].beneficiary == BOY.id
    assert (made.goer.called, made.goer.relation) == ("蒋先生", "儿子")
    assert checklists.get(desk, made.id) == made
    assert "蒋志强" not in str(to_body(made)), "never a full name"


def test_an_agent_nobody_named_is_asked_for(desk: Desk) -> None:
    with pytest.raises(UserError, match="谁去代办") as refused:
        begin(desk, goer=Goer(Going.AGENT))
    assert refused.value.problems[0].field == "called"


def test_what_excludes_each_other_is_offered_with_its_words(desk: Desk) -> None:
    offered = {one.item: one for one in checklists.choices(desk)}
    assert "不领残疾人生活补贴" in offered["GE"].clashes["CS"]
    assert offered["CS"].clashes["GE"] == offered["GE"].clashes["CS"]
    assert "GL" not in offered["DB"].clashes


def test_the_bus_typed_once_is_there_the_next_time_and_goes_when_it_is_taken_out(desk: Desk) -> None:
    first = begin(desk, "CS")
    checklists.set_place(desk, first.id, 0, replace(first.steps[0].place, bus="7:20 村口上车"))
    second = begin(desk, "LS")
    assert second.steps[-1].place.bus == "7:20 村口上车"
    checklists.set_place(desk, second.id, 0, replace(second.steps[0].place, bus=""))
    assert begin(desk, "CS").steps[0].place.bus == ""


def test_a_window_asked_for_once_is_known_but_old_hours_are_asked_again(store: Store, clock: Clock) -> None:
    desk = desk_on(store, clock)  # the reference alone knows no window
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    first = begin(desk)
    known = replace(
        first.steps[0].place, window="民政室", person="向干部", phone="154-0000-1108", morning="8:30–12:00"
    )
    checklists.set_place(desk, first.id, 0, known)
    assert begin(desk).gaps == ()
    clock.forward(days=61)
    assert begin(desk).gaps == ("第 1 步：不知道几点开门",)


def test_a_paper_ticked_and_taken_home_again_is_proposed_next_time(desk: Desk) -> None:
    first = begin(desk)
    book = next(i for i, one in enumerate(first.steps[0].papers) if one.name == "户口簿")
    checklists.hold(desk, first.id, 0, book, held=True)
    again = begin(desk).steps[0].papers[book]
    assert (again.held, again.held_why) == (True, "上次的清单上有")
    third = begin(desk).steps[0].papers[book]
    assert third.held, "the tick of a person still stands behind it"
    checklists.hold(desk, first.id, 0, book, held=False)
    assert not begin(desk).steps[0].papers[book].held, "a proposal proves nothing"


def test_the_day_to_go_and_the_call_after_it_are_proposed(desk: Desk) -> None:
    made = begin(desk, "CS")
    assert (made.going_on, made.call_on) == (date(2026, 11, 24), date(2026, 11, 25))
    friday = checklist_days.plan(desk, made.id, date(2026, 11, 27))
    assert friday.call_on == date(2026, 11, 30), "nobody is called about an office on a Saturday"
    open_end = checklist_days.plan(desk, made.id, None)
    assert (open_end.going_on, open_end.call_on) == (None, date(2026, 11, 25))
    with pytest.raises(UserError, match="已经过去了"):
        checklist_days.plan(desk, made.id, desk.today - timedelta(days=1))


def test_what_may_follow_is_owed_from_the_day_she_goes_unless_the_worker_said_a_day(desk: Desk) -> None:
    made = begin(desk, "LS")
    owed = [i for i, one in enumerate(made.steps[-1].papers) if one.may_follow]
    assert made.going_on == date(2026, 11, 24)
    assert {made.steps[-1].papers[i].owed_until for i in owed} == {date(2026, 12, 8)}
    checklists.set_owed(desk, made.id, len(made.steps) - 1, owed[0], date(2026, 12, 1))
    later = checklist_days.plan(desk, made.id, date(2026, 11, 25)).steps[-1].papers
    assert [later[i].owed_until for i in owed] == [date(2026, 12, 1), date(2026, 12, 9)]
    with pytest.raises(UserError, match="已经过去了"):
        checklists.set_owed(desk, made.id, 0, owed[0], date(2026, 11, 1))


def test_a_paper_given_away_brings_the_call_it_promises_once(desk: Desk, clock: Clock) -> None:
    made = begin(desk, "CS")
    checklist_after.printed(desk, made.id, draft=True)
    assert calls(desk) == [], "a draft promises nothing"
    checklist_after.printed(desk, made.id, draft=False)
    checklist_after.printed(desk, made.id, draft=False)
    (call,) = calls(desk)
    assert (call.due_on, call.why, call.checklist) == (made.call_on, "去枫香镇政府办成了没有", made.id)
    assert call.phone == "15400003013"
    clock.forward(days=5)
    entry = next(one for one in today.agenda(desk).entries if one.followup)
    assert (entry.page, entry.record, entry.title) == (
        "checklists",
        made.id,
        "问蒋桂英：去枫香镇政府办成了没有",
    )


def test_a_step_that_waits_is_asked_after_when_its_limit_is_over(desk: Desk) -> None:
    made = begin(desk, "LS")
    checklist_after.printed(desk, made.id, draft=False)
    done = checklist_after.step_done(desk, made.id, 0)
    (call,) = calls(desk)
    assert (call.why, call.due_on) == ("镇里交材料批了没有", date(2026, 12, 11)), "15 working days on"
    assert (done.call_on, done.going_on, done.steps[0].done_on) == (call.due_on, None, desk.today)
    (answered,) = [one for one in desk.store.reading.each(FollowUp) if one.done_at]
    assert answered.outcome == "第 1 步办好了，清单上记了"
    checklist_after.step_done(desk, made.id, 0, done=False)
    assert calls(desk) == [], "what was not done after all is not asked after"


def test_police_and_court_are_asked_after_once_a_week_and_never_on_a_day_off(
    desk: Desk, clock: Clock
) -> None:
    lost = replace(BOY, parents=(father(P.DEAD), mother(P.LOST_CONTACT, date(2024, 3, 1))))
    with desk.unit("edit") as unit:
        unit.save(lost)
    made = begin(desk, "GE", beneficiary=BOY.id)
    clock.forward(days=1)  # a Saturday
    checklist_after.step_done(desk, made.id, 0)
    (call,) = calls(desk)
    assert (call.why, call.due_on) == ("派出所报失联到哪一步了", date(2026, 11, 30))


def test_a_step_that_keeps_nobody_waiting_plans_the_next(desk: Desk) -> None:
    made = begin(desk, "DB")
    done = checklist_after.step_done(desk, made.id, 0)
    assert done.going_on == date(2026, 11, 24)
    assert calls(desk) == []


def test_a_day_gone_by_is_set_anew_on_the_way_to_the_printer(desk: Desk, clock: Clock) -> None:
    made = begin(desk, "CS")
    clock.forward(days=10)
    over = checklists.ready(desk, made.id)
    assert over.checklist.going_on == date(2026, 12, 1)
    assert checklists.get(desk, made.id) == over.checklist
    assert not [trap for trap in over.traps if "已经过了" in trap.words]


def test_a_walk_in_vain_is_kept_with_its_cause_and_reaches_the_county(desk: Desk) -> None:
    made = begin(desk, "CS")
    first = Trip(desk.today, "枫香镇政府", "白跑了", "W09")
    told = checklist_after.add_trip(desk, made.id, first)
    with pytest.raises(UserError, match="是什么没弄好"):
        checklist_after.add_trip(desk, made.id, Trip(desk.today, "枫香镇政府", "白跑了"))
    assert told.trips == checklist_after.trips(desk, told) == (first,)
    waiting = [one for one in desk.store.ledger.outgoing(10**6) if one.record == made.id]
    assert any("trips" in one.fields for one in waiting)


def test_with_a_ticket_the_walk_goes_into_its_story(desk: Desk) -> None:
    matter = tickets.register(desk, request="办残补", household=HOME, visitor=GRANNY)
    made = begin(desk, "CS", ticket=matter.id)
    trip = Trip(desk.today, "枫香镇政府", "白跑了", "W10")
    checklist_after.add_trip(desk, made.id, trip)
    assert desk.store.reading.get(Ticket, matter.id).trips == (trip,)
    kept = checklists.get(desk, made.id)
    assert (kept.trips, checklist_after.trips(desk, kept)) == ((), (trip,)), "counted once, seen from both"


def test_a_matter_has_one_call_at_a_time(desk: Desk) -> None:
    matter = tickets.register(desk, request="办残补", household=HOME, visitor=GRANNY)
    asked = followups.schedule(
        desk, household=HOME, person=GRANNY, on=date(2026, 11, 26), why="问问", ticket=matter.id
    )
    made = begin(desk, "CS", ticket=matter.id)
    kept = checklist_after.printed(desk, made.id, draft=False)
    assert [one.id for one in calls(desk)] == [asked.id]
    assert kept.call_on == asked.due_on


def test_a_bundle_with_an_agent_prints(desk: Desk) -> None:
    made = begin(desk, "DB", also=[("CS", "")], goer=Goer(Going.AGENT, "小军", "侄子"))
    assert papers.checklist(desk, made.id, draft=True).startswith(b"%PDF")
