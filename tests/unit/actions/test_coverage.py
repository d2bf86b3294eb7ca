"""The coverage of a month counts who was owed a visit, who had one, and says why the others had none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.visits import visits
from app.actions.visits.coverage import coverage
from app.domain.visits.coverage import Row
from app.domain.visits.missed import MissedVisit
from app.domain.visits.visit import Met
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, VILLAGE, household, person

OTHER, OTHER_HEAD = "01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b"
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = desk_on(store, Clock())
    with desk.unit("roster") as unit:
        unit.save(household(classes=("DB",)))
        unit.save(person(tags=("独居",)))
        unit.save(household(id=OTHER, door="4号", head=OTHER_HEAD, classes=("BY",)))
        unit.save(
            person(id=OTHER_HEAD, household=OTHER, name="彭三妹", birth=date(1970, 5, 1), id_number=None)
        )
    return desk


def _row(desk: Desk, purpose: str) -> Row:
    (row,) = (one for one in coverage(desk, FIRST, LAST).rows if one.purpose == purpose)
    return row


def _see(desk: Desk, home: str, who: str, purpose: str) -> None:
    visit = visits.begin(desk, home, purpose=purpose)
    visits.finish(desk, replace(visit, met=Met.HOME, respondent=who, signatures=("甲", "向海燕")))


def test_every_household_owed_a_visit_is_counted_once(desk: Desk) -> None:
    row = _row(desk, "VP01")
    assert (row.owed, row.visited, [one.household for one in row.unvisited]) == (2, 0, [HOME, OTHER])
    _see(desk, HOME, GRANNY, "VP01")
    row = _row(desk, "VP01")
    assert (row.owed, row.visited, [one.household for one in row.unvisited]) == (2, 1, [OTHER])
    assert row.owed == row.visited + len(row.unvisited)


def test_one_visit_at_which_she_was_seen_serves_for_what_is_owed_to_her(desk: Desk) -> None:
    _see(desk, HOME, GRANNY, "VP01")
    assert (_row(desk, "VP07").times_kept, _row(desk, "VP10").visited) == (1, 1)
    weeks = _row(desk, "VP07").times_owed
    assert weeks == 4, "three weeks that ended in November before the 20th, and the one that runs"


def test_an_empty_house_is_no_visit(desk: Desk) -> None:
    visit = visits.begin(desk, OTHER, purpose="VP01")
    visits.finish(desk, replace(visit, met=Met.ABSENT, again_on="2026-11-25"))
    assert _row(desk, "VP01").visited == 0


def test_the_reason_stands_beside_who_was_not_seen(desk: Desk) -> None:
    with desk.unit("why not") as unit:
        unit.save(MissedVisit("m-1", VILLAGE, OTHER, "VP01", LAST, "road", desk.now, "w-xiang"))
    said = {one.household: one.reason for one in _row(desk, "VP01").unvisited}
    assert said == {HOME: "", OTHER: "路断了、天气坏"}


def test_a_quarter_is_not_owed_in_its_first_month(desk: Desk) -> None:
    october = coverage(desk, date(2026, 10, 1), date(2026, 10, 31))
    assert "VP09" not in {one.purpose for one in october.rows}
    quarter = coverage(desk, date(2026, 10, 1), date(2026, 12, 31))
    assert "VP09" in {one.purpose for one in quarter.rows}
