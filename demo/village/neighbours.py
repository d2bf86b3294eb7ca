"""The families of the story: people whose like the source reports tell of, and those on the desk today."""

from __future__ import annotations

from app.domain.people.household import HouseholdFacts
from app.domain.people.person import BankAccount, Parent, ParentState
from demo.village import story
from demo.village.draft import Home
from demo.village.edges import MAN, WOMAN, Scribe, able
from demo.village.numbers import BANK


def jiang(s: Scribe) -> Home:
    """蒋奶奶 and her grandson: son dead of cancer, daughter-in-law gone; police and court still to come."""
    grandmother = s.person(
        story.GRANDMOTHER,
        WOMAN,
        (82, 5),
        "02",
        marital="30",
        education="90",
        phone=story.GRANDMOTHER_PHONE,
        chronic_illness=True,
        work_ability="none",
        self_care="full",
        account=BankAccount(BANK, s.numbers.account()),
        tags=("不识字",),
    )
    grandson = s.person(story.GRANDSON, MAN, (9, 2), "41", school_stage="primary", tags=("困境儿童",))
    grandson.facts["parents"] = (
        Parent("father", ParentState.DEAD, s.ago(1, 3), story.GRANDSON_FATHER),
        Parent("mother", ParentState.LOST_CONTACT, s.ago(2, 8), story.GRANDSON_MOTHER),
    )
    grandson.guardian = grandmother
    facts = {"tags": ("隔代抚养",), "phone": story.GRANDMOTHER_PHONE}
    return Home([grandmother, grandson], facts, group=story.GROUP, door=story.DOOR)


def li(s: Scribe) -> Home:
    """李桂英 and her grandson, on the allowance; her review has a result she has not been told."""
    grandmother = s.person(
        "李桂英", WOMAN, (75, 1), "02", marital="30", phone="15400003127", chronic_illness=True
    )
    grandson = s.person("李子轩", MAN, (9, 8), "41", school_stage="primary", tags=("困境儿童",))
    grandson.facts["parents"] = (
        Parent("father", ParentState.SEVERE_ILLNESS, s.ago(1, 6), "李大勇"),
        Parent("mother", ParentState.LOST_CONTACT, s.ago(0, 4), "胡芳"),
    )
    grandson.guardian = grandmother
    for person in (grandmother, grandson):
        person.add_benefit("DB", s.ago(3, 9))
    facts = {"classes": ("DB",), "category": "B", "tags": ("隔代抚养",), "review_on": s.ago(0, -3)}
    return Home([grandmother, grandson], facts, group="茶园组", door="9号")


def zhu(s: Scribe) -> Home:
    """朱猛: the breadwinner had a kidney transplant; the visit found the family before it had asked."""
    man = s.person("朱猛", MAN, (39, 3), "02", severe_illness=True, work_ability="none", phone="15400002999")
    wife = s.person("田小玲", WOMAN, (36, 10), "12", work_ability="full")
    boy = s.person("朱俊熙", MAN, (7, 1), "22", school_stage="primary", parents=able("朱猛", "田小玲"))
    girl = s.person("朱若曦", WOMAN, (4, 6), "32", school_stage="preschool", parents=able("朱猛", "田小玲"))
    boy.guardian = girl.guardian = wife
    facts = HouseholdFacts(1_860_000, 0, 15_000_000, True, s.ago(0, 0, 12))
    return Home([man, wife, boy, girl], {"facts": facts, "tags": ("因病",)}, group="石垭组", door="6号")


def xin(s: Scribe) -> Home:
    """小馨: mother dead, father gravely ill; one matter after another, each opening the next."""
    father = s.person("宋文", MAN, (38, 7), "02", severe_illness=True, work_ability="none", marital="30")
    girl = s.person(
        "宋可馨", WOMAN, (6, 4), "32", school_stage="preschool", tags=("困境儿童", "事实无人抚养")
    )
    girl.facts["parents"] = (
        Parent("father", ParentState.SEVERE_ILLNESS, s.ago(1, 2), "宋文"),
        Parent("mother", ParentState.DEAD, s.ago(3, 0), "杨静"),
    )
    girl.guardian = father
    girl.facts["account"] = BankAccount(BANK, s.numbers.account())
    for person in (father, girl):
        person.add_benefit("DB", s.ago(1, 1))
    girl.add_benefit("SW", s.ago(0, 9), 110_000)
    return Home([father, girl], {"classes": ("DB",), "category": "A"}, group="枫树组", door="3号")


def sun(s: Scribe) -> Home:
    """孙女士: suddenly ill, low in spirits, spoke to nobody until someone came to the door."""
    woman = s.person(
        "孙海霞", WOMAN, (46, 2), "02", severe_illness=True, work_ability="partial", marital="40"
    )
    return Home([woman], {"tags": ("因病",)}, group="桥头组", door="11号")


def orphan(s: Scribe) -> Home:
    """The village's one recognised orphan, raised by an uncle."""
    uncle = s.person("龙贵云", MAN, (44, 8), "02")
    aunt = s.person("覃春花", WOMAN, (42, 5), "12")
    girl = s.person("龙雨欣", WOMAN, (13, 3), "94", school_stage="junior", tags=("孤儿",))
    girl.facts["parents"] = (
        Parent("father", ParentState.DEAD, s.ago(6, 2), "龙贵平"),
        Parent("mother", ParentState.DEAD, s.ago(4, 7), "刘红"),
    )
    girl.facts["account"] = BankAccount(BANK, s.numbers.account())
    girl.guardian = uncle
    girl.add_benefit("GE", s.ago(4, 3), 110_000)
    return Home([uncle, aunt, girl], group="桥头组", door="9号")


def on_the_desk(s: Scribe) -> list[Home]:
    """People whose visits, calls and tickets stand on today's list."""
    peng = s.person("彭冬秀", WOMAN, (84, 6), "02", tags=("独居",), chronic_illness=True, marital="30")
    xiang = [
        s.person("向先福", MAN, (68, 1), "02", chronic_illness=True),
        s.person("龚秀英", WOMAN, (66, 4), "12", chronic_illness=True),
    ]
    qin = s.person("覃腊梅", WOMAN, (59, 4), "02", phone="15400004412", marital="30")
    girl = s.person("覃佳怡", WOMAN, (14, 1), "42", school_stage="junior", parents=able("覃涛", "向婷"))
    girl.guardian = qin
    return [
        Home([peng], group="油榨坪组", door="4号"),
        Home(xiang, {"classes": ("BY",)}, group="老屋组", door="7号"),
        Home([qin, girl], {"tags": ("隔代抚养",)}, group="何家岭组", door="2号"),
    ]


def neighbour_homes(s: Scribe) -> list[Home]:
    """All households of the story."""
    return [jiang(s), li(s), zhu(s), xin(s), sun(s), orphan(s), *on_the_desk(s)]
