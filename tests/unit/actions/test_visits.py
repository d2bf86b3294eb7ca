"""A visit loses nothing: drafts are on disk with every field, signed ones sealed, findings handled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.tickets import ticket_views
from app.actions.visits import visits
from app.domain.people.household import Household
from app.domain.problem import UserError
from app.domain.tickets.ticket import State
from app.domain.visits.visit import Met, VisitState
from app.forms import visit_form
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, household, person


@pytest.fixture
def desk(store: Store) -> Desk:
    return _ready(desk_on(store, Clock()))


def _ready(desk: Desk) -> Desk:
    with desk.unit("roster") as unit:
        unit.save(household(classes=("DB",)))
        unit.save(person())
    return desk


def test_a_draft_survives_the_program(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", KEY, create=True)
    desk = _ready(desk_on(store, Clock()))
    visit = visits.begin(desk, household().id, purpose="VP01")
    visits.keep(desk, visit.answered("mood", "low"))
    # No close: what a kill -9 leaves behind is opened again.
    store._db.conn.close()
    again = Store(tmp_path / "s.db", KEY)
    (unfinished,) = visits.drafts(desk_on(again, Clock()))
    assert unfinished.visit.answers["mood"] == "low"
    assert unfinished.household == household(classes=("DB",))
    again.close()


def test_starting_again_takes_up_the_unfinished_one(desk: Desk) -> None:
    first = visits.begin(desk, household().id, purpose="VP01")
    assert visits.begin(desk, household().id, purpose="VP12") == first


def test_a_draft_is_not_sent_to_the_county(desk: Desk) -> None:
    before = desk.store.ledger.waiting()
    visits.begin(desk, household().id, purpose="VP01")
    assert desk.store.ledger.waiting() == before


def test_finishing_signs_seals_and_clears_the_draft(desk: Desk) -> None:
    visit = visits.begin(desk, household().id, purpose="VP01")
    visit = replace(visit, met=Met.HOME, respondent=person().id, signatures=("蒋桂英",))
    told = {name: {"fen": 0, "kind": "told"} for name in visit_form().sums("wage")} | {
        "wage": {"fen": 1_200_000, "kind": "told"}
    }
    told |= {"edition": visit_form().edition}
    signed = visits.finish(desk, replace(visit, answers=told))
    assert signed.state is VisitState.SIGNED
    assert signed.seal == signed.content_hash()
    assert visits.drafts(desk) == ()
    assert visits.last(desk, household().id) == signed
    assert desk.store.reading.get(Household, household().id).facts.income_fen == 1_200_000


def test_wages_alone_are_not_taken_for_the_income_of_a_family(desk: Desk) -> None:
    visit = visits.begin(desk, household().id, purpose="VP01")
    visit = replace(visit, met=Met.HOME, respondent=person().id, signatures=("蒋桂英",))
    visits.finish(desk, visit.answered("wage", {"fen": 60_000, "kind": "told"}))
    assert desk.store.reading.get(Household, household().id).facts.income_fen is None


def test_every_missing_thing_is_named_with_its_field(desk: Desk) -> None:
    visit = replace(visits.begin(desk, household().id, purpose="VP04"), met=Met.HOME)
    with pytest.raises(UserError) as raised:
        visits.finish(desk, visit)
    assert {problem.field for problem in raised.value.problems} == {"respondent", "visitors", "signatures"}
    assert visits.drafts(desk)


def test_a_visit_in_the_future_is_refused_with_words(desk: Desk) -> None:
    visit = visits.begin(desk, household().id, purpose="VP01")
    later = replace(visit, met=Met.REFUSED, started_at=visit.started_at.replace(year=2027))
    with pytest.raises(UserError, match="比今天还晚"):
        visits.finish(desk, later)


def test_what_was_found_becomes_a_ticket_at_once(desk: Desk) -> None:
    visit = replace(
        visits.begin(desk, household().id, purpose="VP01"),
        met=Met.HOME, respondent=person().id, signatures=("蒋桂英",),
    )  # fmt: skip
    finding = {"words": "孙子上学没钱", "disposition": "transfer", "to": "镇民政办"}
    signed = visits.finish(desk, visit.answered("findings", [finding]))
    (ticket,) = ticket_views.board(desk)
    assert ticket.state is State.TRANSFERRED
    assert ticket.visit == signed.id
    assert signed.answers["findings"][0]["ticket"] == ticket.id


def test_a_finding_without_a_disposition_stops_the_signature(desk: Desk) -> None:
    visit = replace(
        visits.begin(desk, household().id, purpose="VP01"),
        met=Met.HOME, respondent=person().id, signatures=("蒋桂英",),
    ).answered("findings", [{"words": "屋顶漏雨"}])  # fmt: skip
    with pytest.raises(UserError, match="怎么办"):
        visits.finish(desk, visit)
    assert ticket_views.board(desk) == ()


def test_today_asks_for_the_monthly_visit_until_it_is_done(desk: Desk) -> None:
    assert [entry.title for entry in today.agenda(desk).entries] == ["蒋桂英家 月入户"]
    visit = replace(visits.begin(desk, household().id, purpose="VP01"), met=Met.REFUSED)
    assert len(today.agenda(desk).unfinished) == 1
    visits.finish(desk, visit)
    assert [entry.title for entry in today.agenda(desk).entries] == ["蒋桂英家 月入户"], "a shut door is none"
    seen = replace(visit, id=visits.begin(desk, household().id, purpose="VP01").id, met=Met.HOME)
    visits.finish(desk, replace(seen, respondent=GRANNY, signatures=("蒋桂英",)))
    agenda = today.agenda(desk)
    assert "蒋桂英家 月入户" not in [entry.title for entry in agenda.entries]
    assert (agenda.visited, agenda.to_visit) == (1, 1)
