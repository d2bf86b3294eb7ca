"""民主评议: a meeting is entered with its numbers held against the county's rules, and its verdict drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.actions.desk import Desk
from app.actions.registers.writing import counting, enter, usual
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.registers.entry import standing
from app.domain.registers.review import Recusal, Review, ReviewRules, problems, verdict


@dataclass(frozen=True)
class Meeting:
    """What the worker says of one meeting; see `Review` for the words."""

    on: date | None
    household: str
    item: str
    who: str = ""
    person: str = ""
    place: str = ""
    host: str = ""
    expected: int = 0
    attended: int = 0
    representatives: int = 0
    recused: tuple[Recusal, ...] = ()
    kin_absent: bool = False
    agree: int = 0
    against: int = 0
    abstain: int = 0
    secret: bool = True
    minutes: str = ""


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
    review = Review(
        new_id(now), desk.village, said.on or desk.today, said.household, said.item, desk.worker, now,
        who=said.who.strip(), person=said.person, place=said.place.strip(), host=said.host.strip(),
        expected=said.expected, attended=said.attended, representatives=said.representatives,
        recused=said.recused, kin_absent=said.kin_absent and not said.recused, agree=said.agree,
        against=said.against, abstain=said.abstain, secret=said.secret, minutes=said.minutes.strip(),
        amends=amends,
    )  # fmt: skip
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
