"""A fact is what somebody was asked and still holds; what has grown old is asked anew."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.people.codes import HOUSEHOLD_TAGS, PERSON_TAGS
from app.domain.people.household import HouseholdFacts
from app.domain.rules.eligibility import Kind
from app.domain.rules.facts import KNOWN, SAID_OF_HOUSEHOLD, SAID_OF_PERSON, facts_of
from tests.facts import NOW, household, person
from tests.policy import county, disabled, verdict


@pytest.mark.parametrize(
    ("asked_on", "kind"), [(date(2025, 11, 20), Kind.MATCH), (date(2025, 11, 19), Kind.MAYBE)]
)
def test_income_of_more_than_a_year_ago_is_asked_anew(asked_on: date, kind: Kind) -> None:
    facts = HouseholdFacts(income_fen=100_00, exempt_fen=0, assets_ok=True, as_of=asked_on)
    assert verdict("DB", person(), household(facts=facts)).kind is kind


def test_every_tag_a_rule_listens_to_is_offered_where_tags_are_written() -> None:
    of_person = {word for words in SAID_OF_PERSON.values() for word in words}
    of_household = {word for words in SAID_OF_HOUSEHOLD.values() for word in words}
    assert of_person <= set(PERSON_TAGS)
    assert of_household <= set(HOUSEHOLD_TAGS)
    assert {*SAID_OF_PERSON, *SAID_OF_HOUSEHOLD} <= set(KNOWN)


@pytest.mark.parametrize(
    ("left", "expires"), [(0, date(2026, 11, 20)), (-1, date(2026, 11, 19)), (None, None)]
)
def test_days_left_on_a_card_are_counted_from_today(left: int | None, expires: date | None) -> None:
    who = disabled(4, 2, expires)
    cards = facts_of(who, household(), (who,), county(), NOW).get("person.disabilities")
    assert isinstance(cards, tuple)
    assert cards[0]["each.card_days_left"] == left
