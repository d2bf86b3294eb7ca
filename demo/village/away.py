"""Who works elsewhere: eight hundred of two thousand, and the children who stay with grandparents."""

from __future__ import annotations

import random
from datetime import date

from app.domain.people.person import Life
from demo.village import place
from demo.village.draft import Draft, Home

WORKING_YEARS = range(18, 60)


def send_away(rng: random.Random, on: date, homes: list[Home]) -> None:
    """Mark exactly `place.AWAY` people as away and `place.LEFT_BEHIND` children as left behind."""
    gone = sum(person.life is Life.AWAY for home in homes for person in home.members)
    free = [home for home in homes if not home.by_hand]
    rng.shuffle(free)
    left = place.AWAY - gone - _leave_children(rng, on, free)
    for home in free:
        group = _who_could_go(rng, on, home)
        if len(group) <= left:
            for person in group:
                person.facts["life"] = Life.AWAY
            left -= len(group)
    rest = [person for home in free for person in home.members if _may_go_alone(on, home, person)]
    for person in rng.sample(rest, left):
        person.facts["life"] = Life.AWAY


def _leave_children(rng: random.Random, on: date, free: list[Home]) -> int:
    """Tag the left-behind children and send their parents away; how many went."""
    wanted, gone = place.LEFT_BEHIND, 0
    alone_with_old = [home for home in free if _children(on, home) and not _adults(on, home)]
    others = [home for home in free if _children(on, home) and _parents_at_work(on, home)]
    for home in (*alone_with_old, *others):
        children = _children(on, home)
        if len(children) > wanted or home.facts.get("classes"):
            continue
        for child in children:
            child.add_tag("留守儿童")
        wanted -= len(children)
        for person in _parents_at_work(on, home):
            person.facts["life"] = Life.AWAY
            gone += 1
        if not wanted:
            break
    assert not wanted
    return gone


def _who_could_go(rng: random.Random, on: date, home: Home) -> list[Draft]:
    """A believable group: the young who are free, and small children with both parents or not at all."""
    if any("留守儿童" in person.facts.get("tags", ()) for person in home.members):
        return []
    fit = [person for person in _adults(on, home) if _fit(person) and rng.random() < 0.92]
    if not _children(on, home):
        return fit
    young = [person for person in fit if person.role in ("grown", "match")]
    if len(fit) == len(_adults(on, home)):
        return [*fit, *_children(on, home)]
    return young if not _has_parents_among(home, young) else []


def _has_parents_among(home: Home, young: list[Draft]) -> bool:
    return any(person.role == "match" for person in home.members) and bool(young)


def _may_go_alone(on: date, home: Home, person: Draft) -> bool:
    if person.life is not Life.HERE or _children(on, home) or not _fit(person):
        return False
    return person.age_on(on) in WORKING_YEARS


def _parents_at_work(on: date, home: Home) -> list[Draft]:
    adults = _adults(on, home)
    has_old = any(person.age_on(on) >= 60 for person in home.members)
    return adults if has_old and len(adults) == 2 and all(map(_fit, adults)) else []


def _adults(on: date, home: Home) -> list[Draft]:
    return [person for person in home.members if person.age_on(on) in WORKING_YEARS]


def _children(on: date, home: Home) -> list[Draft]:
    return [person for person in home.members if person.age_on(on) < 15]


def _fit(person: Draft) -> bool:
    return not person.facts.get("benefits") and not person.facts.get("disabilities")
