"""What the rules may ask about a person and her household, drawn from the records as they stand.

A fact that nobody has asked yet is None, never a guess: the rules then answer "maybe" and say what
to ask. Names of facts are the contract with the packs; `KNOWN` lists them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from app.domain.packs.policy import Pack
from app.domain.people.codes import PARENT_STATE
from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.person import Disability, Life, Parent, Person
from app.domain.rules.spans import add_months
from app.domain.workdays import china_day

Fact = bool | int | str | date | Fraction | frozenset[str] | tuple[Mapping[str, "Fact"], ...] | None

# name → (what it is, in the words of a question)
KNOWN = {
    "person.birth": "生日",
    "person.sex": "男还是女",
    "person.hukou_local": "户口在不在本县",
    "person.school_stage": "在哪里读书",
    "person.work_ability": "能不能干活",
    "person.self_care": "能不能自己照料自己",
    "person.severe_illness": "有没有大病",
    "person.chronic_illness": "有没有慢病",
    "person.disabilities": "残疾证",
    "person.parents": "父母的情况",
    "person.benefits": "正在领的待遇",
    "person.tags": "个人标签",
    "person.away": "是不是在外地",
    "person.deceased": "人是不是过世了",
    "person.is_applicant": "是不是本人来办",
    "person.obligors": "有没有子女等亲人该赡养，养不养得起",
    "person.helpless_year": "完全失能满没满一年",
    "person.needs_assessment": "是不是有残疾，还没办证",
    "person.wandering": "是不是在外流浪，没吃没住没人投靠",
    "household.classes": "户类型",
    "household.tags": "户标签",
    "household.category": "低保分在哪一类（A、B、C）",
    "household.heads": "几口人一起过",
    "household.income_gross_per_head": "近一年全家收入",
    "household.income_per_head": "近一年不计入的收入",
    "household.assets_ok": "存款、房子、车合不合规定",
    "household.rigid_percent": "近一年看病、读书自付",
    "household.emergency": "有没有突然的难处",
    "household.heavy_medical": "近一年看病自付过没过县里的线",
    "household.kin_of_staff": "是不是干部的近亲属",
    "each.kind": "残疾类别",
    "each.level": "残疾等级",
    "each.card_valid": "残疾证过没过期",
    "each.card_days_left": "残疾证到哪天",
    "each.state": "父母现在怎样",
    "each.since": "从哪天开始的",
}
# What may be compared by size, searched, or counted from: a pack that confuses them is refused.
NUMBERS = frozenset(
    {
        "household.heads",
        "household.income_gross_per_head",
        "household.income_per_head",
        "household.rigid_percent",
        "each.kind",
        "each.level",
        "each.card_days_left",
    }
)
SETS = frozenset({"person.benefits", "person.tags", "household.classes", "household.tags"})
DAYS = frozenset({"person.birth", "each.since"})
LISTS = frozenset({"person.parents", "person.disabilities"})
# What has no field of its own is kept as a tag. Where no tag of these stands the fact is not known.
SAID_OF_PERSON: Mapping[str, Mapping[str, Fact]] = {
    "person.obligors": {"赡养人有能力": "able", "赡养人无能力": "unable", "无赡养人": "none"},
    "person.helpless_year": {"失能满一年": True},
    "person.needs_assessment": {"疑似残疾": True},
    "person.wandering": {"流浪乞讨": True},
}
SAID_OF_HOUSEHOLD: Mapping[str, Mapping[str, Fact]] = {
    "household.emergency": {"急难": True},
    "household.heavy_medical": {"大额看病": True},
}
TOO_OLD_MONTHS = 12
# Of one who moved away or is missing nobody here knows.
DECEASED = {Life.DEAD: True, Life.HERE: False, Life.AWAY: False}
ROLES = {"father": "父亲", "mother": "母亲"}


@dataclass(frozen=True)
class Facts:
    """Facts about one person on one day, with the pack and the place whose settings apply."""

    values: Mapping[str, Fact]
    pack: Pack
    village: str
    hukou_type: str
    person: str = ""

    def get(self, name: str) -> Fact:
        return self.values.get(name)


def facts_of(
    person: Person,
    household: Household,
    members: Iterable[Person],
    pack: Pack,
    at: datetime,
    *,
    applicant: Person | None = None,
) -> Facts:
    """The facts the rules may ask of `person`, who lives in `household` with `members` (with herself).

    Those living together are the members who are here or working away; a member who has died, moved
    or is missing is not counted (最低生活保障审核确认办法, 第七条).
    """
    on = china_day(at)
    values: dict[str, Fact] = {
        "person.birth": person.birth,
        "person.sex": person.sex.value,
        "person.hukou_local": is_local(person, household),
        "person.school_stage": person.school_stage or None,
        "person.work_ability": person.work_ability or None,
        "person.self_care": person.self_care or None,
        "person.severe_illness": person.severe_illness,
        "person.chronic_illness": person.chronic_illness,
        "person.disabilities": tuple(_disability(each, on) for each in person.disabilities),
        "person.parents": _parents(person.parents),
        "person.benefits": receives(person, household),
        "person.tags": frozenset(person.tags),
        "person.away": person.life is Life.AWAY,
        "person.deceased": DECEASED.get(person.life),
        "person.is_applicant": applicant is None or applicant.id == person.id,
        **_said(SAID_OF_PERSON, person.tags),
        **_household(household, sum(each.life in (Life.HERE, Life.AWAY) for each in members), on),
    }
    village = person.hukou or household.village
    return Facts(values, pack, village, household.hukou_type, person.id)


def household_facts(household: Household, members: Iterable[Person], pack: Pack, at: datetime) -> Facts:
    """The facts of a household by itself, for what does not ask about any one person."""
    heads = sum(each.life in (Life.HERE, Life.AWAY) for each in members)
    values = _household(household, heads, china_day(at))
    return Facts(values, pack, household.village, household.hukou_type)


def is_local(person: Person, household: Household) -> bool:
    """Registered in the household's own county (the first six digits); empty means this village."""
    return not person.hukou or person.hukou[:6] == household.village[:6]


