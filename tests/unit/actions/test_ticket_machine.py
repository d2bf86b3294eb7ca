"""Three tickets on a real file, pressed on in any order over weeks: what must hold holds after every step."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.actions.safekeeping import proving
from app.actions.tickets import (
    catching_up,
    courses,
    follow_plan,
    followups,
    joining,
    subtasks,
    ticket_replies,
    ticket_views,
    tickets,
)
from app.actions.tickets.follow_plan import WAITED_IN
from app.domain.packs.follow_rule import After
from app.domain.problem import UserError
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.handling import Explanation
from app.domain.tickets.subtask import open_parts
from app.domain.tickets.ticket import MOVES, Disposition, ReplyMode, State, Ticket
from app.domain.tickets.ticket_map import stages
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person

GIVEN = Explanation(("谁能办",), "办法第八条", "understood", right_notice=True)
which = st.integers(0, 2)
# The only steps that may give a matter another day: it is decided, its clock runs again, it is put right, or
# it goes on in another ticket and comes back.
MOVE_THE_DAY = {"decide", "wait", "go_on", "resolve", "reply", "merge", "days_pass"}


class Kept(RuleBasedStateMachine):
    """Three matters, two of one citizen, and what must hold of them; refused steps change nothing at all."""

    @initialize()
    def opened(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        store = Store(Path(self.folder.name) / "store.db", bytes(range(32)), create=True)
        self.clock = Clock()
        self.desk = desk_on(store, self.clock)
        with self.desk.unit("roster") as unit:
            unit.save(household())
            unit.save(person())
        self.ids = [self._registered(visitor=person().id), self._registered(visitor=person().id)]
        self.ids.append(self._registered(visitor_name="张过路", urgent=True))
        self.own_calls = [self._own_calls(one) for one in self._all()]

    def _registered(self, **more: Any) -> str:
        self.clock.forward(minutes=1)
        return tickets.register(self.desk, request="路断了。", **more).id

    def _own_calls(self, ticket: Ticket) -> list[str]:
        """One a person planned, one for money that is promised."""
        told = followups.schedule(
            self.desk, household=ticket.household, on=self.desk.today, why="问药吃完没有", ticket=ticket.id
        )
        with self.desk.unit("promised") as unit:
            paid = follow_plan.plan(self.desk, unit, ticket, After.PAID)
        return [told.id, *(one.id for one in paid)]

    def _try(self, name: str, work: Any, *given: Any, **more: Any) -> None:
        self.clock.forward(minutes=7)
        before = self._all()
        try:
            work(self.desk, *given, **more)
        except UserError:
            assert self._all() == before, f"{name} was refused and still wrote"
        for old, new in zip(before, self._all(), strict=True):
            assert old.received_by == new.received_by
            assert old.number == new.number
            if name not in MOVE_THE_DAY:
                assert old.due_on == new.due_on, name
            if name in ("go_on", "wait") and old.due_on and new.due_on:
                assert new.due_on >= old.due_on, "a stopped clock never takes days away"

    def _all(self) -> list[Ticket]:
        return [self.desk.store.reading.get(Ticket, one) for one in self.ids]

    @invariant()
    def nobody_is_unregistered_unresolved_or_unanswered(self) -> None:
        for ticket in self._all():
            assert ticket.number
            if ticket.state in (State.RESOLVED, State.REPLIED, State.CLOSED, State.ARCHIVED):
                assert ticket.result
            if ticket.state in (State.CLOSED, State.ARCHIVED):
                assert ticket.replied_at
                assert ticket.reply_mode
            if ticket.state is State.DUPLICATE:
                other = self.desk.store.reading.get(Ticket, ticket.merged_into)
                assert other.visitor == ticket.visitor, "she hears back in the other"

    @invariant()
    def every_story_is_a_path_of_the_table(self) -> None:
        for ticket in self._all():
            events = ticket_views.story(self.desk, ticket.id).events[::-1]
            assert events[0].to_state is State.REGISTERED
            assert events[-1].to_state is ticket.state
            moves = [(one.from_state, one.to_state) for one in events if one.from_state is not one.to_state]
            assert all(to in MOVES[state] for state, to in moves)
            assert len(stages(events)) >= len(moves), "no move stands in no report"

    @invariant()
    def joined_tickets_lead_to_one_that_is_not_joined(self) -> None:
        for ticket in self._all():
            if ticket.state in (State.MERGED, State.DUPLICATE):
                other = self.desk.store.reading.get(Ticket, ticket.merged_into)
                assert other.id != ticket.id
                assert other.state is not State.MERGED

    @invariant()
    def nobody_is_to_ask_after_what_is_no_longer_waited_for(self) -> None:
        for ticket, own in zip(self._all(), self.own_calls, strict=True):
            calls = {one.id: one for one in self.desk.store.reading.where(FollowUp, ticket=ticket.id)}
            assert not any(calls[one].done_at for one in own), "due for another reason"
            for call in calls.values():
                if call.done_at is None and call.after in WAITED_IN:
                    assert ticket.state is WAITED_IN[After(call.after)]
            told = [one.note for one in ticket_views.story(self.desk, ticket.id).events]
            for call in calls.values():
                assert not call.called_off or any(call.why in note for note in told), "it is told"

    @invariant()
    def a_result_leaves_nobody_at_work(self) -> None:
        for ticket in self._all():
            if ticket.state in (State.RESOLVED, State.ARCHIVED):
                assert not open_parts(subtasks.of_ticket(self.desk, ticket.id))

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert not list(proving.records(self.desk, lambda _done, _all: None)), (
                "a chain that does not verify"
            )
            self.desk.store.close()
            self.folder.cleanup()


class Handled(Kept):
    """Every way to handle a matter up to its result."""

    @rule(at=which, how=st.sampled_from(Disposition), nature=st.sampled_from(["", "help", "complaint"]))
    def decide(self, at: int, how: Disposition, nature: str) -> None:
        self._try("decide", tickets.decide, self.ids[at], how, to="镇政府", nature=nature)

    @rule(at=which, well=st.booleans())
    def other_side(self, at: int, well: bool) -> None:
        work = courses.accepted if well else courses.refused
        self._try("other_side", work, self.ids[at], **({"by": "田"} if well else {"why": "不归我们"}))

    @rule(at=which)
    def decided(self, at: int) -> None:
        self._try("decided", courses.decided, self.ids[at], by="镇里", words="给")

    @rule(at=which, nature=st.sampled_from(["", "unreasonable"]))
    def explain(self, at: int, nature: str) -> None:
        self._try("explain", courses.explained, self.ids[at], GIVEN, nature=nature)

    @rule(at=which, external=st.booleans())
    def wait(self, at: int, external: bool) -> None:
        self._try("wait", tickets.wait_for, self.ids[at], "判决", external=external)

    @rule(at=which)
    def go_on(self, at: int) -> None:
        self._try("go_on", tickets.go_on, self.ids[at], note="来了")

    @rule(at=which)
    def ask(self, at: int) -> None:
        self._try("ask", subtasks.ask, self.ids[at], who="派出所", what="查")

    @rule(at=which)
    def part_done(self, at: int) -> None:
        for part in open_parts(subtasks.of_ticket(self.desk, self.ids[at]))[:1]:
            self._try("part_done", subtasks.done, part.id, result="好了")

    @rule(at=which, despite=st.sampled_from(["", "不用了"]))
    def resolve(self, at: int, despite: str) -> None:
        self._try("resolve", tickets.resolve, self.ids[at], result="办好了", despite=despite)


class Office(Handled):
    """And what comes after, to its end; days go by in between."""

    @rule(at=which, score=st.sampled_from([None, 5, 1]))
    def reply(self, at: int, score: int | None) -> None:
        given = {"mode": ReplyMode.PHONE, "words": "说了", "satisfaction": score, "rated_by": "本人"}
        self._try("reply", ticket_replies.reply, self.ids[at], **given)

    @rule(at=which)
    def close(self, at: int) -> None:
        self._try("close", tickets.close, self.ids[at])

    @rule(at=which, into=which, same=st.booleans())
    def merge(self, at: int, into: int, same: bool) -> None:
        work = joining.duplicate if same else joining.merge
        self._try("merge", work, self.ids[at], self.ids[into])

    @rule(at=which)
    def pass_on(self, at: int) -> None:
        self._try("pass_on", joining.pass_on, self.ids[at], mode=ReplyMode.FACE, words="说了")

    @rule(at=which)
    def take_out(self, at: int) -> None:
        self._try("take_out", joining.take_out, self.ids[at], why="不一样")

    @rule(at=which)
    def withdraw(self, at: int) -> None:
        self._try("withdraw", tickets.withdraw, self.ids[at], why="不办了")

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.clock.forward(days=days)
        self._try("days_pass", catching_up.catch_up)
        assert catching_up.catch_up(self.desk) == (), "written once"


Office.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestOffice = Office.TestCase
