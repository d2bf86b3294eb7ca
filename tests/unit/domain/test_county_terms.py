"""What a county may ask of its computers, how releases are ordered, and what a newer one's words come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.county_terms import Terms, checked, release_key, terms_in
from app.domain.problem import UserError

DAY = date(2027, 3, 1)
ASKED = Terms(7, "0.2", DAY, lease_days=45, unsent_days=5, decide_days=10, ask="民政局办公室")


def test_what_a_county_asks_is_kept_letter_by_letter() -> None:
    assert terms_in(7, ASKED.body()) == ASKED
    assert Terms().body() == {}
    assert terms_in(0, {}) == Terms()
    assert terms_in(3, Terms(3, lease_days=0).body()).lease_days == 0


def test_releases_are_ordered_by_their_numbers_and_no_release_is_the_oldest() -> None:
    said = ["", "0.1", "0.1.9", "0.2", "0.10", "1.0"]
    assert sorted(reversed(said), key=release_key) == said
    assert release_key("0.2.0") == release_key("0.2")
    assert release_key("0.2.0.dev3+g1") == release_key("0.2")


@pytest.mark.parametrize(
    ("release", "day", "outdated", "withheld"),
    [
        ("0.1.0", DAY, True, True),
        ("", DAY, True, True),
        ("0.1.0", date(2027, 2, 28), True, False),
        ("0.2.0", DAY, False, False),
        ("0.3", DAY, False, False),
    ],
)
def test_an_older_release_is_told_first_and_withheld_from_the_day_named(
    release: str, day: date, outdated: bool, withheld: bool
) -> None:
    assert (ASKED.outdated(release), ASKED.withholds(release, day)) == (outdated, withheld)
    assert not replace(ASKED, pull_from=None).withholds(release, day)
    assert not Terms().outdated(release)


@given(st.dictionaries(st.sampled_from([*ASKED.body(), "new"]), st.none() | st.text() | st.integers()))
def test_whatever_a_newer_county_says_something_holds(body: dict[str, str | int | None]) -> None:
    terms = terms_in(1, {**body})
    assert terms.unsent_days >= 1
    assert terms.decide_days >= 1
    assert terms.lease_days >= 0
    assert terms_in(1, terms.body()) == terms


def test_what_no_county_may_ask_is_said_all_at_once() -> None:
    wrong = Terms(pull_from=DAY, lease_days=3, unsent_days=0, decide_days=-1, ask="找\n谁")
    with pytest.raises(UserError) as caught:
        checked(wrong)
    assert {one.field for one in caught.value.problems} == {
        "pull-from", "lease-days", "unsent-days", "decide-days", "ask",
    }  # fmt: skip
    assert checked(ASKED) is ASKED
