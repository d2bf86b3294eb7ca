"""Beginning a checklist: the pack's papers, steps and places chosen for one applicant on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.checklist import Checklist, Paper, Place, Step, Unneeded
from app.domain.closure import coming
from app.domain.eligibility import Kind, evaluate
from app.domain.facts import Facts, facts_of
from app.domain.household import Household
from app.domain.identity import Sex
from app.domain.kin import Kinship, kinship
from app.domain.office import Office
from app.domain.person import Person, called
from app.domain.policy import Pack
from app.domain.problem import UserError
from app.domain.proof import as_item
from app.domain.service_item import Errand, Item, Material, Obtain
from app.domain.workdays import china_day

OLD = 60  # years from which somebody is spoken of as 老人
CLOSED_SOON = 30  # days: a list lies in the drawer about that long
BROUGHT = (Obtain.SUBMIT, Obtain.DEFER)
CAN_FOLLOW = "没有先不带，后补"


def begin(
    pack: Pack,
    item_code: str,
    applicant: Person,
    household: Household,
    beneficiary: Person | None,
    worker_name: str,
    worker_phone: str,
    at: datetime,
    new_id: str,
    code: str,
    *,
    members: Iterable[Person] = (),
) -> Checklist:
    """The list for `applicant`, who goes for `beneficiary` (None: for herself), as the pack says today.

    A paper is left out only when the facts rule it out; an errand is put in only when the facts call
    for it (nobody is sent to court on a guess). What the pack does not know stays empty: see
    `Checklist.gaps`. Raises UserError when the county has not sent this item.
    """
    on = china_day(at)
    item = _item(pack, item_code, household.village, on).held(household.village, on)
    subject = beneficiary or applicant
    people = tuple(members) or tuple({each.id: each for each in (applicant, subject)}.values())
    facts = facts_of(subject, household, people, pack, at, applicant=applicant)
    owners = _owners(item, applicant, subject, on)
    return replace(
        _blank(pack, item, applicant, household, on, new_id, code),
        beneficiary="" if subject.id == applicant.id else subject.id,
        headline=owners.fill(item.headline),
        icon=_icon(item, applicant, subject, on),
        steps=_steps(item, facts, owners, household.village, at),
        worker_name=worker_name,
        worker_phone=worker_phone,
    )


def _blank(
    pack: Pack, item: Item, applicant: Person, household: Household, on: date, new_id: str, code: str
) -> Checklist:
    return Checklist(
        id=new_id,
        village=household.village,
        household=household.id,
        person=applicant.id,
        item=item.code,
        item_name=item.name,
        called=called(applicant.name, applicant.sex, applicant.age_on(on)),
        code=code,
        made_on=on,
        pack=pack.label,
        simulated=pack.simulated,
    )


def _item(pack: Pack, code: str, village: str, on: date) -> Item:
    if code in pack.item_table:
        return pack.item(code)
    proof = next((each for each in pack.proofs_at(village, on) if each.code == code), None)
    if proof is None:
        raise UserError("县里还没发这件事的单子，可先用空白单手填。", field="item")
    return as_item(proof)


@dataclass(frozen=True)
class _Owners:
    """Whose paper it is, said in one word; empty where only one person comes into question."""

    applicant: str
    beneficiary: str
    child: str

    def fill(self, words: str, owner: str = "") -> str:
        whose = {"applicant": self.applicant, "beneficiary": self.beneficiary, "household": "全家"}
        filled = words.replace("{owner}", whose.get(owner, ""))
        return filled.replace("{child}", self.child).replace("{elder}", self.applicant)


def _owners(item: Item, applicant: Person, subject: Person, on: date) -> _Owners:
    if item.for_late:  # two identity cards lie side by side: each says whose it is
        return _Owners("经办人", "逝者", "孩子")
    if applicant.id == subject.id:
        return _Owners("", "", "孩子")
    if item.for_child:
        kin: Kinship = kinship(applicant, subject)
        return _Owners(kin.elder, "孩子", kin.child)
    years = subject.age_on(on)
    return _Owners("代办人", "老人" if years is not None and years >= OLD else "本人", "孩子")


def _icon(item: Item, applicant: Person, subject: Person, on: date) -> str:
    years = applicant.age_on(on) or 0
    if item.for_child:
        old_woman = applicant.sex is Sex.FEMALE and years >= OLD and applicant.id != subject.id
        return "granny_child" if old_woman else "child"
    if item.icon:
        return item.icon
    return "grandpa" if subject.sex is Sex.MALE else "granny"


def _steps(item: Item, facts: Facts, owners: _Owners, village: str, at: datetime) -> tuple[Step, ...]:
    on = china_day(at)
    return tuple(
        _step(errand, item, facts, owners, place_of(facts.pack, errand.office, village, on), at)
        for errand in item.errands
        if errand.when is None or evaluate(errand.when, facts, at).kind is Kind.MATCH
    )


def _step(errand: Errand, item: Item, facts: Facts, owners: _Owners, place: Place, at: datetime) -> Step:
    on = china_day(at)
    wanted = [
        material
        for material in map(item.material, errand.materials)
        if material.when is None or evaluate(material.when, facts, at).kind is not Kind.NO
    ]
    return Step(
        step=errand.id,
        title=owners.fill(errand.title),
        icon=errand.icon,
        place=place,
        papers=tuple(_paper(each, facts, owners, on) for each in wanted if each.obtain in BROUGHT),
        unneeded=tuple(_unneeded(each, owners) for each in wanted if each.obtain not in BROUGHT),
        takes=f"最迟 {errand.limit.words}" if errand.limit else "",
        then=tuple(owners.fill(words) for words in errand.then),
        external=errand.external,
    )


def _paper(material: Material, facts: Facts, owners: _Owners, on: date) -> Paper:
    note = material.note or (CAN_FOLLOW if material.obtain is Obtain.DEFER else "")
    return Paper(
        material=material.id,
        name=owners.fill(material.name, material.owner),
        icon=material.icon,
        originals=material.originals,
        copies=material.copies,
        look_only=material.look_only,
        unit=material.unit,
        note=note,
        issuer=facts.pack.named(material.issuer, facts.village, on),
        unverified=material.standing.unverified,
    )


def _unneeded(material: Material, owners: _Owners) -> Unneeded:
    return Unneeded(owners.fill(material.name, material.owner), material.icon, material.why)


def place_of(pack: Pack, office_id: str, village: str, on: date) -> Place:
    """The office as printed, with the hours of that day's season; what is not known stays empty."""
    office = pack.office(office_id, on, village=village)
    if office is None:
        return Place(name="")
    hours = office.hours(on)
    first, second = [*office.contacts, None, None][:2]
    return Place(
        name=pack.named(office.name, village, on),
        icon=office.icon,
        floor=office.floor,
        window=office.window,
        windows=office.windows,
        person=first.name if first else "",
        phone=first.phone if first else "",
        phone2=second.phone if second else "",
        morning=hours.morning if hours else "",
        afternoon=hours.afternoon if hours else "",
        closed=_shut_days(pack, office, village, on),
    )


def _shut_days(pack: Pack, office: Office, village: str, on: date) -> str:
    local = coming(pack.closures, (office.id, office.part_of), village, on, CLOSED_SOON)
    return " ".join(part for part in (office.closed, *(each.words for each in local)) if part)
