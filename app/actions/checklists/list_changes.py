"""Lists made from an older policy pack: what the county changed for each, and bringing one up to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from app.actions.checklists import checklist_memory, checklist_views, checklists
from app.actions.desk import Desk
from app.domain.checklists import checklist_changes, checklist_plan
from app.domain.checklists.checklist import Checklist, Going
from app.domain.checklists.checklist_changes import Difference
from app.domain.checklists.checklist_plan import Matter
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError

NO_LONGER = "县里不再发这件事的单子了，打电话问镇里还办不办"
MOST_LOOKED_AT = 60  # of lists made from an older pack, newest first, where a whole page of them is asked


@dataclass(frozen=True)
class Changed:
    """An unfinished list the county changed something for."""

    checklist: Checklist
    differences: tuple[Difference, ...]


def changes(desk: Desk, checklist: Checklist) -> tuple[Difference, ...]:
    """What a newer pack says otherwise of a list; () when it is finished, or made from the pack in force."""
    if checklist.finished or not checklist_changes.made_before(checklist.pack, desk.pack.label):
        return ()
    try:
        fresh = _begun_today(desk, checklist)
    except UserError:
        return (Difference("", "item", NO_LONGER),)
    return checklist_changes.differences(checklist, fresh) if fresh else ()


def changed(desk: Desk, lists: Iterable[Checklist]) -> tuple[Changed, ...]:
    """Those of `lists` that are not finished and that the county changed something for."""
    return tuple(_changed(desk, lists))


def all_changed(desk: Desk) -> tuple[Changed, ...]:
    """The same of every list, the newest first."""
    return changed(desk, reversed(tuple(desk.store.reading.each(Checklist))))


def listed(desk: Desk) -> tuple[tuple[Checklist, ...], dict[str, Person], dict[str, int]]:
    """The latest lists with their people, and how much changed for which, by id."""
    made, people = checklist_views.listed(desk)
    return made, people, {one.checklist.id: len(one.differences) for one in changed(desk, made)}


def renew(desk: Desk, checklist: str) -> Checklist:
    """Bring a list up to the pack in force, with every tick and whatever the worker wrote by hand.

    Raises UserError when the county no longer has that matter.
    """
    found = checklists.get(desk, checklist)
    fresh = _begun_today(desk, found)
    if fresh is None:
        raise UserError("这张清单不能照新的改，没有动它。请给现在的人另做一张。")
    return checklists.keep(desk, checklist_changes.renewed(found, fresh))


def _changed(desk: Desk, lists: Iterable[Checklist]) -> Iterator[Changed]:
    older = (one for one in lists if checklist_changes.made_before(one.pack, desk.pack.label))
    for one in islice((one for one in older if not one.finished), MOST_LOOKED_AT):
        if found := changes(desk, one):
            yield Changed(one, found)


def _begun_today(desk: Desk, made: Checklist) -> Checklist | None:
    """The list as it would be begun today for the same people and matters; None when they are gone."""
    reading = desk.store.reading
    person = reading.find(Person, made.person)
    household = reading.find(Household, made.household)
    whose = [each for each in (made.beneficiary, *(one.beneficiary for one in made.bundled)) if each]
    others = {one.id: one for one in reading.many(Person, whose)}
    if person is None or household is None or not others.keys() >= set(whose):
        return None
    fresh = checklist_plan.begin(
        *(desk.pack, made.item, person, household, others.get(made.beneficiary)),
        *(made.worker_name, made.worker_phone, desk.now, made.id, made.code),
        members=reading.where(Person, household=household.id),
        also=[Matter(one.item, others.get(one.beneficiary)) for one in made.bundled],
        goer=None if made.goer.role is Going.SELF else made.goer,
        calendar=desk.calendar,
        known=replace(checklist_memory.known(desk, household), places={}),  # the pack's own word alone
    )
    return fresh if fresh.items == made.items else None
