"""Whose matter a list is, who carries it there, and how each of them is spoken of on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.checklists.checklist import Goer, Going
from app.domain.packs.service_item import Item
from app.domain.people.identity import Sex
from app.domain.people.kin import Kinship, between, kinship
from app.domain.people.person import Person, called

OLD = 60  # years from which somebody is spoken of as 老人
GROWN_UP = 18
OLD_MAN, OLD_WOMAN = "grandpa", "granny"


@dataclass(frozen=True)
class Owners:
    """Whose paper it is, said in one word; empty where only one person comes into question.

    `person` is the applicant when an office asks to see her: 您 for whoever goes herself.
    """

    applicant: str
    beneficiary: str
    child: str
    person: str = "您"
    for_child: bool = False

    def fill(self, words: str, owner: str = "") -> str:
        """`words` with {owner}, {child} and {elder} said as this family says them."""
        whose = {"applicant": self.applicant, "beneficiary": self.beneficiary, "household": "全家"}
        filled = words.replace("{owner}", whose.get(owner, ""))
        return filled.replace("{child}", self.child).replace("{elder}", self.applicant)

    def must_come(self, whom: str) -> str:
        """Who has to be there in person, for an errand whose `in_person` is `whom`."""
        child = "孩子" if self.for_child else self.person
        return {"applicant": self.person, "beneficiary": child, "household": "全家大人"}.get(whom, "")


def owners_of(
    item: Item, applicant: Person, subject: Person, goer: Goer, on: date, *, named: str = ""
) -> Owners:
    """`named` is what the applicant is called where a list also speaks of somebody else (奶奶)."""
    if item.for_late:  # two identity cards lie side by side: each says whose it is
        return Owners("经办人", "逝者", "孩子")
    if applicant.id != subject.id and _is_child(item, subject, on):
        kin: Kinship = kinship(applicant, subject)
        return Owners(kin.elder, "孩子", kin.child, kin.elder, for_child=True)
    if goer.role is Going.AGENT:
        years = subject.age_on(on)
        whose = named or ("老人" if years is not None and years >= OLD else "本人")
        return Owners(whose, whose, "孩子", called(applicant.name, applicant.sex, applicant.age_on(on)))
    return Owners(named, named, "孩子")


def goer_of(item: Item, applicant: Person, subject: Person, on: date) -> Goer:
    """How `applicant` goes for `subject` when nobody said otherwise: for a minor as its guardian."""
    if applicant.id == subject.id or item.for_late:
        return Goer()  # nobody is sent by one who has died
    return Goer(Going.GUARDIAN if _is_child(item, subject, on) else Going.AGENT)


def _is_child(item: Item, subject: Person, on: date) -> bool:
    years = subject.age_on(on)
    return item.for_child or (years is not None and years < GROWN_UP)


def agent(person: Person, sent_by: Person, on: date) -> Goer:
    """`person` of the register, sent by `sent_by`: 儿子 蒋先生."""
    words = called(person.name, person.sex, person.age_on(on))
    return Goer(Going.AGENT, words, between(person, sent_by), person.id)


def icon_of(item: Item, applicant: Person, subject: Person, on: date) -> str:
    """The picture at the head of the list."""
    years = applicant.age_on(on) or 0
    if item.for_child:
        old_woman = applicant.sex is Sex.FEMALE and years >= OLD and applicant.id != subject.id
        return "granny_child" if old_woman else "child"
    if item.icon:
        return item.icon
    return OLD_MAN if subject.sex is Sex.MALE else OLD_WOMAN
