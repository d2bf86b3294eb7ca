"""People and households while the village is being made: mutable until every count is met."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from app.domain.people.household import Household
from app.domain.people.identity import Sex
from app.domain.people.person import Benefit, Life, Person, age

_PERSON_FIELDS = frozenset(each.name for each in fields(Person))


@dataclass(eq=False)
class Draft:
    """One person to be. `facts` holds further fields of Person by name; `edges` the cases she stands for.

    `role` is the place in a generated family (elder, core, mate, grown, match, child); it is empty for
    people written by hand. `generation` counts down from the oldest Li word.
    """

    sex: Sex
    birth: date
    relation: str = ""
    name: str = ""
    role: str = ""
    generation: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    edges: tuple[int, ...] = ()
    guardian: Draft | None = None

    def __post_init__(self) -> None:
        assert set(self.facts) <= _PERSON_FIELDS, self.facts

    def age_on(self, day: date) -> int:
        return age(self.birth, day)

    @property
    def life(self) -> Life:
        life: Life = self.facts.get("life", Life.HERE)
        return life

    def add_benefit(self, item: str, since: date, monthly_fen: int | None = None) -> None:
        self.facts["benefits"] = (*self.facts.get("benefits", ()), Benefit(item, since, monthly_fen))

    def add_tag(self, tag: str) -> None:
        self.facts["tags"] = (*self.facts.get("tags", ()), tag)

    def receives(self, item: str) -> bool:
        return any(benefit.item == item for benefit in self.facts.get("benefits", ()))


@dataclass(eq=False)
class Home:
    """One household to be. `by_hand` ones are never chosen to fill a count."""

    members: list[Draft]
    facts: dict[str, Any] = field(default_factory=dict)
    group: str = ""
    door: str = ""
    by_hand: bool = False

    def add_class(self, code: str) -> None:
        self.facts["classes"] = (*self.facts.get("classes", ()), code)

    @property
    def head(self) -> Draft:
        return next(member for member in self.members if member.relation == "02")

    def freeze(
        self, household_id: str, village: str, ids: dict[Draft, str]
    ) -> tuple[Household, list[Person]]:
        """The household and its people as records; `ids` names every person of the village."""
        head = "" if self.head.life is Life.DEAD else ids[self.head]
        household = Household(
            id=household_id, village=village, group=self.group, door=self.door, head=head, **self.facts
        )
        people = [
            Person(
                id=ids[each],
                village=village,
                household=household_id,
                name=each.name,
                sex=each.sex,
                relation=each.relation,
                birth=each.birth,
                guardian=ids[each.guardian] if each.guardian else None,
                **each.facts,
            )
            for each in self.members
        ]
        return household, people
