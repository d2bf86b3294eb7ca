"""Which papers the register already shows to be in the house, so that the worker need not tick them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.people.person import Life, Person

STILL_GOOD_DAYS = 30  # a card about to end is no card to rely on
CARD_GOOD_DAYS = 90
GROWN_UP = 18


def why_held(icon: str, owners: Iterable[Person], bank: str, on: date) -> str:
    """Why a paper with this picture may be taken to be at hand (名册里没过期); "" when nothing shows it.

    `bank` is the only bank the county pays into, or "". Of a whole family every grown-up living there
    must have it. A proposal only: the worker takes the tick back when the paper is not there.
    """
    people = [one for one in owners if one.life in (Life.HERE, Life.AWAY)]
    grown = [one for one in people if (years := one.age_on(on)) is None or years >= GROWN_UP] or people
    if not grown:
        return ""
    match icon:
        case "id_front" if all(_card_good(one, on) for one in grown):
            return "名册里没过期"
        case "bank_card" if all(_account_good(one, bank) for one in grown):
            return "名册里登记了"
        case "disability_card" if all(_certified(one, on) for one in grown):
            return "名册里没过期"
    return ""


def _card_good(person: Person, on: date) -> bool:
    until = person.id_valid_until
    return bool(person.id_number) and until is not None and until >= on + timedelta(days=STILL_GOOD_DAYS)


def _account_good(person: Person, bank: str) -> bool:
    account = person.account
    return account is not None and account.holder in ("", person.name) and bank in account.bank


def _certified(person: Person, on: date) -> bool:
    ends = [each.expires for each in person.disabilities]
    return bool(ends) and all(end is not None and end >= on + timedelta(days=CARD_GOOD_DAYS) for end in ends)
