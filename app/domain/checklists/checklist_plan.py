"""Beginning a checklist: the pack's papers, steps and places chosen for one applicant on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations

from app.domain.checklists.checklist import Bundled, Checklist, Goer, Going, Step
from app.domain.checklists.checklist_bundle import together
from app.domain.checklists.checklist_owners import agent, goer_of, icon_of, owners_of
from app.domain.checklists.checklist_steps import Case, Known, walks
from app.domain.checklists.open_days import good_day
from app.domain.packs.policy import Pack
from app.domain.packs.proof import as_item
from app.domain.packs.service_item import Item
from app.domain.people.household import Household
from app.domain.people.kin import kinship
from app.domain.people.person import Person, called
from app.domain.problem import UserError
from app.domain.rules.facts import facts_of
from app.domain.workdays import PLAIN, WorkCalendar, china_day

NOTHING = Known()


@dataclass(frozen=True)
class Matter:
    """One thing to be done: which item, and for whom when it is not the applicant's own."""

    item: str
    beneficiary: Person | None = None


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
    also: Sequence[Matter] = (),
    goer: Goer | None = None,
    calendar: WorkCalendar = PLAIN,
    known: Known = NOTHING,
) -> Checklist:
    """The list for `applicant` and her matters, as the pack says today: the first, and `also` others.

    Who goes for a grown-up is her agent, and the list is hers. A paper is left out only when the facts
    rule it out, an errand put in only when they call for it; what nobody knows is in `Checklist.gaps`.
    Raises UserError when the county has not sent an item, or two of them exclude each other.
    """
    on = china_day(at)
    first = _item(pack, item_code, household.village, on)
    if goer is None:
        applicant, beneficiary, goer = _who_goes(first, applicant, beneficiary, on)
    matters = (Matter(item_code, beneficiary), *also)
    _refuse(clashes(pack, matters, applicant, household.village, on))
    family = _Family(pack, applicant, household, goer, _everybody(members, applicant, matters))
    first_case, *further = cases = [family.case(one, matters, at, calendar, known) for one in matters]
    return replace(
        _blank(pack, first_case, household, new_id, code),
        steps=(steps := together([walks(case) for case in cases])),
        going_on=day_to_go(steps, on, calendar),
        worker_name=worker_name,
        worker_phone=worker_phone,
        bundled=tuple(_bundled(case) for case in further),
    )


def _refuse(clashing: Iterator[str]) -> None:
    for words in clashing:
        raise UserError(f"这两件不能一起办：{words}。", field="items")


def _who_goes(
    item: Item, applicant: Person, beneficiary: Person | None, on: date
) -> tuple[Person, Person | None, Goer]:
    goer = goer_of(item, applicant, beneficiary or applicant, on)
    if goer.role is Going.AGENT and beneficiary is not None:
        return beneficiary, None, agent(applicant, beneficiary, on)
    return applicant, beneficiary, goer


def day_to_go(steps: Sequence[Step], on: date, calendar: WorkCalendar) -> date | None:
    """The day to propose for the next errand: the first good one after today; None when all is done."""
    place = next((step.place for step in steps if not step.done), None)
    return good_day(place, on + timedelta(days=1), calendar) if place else None


def clashes(
    pack: Pack, matters: Sequence[Matter], applicant: Person, village: str, on: date
) -> Iterator[str]:
    """Why two of `matters` may not be drawn by one person, in the pack's words."""
    wanted = [(each.item, (each.beneficiary or applicant).id) for each in matters]
    held = [each for each in pack.exclusions if each.standing.holds(village, on) and not each.either]
    pairs = {each.items: each.words for each in held}
    for (one, whose), (other, whose_too) in permutations(wanted, 2):
        if whose == whose_too and (one, other) in pairs:
            yield pairs[one, other]


@dataclass(frozen=True)
class _Family:
    """Who applies, who goes and who lives there."""

    pack: Pack
    applicant: Person
    household: Household
    goer: Goer
    members: tuple[Person, ...]

    def case(
        self, matter: Matter, matters: Sequence[Matter], at: datetime, calendar: WorkCalendar, known: Known
    ) -> Case:
        item = _item(self.pack, matter.item, self.household.village, china_day(at))
        subject = matter.beneficiary or self.applicant
        facts = facts_of(subject, self.household, self.members, self.pack, at, applicant=self.applicant)
        by_agent = self.goer.role is Going.AGENT
        facts = replace(facts, values={**facts.values, "person.is_applicant": not by_agent})
        named = _named(self.applicant, [each.beneficiary or self.applicant for each in matters])
        owners = owners_of(item, self.applicant, subject, self.goer, china_day(at), named=named)
        return Case(
            item, facts, owners, self.goer, self.applicant, subject, self.members, self.household.village,
            at, calendar, known,
        )  # fmt: skip


def _everybody(members: Iterable[Person], applicant: Person, matters: Sequence[Matter]) -> tuple[Person, ...]:
    around = tuple(members)
    if around:
        return around
    people = (applicant, *(each.beneficiary or applicant for each in matters))
    return tuple({each.id: each for each in people}.values())


def _named(applicant: Person, subjects: list[Person]) -> str:
    """What a list that also speaks of a child calls the applicant; "" where she is the only one."""
    child = next((one for one in subjects if one.id != applicant.id), None)
    return kinship(applicant, child).elder if child else ""


def _bundled(case: Case) -> Bundled:
    beneficiary = "" if case.subject.id == case.applicant.id else case.subject.id
    return Bundled(case.item.code, case.item.name, case.owners.fill(case.item.headline), beneficiary)


def _blank(pack: Pack, case: Case, household: Household, new_id: str, code: str) -> Checklist:
    applicant, subject, on = case.applicant, case.subject, case.on
    return Checklist(
        id=new_id,
        village=household.village,
        household=household.id,
        person=applicant.id,
        item=case.item.code,
        item_name=case.item.name,
        called=called(applicant.name, applicant.sex, applicant.age_on(on)),
        code=code,
        made_on=on,
        pack=pack.label,
        headline=case.owners.fill(case.item.headline),
        goer=case.goer,
        beneficiary="" if subject.id == applicant.id else subject.id,
        icon=icon_of(case.item, applicant, subject, on),
        simulated=pack.simulated,
    )


def _item(pack: Pack, code: str, village: str, on: date) -> Item:
    if code in pack.item_table:
        return pack.item(code).held(village, on)
    proof = next((each for each in pack.proofs_at(village, on) if each.code == code), None)
    if proof is None:
        raise UserError("县里还没发这件事的单子，可先用空白单手填。", field="item")
    return as_item(proof)
