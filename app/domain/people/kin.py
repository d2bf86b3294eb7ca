"""What two members of a household are to each other, in the words they would use themselves."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.people.identity import Sex
from app.domain.people.person import Person

# Generation above (+) or below (−) the head of the household, by the first digit of GB/T 4761-2008.
GENERATIONS = {"0": 0, "1": 0, "2": -1, "3": -1, "4": -2, "5": 1, "6": 2}
GREAT = frozenset({"47", "48", "66", "67", "68"})  # one generation further off
MATERNAL = frozenset({"43", "44", "63", "64"})


@dataclass(frozen=True)
class Kinship:
    """`elder` is what the child calls the applicant, `child` what the applicant calls the child."""

    elder: str
    child: str


UNNAMED = Kinship("监护人", "孩子")


def kinship(elder: Person, child: Person) -> Kinship:
    """奶奶 and 孙子 where the register says so; 监护人 and 孩子 where it does not.

    Relations are recorded to the head only, so two people who are both not the head's own line of
    descent stay unnamed: an uncle must never be printed as a father.
    """
    between = _generations(elder, child)
    boy, man = child.sex is Sex.MALE, elder.sex is Sex.MALE
    known = elder.sex in (Sex.MALE, Sex.FEMALE) and child.sex in (Sex.MALE, Sex.FEMALE)
    if not known or between not in (1, 2):
        return UNNAMED
    if between == 1:
        return Kinship("爸爸" if man else "妈妈", "儿子" if boy else "女儿")
    if MATERNAL & {elder.relation, child.relation}:
        return Kinship("外公" if man else "外婆", "外孙" if boy else "外孙女")
    return Kinship("爷爷" if man else "奶奶", "孙子" if boy else "孙女")


def _generations(elder: Person, child: Person) -> int | None:
    above, below = _generation(elder.relation), _generation(child.relation)
    if above is None or below is None or 0 not in (above, below):
        return None
    return above - below


def _generation(relation: str) -> int | None:
    if relation in GREAT:
        return None
    return GENERATIONS.get(relation[:1])


def between(one: Person, other: Person) -> str:
    """What `one` is to `other` (儿子, 奶奶, 老伴); "" where the register does not say."""
    relations = {one.relation[:1], other.relation[:1]}
    if relations == {"0", "1"}:
        return "老伴"
    down, up = kinship(other, one), kinship(one, other)
    if down.elder != UNNAMED.elder:
        return down.child
    return up.elder if up.elder != UNNAMED.elder else ""
