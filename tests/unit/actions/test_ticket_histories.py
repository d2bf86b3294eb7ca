"""Whatever the worker presses in whatever order, on a real file: every kept story obeys the three 件件."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.actions.desk import Desk
from app.actions.tickets import catching_up, courses, joining, subtasks, ticket_replies, ticket_views, tickets
from app.actions.tickets.ticket_steps import chain_of
from app.domain.problem import UserError
from app.domain.tickets.handling import Explanation
from app.domain.tickets.ticket import MOVES, Disposition, ReplyMode, State, Ticket, TicketEvent, Trip
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person

Verb = Callable[[Desk, str], object]
VERBS: dict[str, Verb] = {
    "当场办": lambda desk, one: tickets.decide(desk, one, Disposition.INSTANT),
    "转出去": lambda desk, one: tickets.decide(desk, one, Disposition.TRANSFER, to="派出所"),
    "一事一议": lambda desk, one: tickets.decide(desk, one, Disposition.DELIBERATION),
    "讲政策": lambda desk, one: tickets.decide(desk, one, Disposition.EXPLAIN),
    "讲清了": lambda desk, one: courses.explained(desk, one, GIVEN, nature="unreasonable"),
    "议定了": lambda desk, one: courses.decided(desk, one, by="镇里", words="给"),
    "容缺": lambda desk, one: courses.owe(desk, one, name="户口本"),
    "补来了": lambda desk, one: courses.brought(desk, one, name="户口本"),
    "请协办": lambda desk, one: subtasks.ask(desk, one, who="派出所", what="查"),
    "协办好了": lambda desk, one: (
        subtasks.done(desk, subtasks.of_ticket(desk, one)[-1].id, result="好了")
        if subtasks.of_ticket(desk, one)
        else None
    ),
    "不等了": lambda desk, one: tickets.resolve(desk, one, result="办好了", despite="不用了"),
    "并进去": lambda desk, one: joining.merge(desk, one, _other(desk, one)),
    "重了": lambda desk, one: joining.duplicate(desk, one, _other(desk, one)),
    "拆出来": lambda desk, one: joining.take_out(desk, one, why="不一样"),
    "那张有结果": lambda desk, one: tickets.resolve(desk, _other(desk, one), result="办好了"),
    "那张不办了": lambda desk, one: tickets.withdraw(desk, _other(desk, one), why="不办了"),
    "告诉她": lambda desk, one: joining.pass_on(desk, one, mode=ReplyMode.PHONE, words="说了"),
    "过了几天": lambda desk, one: catching_up.catch_up(desk),
    "对方收了": lambda desk, one: courses.accepted(desk, one),
    "对方不收": lambda desk, one: courses.refused(desk, one, why="不归他们管"),
    "等法院": lambda desk, one: tickets.wait_for(desk, one, "判决", external=True),
    "等材料": lambda desk, one: tickets.wait_for(desk, one, "户口本", external=False),
    "接着办": lambda desk, one: tickets.go_on(desk, one, note="来了"),
    "有结果": lambda desk, one: tickets.resolve(desk, one, result="办好了"),
    "没结果": lambda desk, one: tickets.resolve(desk, one, result=" "),
    "满意": lambda desk, one: ticket_replies.reply(
        desk, one, mode=ReplyMode.FACE, words="说了", satisfaction=5
    ),
    "不满意": lambda desk, one: ticket_replies.reply(
        desk, one, mode=ReplyMode.PHONE, words="说了", satisfaction=1
    ),
    "办结": lambda desk, one: tickets.close(desk, one),
    "不办了": lambda desk, one: tickets.withdraw(desk, one, why="不办了"),
    "跑一趟": lambda desk, one: tickets.add_trip(desk, one, Trip(desk.today, "镇里", "白跑了", "W02")),
}


GIVEN = Explanation(("谁能办",), "办法第八条", "understood", right_notice=True)


def _other(desk: Desk, ticket: str) -> str:
    """The ticket it may be joined with: the one registered just before it."""
    return max(one.id for one in desk.store.reading.each(Ticket) if one.id < ticket)


def test_no_order_of_verbs_leaves_a_story_that_breaks_the_rules(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db", bytes(range(32)), create=True)
    clock = Clock()
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(sorted(VERBS)), min_size=4, max_size=16))
    def tried(verbs: list[str]) -> None:
        other = tickets.register(desk, request="路断了。", visitor=person().id).id
        tickets.decide(desk, other, Disposition.DELIBERATION)
        clock.forward(hours=1)
        ticket = tickets.register(desk, request="伢儿读书钱冒得。", visitor=person().id).id
        for verb in verbs:
            clock.forward(hours=90 if verb == "过了几天" else 5)
            before = [ticket_views.story(desk, one) for one in (ticket, other)]
            try:
                VERBS[verb](desk, ticket)
            except UserError:
                after = [ticket_views.story(desk, one) for one in (ticket, other)]
                assert after == before, f"{verb} was refused and still wrote"
        for one in (ticket, other):
            story = ticket_views.story(desk, one)
            _obeys(story.ticket, tuple(reversed(story.events)))

    tried()
    store.close()


def _obeys(ticket: Ticket, events: tuple[TicketEvent, ...]) -> None:
    assert events[0].verb == "登记"
    for before, after in itertools.pairwise(events):
        assert after.previous == chain_of(before)
        assert after.from_state is before.to_state
        assert after.to_state is after.from_state or after.to_state in MOVES[after.from_state]
    states = [event.to_state for event in events]
    assert ticket.state is states[-1]
    if ticket.state is State.ARCHIVED:
        assert ticket.result
        assert ticket.reply_mode
        if events[-1].from_state is not State.MERGED:
            last_result = len(states) - states[::-1].index(State.RESOLVED)
            assert State.REPLIED in states[last_result:], "told after the last result"
    if ticket.state in (State.MERGED, State.DUPLICATE):
        assert ticket.merged_into not in ("", ticket.id)
    assert ticket.received_by == "w-xiang"
