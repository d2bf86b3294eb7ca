"""Looking up policy the way people ask: the items in force, what they give, and who may qualify here."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.desk import Desk
from app.domain import eligibility
from app.domain.eligibility import Kind, Suggestion
from app.domain.household import Household
from app.domain.person import Person
from app.domain.policy import Standard
from app.domain.problem import UserError
from app.domain.service_item import Item


@dataclass(frozen=True)
class Candidate:
    """A household of this village that may qualify, with the reason."""

    household: str
    place: str
    suggestion: Suggestion


@dataclass(frozen=True)
class Answer:
    """One item as it is in force here. `amounts` are as published, one sentence each."""

    item: Item
    amounts: tuple[str, ...]
    label: str
    expired: bool


def items(desk: Desk, query: str = "") -> tuple[Item, ...]:
    """The items in force; with a query those whose names or words hold every character of it."""
    wanted = query.strip()
    found = desk.pack.items()
    if not wanted:
        return found
    return tuple(item for item in found if _speaks_of(item, wanted))


def answer(desk: Desk, item: str) -> Answer:
    """One item with the amounts in force in this village. Raises UserError when it is not in the pack."""
    try:
        found = desk.pack.item(item)
    except KeyError:
        raise UserError("县里还没发这件事的政策。") from None
    on = desk.today
    standing = [one for one in desk.pack.standards if one.kind == (found.standard or found.code)]
    here = [one for one in standing if one.standing.holds(desk.village, on)]
    nearest = max((len(one.standing.region) for one in here), default=0)
    amounts = [_amount(one) for one in here if len(one.standing.region) == nearest]
    return Answer(found, tuple(amounts), desk.pack.label, desk.pack.expired(on))


def candidates(desk: Desk, item: str) -> tuple[Candidate, ...]:
    """Households that may qualify for `item` and do not draw it yet: match first, then maybe."""
    reading = desk.store.reading
    members: dict[str, list[Person]] = {}
    for person in reading.each(Person):
        members.setdefault(person.household, []).append(person)
    found = []
    for household in reading.each(Household):
        if household.moved_out:
            continue
        for one in eligibility.suggest(household, tuple(members.get(household.id, ())), desk.pack, desk.now):
            if one.item == item and one.verdict.kind is not Kind.NO:
                found.append(Candidate(household.id, household.place, one))
    return tuple(sorted(found, key=lambda one: (one.suggestion.verdict.kind is not Kind.MATCH, one.place)))


def _speaks_of(item: Item, wanted: str) -> bool:
    text = f"{item.code} {item.name} {item.spoken}"
    return wanted in text or all(character in text for character in wanted)


def _amount(standard: Standard) -> str:
    hukou = {"rural": "农村", "urban": "城市"}.get(standard.hukou, "")
    ages = f"{standard.ages[0]}–{standard.ages[1]} 岁" if standard.ages else ""
    who = " ".join(part for part in (hukou, ages) if part)
    shares = "，".join(f"{share.payer} {share.amount}" for share in standard.shares)
    words = f"{who}：{standard.words}" if who else standard.words
    unverified = "（待核）" if standard.standing.unverified else ""
    return f"{words}{f'（{shares}）' if shares else ''}{unverified}"
