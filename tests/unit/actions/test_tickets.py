"""Nothing is unregistered, unresolved or unanswered."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from app.actions import sync_state
from app.actions.desk import Desk
from app.actions.tickets import courses, followups, ticket_drafts, ticket_replies, ticket_views, tickets
from app.actions.tickets.ticket_steps import chain_of
from app.domain.change import Outcome, Receipt
from app.domain.problem import UserError
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Trip
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


def _registered(desk: Desk, **more: object) -> str:
    words = "伢儿读书钱冒得。"
    return tickets.register(desk, request=words, household=household().id, visitor=person().id, **more).id  # type: ignore[arg-type]  # keyword facts of a test


def test_registering_takes_a_number_and_keeps_her_words(desk: Desk) -> None:
    story = ticket_views.story(desk, _registered(desk))
    assert story.ticket.state is State.REGISTERED
    assert story.ticket.number.startswith("SF4399011012012026000001")
    assert story.ticket.visitor_name == "蒋桂英"
    assert "伢儿读书钱冒得" in story.events[0].note


def test_numbers_go_on_and_never_repeat(desk: Desk) -> None:
    numbers = [ticket_views.story(desk, _registered(desk)).ticket.number for _ in range(3)]
    assert len(set(numbers)) == 3


@pytest.mark.parametrize("request_words", ["", "   "])
def test_a_matter_without_words_is_not_registered(desk: Desk, request_words: str) -> None:
    with pytest.raises(UserError, match="原话"):
        tickets.register(desk, request=request_words)
    assert ticket_views.board(desk) == ()


def test_the_whole_way_of_a_matter_handled_at_once(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.INSTANT)
    tickets.resolve(desk, ticket, result="到账 1100 元，查给她看了。")
    ticket_replies.reply(desk, ticket, mode=ReplyMode.FACE, words="当面说了", satisfaction=5, rated_by="本人")
    archived = tickets.close(desk, ticket)
    assert archived.state is State.ARCHIVED
    verbs = [event.verb for event in reversed(ticket_views.story(desk, ticket).events)]
    assert verbs == ["登记", "分类", "当场办", "有结果了", "回了话", "评了「非常满意」", "办结", "归档"]
    assert [one.why for one in followups.due(desk, by=date(2026, 11, 27))] == ["办完了，问落实了没有"]


def test_no_result_no_closing(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.INSTANT)
    with pytest.raises(UserError, match="还没有结果"):
        tickets.resolve(desk, ticket, result=" ")


def test_no_reply_no_archive(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.INSTANT)
    tickets.resolve(desk, ticket, result="办好了")
    with pytest.raises(UserError, match="告诉群众"):
        tickets.close(desk, ticket)


def test_a_transfer_names_where_and_stays_hers_to_the_end(desk: Desk) -> None:
    ticket = _registered(desk)
    with pytest.raises(UserError, match="转给谁"):
        tickets.decide(desk, ticket, Disposition.TRANSFER)
    moved = tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇民政办")
    assert moved.received_by == "w-xiang"
    assert moved.due_on == date(2026, 11, 27)
    assert moved in ticket_views.board(desk)


def test_waiting_for_the_court_schedules_the_call(desk: Desk, clock: Clock) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇民政办")
    tickets.wait_for(desk, ticket, "法院判决", external=True)
    assert followups.due(desk) == ()
    clock.forward(days=7)
    (call,) = followups.due(desk)
    assert "法院判决" in call.why
    followups.done(desk, call.id, outcome="下周出判决，家里粮食够", next_on=date(2026, 12, 4))
    assert followups.due(desk) == ()
    assert ticket_views.story(desk, ticket).events[0].verb == "打电话回访"
    assert [one.due_on for one in followups.due(desk, by=date(2026, 12, 4))] == [date(2026, 12, 4)]


def test_the_clock_stands_still_while_the_court_has_it(desk: Desk, clock: Clock) -> None:
    ticket = _registered(desk)
    due = tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇民政办").due_on
    assert due == date(2026, 11, 27)
    tickets.wait_for(desk, ticket, "法院判决", external=True)
    clock.forward(days=14)
    assert ticket_views.story(desk, ticket).due == ticket_views.Due(due, 5, paused="法院判决")
    again = tickets.wait_for(desk, ticket, "户口注销", external=True)
    assert again.due_on == date(2026, 12, 11)
    clock.forward(days=3)
    assert tickets.go_on(desk, ticket, note="判决拿到了").due_on == date(2026, 12, 14)


def test_waiting_for_the_family_does_not_stop_the_clock(desk: Desk, clock: Clock) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.DELIBERATION)
    due = courses.accepted(desk, ticket).due_on
    tickets.wait_for(desk, ticket, "户口本", external=False)
    clock.forward(days=14)
    assert tickets.go_on(desk, ticket, note="拿来了").due_on == due


def test_what_the_other_side_refuses_is_decided_anew(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.TRANSFER, to="县残联")
    with pytest.raises(UserError, match="为什么不收"):
        courses.refused(desk, ticket, why=" ")
    assert courses.refused(desk, ticket, why="归镇里管").state is State.TRIAGED
    assert tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇民政办").state is State.TRANSFERRED


def test_the_board_shows_each_matter_where_it_is_looked_for(desk: Desk, clock: Clock) -> None:
    mine = _registered(desk)
    away = _registered(desk)
    tickets.decide(desk, away, Disposition.TRANSFER, to="镇民政办")
    gone = _registered(desk)
    tickets.withdraw(desk, gone, why="不办了")
    sheet = ticket_views.sheet(desk)
    shown = {name: [line.ticket.id for line in getattr(sheet, name)] for name in ("mine", "others", "ended")}
    assert shown == {"mine": [mine], "others": [away], "ended": [gone]}
    assert sheet.due == ()
    clock.forward(days=4)  # Tuesday: two working days and nobody took it
    assert [line.ticket.id for line in ticket_views.sheet(desk).mine] == [away, mine]
    clock.forward(days=3)
    assert [line.due.left for line in ticket_views.sheet(desk).due if line.due] == [0]
    clock.forward(days=3)
    assert [line.due.left for line in ticket_views.sheet(desk).due if line.due] == [-1]


def test_a_result_from_outside_shows_that_they_took_it(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇民政办")
    assert tickets.resolve(desk, ticket, result="办好了").state is State.RESOLVED
    verbs = [event.verb for event in ticket_views.story(desk, ticket).events]
    assert verbs[:2] == ["有结果了", "对方已收"]


def test_words_written_before_the_number_are_kept_until_it_is_taken(desk: Desk) -> None:
    blank = ticket_drafts.begin(desk)
    new = replace(blank, name="张过路", phone="15400009999", request="问路", items=("LS",))
    ticket_drafts.keep(desk, new)
    assert ticket_drafts.unfinished(desk) == (new,)
    with pytest.raises(UserError, match="原话"):
        ticket_drafts.register(desk, replace(new, request=""))
    assert ticket_drafts.unfinished(desk) == (new,)
    assert ticket_drafts.register(desk, new).visitor_name == "张过路"
    assert ticket_drafts.unfinished(desk) == ()


def test_a_second_visitor_does_not_push_out_the_first_ones_words(desk: Desk) -> None:
    first = replace(ticket_drafts.begin(desk), name="张过路")
    second = replace(ticket_drafts.begin(desk, visitor=person().id), request="问低保")
    for new in (first, second):
        ticket_drafts.keep(desk, new)
    assert set(ticket_drafts.unfinished(desk)) == {first, second}
    ticket_drafts.drop(desk, first.id)
    assert ticket_drafts.unfinished(desk) == (second,)


def test_an_empty_form_leaves_no_draft(desk: Desk) -> None:
    new = ticket_drafts.begin(desk)
    ticket_drafts.keep(desk, replace(new, name="张过路"))
    ticket_drafts.keep(desk, new)
    assert ticket_drafts.unfinished(desk) == ()


def test_a_story_knows_whom_to_call(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.TRANSFER, to="派出所")
    office = ticket_views.story(desk, ticket).office
    assert office is not None
    assert office.id == "police"


def test_after_two_unanswered_calls_someone_goes_there(desk: Desk) -> None:
    one = followups.schedule(desk, household=household().id, on=desk.today, why="到账了没有")
    followups.unanswered(desk, one.id)
    again = followups.unanswered(desk, one.id)
    assert again.unanswered == 2
    assert "组长" in again.why


def test_a_ticket_with_many_steps_waits_as_one_matter(desk: Desk) -> None:
    everything = desk.store.ledger.outgoing(10**7)
    receipts = [Receipt(change.id, Outcome.APPLIED, n + 1) for n, change in enumerate(everything)]
    desk.store.ledger.settle(receipts, [], {}, "e-1", desk.now)
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇民政办")
    tickets.wait_for(desk, ticket, "法院判决", external=True)
    assert sync_state.sync_state(desk).waiting == 1
    assert sync_state.sync_state(desk).by_kind == (("首访单", 1),)


def test_a_bad_rating_opens_it_again(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.INSTANT)
    tickets.resolve(desk, ticket, result="办好了")
    again = ticket_replies.reply(
        desk, ticket, mode=ReplyMode.FACE, words="说了", satisfaction=2, rated_by="本人"
    )
    assert again.state is State.IN_PROGRESS
    assert again.due_on == date(2026, 12, 11)


def test_the_second_trip_needs_its_cause(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.add_trip(desk, ticket, Trip(desk.today, "派出所", "办成了"))
    with pytest.raises(UserError, match="又跑了一趟"):
        tickets.add_trip(desk, ticket, Trip(desk.today, "镇里", "没办成"))
    told = tickets.add_trip(desk, ticket, Trip(desk.today, "镇里", "没办成", cause="W02"))
    assert len(told.trips) == 2


def test_what_was_archived_or_withdrawn_is_only_read(desk: Desk) -> None:
    archived, withdrawn = _registered(desk), _registered(desk)
    tickets.decide(desk, archived, Disposition.INSTANT)
    tickets.resolve(desk, archived, result="办好了")
    ticket_replies.reply(desk, archived, mode=ReplyMode.FACE, words="当面说了")
    tickets.close(desk, archived)
    tickets.withdraw(desk, withdrawn, why="不办了")
    for ended in (archived, withdrawn):
        with pytest.raises(UserError, match="只能看和打印"):
            tickets.add_trip(desk, ended, Trip(desk.today, "镇里", "没办成"))
        assert ticket_views.story(desk, ended).ticket.trips == ()


def test_the_story_is_one_unbroken_chain(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.DELIBERATION, to="镇里")
    courses.accepted(desk, ticket)
    tickets.withdraw(desk, ticket, why="家里说不办了")
    events = list(reversed(ticket_views.story(desk, ticket).events))
    for before, after in itertools.pairwise(events):
        assert after.previous == chain_of(before)


def test_an_ended_ticket_cannot_be_touched(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.withdraw(desk, ticket, why="不办了")
    with pytest.raises(UserError, match="办结"):
        tickets.decide(desk, ticket, Disposition.INSTANT)
