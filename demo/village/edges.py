"""The people every rule trips over: one household for each numbered edge case, written by hand.

The numbers are those of the list of thirty. Cases that are happenings, not people, live in
`demo.village.past` (21 22 23 25 29) and `demo.village.story` (30).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.domain.people.identity import Sex
from app.domain.people.person import BankAccount, Disability, Life, Parent, ParentState
from demo.village.draft import Draft, Home
from demo.village.numbers import OTHER_BANK, Numbers
from demo.village.place import OLD_COUNTY_CODE, OTHER_COUNTY_VILLAGE, OTHER_PROVINCE_VILLAGE, born

MAN, WOMAN = Sex.MALE, Sex.FEMALE


class Scribe:
    """Writes people by hand with their numbers, dates relative to `on`."""

    def __init__(self, numbers: Numbers, on: date) -> None:
        self.numbers, self.on = numbers, on

    def person(
        self,
        name: str,
        sex: Sex,
        age: tuple[int, ...] | date,
        relation: str,
        edges: tuple[int, ...] = (),
        area: str = "",
        ending: str = "",
        **facts: Any,
    ) -> Draft:
        """`age` is a birth date or (years, months, days) on the village's day."""
        birth = age if isinstance(age, date) else born(self.on, *age)
        if "no_id_reason" not in facts:
            wanted = {"area": area} if area else {}
            facts["id_number"] = self.numbers.card(birth, sex, ending=ending, **wanted)
        return Draft(sex, birth, relation, name, facts=facts, edges=edges)

    def disabled(self, person: Draft, kind: int, level: int, expires: date | None = None) -> Draft:
        """`person` with a certificate whose number follows from the card, kind and level."""
        number = f"{person.facts['id_number']}{kind}{level}"
        expires = expires or born(self.on, -4, -kind, -level)
        person.facts["disabilities"] = (Disability(kind, level, number, expires),)
        return person

    def ago(self, years: int = 0, months: int = 0, days: int = 0) -> date:
        return born(self.on, years, months, days)


def nearly_a_hundred(s: Scribe) -> Home:
    """① 99 years and 11 months, with an old son who cares for her."""
    mother = s.person("谷元秀", WOMAN, (99, 11), "52", (1,), self_care="partial", work_ability="none")
    son = s.person("覃光荣", MAN, (70, 4), "02")
    wife = s.person("周春莲", WOMAN, (68, 9), "12")
    return Home([son, wife, mother], group="高坡组")


def eighty_tomorrow(s: Scribe) -> Home:
    """② 79 years, 11 months and 29 days or so: turns 80 within two days."""
    turns = s.on + timedelta(days=2)
    husband = s.person("彭正华", MAN, born(turns, 80), "02", (2,), chronic_illness=True)
    wife = s.person("向月英", WOMAN, (76, 2), "12")
    return Home([husband, wife], group="塘边组")


def leap_day(s: Scribe) -> Home:
    """③ Born on 29 February: a year older on 1 March of common years."""
    year = next(year for year in range(s.on.year - 70, 1900, -1) if year % 4 == 0)
    woman = s.person("龚玉兰", WOMAN, date(year, 2, 29), "02", (3,), tags=("独居",))
    return Home([woman], group="水井组")


def ends_in_x(s: Scribe) -> Home:
    """④ A card number that ends in X; ⑮ paid into a bank the county does not pay into."""
    man = s.person(
        "田友才",
        MAN,
        (66, 5),
        "02",
        (4, 15),
        ending="X",
        account=BankAccount(OTHER_BANK, s.numbers.account()),
    )
    wife = s.person("罗腊梅", WOMAN, (63, 1), "12")
    return Home([man, wife], group="桥头组")


def from_taiwan(s: Scribe) -> Home:
    """⑤ A husband with a residence permit for people from Taiwan (830000)."""
    wife = s.person("唐群英", WOMAN, (48, 3), "02")
    husband = s.person("林志明", MAN, (52, 8), "11", (5,), area="830000", ethnic="01")
    girl = s.person("林欣怡", WOMAN, (11, 6), "32", parents=able("林志明", "唐群英"))
    girl.guardian = wife
    return Home([wife, husband, girl], group="学堂组")


def newborn(s: Scribe) -> Home:
    """⑥ Born twenty days ago, not yet registered, so without a number."""
    father = s.person("向鹏", MAN, (27, 2), "02")
    mother = s.person("田倩", WOMAN, (25, 9), "12")
    baby = s.person(
        "向一诺", WOMAN, (0, 0, 20), "32", (6,), no_id_reason="刚出生，还没上户", parents=able("向鹏", "田倩")
    )
    baby.guardian = mother
    return Home([father, mother, baby], group="枫树组")


