"""A fact is what somebody was asked and still holds; what has grown old is asked anew."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.eligibility import Kind
from app.domain.household import HouseholdFacts
from tests.facts import household, person
from tests.policy import verdict


@pytest.mark.parametrize(
    ("asked_on", "kind"), [(date(2025, 11, 20), Kind.MATCH), (date(2025, 11, 19), Kind.MAYBE)]
)
def test_income_of_more_than_a_year_ago_is_asked_anew(asked_on: date, kind: Kind) -> None:
    facts = HouseholdFacts(income_fen=100_00, exempt_fen=0, assets_ok=True, as_of=asked_on)
    assert verdict("DB", person(), household(facts=facts)).kind is kind
