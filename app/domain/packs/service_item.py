"""A service item (事项): who may have it, what to bring, which steps, which limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.packs.standing import EVERYWHERE, Standing
from app.domain.papers.paperwork import FormKind
from app.domain.rules.rule import Rule

# How the matters of a pack are ordered where they are listed; in this order, the last for all the rest.
GROUPS = {
    "basic": "过日子",
    "urgent": "救急",
    "child": "孩子",
    "disabled": "残疾",
    "old": "老人",
    "medical": "看病",
    "other": "别的事",
}


class Obtain(StrEnum):
    """How a paper is come by; all but SUBMIT and DEFER spare the applicant the errand."""

    SUBMIT = "SUBMIT"  # 必须交
    DEFER = "DEFER"  # 可容缺后补
    COMMIT = "COMMIT"  # 告知承诺代替
    SHARE = "SHARE"  # 部门共享取得
    AGENT = "AGENT"  # 村或乡镇代办


@dataclass(frozen=True)
class Limit:
    """A time limit: `count` of `unit` (workday, calendar, hour)."""

    count: int
    unit: str = "workday"

    @property
    def words(self) -> str:
        names = {"workday": "个工作日", "calendar": "天", "hour": "小时"}
        return f"{self.count} {names[self.unit]}"


@dataclass(frozen=True)
class Material:
    """One paper of an item. `name` may hold `{owner}` (奶奶, 孩子 …); `why` is said when not needed.

    `when` is asked of the beneficiary's facts; `validity_days` counts from the day of issue. `spec` is
    what it must be like (盖了章的). A paper that may follow (DEFER) is owed within `owe`, or within the
    working days of the county's setting `owe_setting`.
    """

    id: str
    name: str
    icon: str
    obtain: Obtain
    owner: str = ""  # applicant beneficiary household, or nobody in particular
    originals: int = 0
    copies: int = 0
    look_only: bool = False
    unit: str = ""
    note: str = ""
    why: str = ""
    issuer: str = ""
    keeper: str = ""
    photo: str = ""
    validity_days: int | None = None
    when: Rule | None = None
    causes: tuple[str, ...] = ()
    form: FormKind | None = None  # printed here with what is known filled in
    standing: Standing = EVERYWHERE
    spec: str = ""
    owe: Limit | None = None
    owe_setting: str = ""


@dataclass(frozen=True)
class ProxyPaper:
    """A paper whoever goes in another's place brings to every office, unless the errand names it itself.

    `unless` is a pictogram: where a paper with that picture is brought anyway, this one is not added.
    """

    material: Material
    unless: str = ""


@dataclass(frozen=True)
class Errand:
    """One step the applicant walks: a spoken title, the office, the papers, how long, what follows.

    `in_person` is whom the office must see (applicant beneficiary household); `before` the last day on
    which it takes the papers (申报截止日).
    """

    id: str
    title: str
    icon: str
    order: int
    office: str
    materials: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    limit: Limit | None = None
    then: tuple[str, ...] = ()
    external: bool = False
    when: Rule | None = None
    standing: Standing = EVERYWHERE
    in_person: str = ""
    before: date | None = None


@dataclass(frozen=True)
class Stage:
    """One stage an office works through after the application, with its own time limit."""

    id: str
    name: str
    who: str
    order: int
    limit: Limit | None = None
    route: str = ""  # general small urgent, where an item goes more than one way
    form: FormKind | None = None  # the survey sheet, where the stage has one
    standing: Standing = EVERYWHERE


@dataclass(frozen=True)
class Publicity:
    """How names are posted (公示). `days` 0 forbids it: a child's matter is never posted."""

    days: int
    unit: str = "calendar"
    levels: int = 1
    counts_in_limit: bool = False
    why: str = ""
    spare_minors: bool = False  # a child under 18 is left off the wall (未成年人不公示)
    causes: bool = False  # 因病, 因残, 其他 stand on the notice
    meeting: bool = False  # so do the counts of the 民主评议

    @property
    def words(self) -> str:
        """`公示 7 天，未成年人不公示`; why not, where nothing is posted."""
        if not self.days:
            return self.why
        return "，".join(part for part in (f"公示 {Limit(self.days, self.unit).words}", self.why) if part)


@dataclass(frozen=True)
class Basis:
    """One legal basis; unverified until the county has compared it with the original."""

    title: str
    number: str = ""
    standing: Standing = EVERYWHERE


@dataclass(frozen=True)
class Item:
    """One service item (事项). `spoken` is what an old person would call it.

    `rule` says who may qualify; `worth` says for whom it is worth asking more questions. `for_child`
    marks a child's matter, applied for by the guardian; `for_late` one for somebody who has died;
    `for_household` one that all live on. `refer` names the office (id) that decides where it is not the
    civil-affairs line: the village hands it over and follows it until an answer comes. `stops` says when
    the money ends.
    """

    code: str
    name: str
    spoken: str
    headline: str
    rule: Rule
    worth: Rule | None = None
    icon: str = ""
    group: str = "other"  # one of GROUPS
    order: int = 0  # where it stands in its group
    for_household: bool = False
    for_child: bool = False
    for_late: bool = False
    refer: str = ""
    standard: str = ""
    materials: tuple[Material, ...] = ()
    errands: tuple[Errand, ...] = ()
    stages: tuple[Stage, ...] = ()
    limit: Limit | None = None
    longest: Limit | None = None
    publicity: Publicity | None = None
    basis: tuple[Basis, ...] = ()
    causes: tuple[str, ...] = ()
    remind_days: int = 0
    pays: str = ""  # when money comes, in one sentence
    stops: str = ""
    standing: Standing = EVERYWHERE

    def material(self, material_id: str) -> Material:
        """Raises KeyError for an id the item does not have."""
        return {each.id: each for each in self.materials}[material_id]

    def held(self, region: str, on: date) -> Item:
        """The item with only the parts that hold in `region` (12 digits) on that day; of two parts of one
        id the nearer place wins, then the later start."""
        materials = _held(self.materials, region, on)
        known = {each.id for each in materials}
        return replace(
            self,
            materials=materials,
            errands=tuple(
                replace(each, materials=tuple(name for name in each.materials if name in known))
                for each in _held(self.errands, region, on)
            ),
            stages=_held(self.stages, region, on),
            basis=tuple(each for each in self.basis if each.standing.holds(region, on)),
        )

    @property
    def forms(self) -> tuple[FormKind, ...]:
        """Which application papers the item asks for, in the order they are filled in.

        The notice stands there also where it is forbidden, so that the reason can be said.
        """
        named = {each.form for each in self.materials} | {each.form for each in self.stages}
        return tuple(kind for kind in FormKind if kind in named or kind is FormKind.NOTICE)


class _Part(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def standing(self) -> Standing: ...


P = TypeVar("P", bound=_Part)


def _held(parts: Iterable[P], region: str, on: date) -> tuple[P, ...]:
    best: dict[str, P] = {}
    for part in parts:
        before = best.get(part.id)
        if part.standing.holds(region, on) and (before is None or part.standing.rank >= before.standing.rank):
            best[part.id] = part
    return tuple(best.values())
