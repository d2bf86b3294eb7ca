"""The village's past obeys every rule of visits and tickets, and leaves today with work to do."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import count, pairwise

import pytest

from app.actions.tickets.ticket_steps import chain_of
from app.domain.record import from_body, to_body
from app.domain.tickets.ticket import State, Ticket, ticket_number
from app.domain.visits.visit import Met, VisitState
from app.domain.workdays import WorkCalendar
from demo.village import Village, generate, place, story
from demo.village.cast import Cast
from demo.village.past import Calendar, Past, happened
from demo.village.rounds import ON_THE_LIST

WORKER = (story.WORKER.id, story.WORKER.name)


def past_of(village: Village, people: int | None = None) -> Past:
    serials = count(1)
    ids = count(1)
    return happened(
        Cast(village.households, village.people[:people]),
        Calendar(village.on, WorkCalendar(frozenset(), frozenset(), frozenset(), {})),
        WORKER,
        number=lambda at: ticket_number(place.VILLAGE, at.year, next(serials)),
        new_id=lambda at: f"id-{next(ids):06d}",
    )


@pytest.fixture(scope="module")
def village() -> Village:
    return generate()


@pytest.fixture(scope="module")
def past(village: Village) -> Past:
    return past_of(village)


def test_today_has_matters_in_every_state_that_waits(past: Past) -> None:
    waiting = Counter(ticket.state for ticket in past.tickets if not ticket.ended)
    assert sum(waiting.values()) == 13
    assert set(waiting) >= {
        State.REGISTERED, State.TRANSFERRED, State.IN_PROGRESS, State.DELIBERATING, State.EXPLAINED,
        State.WAITING_APPLICANT, State.WAITING_EXTERNAL, State.RESOLVED,
    }  # fmt: skip
    ended = [ticket for ticket in past.tickets if ticket.state is State.ARCHIVED]
    assert len(ended) == 13
    assert sum(len(ticket.trips) > 1 for ticket in ended) == 1


def test_something_is_due_today_something_is_late_and_something_is_soon(past: Past, village: Village) -> None:
    due = [ticket.due_on for ticket in past.tickets if not ticket.ended and ticket.due_on]
    assert village.on in due
    assert min(due) < village.on < max(due)
    calls = [followup.due_on for followup in past.followups if not followup.done_at]
    assert min(calls) < village.on
    assert village.on in calls


def test_every_story_is_a_whole_chain_of_lawful_moves(past: Past) -> None:
    for ticket in past.tickets:
        lines = [event for event in past.events if event.ticket == ticket.id]
        assert lines[0].to_state is State.REGISTERED
        assert lines[-1].to_state is ticket.state
        assert lines[0].previous == ""
        for before, line in pairwise(lines):
            assert line.previous == chain_of(before)
            assert line.from_state is before.to_state
            assert line.at >= before.at
    assert len({ticket.number for ticket in past.tickets}) == len(past.tickets)


def test_what_is_archived_has_number_result_and_reply(past: Past) -> None:
    ended = [ticket for ticket in past.tickets if ticket.state is State.ARCHIVED]
    assert all(ticket.number and ticket.result and ticket.replied_at and ticket.reply for ticket in ended)


def test_visits_are_signed_sealed_and_before_today(past: Past, village: Village) -> None:
    assert len(past.visits) > 100
    midnight = datetime.combine(village.on, datetime.min.time(), story.CHINA)
    for visit in past.visits:
        assert visit.state is VisitState.SIGNED
        assert visit.seal == visit.content_hash()
        assert visit.ended_at is not None
        assert visit.ended_at < midnight


def test_two_in_three_registered_households_were_visited_this_month(past: Past, village: Village) -> None:
    listed = {home.id for home in village.households if set(home.classes) & set(ON_THE_LIST)}
    first = village.on.replace(day=1)
    this_month = {visit.household for visit in past.visits if visit.started_at.date() >= first}
    assert len(listed) == 65
    assert len(this_month & listed) == 41
    assert {visit.household for visit in past.visits if visit.started_at.date() < first} >= listed


def test_the_happenings_of_the_edge_cases_are_there(past: Past) -> None:
    tickets = {ticket.id: ticket for ticket in past.tickets}
    visits = {visit.id: visit for visit in past.visits}
    assert set(past.scenarios) == {21, 22, 23, 25, 29}
    assert tickets[past.scenarios[21]].state is State.DELIBERATING
    assert tickets[past.scenarios[22]].urgent
    assert visits[past.scenarios[23]].met is Met.REFUSED
    assert "手印" in visits[past.scenarios[25]].signatures[0]
    assert past.draft is not None
    assert (past.draft.id, past.draft.state) == (past.scenarios[29], VisitState.DRAFT)


def test_every_record_survives_being_stored_and_points_at_people_of_the_village(
    past: Past, village: Village
) -> None:
    people = {person.id for person in village.people}
    homes = {home.id for home in village.households}
    for record in past:
        assert from_body(type(record), record.id, record.village, to_body(record)) == record
        if isinstance(record, Ticket):
            assert record.visitor in people
            assert record.household in homes
            assert (record.received_by, record.owner) == (story.WORKER.id, story.WORKER.id)


def test_a_smaller_village_has_a_smaller_past(village: Village) -> None:
    few = past_of(village, people=120)
    assert 0 < len(few.tickets) < 26
    assert past_of(village, people=0).tickets == ()


@pytest.mark.parametrize("on", [date(2026, 12, 1), date(2027, 1, 4), date(2028, 2, 29)])
def test_any_day_has_a_past(on: date) -> None:
    past = past_of(generate(7, on))
    assert sum(not ticket.ended for ticket in past.tickets) == 13
    assert all(visit.started_at.date() < on for visit in past.visits)
