"""Which questionnaires are asked in a village on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.surveys.survey import Survey


def offered(surveys: Iterable[Survey], village: str, on: date) -> tuple[Survey, ...]:
    """One edition of each: the nearest region's, of two the one that began later; by their order."""
    found: dict[str, Survey] = {}
    for one in surveys:
        held = found.get(one.id)
        if one.standing.holds(village, on) and (held is None or held.standing.rank < one.standing.rank):
            found[one.id] = one
    return tuple(sorted(found.values(), key=lambda one: one.order))
