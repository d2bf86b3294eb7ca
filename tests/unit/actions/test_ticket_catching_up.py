"""What the rules did while nobody worked is written down once, for the right day, with why it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.tickets import catching_up, ticket_replies, ticket_views, tickets
from app.actions.tickets.ticket_steps import chain_of
from app.domain.change import Verb
from app.domain.roles import Role
from app.domain.tickets.ticket import Disposition, ReplyMode, State, TicketEvent
from app.domain.tickets.ticket_map import stages
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import NOW, VILLAGE, household, person


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


def handed(desk: Desk, how: Disposition = Disposition.TRANSFER, to: str = "派出所") -> str:
    one = tickets.register(desk, request="路断了进不来车", visitor=person().id)
    return tickets.decide(desk, one.id, how, to=to).id


def lines(desk: Desk, ticket: str) -> list[tuple[str, str]]:
    return [(event.verb, event.note) for event in ticket_views.story(desk, ticket).events]


def reached(desk: Desk, at: datetime) -> None:
    desk.store.meta.set("synced_at", at.isoformat())


def test_what_nobody_took_comes_back_once_with_whom_to_ask(desk: Desk, clock: Clock) -> None:
    ticket = handed(desk)
    clock.forward(days=3)  # Monday: one working day
    assert catching_up.catch_up(desk) == ()
    clock.forward(days=1)
    assert catching_up.catch_up(desk) == (ticket,)
    back = ticket_views.story(desk, ticket)
    assert (back.ticket.state, back.ticket.bounced_from, back.ticket.handed_to) == (
        State.TRIAGED,
        "派出所",
        "",
    )
    assert lines(desk, ticket)[0] == (
        "没人接，退回", "派出所 2 个工作日没接，退回首访人。打电话问，再说怎么办",
    )  # fmt: skip
    assert back.office is not None, "whom to telephone is known"
    assert stages(back.events[::-1])[-2:] == ("triaged", "bounced")
    assert back.ticket.received_by == "w-xiang"
    assert catching_up.catch_up(desk) == ()
    again = tickets.decide(desk, ticket, Disposition.TRANSFER, to="镇政府")
    assert again.bounced_from == ""


def test_a_late_matter_goes_up_to_the_town_and_then_to_the_county(desk: Desk, clock: Clock) -> None:
    ticket = handed(desk, Disposition.EXPLAIN, "")  # Friday: due on Monday
    clock.forward(days=3)
    assert catching_up.catch_up(desk) == (), "its last day is not over"
    clock.forward(days=1)
    reached(desk, clock.at)
    catching_up.catch_up(desk)
    assert ticket_views.story(desk, ticket).ticket.escalated == "town"
    assert lines(desk, ticket)[0][0] == "升级到镇里"
    clock.forward(days=1)
    assert catching_up.catch_up(desk) == ()
    clock.forward(days=1)  # Thursday: three working days over
    catching_up.catch_up(desk)
    assert ticket_views.story(desk, ticket).ticket.escalated == "county"
    assert [verb for verb, _ in lines(desk, ticket)][:2] == ["升级到县里", "升级到镇里"]
    assert catching_up.catch_up(desk) == ()


def test_a_line_that_comes_late_says_when_it_was_due_and_that_there_was_no_network(
    desk: Desk, clock: Clock
) -> None:
    reached(desk, clock.at)  # Friday the 20th
    ticket = handed(desk, Disposition.EXPLAIN, "")
    clock.forward(days=10)
    catching_up.catch_up(desk)
    up = dict(lines(desk, ticket))
    offline = "期间没有网（上次联上县里是 11月20日），离线造成"
    assert up["升级到镇里"] == f"11月23日到期。应在 11月24日，{offline}"
    assert up["升级到县里"] == f"11月23日到期。应在 11月26日，{offline}"


def test_a_line_that_is_late_although_there_was_a_network_does_not_blame_it(desk: Desk, clock: Clock) -> None:
    ticket = handed(desk)
    clock.forward(days=7)
    reached(desk, clock.at)
    catching_up.catch_up(desk)
    assert lines(desk, ticket)[0][1].endswith("应在 11月24日，今天才补记")


def test_opening_the_day_is_enough_and_a_restart_writes_nothing_twice(
    desk: Desk, clock: Clock, store: Store
) -> None:
    ticket = handed(desk, Disposition.EXPLAIN, "")
    clock.forward(days=20)
    today.agenda(desk)
    told = lines(desk, ticket)
    today.agenda(desk_on(store, clock))
    assert lines(desk, ticket) == told


def test_what_waits_outside_or_has_its_result_is_left_alone(desk: Desk, clock: Clock) -> None:
    waits, done = handed(desk), handed(desk)
    tickets.wait_for(desk, waits, "法院判决", external=True)
    tickets.resolve(desk, done, result="办好了")
    clock.forward(days=60)
    assert catching_up.catch_up(desk) == ()


def test_only_the_owners_computer_and_who_may_record_write_it(desk: Desk, clock: Clock) -> None:
    handed(desk)
    clock.forward(days=10)
    colleague = replace(desk, worker="w-other", worker_name="别人")
    assert catching_up.catch_up(colleague) == ()
    assert catching_up.catch_up(replace(desk, role=Role.AUDITOR)) == ()


def test_nothing_is_written_while_the_clock_cannot_be_right(desk: Desk, clock: Clock) -> None:
    ticket = handed(desk)
    clock.forward(days=10)
    reached(desk, clock.at + timedelta(days=400))  # the county answered in a time the clock says is to come
    assert catching_up.catch_up(desk) == ()
    assert ticket_views.story(desk, ticket).ticket.state is State.TRANSFERRED


def test_a_step_back_is_taken_by_the_county_only_if_nobody_moved_it_meanwhile(
    desk: Desk, clock: Clock
) -> None:
    ticket = handed(desk)
    clock.forward(days=4)
    catching_up.catch_up(desk)
    sent = desk.store.ledger.outgoing(10**7)
    (step,) = [one for one in sent if (one.why, one.record) == ("deadline passed", ticket)]
    assert step.verb is Verb.MOVE
    assert step.fields["state"] == ("transferred", "triaged")
    assert step.fields["owner"] == ("w-xiang", "w-xiang")


def test_every_line_names_the_computer_and_old_ones_keep_their_hash(desk: Desk) -> None:
    ticket = handed(desk)
    newest = ticket_views.story(desk, ticket).events[0]
    assert newest.device == "d-1"
    old = TicketEvent(
        "e-1", VILLAGE, "t-1", NOW, "向海燕", "登记", State.DRAFT, State.REGISTERED, "原话", "f" * 64
    )
    assert chain_of(old) == "1e8a3a990b5303093afb2b0efa2cb172ae609e38e91d8f7ecd53fbe05f50abf3"
    assert chain_of(replace(old, device="d-1")) != chain_of(old)


def test_putting_it_right_starts_a_new_count(desk: Desk, clock: Clock) -> None:
    ticket = handed(desk, Disposition.EXPLAIN, "")
    clock.forward(days=5)
    catching_up.catch_up(desk)
    tickets.resolve(desk, ticket, result="讲清了")
    again = ticket_replies.reply(desk, ticket, mode=ReplyMode.PHONE, words="说了", satisfaction=1)
    assert (again.escalated, again.state) == ("", State.IN_PROGRESS)
    assert catching_up.catch_up(desk) == ()