def abolished_county(s: Scribe) -> Home:
    """⑦ A card of a county that was abolished: still valid, never looked up."""
    man = s.person("谷清明", MAN, (73, 7), "02", (7,), area=OLD_COUNTY_CODE)
    wife = s.person("王菊香", WOMAN, (71, 3), "12", area=OLD_COUNTY_CODE)
    return Home([man, wife], group="竹山组")


def father_dead_mother_gone(s: Scribe) -> Home:
    """⑧ Father dead on record, mother out of touch for 7 months: unattended, and nobody applied."""
    grandmother = s.person("向菊英", WOMAN, (67, 3), "02", marital="30")
    boy = s.person("覃浩宇", MAN, (10, 5), "41", (8,), tags=("困境儿童",))
    boy.facts["parents"] = (
        Parent("father", ParentState.DEAD, s.ago(2, 1), "覃小军"),
        Parent("mother", ParentState.LOST_CONTACT, s.ago(0, 7), "吴艳"),
    )
    boy.guardian = grandmother
    return Home([grandmother, boy], {"tags": ("隔代抚养",)}, group="大湾组")


def parents_never_found(s: Scribe) -> Home:
    """⑨ Both parents lost in a flood two years ago; the court has declared nothing yet."""
    grandfather = s.person("卓先福", MAN, (69, 10), "02")
    grandmother = s.person("刘翠娥", WOMAN, (68, 1), "12")
    girl = s.person(
        "卓思琪", WOMAN, (12, 8), "42", (9,), tags=("困境儿童",), note="父母遇洪水没找到，法院还没宣告"
    )
    girl.facts["parents"] = (
        Parent("father", ParentState.LOST_CONTACT, s.ago(1, 11), "卓建华"),
        Parent("mother", ParentState.LOST_CONTACT, s.ago(1, 11), "彭丽华"),
    )
    girl.guardian = grandfather
    return Home([grandfather, grandmother, girl], {"tags": ("隔代抚养",)}, group="沙洲组")


def away_five_years(s: Scribe) -> Home:
    """⑩ On the minimum living allowance, a son away for five years and still counted."""
    father = s.disabled(s.person("吴国平", MAN, (54, 2), "02", work_ability="partial"), 4, 3)
    mother = s.person("罗秋菊", WOMAN, (52, 6), "12", chronic_illness=True)
    son = s.person(
        "吴杰", MAN, (26, 1), "22", (10,), life=Life.AWAY, note="外出 5 年，没回来过，电话常打不通"
    )
    for person in (father, mother, son):
        person.add_benefit("DB", s.ago(6, 2))
    father.add_benefit("CS", s.ago(5, 1), 8_000)
    return Home([father, mother, son], {"classes": ("DB",), "category": "B"}, group="田坪组")


def head_has_died(s: Scribe) -> Home:
    """⑪ The head died three months ago; the register still names him."""
    head = s.person("张家财", MAN, (71, 5), "02", (11,), life=Life.DEAD, note="已去世，还没销户、换户主")
    widow = s.person("陈桃香", WOMAN, (69, 2), "12", marital="30")
    son = s.person("张建军", MAN, (44, 9), "20")
    return Home([head, widow, son], group="石垭组")


def between_two_classes(s: Scribe) -> Home:
    """⑫ Gravely ill in mind, on the allowance, and on the edge of destitution (TK) when his mother goes."""
    mother = s.person("杨银秀", WOMAN, (81, 8), "02", chronic_illness=True, self_care="partial")
    son = s.person(
        "罗长青", MAN, (47, 3), "20", (12,), work_ability="none", self_care="partial", marital="10"
    )
    s.disabled(son, 6, 2)
    for person in (mother, son):
        person.add_benefit("DB", s.ago(8, 5))
    son.add_benefit("CS", s.ago(7, 0), 8_000)
    son.add_benefit("CH", s.ago(7, 0), 8_000)
    son.guardian = mother
    return Home([mother, son], {"classes": ("DB",), "category": "A"}, group="何家岭组")


def certificate_runs_out(s: Scribe) -> Home:
    """⑬ A disability certificate that runs out in 20 days; ⑯ paid into a passbook that is no Luhn number."""
    book = BankAccount("枫香信用社（虚构）", s.numbers.passbook())
    man = s.person("田国富", MAN, (58, 6), "02", (13, 16), account=book, work_ability="partial")
    s.disabled(man, 4, 4, s.on + timedelta(days=20))
    wife = s.person("熊建英", WOMAN, (57, 0), "12")
    return Home([man, wife], group="茶园组")


