"""What she decided stands on her own pages at once, and holds only if the county took it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import sync_state
from app.actions.conflicts import conflicts
from app.actions.desk import Desk
from app.actions.whereabouts import Place, whereabouts
from app.domain.change import Outcome
from app.domain.conflict import Choice, Conflict
from app.domain.people.person import Person
from app.domain.record import Json
from tests.facts import GRANNY, household, person
from tests.sync.albums import computer, sync
from tests.sync.county import County

HERS, HIS = "15400001111", "15400002222"


@pytest.fixture
def both(tmp_path: Path, county_server: County) -> tuple[Desk, Desk]:
    """Her computer and a colleague's, after the county set her number aside for his."""
    desk, his = computer(tmp_path / "her", county_server), computer(tmp_path / "his", county_server, "田大山")
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    sync(desk, county_server.url)
    sync(his, county_server.url)
    call(his, HIS)
    sync(his, county_server.url)
    call(desk, HERS)
    sync(desk, county_server.url)
    sync(his, county_server.url)
    assert phone(desk) == HIS
    return desk, his


@pytest.fixture
def her(both: tuple[Desk, Desk]) -> Desk:
    return both[0]


@pytest.fixture
def his(both: tuple[Desk, Desk]) -> Desk:
    return both[1]


def call(desk: Desk, number: str, **more: Json) -> None:
    with desk.unit("phone") as unit:
        unit.save(replace(desk.store.reading.get(Person, GRANNY), phone=number, **more))


def phone(desk: Desk) -> str:
    return desk.store.reading.get(Person, GRANNY).phone or ""


def the_case(desk: Desk) -> conflicts.Case:
    (held,) = desk.store.reading.where(Conflict, of=GRANNY)
    return conflicts.one(desk, held.id)


def decide(desk: Desk, choice: Choice, value: Json = None) -> conflicts.Case:
    case = the_case(desk)
    return conflicts.decide(desk, case.id, choice, value, seen=case.theirs.words)


def place(desk: Desk) -> Place:
    return whereabouts(desk, "person", GRANNY).place


def agrees(desk: Desk) -> bool:
    return all(one.agrees for one in desk.store.proof.records())


@pytest.mark.parametrize(
    ("choice", "value", "number"),
    [(Choice.MINE, None, HERS), (Choice.OTHER, "15400003333", "15400003333"), (Choice.THEIRS, None, HIS)],
)
def test_the_decided_value_is_seen_at_once_and_after(
    her: Desk, county_server: County, choice: Choice, value: Json, number: str
) -> None:
    assert place(her) is Place.DIFFERS
    decide(her, choice, value)
    assert (phone(her), place(her)) == (number, Place.DECIDED)
    assert [hit.record for hit in her.store.finder.find(number[-4:]).shown] == [GRANNY]
    assert agrees(her)
    sync(her, county_server.url)
    assert (phone(her), the_case(her).open) == (number, False)
    assert place(her) is Place.SENT
    assert agrees(her)


def test_a_word_taken_back_leaves_nothing_in_sight(her: Desk) -> None:
    case = decide(her, Choice.MINE)
    conflicts.take_back(her, case.id)
    assert (phone(her), place(her)) == (HIS, Place.DIFFERS)
    assert agrees(her)


def test_a_word_that_agrees_with_one_before_it_brings_nothing_back(
    her: Desk, his: Desk, county_server: County
) -> None:
    for number in (HERS, "15400004444"):  # she writes her own again, which decides; then the telephone is new
        call(her, number)
        sync(her, county_server.url)
    decide(his, Choice.MINE)
    assert phone(his) == HERS
    sync(his, county_server.url)
    assert (phone(his), the_case(his).open) == ("15400004444", False)
    assert agrees(his)


def test_whoever_was_faster_holds_and_her_word_goes_out_of_sight(
    her: Desk, his: Desk, county_server: County
) -> None:
    decide(his, Choice.OTHER, "15400009999")
    sync(his, county_server.url)
    decide(her, Choice.MINE)
    assert phone(her) == HERS
    sync(her, county_server.url)
    assert (phone(her), phone(his)) == ("15400009999", "15400009999")
    case = the_case(her)
    assert (case.open, case.decided_who) == (False, "田大山")
    assert agrees(her)


def test_a_value_that_changed_since_is_not_covered_by_her_word(
    her: Desk, his: Desk, county_server: County
) -> None:
    call(his, "15400007777")
    sync(his, county_server.url)
    decide(her, Choice.MINE)
    sync(her, county_server.url)
    assert phone(her) == "15400007777"
    assert the_case(her).open
    assert agrees(her)


def test_another_field_that_comes_meanwhile_does_not_cover_it(
    her: Desk, his: Desk, county_server: County
) -> None:
    call(his, HIS, note="住女儿家")
    sync(his, county_server.url)
    decide(her, Choice.MINE)
    sent = her.store.ledger.outgoing(10**6)
    sync(her, county_server.url)
    seen = her.store.reading.get(Person, GRANNY)
    assert (seen.phone, len(sent)) == (HERS, 1)
    assert agrees(her)


def test_what_she_writes_on_top_of_her_word_is_no_new_disagreement(her: Desk, county_server: County) -> None:
    decide(her, Choice.MINE)
    call(her, "15400008888")
    assert phone(her) == "15400008888"
    sync(her, county_server.url)
    assert phone(her) == "15400008888"
    assert [one for one in sync_state.asides(her) if one.outcome is Outcome.CONFLICT] == []
    assert agrees(her)
