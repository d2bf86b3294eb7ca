"""Papers for many households at once: whose could be printed, what keeps the others back, and making them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.actions.checklists import checklists
from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.policy.policies import Candidate
from app.actions.village import finding
from app.domain.checklists.checklist import Checklist
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.rules.eligibility import Kind


class Standing(StrEnum):
    """How a paper stands, the best first."""

    READY = "ready"
    TRAPS = "traps"  # may be given away, but something may send her home again
    DRAFT = "draft"  # a fact is missing, or the pack ran out: a draft only
    PRINTED = "printed"  # given to her before
    UNMADE = "unmade"  # she may qualify; there is no list yet
    NOBODY = "nobody"  # nobody knows yet who would go


@dataclass(frozen=True)
class Paper:
    """One paper of the choice. `checklist` is "" while there is none; `why` is the first thing to look at.

    `sure` says that an unmade one is for somebody who fits, not one who may.
    """

    applicant: str
    beneficiary: str
    name: str
    place: str
    item: str
    item_name: str
    checklist: str = ""
    standing: Standing = Standing.UNMADE
    why: str = ""
    sure: bool = True

    @property
    def key(self) -> str:
        """The same before and after its list is made."""
        return f"{self.applicant}|{self.beneficiary}|{self.item}"


@dataclass(frozen=True)
class Choices:
    """What can be chosen from: service items of the pack, and village groups."""

    items: tuple[checklists.Choice, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """How many lists were made, and whose could not be, with the reason."""

    count: int
    refused: tuple[tuple[str, str], ...]


def choices(desk: Desk) -> Choices:
    """Every item and every group of the village."""
    return Choices(checklists.choices(desk), tuple(one.name for one in finding.groups(desk) if one.name))


def papers(desk: Desk, item: str, group: str) -> tuple[Paper, ...]:
    """The lists of `item` under way in `group` ("" the whole village), and who else there may qualify.

    With `item` "" every list that was made and is not done. In the order of the doors.
    """
    here = [one for one in desk.store.reading.each(Household) if group in ("", one.group)]
    homes = {one.id: one for one in sorted(here, key=lambda one: (one.group, _door(one.door)))}
    lists = [one for one in _latest(desk) if one.household in homes and item in ("", one.item)]
    by_home: dict[str, list[Paper]] = {home: [] for home in homes}
    for one in lists:
        by_home[one.household].append(_made(desk, one, homes[one.household].place))
    if item:
        have = {person for one in lists for person in (one.person, one.beneficiary) if person}
        for candidate in policies.candidates(desk, item):
            if candidate.household in homes and candidate.suggestion.person not in have:
                by_home[candidate.household].append(_unmade(desk, candidate))
    return tuple(paper for home in by_home.values() for paper in home)


def make(desk: Desk, wanted: Sequence[Paper]) -> Made:
    """Begin a list for each of `wanted` that has none; what refuses one stops no other."""
    refused, count = [], 0
    for one in wanted:
        if one.standing is not Standing.UNMADE:
            continue
        whose = one.beneficiary or None
        try:
            checklists.begin(desk, one.item, applicant=one.applicant, beneficiary=whose)
            count += 1
        except UserError as error:
            refused.append((one.name, error.words))
    return Made(count, tuple(refused))


def _latest(desk: Desk) -> list[Checklist]:
    """The newest list for each person and matter, unless all of it is done."""
    newest = {(one.person, one.beneficiary, one.item): one for one in desk.store.reading.each(Checklist)}
    return [one for one in newest.values() if not all(step.done for step in one.steps)]


def _made(desk: Desk, checklist: Checklist, place: str) -> Paper:
    person = desk.store.reading.find(Person, checklist.person)
    over = checklists.look_over(desk, checklist.id) if person is not None else None
    if over is None:
        standing, why = Standing.NOBODY, "去办的人已经不在名册里"
    elif not over.may_print:
        gaps = over.checklist.gaps
        standing, why = Standing.DRAFT, gaps[0] if gaps else "政策包过期了，数字可能旧了"
    elif any(not printing.draft for printing in checklist.printings):
        standing, why = Standing.PRINTED, ""
    elif over.traps:
        standing, why = Standing.TRAPS, over.traps[0].words
    else:
        standing, why = Standing.READY, ""
    return Paper(
        applicant=checklist.person,
        beneficiary=checklist.beneficiary,
        name=person.name if person else checklist.called,
        place=place,
        item=checklist.item,
        item_name=checklist.item_name,
        checklist=checklist.id,
        standing=standing,
        why=why,
    )


def _unmade(desk: Desk, candidate: Candidate) -> Paper:
    """For a child's matter its guardian goes, or the head of the household."""
    told, reading = candidate.suggestion, desk.store.reading
    goer, child = told.person, ""
    if desk.pack.item(told.item).for_child:
        household = reading.get(Household, candidate.household)
        goer, child = reading.get(Person, told.person).guardian or household.head, told.person
    person = reading.find(Person, goer) if goer and goer != child else None
    missing = "、".join(question.words for question in told.verdict.missing[:2])
    why = f"还要问：{missing}" if missing else ""
    return Paper(
        applicant=goer,
        beneficiary=child,
        name=person.name if person else told.person_name,
        place=candidate.place,
        item=told.item,
        item_name=told.item_name,
        standing=Standing.UNMADE if person else Standing.NOBODY,
        why=why if person else "孩子没登记监护人，不知道谁去办",
        sure=told.verdict.kind is Kind.MATCH,
    )


def _door(door: str) -> tuple[int, str]:
    digits = re.match(r"\d+", door)
    return int(digits[0]) if digits else 0, door
