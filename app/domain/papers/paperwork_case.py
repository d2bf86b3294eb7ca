"""One family's case as every application paper sees it (一张表): gathered once, printed on all of them.

A fact nobody knows is an empty string: the paper has a blank there, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain import money
from app.domain.papers.paperwork import FormKind, Wording
from app.domain.papers.survey import Sums, Survey
from app.domain.people.codes import (
    BENEFIT,
    EDUCATION,
    ETHNIC,
    HUKOU_TYPE,
    MARITAL,
    RELATION,
    SCHOOL_STAGE,
    SEX,
    WORK_ABILITY,
    disability_words,
)
from app.domain.people.household import CLASSES, Household
from app.domain.people.identity import Sex
from app.domain.people.person import Life, Person

GROWN_UP = 18
NOTHING_KNOWN = (Sex.UNKNOWN, Sex.UNSTATED)


@dataclass(frozen=True)
class Party:
    """One person in words. `minor` is False while the age is unknown: who may be grown up signs."""

    id: str
    name: str
    relation: str = ""  # to the head of the household
    sex: str = ""
    age: str = ""
    number: str = ""
    ethnic: str = ""
    marital: str = ""
    education: str = ""
    school: str = ""
    health: str = ""
    ability: str = ""
    benefits: str = ""
    phone: str = ""
    bank: str = ""
    account: str = ""
    away: bool = False
    minor: bool = False
    guardian: str = ""


@dataclass(frozen=True)
class Home:
    """Where they live and how the village knows them. `near_kin` None: nobody has asked."""

    place: str
    village: str
    head: str = ""
    hukou: str = ""
    classes: str = ""
    phone: str = ""
    income: str = ""  # yuan in twelve months
    income_on: date | None = None
    near_kin: bool | None = None


@dataclass(frozen=True)
class FormCase:
    """All facts of one application. `subject` is whom it is for when the applicant asks for another.

    `members` live together (here or working away), head first. `sums` and `assets` name all that is asked,
    with what was told on the day `asked_on`, or blank; `survey` is the signed visit of an investigation.
    """

    home: Home
    items: tuple[str, ...]
    applicant: Party
    members: tuple[Party, ...]
    subject: Party | None = None
    agent: Party | None = None
    survey: Survey | None = None
    sums: tuple[Sums, ...] = ()
    assets: tuple[tuple[str, str], ...] = ()
    asked_on: date | None = None
    proofs: tuple[str, ...] = ()  # what a commitment stands for
    edition: str = ""
    worker: str = ""
    simulated: bool = False

    @property
    def grown_up(self) -> tuple[Party, ...]:
        """Everyone who signs for herself."""
        return tuple(one for one in self.members if not one.minor)

    @property
    def minors(self) -> tuple[Party, ...]:
        return tuple(one for one in self.members if one.minor)

    @property
    def blanks(self) -> dict[str, str]:
        """What the words of a paper may ask for (`app.domain.papers.paperwork.BLANKS`)."""
        return {"items": "、".join(self.items), "proofs": "、".join(self.proofs)}


@dataclass(frozen=True)
class FormPaper:
    """One paper to print: its kind, its words, its facts."""

    kind: FormKind
    wording: Wording
    case: FormCase


@dataclass(frozen=True)
class Request:
    """Whose application it is, chosen by the worker, on the records as they stand on the day `on`.

    `told` is the latest signed visit whose sums are fresh enough to print, `blank` one without answers.
    """

    household: Household
    members: Sequence[Person]
    applicant: str
    items: tuple[str, ...]
    on: date
    village: str
    subject: str = ""
    agent: str = ""
    proofs: tuple[str, ...] = ()
    survey: Survey | None = None
    told: Survey | None = None
    blank: Survey | None = None
    income_fresh: bool = False
    edition: str = ""
    worker: str = ""
    simulated: bool = False


def case_of(request: Request) -> FormCase:
    """The case of `request`; an applicant who is not of the household is a blank."""
    known = {one.id: one for one in request.members}
    parties = {key: party(one, request.on, known) for key, one in known.items()}
    living = [one for one in request.members if one.life in (Life.HERE, Life.AWAY)]
    head, asked = request.household.head, request.told or request.blank
    ordered = sorted(living, key=lambda one: (one.id != head, str(one.birth or "9999"), one.id))
    return FormCase(
        home=_home(request, known),
        items=request.items,
        applicant=parties.get(request.applicant, Party("", "")),
        members=tuple(parties[one.id] for one in ordered),
        subject=parties.get(request.subject) if request.subject != request.applicant else None,
        agent=parties.get(request.agent),
        survey=request.survey,
        sums=asked.sums if asked else (),
        assets=asked.assets if asked else (),
        asked_on=request.told.on if request.told else None,
        proofs=request.proofs,
        edition=request.edition,
        worker=request.worker,
        simulated=request.simulated,
    )


def party(person: Person, on: date, known: Mapping[str, Person]) -> Party:
    """`person` in words, on the day `on`; `known` are those her guardian may be among."""
    years = person.age_on(on)
    guardian = known.get(person.guardian or "")
    account = person.account
    return Party(
        id=person.id,
        name=person.name,
        relation=RELATION.label(person.relation),
        sex="" if person.sex in NOTHING_KNOWN else SEX.label(person.sex.value),
        age="" if years is None else str(years),
        number=person.id_number or "",
        ethnic=_people(person.ethnic),
        marital=MARITAL.label(person.marital),
        education=EDUCATION.label(person.education),
        school=_school(person.school_stage),
        health=_health(person),
        ability=f"{WORK_ABILITY.label(person.work_ability)}劳动能力" if person.work_ability else "",
        benefits="、".join(BENEFIT.label(one.item) for one in person.benefits),
        phone=person.phone,
        bank=account.bank if account else "",
        account=account.number if account else "",
        away=person.life is Life.AWAY,
        minor=years is not None and years < GROWN_UP,
        guardian=guardian.name if guardian else "",
    )


def _home(request: Request, known: Mapping[str, Person]) -> Home:
    home = request.household
    head = known.get(home.head)
    fen = home.facts.income_fen if request.income_fresh else None
    return Home(
        place=home.place,
        village=request.village,
        head=head.name if head else "",
        hukou=HUKOU_TYPE.label(home.hukou_type),
        classes="、".join(CLASSES.get(code, code) for code in home.classes),
        phone=home.phone,
        income="" if fen is None else money.plain(fen),
        income_on=home.facts.as_of if fen is not None else None,
        near_kin=True if home.kin_of_staff else None,
    )


def _health(person: Person) -> str:
    found = [disability_words(one.kind, one.level) for one in person.disabilities]
    if person.severe_illness:
        found.append("重病")
    if person.chronic_illness:
        found.append("慢病")
    if not found and person.severe_illness is False and person.chronic_illness is False:
        found.append("没大病")
    return "、".join(found)


def _school(stage: str) -> str:
    return "" if stage in ("", "none") else f"{SCHOOL_STAGE.label(stage)}在读"


def _people(code: str) -> str:
    label = ETHNIC.label(code)
    return f"{label}族" if label and code != "97" and len(label) < 6 else label
