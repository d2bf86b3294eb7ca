"""Tickets of one matter go on as one and everybody who came hears back; parts are seen to their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions import sync_state, today
from app.actions.desk import Desk
from app.actions.tickets import catching_up, joining, subtasks, ticket_views, tickets
from app.domain.problem import UserError
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket, Trip
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


def handed(desk: Desk, **more: object) -> Ticket:
    one = tickets.register(desk, request="路断了进不来车", **more)  # type: ignore[arg-type]  # keyword facts of a test
    return tickets.decide(desk, one.id, Disposition.TRANSFER, to="镇政府")


def verbs(desk: Desk, ticket: str) -> list[str]:
    return [event.verb for event in ticket_views.story(desk, ticket).events]


def test_a_merged_one_is_archived_only_when_its_own_citizen_was_told(desk: Desk) -> None:
    main = handed(desk, visitor=person().id)
    other = handed(desk, visitor_name="张过路", visitor_phone="15400009999")
    merged = joining.merge(desk, other.id, main.id, why="同一条路")
    assert (merged.state, merged.merged_into, merged.ended) == (State.MERGED, main.id, False)
    assert verbs(desk, other.id)[0] == f"并入 {main.short_number}"
    assert verbs(desk, main.id)[0] == f"并进来 {other.short_number}"
    assert [one.id for one in ticket_views.story(desk, main.id).merged] == [other.id]
    with pytest.raises(UserError, match="还没有结果"):
        joining.pass_on(desk, other.id, mode=ReplyMode.PHONE, words="说了")
    tickets.resolve(desk, main.id, result="路修好了")
    assert ("给张过路回话", "去回话") in [(one.title, one.verb) for one in today.agenda(desk).entries]
    assert other.id in [line.ticket.id for line in ticket_views.sheet(desk).mine]
    told = joining.pass_on(desk, other.id, mode=ReplyMode.PHONE, words="路修好了")
    assert (told.state, told.result, told.replied_at) == (State.ARCHIVED, "路修好了", desk.now)
    assert told.received_by == "w-xiang"


def test_what_was_merged_stands_alone_when_the_other_is_taken_back(desk: Desk) -> None:
    main, other = handed(desk), handed(desk, visitor_name="张过路")
    joining.merge(desk, other.id, main.id)
    tickets.withdraw(desk, main.id, why="不办了")
    assert catching_up.catch_up(desk) == (other.id,)
    alone = ticket_views.story(desk, other.id).ticket
    assert (alone.state, alone.merged_into) == (State.TRIAGED, "")
    assert verbs(desk, other.id)[0] == "并入的那张不办了，单独办"
    assert catching_up.catch_up(desk) == ()
    assert tickets.decide(desk, other.id, Disposition.INSTANT).state is State.INSTANT


def test_it_can_be_taken_out_again_with_a_reason(desk: Desk) -> None:
    main, other = handed(desk), handed(desk)
    joining.merge(desk, other.id, main.id)
    with pytest.raises(UserError, match="为什么要单独办"):
        joining.take_out(desk, other.id, why=" ")
    assert joining.take_out(desk, other.id, why="她的情况不一样").state is State.TRIAGED


def test_no_ring_of_tickets_can_be_made(desk: Desk) -> None:
    one, two, three = handed(desk), handed(desk), handed(desk)
    joining.merge(desk, two.id, one.id)
    for ticket, into in ((one, one), (one, two), (three, two), (one, three)):
        with pytest.raises(UserError) as refused:
            joining.merge(desk, ticket.id, into.id)
        assert refused.value.problems[0].field == "merged_into"
    tickets.withdraw(desk, three.id, why="不办了")
    with pytest.raises(UserError, match="已经办结"):
        joining.merge(desk, one.id, three.id)


def test_a_duplicate_ends_only_for_the_same_citizen(desk: Desk) -> None:
    main = handed(desk, visitor=person().id)
    stranger, again = handed(desk, visitor_name="张过路"), handed(desk, visitor=person().id)
    with pytest.raises(UserError, match="不是同一个人"):
        joining.duplicate(desk, stranger.id, main.id)
    ended = joining.duplicate(desk, again.id, main.id)
    assert (ended.state, ended.ended) == (State.DUPLICATE, True)
    with pytest.raises(UserError, match="只能看和打印"):
        tickets.add_trip(desk, again.id, Trip(desk.today, "镇里", "白跑了", "W02"))


def test_what_fits_best_is_offered_first_and_nothing_that_has_ended(desk: Desk) -> None:
    ended = handed(desk)
    tickets.withdraw(desk, ended.id, why="不办了")
    other = handed(desk, visitor_name="张过路")
    same_home = handed(desk, household=household().id)
    asked = handed(desk, household=household().id)
    assert [one.id for one in joining.may_join(desk, asked)] == [same_home.id, other.id]


def test_parts_are_asked_followed_and_over_before_there_is_a_result(desk: Desk, clock: Clock) -> None:
    ticket = handed(desk)
    for given, words in (({"who": "", "what": "查"}, "请谁协办"), ({"who": "派出所", "what": " "}, "办什么")):
        with pytest.raises(UserError, match=words):
            subtasks.ask(desk, ticket.id, **given)
    with pytest.raises(UserError, match="已经过去"):
        subtasks.ask(desk, ticket.id, who="派出所", what="查", due_on=desk.today - timedelta(1))
    police = subtasks.ask(desk, ticket.id, who="派出所", what="查户口", phone="15400008888")
    hospital = subtasks.ask(desk, ticket.id, who="镇卫生院", what="开诊断书")
    assert police.due_on == ticket.due_on, "five working days like the matter itself"
    with pytest.raises(UserError, match="派出所、镇卫生院协办的还没办完"):
        tickets.resolve(desk, ticket.id, result="办好了")
    assert ticket_views.story(desk, ticket.id).ticket.state is State.TRANSFERRED
    subtasks.done(desk, police.id, result="户口查清了")
    with pytest.raises(UserError, match="已经记过"):
        subtasks.done(desk, police.id, result="户口查清了")
    done = tickets.resolve(desk, ticket.id, result="办好了", despite="诊断书用不上了")
    assert done.state is State.RESOLVED
    assert {one.who: (one.unfinished, one.result) for one in ticket_views.story(desk, ticket.id).parts} == {
        "派出所": (False, "户口查清了"),
        "镇卫生院": (True, "诊断书用不上了"),
    }
    assert verbs(desk, ticket.id)[:3] == ["有结果了", "不等镇卫生院了", "对方已收"]
    with pytest.raises(UserError, match="已经有结果"):
        subtasks.ask(desk, ticket.id, who="派出所", what="查户口")
    assert desk.store.reading.get(SubTask, hospital.id).done_at == desk.now


def test_a_part_that_is_due_stands_on_the_day(desk: Desk, clock: Clock) -> None:
    one = tickets.register(desk, request="路断了")
    tickets.decide(desk, one.id, Disposition.DELIBERATION, to="镇政府")
    part = subtasks.ask(
        desk, one.id, who="派出所", what="查户口", due_on=desk.today + timedelta(3), phone="15400008888"
    )
    assert not [each for each in today.agenda(desk).entries if each.record == one.id]
    clock.forward(days=3)
    (entry,) = [each for each in today.agenda(desk).entries if each.record == one.id]
    assert (entry.title, entry.chip, entry.phone) == ("问派出所：查户口办了没有", "协办到期了", "15400008888")
    subtasks.given_up(desk, part.id, why="改由县里查")
    assert not [each for each in today.agenda(desk).entries if each.record == one.id]


def test_two_computers_may_each_finish_a_part(desk: Desk) -> None:
    ticket = handed(desk)
    parts = [subtasks.ask(desk, ticket.id, who=who, what="查") for who in ("派出所", "镇卫生院")]
    for part in parts:
        with desk.unit("elsewhere") as unit:
            unit.save(replace(part, done_at=desk.now, result="好了"))
    assert all(one.done_at for one in subtasks.of_ticket(desk, ticket.id))
    kinds = dict(sync_state.sync_state(desk).by_kind)
    assert kinds["首访单"] == 1
