"""Who may qualify for what: three answers, the facts that decided, and what is still to be asked.

The answers are hints for the worker, never a decision: 以镇、县审核为准. An unknown fact gives
"maybe" unless the rule is settled without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.packs.policy import Exclusion, Pack
from app.domain.packs.service_item import Item
from app.domain.people.household import Household
from app.domain.people.person import Life, Person
from app.domain.rules.answer import Question, Reason, ask
from app.domain.rules.facts import Facts, facts_of, receives
from app.domain.rules.rule import Rule
from app.domain.workdays import china_day

__all__ = ["Kind", "Question", "Reason", "Suggestion", "Verdict", "evaluate", "judge", "suggest"]
SOON_DAYS = 100  # a birthday so near is worth telling now


class Kind(StrEnum):
    MATCH = "match"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True)
class Verdict:
    """`earliest` is the first day on which a NO that is only a matter of time turns (W17)."""

    kind: Kind
    decided: tuple[Reason, ...] = ()
    missing: tuple[Question, ...] = ()
    earliest: date | None = None


@dataclass(frozen=True)
class Suggestion:
    """One item worth showing on a household's page. `amount` is as published, or empty."""

    item: str
    item_name: str
    person: str
    person_name: str
    verdict: Verdict
    amount: str = ""
    for_household: bool = False


def evaluate(rule: Rule, facts: Facts, at: datetime) -> Verdict:
    """What `rule` says of `facts` on the day of `at`."""
    answer = ask(rule, facts, china_day(at))
    kind = {True: Kind.MATCH, False: Kind.NO, None: Kind.MAYBE}[answer.truth]
    reasons = tuple(each for each in answer.reasons if each.words and each.holds == (kind is not Kind.NO))
    missing = answer.missing if kind is Kind.MAYBE else ()
    earliest = answer.earliest if kind is Kind.NO else None
    return Verdict(kind, tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys(missing)), earliest)


def judge(item: Item, facts: Facts, at: datetime) -> Verdict:
    """`evaluate` with the benefits that exclude each other (互斥) looked at first.

    Who draws the first of an excluding pair is not offered the second. Who draws the second is still
    offered the first (a child on 事实无人抚养 whose other parent dies goes over to 孤儿), and told of it.
    What the household is recognised as counts too: a household on 低保 is not offered 低保边缘.
    """
    on = china_day(at)
    held = _set(facts, "person.benefits") | _set(facts, "household.classes")
    pairs = [each for each in facts.pack.exclusions if each.standing.holds(facts.village, on)]
    for pair in pairs:
        if not pair.either and pair.items[1] == item.code and pair.items[0] in held:
            return Verdict(Kind.NO, (Reason(pair.words, False, "person.benefits"),))
    verdict = evaluate(item.rule, facts, at)
    ends = [pair.words for pair in pairs if _gives_way(pair, item.code, held)]
    if verdict.kind is Kind.NO or not ends:
        return verdict
    told = tuple(Reason(words, True, "person.benefits") for words in ends)
    return replace(verdict, decided=(*verdict.decided, *told))


def _set(facts: Facts, name: str) -> frozenset[object]:
    value = facts.get(name)
    return value if isinstance(value, frozenset) else frozenset()


def _gives_way(pair: Exclusion, code: str, held: frozenset[object]) -> bool:
    first, second = pair.items
    return (first == code and second in held) or (pair.either and second == code and first in held)


def suggest(
    household: Household, members: Iterable[Person], pack: Pack, at: datetime, *, only: str = ""
) -> tuple[Suggestion, ...]:
    """What may be due to this household: matches first, then what needs fewest questions.

    `only` asks about a single item, for looking through a whole village.

    Left out: what is drawn already, what does not apply, and questions the item says are not worth
    asking such people. A NO is told only when it turns within `SOON_DAYS`.
    """
    people = tuple(each for each in members if each.life in (Life.HERE, Life.AWAY))
    facts = {each.id: facts_of(each, household, people, pack, at) for each in people}
    found: list[Suggestion] = []
    for item in (each for each in pack.items() if not only or each.code == only):
        given = [
            suggestion
            for person in _candidates(item, household, people)
            if (suggestion := _suggestion(item, person, facts[person.id], at)) is not None
        ]
        found.extend(sorted(given, key=_nearness)[:1] if item.for_household else given)
    return tuple(sorted(found, key=_nearness))


def _nearness(suggestion: Suggestion) -> tuple[int, int]:
    order = {Kind.MATCH: 0, Kind.MAYBE: 1, Kind.NO: 2}
    return order[suggestion.verdict.kind], len(suggestion.verdict.missing)


def _candidates(item: Item, household: Household, people: tuple[Person, ...]) -> tuple[Person, ...]:
    if not item.for_household:
        return tuple(each for each in people if item.code not in receives(each, household))
    if item.code in household.classes or any(item.code in receives(each, household) for each in people):
        return ()
    # The head first: where all fare alike the household's matter is shown under the head's name.
    return tuple(sorted(people, key=lambda each: each.id != household.head))


def _suggestion(item: Item, person: Person, facts: Facts, at: datetime) -> Suggestion | None:
    verdict = judge(item, facts, at)
    if not _worth_telling(item, verdict, facts, at):
        return None
    on = china_day(at)
    age = person.age_on(verdict.earliest or on)
    amount = facts.pack.standard(item.standard, facts.village, facts.hukou_type, on, age=age)
    return Suggestion(
        item.code,
        item.name,
        person.id,
        person.name,
        verdict,
        amount.words if amount else "",
        item.for_household,
    )


def _worth_telling(item: Item, verdict: Verdict, facts: Facts, at: datetime) -> bool:
    match verdict.kind:
        case Kind.MATCH:
            return True
        case Kind.MAYBE:
            return item.worth is None or evaluate(item.worth, facts, at).kind is Kind.MATCH
    return verdict.earliest is not None and (verdict.earliest - china_day(at)).days <= SOON_DAYS
