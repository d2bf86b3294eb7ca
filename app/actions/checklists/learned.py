"""What a signed visit teaches the register: who died or left, who can be reached, what came in and went out.

Only what the form asks without doubt is taken over; everything else stays the worker's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.actions.desk import Desk
from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.person import Life, Person
from app.domain.visits.asking import self_care
from app.domain.visits.visit import Visit, VisitState
from app.forms import form_of

EXEMPT_FIELDS = ("subsidy",)
RIGID_FIELDS = ("medical_self", "education_self", "rehab_self")
# 跟上次比，家里人变了没有: the four answers that say where somebody is now.
LIVES = {"away": Life.AWAY, "back": Life.HERE, "moved": Life.MOVED, "dead": Life.DEAD}


def people(desk: Desk, visit: Visit) -> tuple[Person, ...]:
    """The members whose record differs from what this visit saw: place, six abilities (自理六项), phone.

    A correction that no longer says what the corrected visit said of somebody takes that back.
    """
    corrected = desk.store.reading.find(Visit, visit.amends) if visit.amends else None
    told, told_before = _lives(visit), _lives(corrected)
    taken_back = {key: Life.HERE for key in told_before if key not in told}
    abilities = dict(visit.answers.get("abilities_lost", {}))
    phone = _own_phone(visit)
    changed = []
    for key in dict.fromkeys([*told, *taken_back, *abilities, *phone]):
        person = desk.store.reading.find(Person, key)
        if person is None:
            continue
        facts: dict[str, Any] = dict(phone.get(key, {}))
        if life := told.get(key) or taken_back.get(key):
            facts["life"] = life
        if codes := abilities.get(key):
            facts["self_care"] = self_care(sum(code != "none" for code in codes))
        now = replace(person, **facts)
        if now != person:
            changed.append(now)
    return tuple(changed)


def household(desk: Desk, home: Household, visit: Visit) -> Household | None:
    """`home` with the phone, and the sums told in every part; None when nothing differs."""
    answers = visit.answers
    # Every income the form asked at the time, and no other: an edition may part one in two.
    income = _total(answers, form_of(replace(visit, state=VisitState.SIGNED)).sums("wage"))
    sums = {
        "income_fen": income,
        "exempt_fen": None if income is None else _total(answers, EXEMPT_FIELDS),
        "rigid_fen": _total(answers, RIGID_FIELDS),
    }
    known: dict[str, Any] = {name: value for name, value in sums.items() if value is not None}
    phone = str(answers.get("phone") or home.phone)
    if not known and phone == home.phone:
        return None
    facts: HouseholdFacts = replace(home.facts, as_of=desk.today, **known) if known else home.facts
    return replace(home, facts=facts, phone=phone)


def _lives(visit: Visit | None) -> dict[str, Life]:
    """Who is where, of whom exactly one of the four was said; two at once are for a person to read."""
    found = {}
    for key, codes in dict(visit.answers.get("members", {}) if visit else {}).items():
        lives = [LIVES[code] for code in codes if code in LIVES]
        if len(lives) == 1:
            found[key] = lives[0]
    return found


def _own_phone(visit: Visit) -> dict[str, dict[str, str]]:
    number = str(visit.answers.get("phone") or "")
    own = number and visit.answers.get("phone_of") == "self"
    return {visit.respondent: {"phone": number}} if own and visit.respondent else {}


def _total(answers: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    # Half a question is no sum: with the wages alone a family would look poorer than it is.
    given = [answers[name]["fen"] for name in names if isinstance(answers.get(name), dict)]
    return sum(given) if names and len(given) == len(names) else None
