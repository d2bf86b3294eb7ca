"""A roster comes in once, whole, and never over what is there."""

from __future__ import annotations

import pytest

from app.actions.village import roster
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.store import Store
from tests.desks import Clock, desk_on
from tests.unit.tables.sheets import GRANDMOTHER, GRANDSON, HEADINGS, NEIGHBOUR, xlsx


def test_a_second_click_does_not_bring_everybody_in_twice(store: Store) -> None:
    desk = desk_on(store, Clock())
    reading = roster.read_roster(desk, xlsx([HEADINGS, GRANDMOTHER, GRANDSON, NEIGHBOUR]))
    assert roster.import_roster(desk, reading) == roster.Imported(2, 3)
    with pytest.raises(UserError, match="3 个人村里已经有了") as refused:
        roster.import_roster(desk, reading)
    assert refused.value.problems[0].words.startswith("第 2 行「身份证号」")
    assert (store.reading.count(Household), store.reading.count(Person)) == (2, 3)
