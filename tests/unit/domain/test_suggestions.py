"""What the household's page shows: what may be due, and nothing that only makes noise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.domain.people.household import HouseholdFacts
from app.domain.people.person import Benefit, Life
from app.domain.people.person import ParentState as P
from app.domain.rules.eligibility import Kind, suggest
from tests.facts import NOW, household, person
from tests.policy import child, county, disabled, earning, father, mother


def test_matches_come_first_then_the_fewest_questions() -> None:
    boy = child(father(P.DEAD), mother(P.LOST_CONTACT, date(2024, 3, 1)))
    home = household(classes=("JC",), facts=HouseholdFacts(income_fen=800_000, assets_ok=True))
    found = suggest(home, (person(), boy), county(), NOW)
    kinds = [each.verdict.kind for each in found]
    assert kinds == sorted(kinds, key=[Kind.MATCH, Kind.MAYBE, Kind.NO].index)
    assert {each.item for each in found if each.verdict.kind is Kind.MATCH} == {"DB", "SW", "KT", "GL"}
    by_item = {each.item: each for each in found}
    assert by_item["GL"].amount == "100 元/月"
    assert by_item["DB"].amount == "5300 元/年"
    assert by_item["GE"].person == boy.id


def test_what_is_drawn_already_is_not_offered_again() -> None:
    home = replace(earning("100"), classes=("DB",))
    who = person(benefits=(Benefit("GL"),))
    assert {each.item for each in suggest(home, (who,), county(), NOW)} & {"DB", "GL"} == set()


def test_an_ordinary_family_is_not_pestered() -> None:
    worker = person(birth=date(1985, 1, 1))
    pupil = child(father(P.ABLE), mother(P.ABLE))
    unasked = child(id="other")
    assert suggest(household(), (worker, pupil, unasked), county(), NOW) == ()


def test_one_step_of_relief_is_told_at_a_time() -> None:
    told = [
        {each.item for each in suggest(earning(yuan), (person(benefits=(Benefit("GL"),)),), county(), NOW)}
        for yuan in ("5000", "7000", "9000")
    ]
    assert told == [{"DB"}, {"BY"}, set()]


def test_nobody_is_asked_after_children_a_card_or_the_road_without_a_sign_of_need() -> None:
    old = person(benefits=(Benefit("GL"),))
    assert suggest(household(), (old,), county(), NOW) == ()
    alone = replace(old, benefits=(Benefit("GL"), Benefit("DB")))
    found = {each.item: each.verdict for each in suggest(earning("2000"), (alone,), county(), NOW)}
    assert set(found) == {"TK", "YL"}, "old, alone, on relief: worth asking after"
    assert [one.fact for one in found["TK"].missing] == ["person.obligors"]


def test_a_birthday_near_is_told_and_one_far_is_not() -> None:
    soon = person(birth=NOW.date().replace(year=1946) + timedelta(days=60))
    far = person(birth=date(1950, 1, 1))
    assert [each.verdict.earliest for each in suggest(household(), (soon,), county(), NOW)] == [
        date(2027, 1, 19)
    ]
    assert suggest(household(), (far,), county(), NOW) == ()


def test_the_dead_are_offered_nothing() -> None:
    assert suggest(household(), (person(life=Life.DEAD),), county(), NOW) == ()


def test_a_member_who_may_apply_alone_is_found_where_the_household_may_not() -> None:
    margin = earning("20000", classes=("BY",))
    son = disabled(4, 1, id="son", name="蒋志强", birth=date(1970, 1, 1))
    found = {each.item: each.person for each in suggest(margin, (person(), son), county(), NOW)}
    assert found["DB"] == "son"
