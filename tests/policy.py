"""The packs and people the policy tests share: the real reference pack, the real fictional county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from app import packs
from app.domain.packs.policy import CountySetting, Pack
from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.identity import Sex
from app.domain.people.person import Disability, Parent, ParentState, Person
from app.domain.rules.eligibility import Verdict, judge
from app.domain.rules.facts import facts_of
from tests.facts import NOW, household, person

COUNTY = Path(__file__).resolve().parents[1] / "demo" / "pack"
CHILD = "01900000-0000-7000-8000-000000000003"


@cache
def county() -> Pack:
    return packs.load(packs.reference(), COUNTY)


def with_setting(pack: Pack, name: str, value: bool | int | str) -> Pack:
    """The pack as it would be had the county decided otherwise."""
    rest = tuple(each for each in pack.settings if each.id != name)
    return replace(pack, settings=(*rest, CountySetting(name, value)))


def child(*parents: Parent, **changes: object) -> Person:
    given = person(
        id=CHILD, name="蒋子轩", sex=Sex.MALE, relation="41", birth=date(2017, 9, 1), parents=parents
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test


def father(state: ParentState, since: date | None = None) -> Parent:
    return Parent("father", state, since)


def mother(state: ParentState, since: date | None = None) -> Parent:
    return Parent("mother", state, since)


def disabled(kind: int, level: int, expires: date | None = date(2030, 1, 1), **changes: object) -> Person:
    return person(disabilities=(Disability(kind, level, "", expires),), **changes)


def earning(yuan_a_year: str, **changes: object) -> Household:
    """A household whose twelve months' income is known to the fen, with nothing exempt."""
    fen = round(float(yuan_a_year) * 100)
    return household(facts=HouseholdFacts(income_fen=fen, exempt_fen=0, assets_ok=True), **changes)


def verdict(
    code: str,
    who: Person,
    home: Household | None = None,
    others: tuple[Person, ...] = (),
    *,
    pack: Pack | None = None,
    at: datetime = NOW,
) -> Verdict:
    chosen = pack or county()
    facts = facts_of(who, home or household(), (who, *others), chosen, at)
    return judge(chosen.item(code), facts, at)
