"""Somebody joins a family, or what the register says of her is put right: never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.actions.desk import Desk
from app.actions.entry.doubles import BORROWED, Duplicate, holders, read_number, read_phone, refuse_double
from app.domain.ids import new_id
from app.domain.people.codes import RELATION, relation_sex
from app.domain.people.household import Household
from app.domain.people.identity import Identity, Sex
from app.domain.people.person import Disability, Life, Parent, Person
from app.domain.problem import Problem, UserError

__all__ = ["Duplicate", "MemberFacts", "add", "amend", "facts_of"]
HEAD = "02"
NO_CARD_YET = "没带证，下次补"
CHRONIC = {"well": False, "chronic": True}  # a severe illness says nothing of others


@dataclass(frozen=True)
class MemberFacts:
    """What the form holds of one person; the names are those of `Person`.

    With a number, sex and birth are read from it. `illness` is one of "" (nobody asked) well chronic severe.
    """

    name: str
    relation: str
    id_number: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: date | None = None
    phone: str = ""
    life: Life = Life.HERE
    school_stage: str = ""
    illness: str = ""
    work_ability: str = ""
    disabilities: tuple[Disability, ...] = ()
    parents: tuple[Parent, ...] = ()
    tags: tuple[str, ...] = ()


def facts_of(person: Person) -> MemberFacts:
    """What the register says, as the form shows it."""
    illness = "severe" if person.severe_illness else "chronic" if person.chronic_illness else ""
    if not illness and person.severe_illness is False and person.chronic_illness is False:
        illness = "well"
    return MemberFacts(
        person.name, person.relation, person.id_number or "", person.sex, person.birth, person.phone,
        person.life, person.school_stage, illness, person.work_ability, person.disabilities, person.parents,
        person.tags,
    )  # fmt: skip


def add(desk: Desk, household: str, facts: MemberFacts, *, another: bool = False) -> Person:
    """Enter one more person of `household`.

    Raises UserError with everything to mend, or Duplicate for a number somebody has or a name of the same
    house, unless the worker has said that it is another person (`another`).
    """
    home = desk.store.reading.get(Household, household)
    members = desk.store.reading.where(Person, household=household)
    found, phone = _checked(desk, facts, members, "")
    number = found.number if found else ""
    holder = holders(desk, number)
    if not another:
        refuse_double(desk, facts.name.strip(), holder, home.group, household=household)
    blank = Person(
        id=new_id(desk.now), village=home.village, household=home.id, name=facts.name.strip(),
        sex=facts.sex, relation=facts.relation,
    )  # fmt: skip
    person = _with(blank, facts, found, phone)
    if holder:
        person = replace(person, id_number=None, no_id_reason=BORROWED)
    with desk.unit("new member") as unit:
        unit.save(person)
        unit.save(_headed(home, person))
    return person


def amend(desk: Desk, person: str, facts: MemberFacts) -> Person:
    """Put right what the register says of somebody. Raises UserError with everything to mend."""
    known = desk.store.reading.get(Person, person)
    members = desk.store.reading.where(Person, household=known.household)
    found, phone = _checked(desk, facts, members, known.id)
    if found and (other := holders(desk, found.number, but=known.id)):
        words = f"这个身份证号是{other[0].name}的。照着证再念一遍。"
        raise UserError(words, field="id_number")
    changed = _with(known, facts, found, phone)
    home = desk.store.reading.get(Household, known.household)
    with desk.unit("member put right") as unit:
        unit.save(changed)
        unit.save(_headed(home, changed))
    return changed


def _headed(home: Household, person: Person) -> Household:
    # After a death the family says who its head is now; the dead one keeps his place in the family.
    return replace(home, head=person.id) if person.relation == HEAD and not person.readable_only else home


def _with(person: Person, facts: MemberFacts, found: Identity | None, phone: str) -> Person:
    asked = facts.illness != ""
    return replace(
        person,
        name=facts.name.strip(),
        relation=facts.relation,
        id_number=found.number if found else None,
        no_id_reason="" if found else person.no_id_reason or NO_CARD_YET,
        sex=found.sex if found else facts.sex,
        birth=found.birth if found else facts.birth,
        phone=phone,
        life=facts.life,
        school_stage=facts.school_stage,
        severe_illness=facts.illness == "severe" if asked else person.severe_illness,
        chronic_illness=CHRONIC.get(facts.illness, person.chronic_illness),
        work_ability=facts.work_ability,
        disabilities=facts.disabilities,
        parents=facts.parents,
        tags=facts.tags,
    )


def _checked(
    desk: Desk, facts: MemberFacts, members: Sequence[Person], own: str
) -> tuple[Identity | None, str]:
    found, problems = read_number(facts.id_number, desk.today)
    phone, odd = read_phone(facts.phone)
    problems += [*_missing(facts), *odd]
    sex = found.sex if found else facts.sex
    if facts.relation and relation_sex(facts.relation) not in (None, sex) and not problems:
        said = "女的" if sex is Sex.FEMALE else "男的"
        words = f"{said}不会是「{RELATION.label(facts.relation)}」。看看关系和证号哪个写错了。"
        problems.append(Problem("relation", words))
    heads = [one for one in members if one.relation == HEAD and not one.readable_only and one.id != own]
    if facts.relation == HEAD and heads:
        problems.append(Problem("relation", "这家已经有户主了。选他和户主是什么关系。"))
    if facts.birth and facts.birth > desk.today:
        problems.append(Problem("birth", "生日还没到，看看年和月。"))
    if problems:
        raise UserError(problems[0].words, problems=tuple(problems))
    return found, phone


def _missing(facts: MemberFacts) -> list[Problem]:
    problems = []
    if not facts.name.strip():
        problems.append(Problem("name", "叫什么？照证上写，刚生的写小名也行。"))
    if not facts.relation:
        problems.append(Problem("relation", "是户主的什么人？点一个。"))
    if not facts.id_number.strip():
        if facts.sex not in (Sex.MALE, Sex.FEMALE):
            problems.append(Problem("sex", "没有证号，先选男还是女。"))
        if facts.birth is None:
            problems.append(Problem("birth", "没有证号，先填生日。"))
    return problems
