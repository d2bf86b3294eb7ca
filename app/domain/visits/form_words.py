"""A filled form in words: what was answered, as it is read back to the family and shown for ever after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain import money
from app.domain.visits.asking import Situation, value_of
from app.domain.visits.form import OTHER_PERSON, Form, FormField, Kind
from app.domain.visits.photos import count_words
from app.domain.visits.visit import PURPOSES

PROOFS = {"told": "自己说的", "slip": "看了流水", "proof": "有证明", "estimate": "我推算"}
DISPOSITIONS = {"instant": "当场办", "transfer": "转出去", "deliberation": "一事一议"}
# Where a visit comes from (走访来源, domain words plan ticket clue self campaign emergency).
ORIGINS = {
    "plan": "计划里的",
    "ticket": "来访后上门",
    "clue": "有线索",
    "self": "自己去看看",
    "campaign": "专项行动",
    "emergency": "急事",
}
SIGNED_HOW = {"pad": "在屏幕上签", "thumb": "纸上按了手印", "paper": "纸上签了字", "proxy": "代签"}
Names = Callable[[str], str]  # a person or worker id to the name behind it


@dataclass(frozen=True)
class Said:
    """One answer in words, with the field it belongs to."""

    field: FormField
    words: str


def said(one: FormField, value: Any, names: Names) -> str:
    """`value` of the field in words; empty for an empty value."""
    if value in (None, "", [], (), {}):
        return ""
    if one.each:
        given = ((names(person), _choices(one, codes)) for person, codes in value.items() if codes)
        return "；".join(f"{name} {words}" for name, words in given if words)
    if one.kind is Kind.PHOTOS:
        return count_words(one, value)
    if one.options and one.kind is not Kind.MATERIALS:
        return _choices(one, value)
    return _plain(one, value, names)


def sum_words(value: Mapping[str, Any]) -> str:
    """`12000 元，自己说的`; a sum of nothing needs no source."""
    fen = int(value.get("fen") or 0)
    proof = PROOFS.get(str(value.get("kind") or ""), "")
    return f"{money.plain(fen)} 元" + (f"，{proof}" if fen and proof else "")


def finding_words(finding: Mapping[str, Any]) -> str:
    """`屋顶漏雨（转出去：镇民政办）`, and 急难 when it was."""
    how = DISPOSITIONS.get(str(finding.get("disposition") or ""), "还没说怎么办")
    to = str(finding.get("to") or "")
    urgent = "急难，" if finding.get("urgent") else ""
    return f"{finding.get('words') or '没写是什么事'}（{urgent}{how}{'：' + to if to else ''}）"


def day_words(day: date) -> str:
    """`2026年11月20日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def met_words(situation: Situation, form: Form, names: Names) -> str:
    """`月入户 · 在家，见到蒋桂英`: the second line of a visit's title."""
    visit = situation.visit
    parts = [PURPOSES.get(visit.purpose, "")]
    if visit.met:
        met = form.fields["met"].words_of(visit.met.value)
        who = visit.respondent
        seen = str(visit.answers.get("respondent_name") or "别人") if who == OTHER_PERSON else names(who)
        parts.append(f"{met}，见到{seen}" if who else met)
    return " · ".join(part for part in parts if part)


def step_words(situation: Situation, form: Form, step: int, names: Names) -> Iterator[Said]:
    """Every answer of one step that has its place in the visit, in the order of the form."""
    inside = {one.id for group in form.steps[step].groups for one in group.fields}
    for one in situation.active(form):
        if one.id in inside and (words := said(one, value_of(situation.visit, one.id), names)):
            yield Said(one, words)


def _choices(one: FormField, value: Any) -> str:
    codes = [value] if isinstance(value, str) else list(value)
    return "、".join(one.words_of(str(code)) for code in codes)


def _plain(one: FormField, value: Any, names: Names) -> str:
    match one.kind:
        case Kind.MONEY:
            return sum_words(value)
        case Kind.NUMBER:
            return f"{value} {one.unit}".strip()
        case Kind.DATE:
            return day_words(date.fromisoformat(value))
        case Kind.MEMBER:
            return "别人" if value == OTHER_PERSON else names(value)
        case Kind.VISITORS:
            return "、".join(names(name) for name in value)
        case Kind.SIGNATURES:
            return "、".join(value)
        case Kind.TICKET:
            return names(value)
        case Kind.MATERIALS:
            return "、".join(f"{given['what']} {given.get('copies', 1)} 份" for given in value)
        case Kind.FINDINGS:
            return "；".join(finding_words(finding) for finding in value)
    return str(value)