def receives(person: Person, household: Household) -> frozenset[str]:
    """Codes of what she draws now; a household on 低保 or 特困 counts for each of its people."""
    shared = {code for code in household.classes if code in ("DB", "TK")}
    return frozenset({benefit.item for benefit in person.benefits} | shared)


def _household(household: Household, heads: int, on: date) -> dict[str, Fact]:
    seen = household.facts
    if seen.as_of is not None and add_months(seen.as_of, TOO_OLD_MONTHS) < on:
        seen = HouseholdFacts()  # it speaks of twelve other months: asked again, never taken for today's
    gross = None if seen.income_fen is None or not heads else Fraction(seen.income_fen, heads)
    net = None
    if seen.income_fen is not None and seen.exempt_fen is not None and heads:
        net = Fraction(max(seen.income_fen - seen.exempt_fen, 0), heads)
    tags = frozenset(household.tags)
    return {
        "household.classes": frozenset(household.classes),
        "household.tags": tags,
        "household.category": household.category,
        "household.heads": heads,
        "household.income_gross_per_head": gross,
        "household.income_per_head": net,
        "household.assets_ok": seen.assets_ok,
        "household.rigid_percent": _percent(seen.rigid_fen, seen.income_fen),
        **_said(SAID_OF_HOUSEHOLD, household.tags),
        "household.kin_of_staff": household.kin_of_staff,
    }


def _said(kept: Mapping[str, Mapping[str, Fact]], tags: Iterable[str]) -> dict[str, Fact]:
    # The first word of a fact wins: where "able" and "none" both stand, nobody is said to be alone.
    held = frozenset(tags)
    return {
        fact: next((value for tag, value in words.items() if tag in held), None)
        for fact, words in kept.items()
    }


def _percent(part: int | None, whole: int | None) -> Fraction | None:
    if part is None or whole is None:
        return None
    if whole == 0:  # no income at all: any cost is more than can be borne, and a person looks again
        return Fraction(100_000) if part else Fraction(0)
    return Fraction(part * 100, whole)


def _disability(disability: Disability, on: date) -> Mapping[str, Fact]:
    return {
        "each.name": "残疾证",
        "each.kind": disability.kind,
        "each.level": disability.level,
        "each.card_valid": None if disability.expires is None else on <= disability.expires,
        "each.card_days_left": None if disability.expires is None else (disability.expires - on).days,
    }


def _parents(parents: tuple[Parent, ...]) -> tuple[Mapping[str, Fact], ...]:
    # Both are always there: a parent nobody has asked about keeps the answer at "maybe".
    known = {parent.role: parent for parent in parents}
    return tuple(
        {
            "each.name": words,
            "each.state": known[role].state.value if role in known else None,
            "each.said": PARENT_STATE.label(known[role].state.value) if role in known else "",
            "each.since": known[role].since if role in known else None,
        }
        for role, words in ROLES.items()
    )