def third_level(s: Scribe) -> Home:
    """⑭ Mental disability of level 3 twice: here, and registered in a county with the narrower rule."""
    here = s.disabled(s.person("宋小平", MAN, (38, 4), "22", (14,), work_ability="partial"), 5, 3)
    mother = s.person("彭满秀", WOMAN, (64, 7), "02")
    cousin = s.person(
        "邓芳", WOMAN, (35, 9), "97", (14,), area="439902", hukou=OTHER_COUNTY_VILLAGE, work_ability="partial"
    )
    s.disabled(cousin, 5, 3)
    return Home([mother, here, cousin], group="垭口组")


def rare_names(s: Scribe) -> Home:
    """⑰ Names with characters outside the basic plane."""
    return Home(
        [
            s.person("张𬎆", MAN, (36, 1), "02", (17,)),
            s.person("朱𫘧", WOMAN, (34, 11), "12", (17,)),
        ],
        group="新屋场组",
    )


def middle_dot(s: Scribe) -> Home:
    """⑱ Names with a middle dot, longer than any box made for three characters."""
    husband = s.person("王志强", MAN, (41, 2), "02")
    wife = s.person("阿依古丽·买买提", WOMAN, (37, 8), "12", (18,), ethnic="05")
    aunt = s.person("古丽娜尔·阿不都热合曼", WOMAN, (56, 3), "97", (18,), ethnic="05")
    return Home([husband, wife, aunt], group="油榨坪组")


def three_of_one_name(s: Scribe) -> list[Home]:
    """⑲ Three women of one name in one group, told apart by door, age and nothing else."""
    return [
        Home([s.person("李桂英", WOMAN, (years, 4), "02", (19,), marital="30")], group="老屋组", door=door)
        for years, door in ((61, "12号"), (67, "18号"), (72, "25号"))
    ]


def kin_of_staff(s: Scribe) -> Home:
    """⑳ The aunt of a village officer applies."""
    uncle = s.person("唐水生", MAN, (74, 0), "02")
    aunt = s.person("彭金莲", WOMAN, (70, 6), "12", (20,), chronic_illness=True)
    return Home([uncle, aunt], {"kin_of_staff": True}, group="对门坡组")


def several_disabilities(s: Scribe) -> Home:
    """㉔ Several disabilities at once (kind 7), level 1; ㉘ born on the 31st of a month."""
    mother = s.person("向清秀", WOMAN, (61, 5), "02", marital="30")
    month_end = date(s.on.year - 36, 8, 31)
    son = s.person("胡勇", MAN, month_end, "22", (24, 28), work_ability="none", self_care="none")
    s.disabled(son, 7, 1)
    son.add_benefit("CH", s.ago(9, 3), 8_000)
    son.guardian = mother
    return Home([mother, son], group="塘边组")


def registered_elsewhere(s: Scribe) -> Home:
    """㉖ A wife whose household register is in another province."""
    husband = s.person("刘伟", MAN, (43, 7), "02")
    wife = s.person("杨美华", WOMAN, (40, 2), "12", (26,), area="529901", hukou=OTHER_PROVINCE_VILLAGE)
    return Home([husband, wife], group="大湾组")


def five_months_in_prison(s: Scribe) -> Home:
    """㉗ Father five months in prison, mother gone for years: one month short of the rule."""
    grandfather = s.person("熊兴旺", MAN, (66, 8), "02")
    boy = s.person("熊天佑", MAN, (8, 2), "41", (27,), tags=("困境儿童",))
    boy.facts["parents"] = (
        Parent("father", ParentState.PRISON, s.ago(0, 5), "熊兵"),
        Parent("mother", ParentState.LOST_CONTACT, s.ago(3, 4), "周红"),
    )
    boy.guardian = grandfather
    return Home([grandfather, boy], {"tags": ("隔代抚养",)}, group="桥头组")


def able(father: str, mother: str) -> tuple[Parent, Parent]:
    """Two parents who can raise their child."""
    return Parent("father", ParentState.ABLE, name=father), Parent("mother", ParentState.ABLE, name=mother)


SINGLE: tuple[Callable[[Scribe], Home], ...] = (
    nearly_a_hundred,
    eighty_tomorrow,
    leap_day,
    ends_in_x,
    from_taiwan,
    newborn,
    abolished_county,
    father_dead_mother_gone,
    parents_never_found,
    away_five_years,
    head_has_died,
    between_two_classes,
    certificate_runs_out,
    third_level,
    rare_names,
    middle_dot,
    kin_of_staff,
    several_disabilities,
    registered_elsewhere,
    five_months_in_prison,
)


def edge_homes(s: Scribe) -> list[Home]:
    """All households of the edge cases."""
    return [make(s) for make in SINGLE] + three_of_one_name(s)
