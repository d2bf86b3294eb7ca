"""Whether somebody of that name or number is here already (M-33), and what a number or phone says."""

from __future__ import annotations

from datetime import date

from app.actions.desk import Desk
from app.domain.people import identity
from app.domain.people.household import Household
from app.domain.people.identity import BadIdentity, Identity
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError

MOBILE, SHORTEST_PHONE = 11, 7
BORROWED = "证号和别人的一样，待核"


class Duplicate(UserError):
    """Somebody of that name or number is here already; `person` says who.

    `same_number`: only one of the two can have it, so going on leaves the number empty.
    """

    def __init__(self, words: str, person: str, *, same_number: bool) -> None:
        super().__init__(words, field="id_number" if same_number else "name")
        self.person = person
        self.same_number = same_number


def holders(desk: Desk, number: str, *, but: str = "") -> tuple[Person, ...]:
    """Who has this identity number, without the person `but`."""
    found = desk.store.reading.where(Person, id_number=number) if number else ()
    return tuple(one for one in found if one.id != but)


def refuse_double(
    desk: Desk, name: str, holder: tuple[Person, ...], group: str, *, household: str = ""
) -> None:
    """Raise Duplicate for a number somebody has, or a name somebody bears: those of `group` are asked about
    first; with `household` only those who live there are."""
    if holder:
        raise Duplicate(_known(desk, holder[0], "就是这个身份证号"), holder[0].id, same_number=True)
    hits = desk.store.finder.find(name, kind="person", limit=100).shown
    found = desk.store.reading.many(Person, [hit.record for hit in hits if hit.title == name])
    same = [one for one in found if not household or one.household == household]
    if same:
        near = sorted(same, key=lambda one: not place_of(desk, one).startswith(group))
        raise Duplicate(_known(desk, near[0], ""), near[0].id, same_number=False)


def read_number(number: str, today: date) -> tuple[Identity | None, list[Problem]]:
    """What a typed identity number says; None for an empty one, a problem for a wrong one."""
    if not number.strip():
        return None, []
    try:
        return identity.read(number, today=today), []
    except BadIdentity as error:
        return None, [Problem("id_number", error.words)]


def read_phone(phone: str) -> tuple[str, list[Problem]]:
    """The digits of a typed telephone, and what is wrong with it."""
    digits = "".join(one for one in identity.tidy(phone) if one.isdigit())
    if not phone.strip() or _dialled(digits):
        return digits, []
    words = f"电话少一位还是多一位？手机是 11 位，现在是 {len(digits)} 位。"
    return digits, [Problem("phone", words)]


def place_of(desk: Desk, person: Person) -> str:
    """The door of the household she is of."""
    household = desk.store.reading.find(Household, person.household)
    return household.place if household else ""


def _known(desk: Desk, person: Person, more: str) -> str:
    years = person.age_on(desk.today)
    age = "" if years is None else f"，{years} 岁"
    where = place_of(desk, person)
    return f"{where}也有一位{person.name}{age}{'，' + more if more else ''}。是同一个人吗？"


def _dialled(digits: str) -> bool:
    if digits.startswith("1"):
        return len(digits) == MOBILE
    return SHORTEST_PHONE <= len(digits) <= MOBILE + 1
