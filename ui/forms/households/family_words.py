"""How a family is told in a few words: its chips, its members, and where each open matter stands."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.actions.village.households import Family, Matter
from app.domain.checklists.checklist import Checklist
from app.domain.people.codes import BENEFIT, LIFE, RELATION, SEX, disability_words
from app.domain.people.household import CLASSES
from app.domain.people.identity import mask
from app.domain.people.person import Life, Person
from app.domain.people.phone import spoken
from app.domain.rules.eligibility import Kind, Suggestion
from app.domain.tickets.ticket import State, Ticket
from app.domain.visits.visit import PURPOSES, Met, Visit
from app.domain.workdays import china_day
from ui.widgets.deadline import deadline_words

Chips = list[tuple[str, str, str]]  # words, tone, icon
REVIEW_SOON_DAYS = 30
MOST_MEMBER_CHIPS, MEMBER_CHIP_LETTERS = 3, 14
SHORT_BENEFITS = {
    "DB": "低保",
    "TK": "特困",
    "GE": "孤儿补贴",
    "SW": "无人抚养",
    "CS": "生活补贴",
    "CH": "护理补贴",
}
LONG_QUESTION = 10
MET = {Met.ABSENT: "没人在家", Met.REFUSED: "不让进门", Met.MOVED: "已经搬走", Met.DEAD: "人已过世"}
KINDS = {
    Kind.MATCH: ("符合", "ok", "check"),
    Kind.MAYBE: ("可能", "info", "info"),
    Kind.NO: ("不符合", "neutral", "x"),
}


def subtitle(family: Family) -> str:
    """`茶园组 3号 · 2 口人`."""
    many = _tr("{n} 口人").format(n=len(family.living))
    place = family.household.place
    return f"{place} · {many}" if family.head else many


def chips(family: Family) -> Chips:
    """Classes, tags, the next review, the phone."""
    household = family.household
    found: Chips = [(_class(code, household.category), "pri", "") for code in household.classes]
    found += [(tag, "neutral", "") for tag in household.tags]
    if family.head is None and family.living:
        found.append((_tr("户主不在了，还没换"), "warn", "info"))
    if household.review_on:
        late = household.review_on < family.today
        soon = (household.review_on - family.today).days <= REVIEW_SOON_DAYS
        text = _tr("下次复核 {day}").format(day=household.review_on.isoformat())
        found.append((text, "bad" if late else "warn" if soon else "info", "warn" if late else "today"))
    if household.phone:
        found.append((spoken(household.phone), "neutral", "phone"))
    if household.kin_of_staff:
        found.append((_tr("干部近亲属，要备案"), "warn", "info"))
    return found


def about(person: Person, today: date) -> str:
    """`户主 · 女 75岁`."""
    years = person.age_on(today)
    age = _tr("{n}岁").format(n=years) if years is not None else _tr("生日没填")
    return f"{RELATION.label(person.relation)} · {SEX.label(person.sex.value)} {age}"


def number(person: Person) -> str:
    """The masked number, or why there is none."""
    if person.id_number:
        return mask(person.id_number)
    return _tr("没有证号：{why}").format(why=person.no_id_reason) if person.no_id_reason else mask(None)


def member_chips(person: Person, family: Family) -> list[tuple[str, str]]:
    """At most three: whether she is here, what is under way for her, what she draws, how she is."""
    found: list[tuple[str, str]] = []
    if person.life is not Life.HERE:
        found.append((LIFE.label(person.life.value), "info" if person.life is Life.AWAY else "neutral"))
    under_way = [one for one in family.matters if one.ticket.subject == person.id]
    found += [(_tr("{what}在办").format(what=_short(one.title)), "warn") for one in under_way[:1]]
    household_wide = set(family.household.classes)
    found += [(_draws(one.item), "pri") for one in person.benefits if one.item not in household_wide]
    found += [(disability_words(one.kind, one.level), "neutral") for one in person.disabilities]
    if person.severe_illness:
        found.append((_tr("重病"), "neutral"))
    elif person.chronic_illness:
        found.append((_tr("慢病"), "neutral"))
    found += [(tag, "neutral") for tag in person.tags]
    return _fitting(found, MEMBER_CHIP_LETTERS - max(0, len(person.name) - 3))


def pill(matter: Matter) -> tuple[str, str, str]:
    """The deadline chip of an open matter."""
    if matter.left is None:
        return _tr("还没说怎么办"), "bad", "warn"
    return deadline_words(matter.left, estimated=matter.estimated, paused=matter.paused)


def standing(ticket: Ticket) -> str:
    """Where an open ticket stands, as the worker would say it."""
    words = {
        State.DRAFT: _tr("还没登记取号"),
        State.REGISTERED: _tr("登记了，还没说怎么办"),
        State.INSTANT: _tr("当场办"),
        State.TRANSFERRED: _tr("转给{to}，还没收").format(to=ticket.handed_to),
        State.DELIBERATING: _tr("一事一议"),
        State.EXPLAINED: _tr("讲政策"),
        State.IN_PROGRESS: _tr("{to}正在办").format(to=ticket.handed_to),
        State.WAITING_APPLICANT: _tr("等补{what}").format(what=ticket.waiting_for),
        State.WAITING_EXTERNAL: _tr("等{what}").format(what=ticket.waiting_for),
        State.RESOLVED: _tr("有结果，还没回话"),
        State.REPLIED: _tr("回了话，还没办结"),
    }
    return words.get(ticket.state, _tr("正在办"))


def step(checklist: Checklist) -> str:
    """`第 2 步：镇里交材料`."""
    if not checklist.steps:
        return checklist.code
    place = checklist.next_step
    return _tr("第 {n} 步：{what}").format(n=place + 1, what=checklist.steps[place].title)


def under_way(checklist: Checklist) -> bool:
    """Some errand of the list is still to do."""
    return any(not one.done for one in checklist.steps)


def visit_words(visit: Visit, today: date) -> tuple[str, str]:
    """(`11月3日 月入户`, what was found at the door); another year's visits say the year."""
    day = china_day(visit.started_at)
    purpose = PURPOSES.get(visit.purpose, _tr("走访"))
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 {purpose}", MET.get(visit.met or Met.HOME, "")


