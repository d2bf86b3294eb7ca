"""Families of whom the papers told: the facts of their cases, the names of the fictional village.

蒋奶奶 (耒阳): past sixty, her son dead of cancer last year, her grandson at school, his mother gone; she
heard of the orphans' money from the village loudspeaker, and police and court had to speak first.
朱家 (永定区): four people, the father's kidneys gave out and a transplant cost about 150,000 yuan; the mother
cannot go out to work, two small children, no income; a visit found them four months later, and 低保 took
them in whole.
李奶奶 (耒阳): on 特困, she walked to the county for a stamp so that her grandson's school would waive its
fee; no such paper was due, and the office asked the school itself.
小馨 (沈阳): six years old, her mother dead since she was ten months, her father ill with cancer; his ability
to work was judged, the relief of the family raised, the child taken for one whom nobody can raise, and a
helper found.
孙女士 (盘锦): fell ill of a sudden, sank and spoke with nobody; a visit noticed, 低保 and 临时救助 followed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.identity import Sex
from app.domain.people.person import Parent, ParentState, Person
from app.domain.rules.spans import add_months
from tests.facts import GRANNY, NOW, household, id_number, person

ON = NOW.date()
BOY = "01900000-0000-7000-8000-0000000000a1"
ZHU, FATHER, MOTHER, SON, DAUGHTER = (f"01900000-0000-7000-8000-0000000000b{n}" for n in range(5))
LI, LI_GRANNY, LI_BOY = (f"01900000-0000-7000-8000-0000000000c{n}" for n in range(3))
XIN, XIN_FATHER, XIN_GIRL = (f"01900000-0000-7000-8000-0000000000d{n}" for n in range(3))
SUN, SUN_SHE = (f"01900000-0000-7000-8000-0000000000e{n}" for n in range(2))
TRANSPLANT_FEN = 15_000_000
SON_DIED, MOTHER_LEFT = date(2025, 10, 9), date(2024, 3, 1)
FELL_ILL = add_months(ON, -4)


def someone(key: str, home: str, name: str, sex: Sex, relation: str, birth: date, **facts: object) -> Person:
    serial = (600 + int(key[-2:], 16) * 2 + (sex is Sex.MALE)) % 1000
    given = {"phone": "", "id_number": id_number(birth, serial), **facts}
    return person(id=key, household=home, name=name, sex=sex, relation=relation, birth=birth, **given)


def jiang() -> tuple[Household, Person, Person]:
    """The household, the grandmother, the grandson."""
    birth = date(1962, 3, 2)
    granny = person(birth=birth, id_number=id_number(birth, 302))
    parents = (
        Parent("father", ParentState.DEAD, SON_DIED, "何建平"),
        Parent("mother", ParentState.LOST_CONTACT, MOTHER_LEFT, "周艳"),
    )
    boy = someone(
        BOY, granny.household, "何子航", Sex.MALE, "41", date(2017, 9, 1), parents=parents, guardian=GRANNY,
        school_stage="primary",
    )  # fmt: skip
    return household(tags=("隔代抚养",)), granny, boy


def declared(boy: Person) -> Person:
    """After the court: his mother is declared missing."""
    father, mother = boy.parents
    return replace(boy, parents=(father, replace(mother, state=ParentState.DECLARED_MISSING)))


def zhu() -> tuple[Household, tuple[Person, ...]]:
    """The household as it stood before anybody asked after its money, and its four people."""
    parents = (
        Parent("father", ParentState.SEVERE_ILLNESS, FELL_ILL, "朱大勇"),
        Parent("mother", ParentState.ABLE, None, "李小梅"),
    )
    members = (
        someone(
            FATHER, ZHU, "朱大勇", Sex.MALE, "02", date(1986, 5, 4), severe_illness=True, work_ability="none",
            phone="15400003102",
        ),
        someone(MOTHER, ZHU, "李小梅", Sex.FEMALE, "12", date(1989, 8, 9), work_ability="full"),
        someone(SON, ZHU, "朱小虎", Sex.MALE, "21", date(2018, 4, 1), parents=parents),
        someone(DAUGHTER, ZHU, "朱小燕", Sex.FEMALE, "31", date(2021, 6, 1), parents=parents),
    )  # fmt: skip
    return household(id=ZHU, head=FATHER, door="9号", phone="15400003102"), members


def visited(home: Household) -> Household:
    """What the visit found: no income for a year, the transplant paid by themselves, nothing put by."""
    found = HouseholdFacts(income_fen=0, exempt_fen=0, rigid_fen=TRANSPLANT_FEN, assets_ok=True, as_of=ON)
    return replace(home, tags=(*home.tags, "急难"), facts=found)


def li() -> tuple[Household, Person, Person]:
    """The household on 特困, the grandmother, the boy at school."""
    granny = someone(LI_GRANNY, LI, "李菊香", Sex.FEMALE, "02", date(1949, 2, 3), phone="15400003201")
    boy = someone(LI_BOY, LI, "李子轩", Sex.MALE, "41", date(2016, 9, 3), school_stage="primary")
    home = household(id=LI, head=LI_GRANNY, group="塘边组", door="6号", classes=("TK",), phone="15400003201")
    return home, granny, boy


def xin() -> tuple[Household, Person, Person]:
    """The household on 低保, the father before anybody judged his ability, the girl."""
    father = someone(
        XIN_FATHER, XIN, "唐建国", Sex.MALE, "02", date(1984, 4, 4), severe_illness=True, phone="15400003301"
    )
    mother = Parent("mother", ParentState.DEAD, date(2021, 3, 8), "周丽")
    ill = Parent("father", ParentState.ABLE, None, "唐建国")
    girl = someone(XIN_GIRL, XIN, "唐小馨", Sex.FEMALE, "30", date(2020, 5, 10), parents=(mother, ill))
    home = household(
        id=XIN,
        head=XIN_FATHER,
        group="高坡组",
        door="8号",
        classes=("DB",),
        category="B",
        phone="15400003301",
    )
    return home, father, girl


def sun() -> tuple[Household, Person]:
    """A woman by herself, known to nobody's register, before anybody noticed."""
    she = someone(
        SUN_SHE, SUN, "孙春莲", Sex.FEMALE, "02", date(1971, 6, 7), work_ability="full", phone="15400003401"
    )
    return household(id=SUN, head=SUN_SHE, group="桥头组", door="11号", phone="15400003401"), she


def enter(desk: Desk, *records: Household | Person) -> None:
    with desk.unit("enter") as unit:
        for record in records:
            unit.save(record)
