"""No path around the three 件件 exists, whatever is tried in whatever order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.problem import UserError
from app.domain.tickets.ticket import (
    ENDED,
    FIRST_STATE,
    MOVES,
    Disposition,
    ReplyMode,
    State,
    Ticket,
    ticket_number,
)
from tests.facts import NOW, VILLAGE, ticket

S = State
# Nothing of these may come before the registering (件件有登记).
HANDLED = set(State) - {State.DRAFT, State.REGISTERED}


class Histories(RuleBasedStateMachine):
    """Tries every move from every state, gives results and replies when it likes, and keeps the history."""

    @initialize()
    def received(self) -> None:
        self.ticket: Ticket = ticket()
        self.history = [State.DRAFT]
        self.refusal = "-"

    @rule(to=st.sampled_from(State))
    def try_a_move(self, to: State) -> None:
        before = self.ticket
        try:
            self.ticket = before.moved(to)
        except UserError as refused:
            self.refusal = refused.words
        else:
            assert to in MOVES[before.state]
            self.history.append(to)

    @precondition(lambda self: self.ticket.state in HANDLED - ENDED)
    @rule()
    def find_a_result(self) -> None:
        self.ticket = replace(self.ticket, result="办好了")

    @precondition(lambda self: self.ticket.state is State.RESOLVED)
    @rule(mode=st.sampled_from(ReplyMode))
    def tell_the_citizen(self, mode: ReplyMode) -> None:
        self.ticket = replace(self.ticket, replied_at=NOW, reply_mode=mode)

    @rule(other=st.sampled_from(["", ticket().id, "other"]))
    def point_at_another(self, other: str) -> None:
        if self.ticket.state not in (State.MERGED, State.DUPLICATE):
            self.ticket = replace(self.ticket, merged_into=other)

    @precondition(lambda self: self.ticket.state is State.MERGED)
    @rule(mode=st.sampled_from(ReplyMode))
    def pass_on_what_came_of_the_other(self, mode: ReplyMode) -> None:
        self.ticket = replace(self.ticket, result="那张单办好了", replied_at=NOW, reply_mode=mode)

    @invariant()
    def who_leaves_for_another_ticket_names_it(self) -> None:
        if self.ticket.state in (State.MERGED, State.DUPLICATE):
            assert self.ticket.merged_into not in ("", self.ticket.id)

    @invariant()
    def registered_before_anything_is_done(self) -> None:
        if HANDLED & set(self.history):
            assert self.history[:2] == [State.DRAFT, State.REGISTERED]

    @invariant()
    def no_result_no_end(self) -> None:
        if self.ticket.state in (State.RESOLVED, State.REPLIED, State.CLOSED, State.ARCHIVED):
            assert self.ticket.result

    @invariant()
    def no_reply_no_archive(self) -> None:
        if self.ticket.state in (State.CLOSED, State.ARCHIVED):
            assert self.ticket.replied_at
            assert self.ticket.reply_mode
            assert State.REPLIED in self.history or self.history[-2] is State.MERGED

    @invariant()
    def every_opening_again_is_answered_again(self) -> None:
        steps = list(zip(self.history, self.history[1:], strict=False))
        openings = sum(step in ((S.REPLIED, S.IN_PROGRESS), (S.REPLIED, S.MERGED)) for step in steps)
        if self.ticket.state is State.ARCHIVED:
            told_in_the_end = steps[-1] == (S.CLOSED, S.ARCHIVED)
            assert self.history.count(State.REPLIED) == openings + told_in_the_end

    @invariant()
    def a_refusal_is_put_in_words(self) -> None:
        assert self.refusal

    @invariant()
    def a_refusal_changes_nothing(self) -> None:
        assert self.history[-1] is self.ticket.state

    @invariant()
    def the_first_receiver_never_changes(self) -> None:
        assert self.ticket.received_by == ticket().received_by


Histories.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestHistories = Histories.TestCase


def test_what_has_ended_stays_ended() -> None:
    assert {state for state in State if not MOVES[state]} == {S.ARCHIVED, S.WITHDRAWN, S.DUPLICATE}
    assert MOVES[State.CLOSED] == {State.ARCHIVED}


def test_every_state_can_be_reached_and_every_open_one_can_be_brought_to_an_end() -> None:
    def from_here(start: State) -> set[State]:
        seen, ahead = set(), [start]
        while ahead:
            state = ahead.pop()
            if state not in seen:
                seen.add(state)
                ahead += MOVES[state]
        return seen

    assert from_here(State.DRAFT) == set(State)
    for state in State:
        assert state in (S.WITHDRAWN, S.DUPLICATE) or State.ARCHIVED in from_here(state), state
        assert state in ENDED or {S.WITHDRAWN, S.DUPLICATE} <= from_here(state), state


def test_every_way_of_handling_begins_where_deciding_leads() -> None:
    assert set(FIRST_STATE) == set(Disposition)
    assert set(FIRST_STATE.values()) <= MOVES[State.TRIAGED]


@pytest.mark.parametrize("state", sorted(ENDED))
def test_an_ended_matter_says_so_instead_of_moving(state: State) -> None:
    with pytest.raises(UserError, match="办结"):
        ticket(state=state).moved(State.IN_PROGRESS)


numbers = st.builds(
    ticket_number, st.just(VILLAGE), st.integers(2024, 2099), st.integers(min_value=0, max_value=999_999)
)


@given(numbers)
def test_a_number_has_its_form_and_its_tail_is_what_people_say(number: str) -> None:
    assert len(number) == 2 + 12 + 4 + 6 + 1
    said = ticket(number=number).short_number
    assert said == f"{number[-7:-1]}-{number[-1]}"


@given(numbers, st.integers(0, 21), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, off: int) -> None:
    digits = [int(one) for one in number[2:-1]]
    digits[place] = (digits[place] + off) % 10
    assert not _checks(digits, number[-1])


@given(numbers, st.integers(0, 20))
def test_two_swapped_digits_are_noticed(number: str, place: int) -> None:
    digits = [int(one) for one in number[2:-1]]
    assert _checks(digits, number[-1])
    swapped = digits.copy()
    swapped[place : place + 2] = swapped[place : place + 2][::-1]
    assert _checks(swapped, number[-1]) == (swapped == digits)


def _checks(digits: list[int], character: str) -> bool:
    """ISO 7064 MOD 11-2, reckoned the other way round: the weighted sum with the character is 1."""
    last = 10 if character == "X" else int(character)
    weighted = [digit * pow(2, len(digits) - place, 11) for place, digit in enumerate(digits)]
    return (sum(weighted) + last) % 11 == 1
