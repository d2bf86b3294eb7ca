"""People of whom every rule says the same are asked about once: in a village most are alike to the rules.

Two are alike when all that `app.domain.rules.facts` draws on is the same. A day of birth counts only as far
as some rule tells it from another: two grown-ups of different years are alike until one of them is 60.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from datetime import date

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.rules.rule import Rule, Test, Unit, tests
from app.domain.rules.spans import full_months

BIRTH = "person.birth"


class Alike:
    """What tells people and households apart, as far as `rules` ask on the day `on`."""

    def __init__(self, rules: Iterable[Rule], on: date) -> None:
        births = [test for rule in rules for test in tests(rule) if test.fact == BIRTH]
        edges = [_edges(test) for test in births]
        self._on = on
        self._by_the_day = None in edges
        self._edges = sorted({edge for found in edges for edge in found or ()})
        self._ages: dict[date, int] = {}

    def home(self, home: Household, heads: int) -> Hashable:
        """The household, in which `heads` live together."""
        return (
            home.village, home.hukou_type, home.classes, home.tags, home.category, home.facts,
            home.kin_of_staff, heads,
        )  # fmt: skip

    def place(self, home: Household) -> Hashable:
        """What the facts of its people take from the household, but for those of the household itself."""
        return (home.village, home.hukou_type, home.classes)

    def person(self, one: Person) -> Hashable:
        """One of its people, apart from the household."""
        return (
            self._age(one.birth), one.sex, one.hukou, one.school_stage, one.work_ability, one.self_care,
            one.severe_illness, one.chronic_illness, one.disabilities, one.parents,
            tuple([benefit.item for benefit in one.benefits]), one.tags, one.life,
        )  # fmt: skip

    def _age(self, birth: date | None) -> Hashable:
        """Between which of the ages any rule speaks of."""
        if birth is None or self._by_the_day:
            return birth
        if birth not in self._ages:
            self._ages[birth] = bisect_right(self._edges, full_months(birth, self._on))
        return self._ages[birth]


def _edges(test: Test) -> tuple[int, ...] | None:
    """The ages in months from which on the comparison may say otherwise; None: that cannot be told."""
    limits = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.unit is Unit.VALUE or not all(type(limit) is int for limit in limits):
        return None
    months = 12 if test.unit is Unit.YEARS else 1
    return tuple(months * (limit + more) for limit in limits if isinstance(limit, int) for more in (0, 1))
