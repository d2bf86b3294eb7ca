"""The walk of one day: which households of the plan, and in which order they lie along the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.domain.people.household import Household
from app.domain.visits.plan import Stop

MOST_A_DAY = 8
NUMBER = re.compile(r"\d+")


def along_the_way(households: Iterable[str], homes: Mapping[str, Household]) -> tuple[str, ...]:
    """The hamlet whose household was named first comes first; within a hamlet door after door."""
    named = [one for one in households if one in homes]
    first: dict[str, int] = {}
    for place, one in enumerate(named):
        first.setdefault(homes[one].group, place)
    return tuple(sorted(named, key=lambda one: (first[homes[one].group], _door(homes[one]), one)))


def proposed(
    stops: Sequence[Stop], homes: Mapping[str, Household], on: date, *, most: int = MOST_A_DAY
) -> tuple[str, ...]:
    """Whom to see on the day `on`: what was agreed for it, then what presses most, along the way."""
    agreed = [one for one in stops if one.appointment is not None and one.appointment.on <= on]
    rest = [one for one in stops if one not in agreed and not one.put_off(on)]
    return along_the_way([one.household for one in [*agreed, *rest][:most]], homes)


def moved(order: Sequence[str], household: str, by: int) -> tuple[str, ...]:
    """`order` with `household` moved `by` places (below 0: earlier), as far as there is room."""
    rest = [one for one in order if one != household]
    place = max(0, min(len(rest), list(order).index(household) + by))
    return (*rest[:place], household, *rest[place:])


def _door(home: Household) -> tuple[int, str]:
    # 9号 lies before 10号; a door without a number lies last.
    found = NUMBER.search(home.door)
    return (int(found.group()) if found else 10_000, home.door)
