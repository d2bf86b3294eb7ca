"""The errands of one matter for one applicant: which of the pack's steps and papers the facts call for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.domain.checklists.checklist import Goer, Going, Paper, Place, Step, Unneeded, Want
from app.domain.checklists.checklist_held import why_held
from app.domain.checklists.checklist_owners import Owners
from app.domain.checklists.checklist_place import filled, place_of
from app.domain.packs.policy import Pack
from app.domain.packs.service_item import Errand, Item, Limit, Material, Obtain
from app.domain.people.person import Person
from app.domain.rules.eligibility import Kind, evaluate
from app.domain.rules.facts import Facts
from app.domain.workdays import WorkCalendar, add_workdays, china_day

BROUGHT = (Obtain.SUBMIT, Obtain.DEFER)
CAN_FOLLOW = "没有先不带，后补"
BANK_ICONS = ("bank_card", "passbook")
Key = tuple[str, str]  # a paper's picture and whose it is: what makes two papers the same


@dataclass(frozen=True)
class Known:
    """What this village has learnt before: places by the office's id, and papers (picture, name) seen."""

    places: Mapping[str, Place] = field(default_factory=dict)
    seen: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Case:
    """One matter of one applicant on one day."""

    item: Item
    facts: Facts
    owners: Owners
    goer: Goer
    applicant: Person
    subject: Person
    members: tuple[Person, ...]
    village: str
    at: datetime
    calendar: WorkCalendar
    known: Known

    @property
    def on(self) -> date:
        return china_day(self.at)

    def owner(self, material: Material) -> tuple[Person, ...]:
        """Whose paper it is; nobody for a paper that belongs to nobody in particular."""
        whose = {"applicant": (self.applicant,), "beneficiary": (self.subject,), "household": self.members}
        return whose.get(material.owner, ())

    def key(self, material: Material) -> Key:
        """The same for the same paper of the same people, whichever matter asks for it."""
        if material.owner == "household":
            return material.icon, material.owner
        whose = self.owner(material)
        return material.icon, whose[0].id if whose else f"={self.owners.fill(material.name)}"


@dataclass(frozen=True)
class Walk:
    """One errand drawn as a step, with what putting matters together must know.

    `round` counts the waits before it: two errands at one office in the same round are one walk.
    """

    step: Step
    round: int
    brought: tuple[tuple[Key, Paper], ...]
    spared: tuple[tuple[Key, Unneeded], ...]


def walks(case: Case) -> tuple[Walk, ...]:
    """The errands the facts call for, in the pack's order."""
    errands = [
        errand
        for errand in case.item.errands
        if errand.when is None or evaluate(errand.when, case.facts, case.at).kind is Kind.MATCH
    ]
    rounds = _rounds(errands)
    return tuple(_walk(errand, case, rounds) for errand in errands)


def owed_day(limit: Limit, on: date, calendar: WorkCalendar) -> date:
    """The last day for a paper that may follow, counted from the day the rest is handed in."""
    if limit.unit == "workday":
        return add_workdays(calendar, on, limit.count).day
    return on + timedelta(days=limit.count if limit.unit == "calendar" else -(-limit.count // 24))


def owed_within(material: Material, pack: Pack, village: str, on: date) -> Limit | None:
    """Within what a paper that may follow is owed; None where neither matter nor county says."""
    if material.owe or not material.owe_setting:
        return material.owe
    found = pack.setting(material.owe_setting, village, on)
    return Limit(found.value) if found and type(found.value) is int else None


def _rounds(errands: list[Errand]) -> dict[str, int]:
    by_id = {errand.id: errand for errand in errands}
    rounds: dict[str, int] = {}
    for errand in errands:  # what it depends on stands before it: the pack's check sees to that
        before = [by_id[name] for name in errand.depends_on if name in by_id]
        waits = [rounds[one.id] + bool(one.limit or one.external) for one in before]
        rounds[errand.id] = max(waits, default=0)
    return rounds


def _walk(errand: Errand, case: Case, rounds: Mapping[str, int]) -> Walk:
    materials = [*map(case.item.material, errand.materials), *_for_agent(errand, case)]
    wanted = [
        material
        for material in materials
        if material.when is None or evaluate(material.when, case.facts, case.at).kind is not Kind.NO
    ]
    place = place_of(case.facts.pack, errand.office, case.village, case.on)
    step = Step(
        step=errand.id,
        title=case.owners.fill(errand.title),
        icon=errand.icon,
        place=filled(place, case.known.places.get(errand.office)),
        takes=f"最迟 {errand.limit.words}" if errand.limit else "",
        then=tuple(case.owners.fill(words) for words in errand.then),
        external=errand.external,
        items=(case.item.code,),
        must_come=case.owners.must_come(errand.in_person),
        limit=errand.limit,
        before=errand.before,
        office=errand.office,
        after=tuple(name for name in errand.depends_on if name in rounds),
    )
    return Walk(
        step,
        rounds[errand.id],
        tuple((case.key(each), _paper(each, case)) for each in wanted if each.obtain in BROUGHT),
        tuple((case.key(each), _unneeded(each, case)) for each in wanted if each.obtain not in BROUGHT),
    )


def _for_agent(errand: Errand, case: Case) -> list[Material]:
    # Where the office must see the applicant herself nobody stands in for her.
    if case.goer.role is not Going.AGENT or errand.in_person in ("applicant", "household"):
        return []
    named = {case.item.material(name).id for name in errand.materials}
    pictures = {case.item.material(name).icon for name in errand.materials}
    return [
        each.material
        for each in case.facts.pack.proxies
        if each.material.id not in named
        and each.unless not in pictures
        and each.material.standing.holds(case.village, case.on)
    ]


def _paper(material: Material, case: Case) -> Paper:
    name = case.owners.fill(material.name, material.owner)
    may_follow = material.obtain is Obtain.DEFER
    within = owed_within(material, case.facts.pack, case.village, case.on) if may_follow else None
    paper = Paper(
        material=material.id,
        name=name,
        icon=material.icon,
        originals=material.originals,
        copies=material.copies,
        look_only=material.look_only,
        unit=material.unit,
        note=material.note or (CAN_FOLLOW if may_follow else ""),
        issuer=case.facts.pack.named(material.issuer, case.village, case.on),
        unverified=material.standing.unverified,
        spec=_spec(material, case),
        wanted_by=(Want(case.item.code, material.originals, material.copies),),
        owed_until=owed_day(within, case.on, case.calendar) if within else None,
        may_follow=may_follow,
    )
    why = why_held(material.icon, case.owner(material), _bank(case), case.on)
    if not why and (material.icon, name) in case.known.seen:
        why = "上次的清单上有"
    return replace(paper, held=bool(why), held_why=why)


def _bank(case: Case) -> str:
    named = case.facts.pack.setting("bank.named", case.facts.village, case.on)
    return str(named.value) if named else ""


def _spec(material: Material, case: Case) -> str:
    bank = _bank(case) if material.icon in BANK_ICONS else ""
    return material.spec or material.photo or (f"{bank}的" if bank else "")


def _unneeded(material: Material, case: Case) -> Unneeded:
    return Unneeded(case.owners.fill(material.name, material.owner), material.icon, material.why)
