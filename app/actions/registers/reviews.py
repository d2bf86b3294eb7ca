"""民主评议: a meeting is entered with its numbers held against the county's rules, and its verdict drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from fractions import Fraction

from app.actions.desk import Desk
from app.actions.registers.writing import counting, enter, usual
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.registers.entry import standing
from app.domain.registers.review import Meeting, Review, ReviewRules, problems, verdict


@dataclass(frozen=True)
class Rooms:
    """Who presided and where so far, the usual ones first."""

    hosts: tuple[str, ...]
    places: tuple[str, ...]


def rules(desk: Desk) -> ReviewRules:
    """The county's shares and numbers; what its pack does not say asks for nothing beyond two thirds."""
    usual_rules = ReviewRules()
    return ReviewRules(
        quorum=_share(desk, "review.quorum", usual_rules.quorum),
        approval=_share(desk, "review.approval", usual_rules.approval),
        least=int(_share(desk, "review.least", Fraction(usual_rules.least))),
        representatives=_share(desk, "review.representatives", usual_rules.representatives),
    )


def add(desk: Desk, said: Meeting, *, amends: str = "") -> Review:
    """Enter a meeting. Raises UserError, at its field, when the numbers do not fit together."""
    now = desk.now
    told = {one.name: getattr(said, one.name) for one in fields(Meeting)} | {"on": said.on or desk.today}
    review = Review(
        **told, id=new_id(now), village=desk.village, recorded_by=desk.worker, recorded_at=now, amends=amends
    )
    if said.recused and said.kin_absent:
        review = replace(review, kin_absent=False)
    if amends:  # the sheet that was signed is the same
        review = replace(review, papers=desk.store.reading.get(Review, amends).papers)
    binding = rules(desk)
    found = problems(review, binding, desk.today, kin_of_staff=kin_of_staff(desk, said.household))
    return enter(desk, replace(review, verdict=verdict(review, binding)), found, "democratic review")


def kin_of_staff(desk: Desk, household: str) -> bool:
    """Whether the household stands in the register as kin of an official (近亲属备案)."""
    home = desk.store.reading.find(Household, household) if household else None
    return home is not None and home.kin_of_staff


def of_household(desk: Desk, household: str) -> tuple[Review, ...]:
    """The meetings about a household that count, the latest first."""
    return standing(desk.store.reading.where(Review, household=household))


def rooms(desk: Desk) -> Rooms:
    """Whom and what to point at."""
    made = counting(desk, Review)
    return Rooms(usual(one.host for one in made), usual(one.place for one in made))


def _share(desk: Desk, setting: str, usual_value: Fraction) -> Fraction:
    found = desk.pack.setting(setting, desk.village, desk.today)
    return usual_value if found is None else Fraction(str(found.value))
