"""A person (人) as the worker knows her: identity, family place, and the facts that rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain.people.identity import Sex


class Life(StrEnum):
    """Whether and where the person is; anything but HERE and AWAY makes the record read-only."""

    HERE = "here"
    AWAY = "away"  # working elsewhere, still of this household
    MOVED = "moved"
    DEAD = "dead"
    MISSING = "missing"


class ParentState(StrEnum):
    """What keeps a parent from raising a child (民发〔2019〕62 号, 民发〔2020〕125 号)."""

    ABLE = "able"
    DEAD = "dead"
    DECLARED_DEAD = "declared-dead"
    DECLARED_MISSING = "declared-missing"
    UNKNOWN_PARENT = "unknown"  # 查找不到
    LOST_CONTACT = "lost-contact"
    SEVERE_DISABILITY = "severe-disability"
    SEVERE_ILLNESS = "severe-illness"
    PRISON = "prison"
    DRUG_REHAB = "drug-rehab"
    RESTRICTED = "restricted"
    CUSTODY_REVOKED = "custody-revoked"
    DEPORTED = "deported"


@dataclass(frozen=True)
class Parent:
    """A child's father or mother, who need not live in the household. `since` is when the state began."""

    role: str  # "father" or "mother"
    state: ParentState
    since: date | None = None
    name: str = ""


@dataclass(frozen=True)
class Disability:
    """One disability of a certificate: kind 1–7 and level 1–4 (1 is gravest), GB/T 26341-2010."""

    kind: int
    level: int
    certificate: str = ""
    expires: date | None = None


@dataclass(frozen=True)
class Benefit:
    """A benefit now received. `item` is the service item's code (DB, TK, GE …)."""

    item: str
    since: date | None = None
    monthly_fen: int | None = None


@dataclass(frozen=True)
class BankAccount:
    """Where money is paid. The number is shown to nobody by default and printed on no public paper."""

    bank: str
    number: str
    holder: str = ""


@dataclass(frozen=True)
class Person:
    """One villager. Codes: relation GB/T 4761-2008, ethnic GB/T 3304, marital GB/T 2261.2."""

    TYPE: ClassVar[str] = "person"

    id: str
    village: str
    household: str
    name: str
    sex: Sex
    relation: str  # "02" head of household …
    birth: date | None = None
    id_number: str | None = None
    id_valid_until: date | None = None
    no_id_reason: str = ""
    ethnic: str = ""
    marital: str = ""
    education: str = ""
    school_stage: str = ""  # none preschool primary junior senior vocational college bachelor master
    phone: str = ""
    life: Life = Life.HERE
    hukou: str = ""  # 12-digit code where registered; empty means this village
    disabilities: tuple[Disability, ...] = ()
    severe_illness: bool | None = None
    chronic_illness: bool | None = None
    work_ability: str = ""  # full partial none
    self_care: str = ""  # full partial none
    parents: tuple[Parent, ...] = ()
    guardian: str | None = None
    benefits: tuple[Benefit, ...] = ()
    account: BankAccount | None = None
    tags: tuple[str, ...] = ()
    note: str = ""

    def age_on(self, day: date) -> int | None:
        """Full years (周岁) on `day`; born on 29 February turns a year older on 1 March."""
        return None if self.birth is None else age(self.birth, day)

    @property
    def readable_only(self) -> bool:
        """Moved away or dead: may be looked at, not changed."""
        return self.life in (Life.MOVED, Life.DEAD)

    def receives(self, item: str) -> bool:
        return any(benefit.item == item for benefit in self.benefits)


def age(birth: date, day: date) -> int:
    """Full years between `birth` and `day`."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def birthday(birth: date, years: int) -> date:
    """The day on which someone born on `birth` turns `years`."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:  # 29 February in a common year
        return date(birth.year + years, 3, 1)


def called(name: str, sex: Sex, years: int | None) -> str:
    """Surname and form of address (李奶奶), the only name that stands on a printed list.

    Two-character surnames are kept whole; a name of one character is used as it is. A name with a dot
    (买买提·阿依) begins with the person's own name and has no surname to cut off; nor has one in letters.
    """
    surname = _surname(name)
    if years is not None and years < 18:
        return f"{surname}小朋友" if years < 14 else f"{surname}同学"
    if years is not None and years >= 60:
        return surname + {Sex.MALE: "爷爷", Sex.FEMALE: "奶奶"}.get(sex, "老人家")
    return surname + {Sex.MALE: "先生", Sex.FEMALE: "女士"}.get(sex, "同志")


def _surname(name: str) -> str:
    if "·" in name:
        return name.split("·", maxsplit=1)[0]
    if name.isascii():
        return name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]


COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 轩辕 端木 百里 呼延 南宫 长孙"
    " 宇文 单于 第五 澹台 濮阳 淳于 太史 申屠 公羊 完颜 独孤 万俟 闻人 赫连 鲜于 闾丘 钟离 拓跋 东郭 公冶"
    " 仲孙 司空 司寇 左丘 谷梁 漆雕 乐正 巫马 颛孙 纳兰".split()
)