def advice(suggestion: Suggestion) -> str:
    """Whose it is and how much; or what is still missing; or from when."""
    verdict = suggestion.verdict
    whose = _tr("全家") if suggestion.for_household else suggestion.person_name
    parts = [whose, suggestion.amount]
    if verdict.kind is Kind.MAYBE and verdict.missing:
        asked = [one.words for one in verdict.missing]
        shown = asked[:1] if len(asked[0]) > LONG_QUESTION else asked[:2]
        listed = "、".join(shown) + (_tr("，等等") if len(asked) > len(shown) else "")
        parts = [whose, _tr("还差 {n} 项：{what}").format(n=len(asked), what=listed)]
    elif verdict.kind is Kind.NO:
        parts = [whose, "；".join(one.words for one in verdict.decided[:1])]
    return " · ".join(part for part in parts if part)


def _fitting(found: list[tuple[str, str]], letters: int) -> list[tuple[str, str]]:
    """The first chips that stand on one line with the name; what is left out stands on the person."""
    kept: list[tuple[str, str]] = []
    for chip in found[:MOST_MEMBER_CHIPS]:
        letters -= len(chip[0])
        if letters >= 0:
            kept.append(chip)
    return kept


def _draws(item: str) -> str:
    return SHORT_BENEFITS.get(item, BENEFIT.label(item))


def _class(code: str, category: str) -> str:
    if code == "DB" and category:
        return _tr("低保 {category} 类").format(category=category)
    return CLASSES.get(code, code)


def _short(title: str) -> str:
    return title if len(title) <= 8 else title[:7] + "…"


def _tr(words: str) -> str:
    return QCoreApplication.translate("family", words)
