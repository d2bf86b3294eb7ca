"""A household that is not on the roster yet: entered at the door with its head, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.people import identity
from app.domain.people.household import Household
from app.domain.people.identity import BadIdentity, Sex
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError

HEAD = "02"
MOBILE, SHORTEST_PHONE = 11, 7
BORROWED = "证号和别人的一样，待核"


@dataclass(frozen=True)
class Newcomer:
    """What is asked of a new household. The number may be left for later; then her sex is asked."""

    group: str
    door: str
    name: str
    id_number: str = ""
    sex: Sex = Sex.UNKNOWN
    phone: str = ""
    no_id_reason: str = ""


class Duplicate(UserError):
    """Somebody of that name or number is here already (M-33); `person` says who.

    `same_number`: only one of the two can have it, so going on leaves the number empty.
    """

    def __init__(self, words: str, person: str, *, same_number: bool) -> None:
        super().__init__(words, field="id_number" if same_number else "name")
        self.person = person
        self.same_number = same_number


def create(desk: Desk, newcomer: Newcomer, *, another: bool = False) -> Household:
    """Enter the household and its head in one transaction.

    Raises UserError with everything to mend, or Duplicate unless the worker has said that it is
    another person (`another`).
    """
    found, problems = _identity(newcomer, desk.today)
    problems += _missing(newcomer, found)
    if problems:
        raise UserError(problems[0].words, problems=tuple(problems))
    number = found.number if found else ""
    holder = desk.store.reading.where(Person, id_number=number) if number else ()
    if not another:
        _refuse_double(desk, newcomer, holder)
    reason = newcomer.no_id_reason
    if holder:
        number, reason = "", BORROWED
    household_id, person_id = new_id(desk.now), new_id(desk.now)
    phone = _digits(newcomer.phone)
    household = Household(
        id=household_id, village=desk.village, group=newcomer.group.strip(), door=newcomer.door.strip(),
        head=person_id, phone=phone,
    )  # fmt: skip
    person = Person(
        id=person_id, village=desk.village, household=household_id, name=newcomer.name.strip(),
        sex=found.sex if found else newcomer.sex, relation=HEAD, birth=found.birth if found else None,
        id_number=number or None, no_id_reason="" if number else reason, phone=phone,
    )  # fmt: skip
    with desk.unit("new household") as unit:
        unit.save(household)
        unit.save(person)
    return household


def _identity(newcomer: Newcomer, today: date) -> tuple[identity.Identity | None, list[Problem]]:
    if not newcomer.id_number.strip():
        return None, []
    try:
        return identity.read(newcomer.id_number, today=today), []
    except BadIdentity as error:
        return None, [Problem("id_number", error.words)]


def _missing(newcomer: Newcomer, found: identity.Identity | None) -> list[Problem]:
    problems = []
    if not newcomer.group.strip():
        problems.append(Problem("group", "住哪个组？选一个。"))
    if not newcomer.door.strip():
        problems.append(Problem("door", "门牌几号？没有门牌就写谁家隔壁。"))
    if not newcomer.name.strip():
        problems.append(Problem("name", "户主叫什么？照身份证写。"))
    if found is None and not newcomer.id_number.strip() and newcomer.sex not in (Sex.MALE, Sex.FEMALE):
        problems.append(Problem("sex", "没有证号，先选男还是女。"))
    digits = _digits(newcomer.phone)
    if newcomer.phone.strip() and not _dialled(digits):
        problems.append(Problem("phone", f"电话少一位还是多一位？手机是 11 位，现在是 {len(digits)} 位。"))
    return problems


def _refuse_double(desk: Desk, newcomer: Newcomer, holder: tuple[Person, ...]) -> None:
    if holder:
        raise Duplicate(_known(desk, holder[0], "就是这个身份证号"), holder[0].id, same_number=True)
    name = newcomer.name.strip()
    hits = desk.store.finder.find(name, kind="person", limit=100).shown
    same = desk.store.reading.many(Person, [hit.record for hit in hits if hit.title == name])
    if same:
        near = sorted(same, key=lambda one: not _place(desk, one).startswith(newcomer.group.strip()))
        raise Duplicate(_known(desk, near[0], ""), near[0].id, same_number=False)


def _known(desk: Desk, person: Person, more: str) -> str:
    years = person.age_on(desk.today)
    age = "" if years is None else f"，{years} 岁"
    return f"{_place(desk, person)}也有一位{person.name}{age}{'，' + more if more else ''}。是同一个人吗？"


def _place(desk: Desk, person: Person) -> str:
    household = desk.store.reading.find(Household, person.household)
    return household.place if household else ""


def _digits(phone: str) -> str:
    return "".join(one for one in identity.tidy(phone) if one.isdigit())


def _dialled(digits: str) -> bool:
    if digits.startswith("1"):
        return len(digits) == MOBILE
    return SHORTEST_PHONE <= len(digits) <= MOBILE + 1
