"""Columns say what the records say: the same ones, the same values, by the day in any zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from app.domain.ids import new_id
from app.domain.tickets.ticket import Ticket, TicketEvent, Trip
from app.store import Store
from app.store.figures import listed
from tests.facts import NOW, VILLAGE, household, ticket, visit

ACTOR = "w-xiang"


def test_columns_are_what_was_saved_and_none_where_there_is_nothing(store: Store) -> None:
    told = ticket(items=("DB", "LS"), trips=(Trip(date(2026, 11, 2), "镇里", "没办成", "W02"),), urgent=True)
    _save(store, told)
    trip = {"on": "2026-11-02", "where": "镇里", "outcome": "没办成", "cause": "W02"}
    for more in ("state", "result"):  # kept apart, and read from the records
        [row] = store.figures.columns("ticket", ("items", "trips", "urgent", "subject", more))
        record, village, items, trips, urgent, subject, _ = row
        assert (record, village, urgent, subject) == (told.id, VILLAGE, 1, None)
        assert (listed(items), listed(trips), listed(subject)) == (["DB", "LS"], [trip], ())


def test_one_column_and_a_path_into_the_answers_come_alike(store: Store) -> None:
    _save(store, visit(answers={"explained": ["DB"], "wage": {"fen": 100, "kind": "told"}}))
    assert [row[2:] for row in store.figures.columns("visit", ("answers.explained",))] == [('["DB"]',)]
    paths = ("answers.wage.fen", "answers.nothing")
    assert [row[2:] for row in store.figures.columns("visit", paths)] == [(100, None)]


def test_another_kind_is_not_among_them(store: Store) -> None:
    _save(store, ticket(), visit(), household())
    assert len(list(store.figures.columns("household", ("group",)))) == 1
    assert not list(store.figures.columns("clue", ("found_on",)))


def test_instants_of_the_days_are_found_in_whatever_zone_they_were_written(store: Store) -> None:
    utc = timezone.utc  # noqa: UP017  # said as the store writes it
    late = datetime(2026, 10, 31, 16, 30, tzinfo=utc)  # half past midnight on 1 November in China
    for at in (late, NOW, NOW - timedelta(days=60), NOW + timedelta(days=60)):
        _save(store, replace(ticket(), id=new_id(at), received_at=at))
    found = store.figures.between("ticket", "received_at", date(2026, 11, 1), date(2026, 11, 30), ("state",))
    assert len(list(found)) == 2


def test_lines_of_some_tickets_are_found_by_their_ticket(store: Store) -> None:
    tickets = [replace(ticket(), id=new_id(NOW)) for _ in range(3)]
    lines = [_line(one) for one in tickets for _ in range(2)]
    _save(store, *tickets, *lines)
    wanted = [tickets[0].id, tickets[2].id]
    found = list(store.figures.among("ticket_event", "ticket", wanted, ("ticket", "verb")))
    assert [row[0] for row in found] == [one.id for one in lines if one.ticket in wanted]
    assert not list(store.figures.among("ticket_event", "ticket", [], ("verb",)))


def _line(one: Ticket) -> TicketEvent:
    return TicketEvent(new_id(NOW), VILLAGE, one.id, NOW, "向海燕", "记一笔", one.state, one.state)


def _save(store: Store, *records: object) -> None:
    with store.unit(actor=ACTOR, at=NOW) as unit:
        for record in records:
            unit.save(record)  # type: ignore[type-var]  # records of several kinds
