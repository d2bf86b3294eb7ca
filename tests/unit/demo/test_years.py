"""Ten years of a village are lawful: every story chained and ended by rule, every visit sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import told_of
from app.domain.tickets.ticket import ENDED, State, Ticket, TicketEvent
from app.domain.visits.visit import Met, Visit
from app.store import Store
from demo.village import Village, generate
from demo.village.years import Size, fill
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import NOW

SIZE = Size(tickets=120, visits=480, photos=700)


def filled(path: Path, size: Size = SIZE) -> Desk:
    desk = replace(desk_on(Store(path / "store.db", KEY, create=True), Clock()), files=path / "files")
    village = a_village()
    homes = [one for one in village.households if one.classes][:60] + list(village.households[:40])
    kept = {one.id: one for one in homes}
    with desk.unit("roster") as unit:
        for record in (*kept.values(), *(one for one in village.people if one.household in kept)):
            unit.save(record)
    fill(desk, size)
    return desk


@cache
def a_village() -> Village:
    return generate(1, NOW.date())


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = filled(tmp_path_factory.mktemp("years"))
    yield desk
    desk.store.close()


def test_there_is_as_much_as_was_asked_for(years: Desk) -> None:
    reading = years.store.reading
    assert (reading.count(Ticket), reading.count(Visit)) == (SIZE.tickets, SIZE.visits)
    large = [one for one in years.store.attachments.every() if not one.thumb_of]
    assert abs(len(large) - SIZE.photos) < SIZE.photos * 0.1
    first, last = reading.by_day(Visit, limit=1)[0], reading.by_day(Visit, newest_first=True, limit=1)[0]
    assert (last.started_at - first.started_at).days > 3_500
    assert last.started_at < NOW


def test_every_story_is_told_by_the_rules(years: Desk) -> None:
    reading = years.store.reading
    told = Counter(event.ticket for event in reading.each(TicketEvent))
    for ticket in reading.each(Ticket):
        story = told_of(years, ticket.id)
        assert len(story) == told[ticket.id], "no line is lost from the chain"
        assert story[-1].to_state is ticket.state
        assert ticket.state is not State.ARCHIVED or (ticket.result and ticket.replied_at)
    assert sum(reading.count_by(Ticket, "state", state=[one.value for one in ENDED]).values()) > 100


def test_every_visit_is_sealed_and_says_what_was_done(years: Desk) -> None:
    for visit in years.store.reading.each(Visit):
        assert visit.seal == visit.content_hash()
        for finding in visit.answers.get("findings", ()):
            found = years.store.reading.get(Ticket, finding["ticket"])
            assert (found.visit, found.household) == (visit.id, visit.household)
    met = Counter(visit.met for visit in years.store.reading.each(Visit))
    assert met[Met.HOME] > met[Met.ABSENT] > 0


def test_pictures_taken_lately_can_be_opened(years: Desk) -> None:
    last = years.store.reading.by_day(Visit, newest_first=True, met="home", limit=1)[0]
    for photo in last.answers["photos"]:
        small = years.store.attachments.thumb(photo["id"])
        assert small is not None
        assert attachments.read(years, small.id).startswith(b"\xff\xd8")
        assert attachments.read(years, photo["id"]).startswith(b"\xff\xd8")


def test_nothing_of_the_past_waits_for_the_county(years: Desk) -> None:
    assert {kind for kind, _ in years.store.ledger.waiting_subjects()} <= {"household"}


def test_the_same_seed_makes_the_same_years(tmp_path: Path) -> None:
    bodies = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desk = filled(tmp_path / name, Size(tickets=15, visits=60, photos=0))
        bodies.append([desk.store.reading.bodies(kind) for kind in ("ticket", "visit", "ticket_event")])
        desk.store.close()
    assert bodies[0] == bodies[1]
