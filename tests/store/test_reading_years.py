"""Questions about ten years are answered from an index: by day, by state, by what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.ids import new_id
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import ENDED, State, Ticket
from app.domain.visits.visit import Met, Visit
from app.domain.workdays import CHINA
from app.store import Store
from tests.facts import HOME, NOW, VILLAGE, ticket, visit

OTHER_HOME = "01900000-0000-7000-8000-00000000000a"
OPEN = [state for state in State if state not in ENDED]


def days(*texts: str) -> list[datetime]:
    return [datetime.fromisoformat(f"{text}+08:00") for text in texts]


def save(store: Store, *records: Visit | Ticket | FollowUp) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        for record in records:
            unit.save(record)


def went(at: datetime, **facts: Any) -> Visit:
    return visit(id=new_id(NOW), started_at=at, met=Met.HOME, **facts)


def call(on: date, **facts: Any) -> FollowUp:
    return FollowUp(new_id(NOW), VILLAGE, HOME, on, "问到哪一步", **facts)


@pytest.fixture
def visits(store: Store) -> list[Visit]:
    moments = days("2026-10-31T23:50", "2026-11-01T00:10", "2026-11-05T09:00", "2026-11-20T08:00")
    made = [went(at) for at in moments]
    # Kept by a computer that writes its moments in another zone: still the fifth of November in China.
    made.insert(3, went(datetime(2026, 11, 4, 22, 0, tzinfo=UTC), household=OTHER_HOME))
    save(store, *reversed(made))
    return made


def test_a_span_of_days_is_that_of_china(store: Store, visits: list[Visit]) -> None:
    found = store.reading.by_day(Visit, first=date(2026, 11, 1), before=date(2026, 11, 20))
    assert found == (visits[1], visits[3], visits[2])
    assert store.reading.by_day(Visit, first=date(2026, 11, 20)) == (visits[4],)
    assert store.reading.by_day(Visit, before=date(2026, 11, 1)) == (visits[0],)


def test_a_list_is_cut_into_pages_newest_first(store: Store) -> None:
    made = [ticket(id=new_id(NOW), received_at=NOW - timedelta(days=back)) for back in range(9)]
    archived = [replace(one, state=State.ARCHIVED) for one in made[3:]]
    save(store, *made[:3], *archived)
    ended = [state.value for state in ENDED]
    first = store.reading.by_day(Ticket, newest_first=True, limit=4, state=ended)
    rest = store.reading.by_day(Ticket, newest_first=True, limit=4, skip=4, state=ended)
    assert list(first + rest) == archived


def test_one_household_is_read_by_itself(store: Store, visits: list[Visit]) -> None:
    assert store.reading.by_day(Visit, household=OTHER_HOME) == (visits[3],)
    newest = store.reading.by_day(Visit, household=HOME, newest_first=True, limit=2)
    assert newest == (visits[4], visits[2])
    found = store.reading.by_day(Visit, household=HOME, first=date(2026, 11, 1), before=date(2026, 11, 2))
    assert found == (visits[1],)


def test_the_last_day_of_each_household(store: Store, visits: list[Visit]) -> None:
    save(store, visit(id=new_id(NOW), started_at=NOW, met=Met.ABSENT))
    homes = [HOME, OTHER_HOME, "nobody-went-there"]
    assert store.reading.latest(Visit, homes) == {HOME: NOW.date(), OTHER_HOME: date(2026, 11, 5)}
    found = store.reading.latest(Visit, homes, met="home", purpose=("VP01", "VP07"))
    assert found[HOME] == date(2026, 11, 20)
    assert store.reading.latest(Visit, homes, purpose="VP02") == {}


def test_tickets_by_state_without_building_the_ended(store: Store) -> None:
    made = [ticket(id=new_id(NOW), state=state) for state in State]
    save(store, *made)
    assert {one.state for one in store.reading.where(Ticket, state=OPEN)} == set(OPEN)
    assert store.reading.count_by(Ticket, "state") == {state.value: 1 for state in State}


def test_what_is_due_and_not_done(store: Store) -> None:
    today = NOW.date()
    late, now = call(today - timedelta(days=3)), call(today)
    save(store, now, call(today, done_at=NOW), late, call(today + timedelta(days=1)))
    assert store.reading.due(FollowUp, today) == (late, now)
    save(store, replace(late, done_at=NOW))
    assert store.reading.due(FollowUp, today) == (now,)


def test_columns_are_fields_as_they_are_stored(store: Store, visits: list[Visit]) -> None:
    told = visit(id=new_id(NOW), started_at=NOW, answers={"needs": ["school"], "mood": "low"})
    save(store, told)
    found = store.reading.columns(Visit, "purpose", "answers.mood", "answers.needs", first=NOW.date())
    assert found == [(visits[4].id, "VP01", None, None), (told.id, "VP01", "low", '["school"]')]
    assert len(store.reading.columns(Visit, "met")) == 6
    assert [row[0] for row in store.reading.columns(Visit, before=date(2026, 11, 1))] == [visits[0].id]


def test_what_was_not_written_again_is_not_built_again(store: Store) -> None:
    one, other = ticket(id=new_id(NOW)), ticket(id=new_id(NOW))
    save(store, one, other)
    before = store.reading.again(Ticket)
    save(store, replace(other, request="另一句话"))
    after = store.reading.again(Ticket, before)
    assert list(after.records.values()) == list(store.reading.each(Ticket))
    assert after.changed == {other.id}
    assert after.records[one.id] is before.records[one.id]
    assert after.records[other.id].request == "另一句话"
    assert store.reading.again(Ticket, after).records is after.records


def test_a_moment_that_is_none_breaks_no_list(store: Store, visits: list[Visit]) -> None:
    store._db.execute(
        "UPDATE record SET body = json_set(body, '$.started_at', 'gestern') WHERE id = ?", [visits[4].id]
    )
    assert store.reading.latest(Visit, [HOME]) == {}
    assert [row[0] for row in store.reading.columns(Visit, first=date(2026, 11, 5))] == [
        visits[3].id,
        visits[2].id,
    ]


@contextmanager
def listening(store: Store) -> Iterator[list[str]]:
    """The plan of every query asked meanwhile."""
    plans: list[str] = []
    database: Any = store._db
    execute = database.execute

    def explain(sql: str, values: Any = ()) -> Any:
        plans.extend(str(row[3]) for row in execute(f"EXPLAIN QUERY PLAN {sql}", values))
        return execute(sql, values)

    database.execute = explain
    try:
        yield plans
    finally:
        del database.execute


def test_no_question_reads_or_sorts_all_years(store: Store) -> None:
    day, reading = NOW.astimezone(CHINA).date(), store.reading
    with listening(store) as plans:
        reading.by_day(Visit, first=day, before=day)
        reading.by_day(Ticket, newest_first=True, limit=50, state="archived")
        reading.by_day(Visit, newest_first=True, limit=1, state="signed", household=HOME)
        reading.where(Ticket, state=OPEN, household=HOME)
        reading.where(Visit, household=HOME)
        reading.due(FollowUp, day)
        reading.latest(Visit, [HOME], met="home")
        reading.columns(Visit, "purpose", first=day)
        reading.count_by(Ticket, "state")
    over = [plan for plan in plans if "record" in plan]
    assert over
    assert not [plan for plan in over if "record_type" in plan or "USING INDEX" not in plan]
    # Only what an index found is put in order, by its id.
    assert sum("TEMP B-TREE" in plan for plan in plans) <= 1
