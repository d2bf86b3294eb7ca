"""What was told at the door reaches the register with the signature, and a correction can take it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.actions.desk import Desk
from app.actions.visits import visit_sitting, visits
from app.domain.people.person import Life, Person
from app.domain.visits.visit import Met, Visit
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, household, person

BOY = "01900000-0000-7000-8000-00000000000a"


@pytest.fixture
def desk(store: Store) -> Desk:
    made = desk_on(store, Clock())
    with made.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
        unit.save(person(id=BOY, name="何子航", relation="21", phone=""))
    return made


def _signed(desk: Desk, answers: dict[str, Any], visit: Visit | None = None) -> Visit:
    begun = visit or visits.begin(desk, household().id, purpose="VP01")
    for name, value in answers.items():
        begun = begun.answered(name, value)
    ready = replace(begun, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英", "向海燕"))
    return visits.finish(desk, ready)


def _life(desk: Desk, who: str = BOY) -> Life:
    return desk.store.reading.get(Person, who).life


@pytest.mark.parametrize(
    ("code", "life"), [("away", Life.AWAY), ("moved", Life.MOVED), ("dead", Life.DEAD), ("same", Life.HERE)]
)
def test_who_left_or_died_is_known_from_the_signature_on(desk: Desk, code: str, life: Life) -> None:
    begun = visits.begin(desk, household().id, purpose="VP01").answered("members", {BOY: [code]})
    visits.keep(desk, begun)
    assert _life(desk) is Life.HERE
    _signed(desk, {}, begun)
    assert _life(desk) is life
    assert _life(desk, GRANNY) is Life.HERE


def test_who_came_back_is_here(desk: Desk) -> None:
    with desk.unit("away") as unit:
        unit.save(person(id=BOY, name="何子航", life=Life.AWAY))
    _signed(desk, {"members": {BOY: ["back", "job"]}})
    assert _life(desk) is Life.HERE


def test_two_answers_at_once_are_left_for_a_person_to_read(desk: Desk) -> None:
    _signed(desk, {"members": {BOY: ["back", "moved"]}})
    assert _life(desk) is Life.HERE


def test_the_change_is_in_the_log_and_on_its_way(desk: Desk) -> None:
    waiting = desk.store.ledger.waiting()
    _signed(desk, {"members": {BOY: ["dead"]}})
    assert desk.store.ledger.waiting() == waiting + 2  # the visit and the person
    assert len(desk.store.audit.lines(BOY)) == 2  # the roster, and this


def test_her_own_number_is_hers_and_the_household_s(desk: Desk) -> None:
    _signed(desk, {"phone": "15400009999", "phone_of": "self"})
    assert desk.store.reading.get(Person, GRANNY).phone == "15400009999"
    assert desk.store.reading.get(Person, BOY).phone == ""


def test_a_neighbour_s_number_is_nobody_s_in_the_family(desk: Desk) -> None:
    _signed(desk, {"phone": "15400009999", "phone_of": "neighbour"})
    assert desk.store.reading.get(Person, GRANNY).phone == "15400003013"


def test_a_correction_asks_of_whom_was_reported_dead_and_takes_it_back(desk: Desk) -> None:
    wrong = _signed(desk, {"members": {BOY: ["dead"], GRANNY: ["same"]}})
    sitting = visit_sitting.correct(desk, wrong.id)
    field = sitting.form.fields["members"]
    assert BOY in {one.id for one in sitting.situation(sitting.visit).asked_of(field)}
    _signed(desk, {"members": {BOY: ["same"], GRANNY: ["same"]}}, sitting.visit)
    assert _life(desk) is Life.HERE


def test_the_next_visit_no_longer_asks_of_the_dead(desk: Desk) -> None:
    _signed(desk, {"members": {BOY: ["dead"]}})
    sitting = visit_sitting.start(desk, household().id, purpose="VP01")
    field = sitting.form.fields["members"]
    assert BOY not in {one.id for one in sitting.situation(sitting.visit).asked_of(field)}
