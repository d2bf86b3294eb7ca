"""A signed visit as the survey sheet (入户调查表) tells it: who lives there, what came in, who signed.

Columns after the sheets in use (兰山区 2018 入户调查登记表, 重庆 家庭经济状况核查表). Whether a child is in
danger and what the family needs are never on it: the sheet goes through many hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain import money
from app.domain.visits.asking import Situation, value_of
from app.domain.visits.form import OTHER_PERSON, Form, FormField, Group, Kind
from app.domain.visits.form_words import PROOFS, SIGNED_HOW, Names, said
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES, Visit
from app.domain.workdays import china_day

ASSETS = ("deposit_range", "securities", "vehicles", "houses_owned", "shop", "assets_words")
HOUSING = (
    "house_type", "house_grade", "house_area", "house_rooms", "house_own", "house_lacks", "hazards", "living",
)  # fmt: skip


@dataclass(frozen=True)
class Sum:
    """One kind of money: yuan in figures and how it is known; both empty when nobody asked."""

    label: str
    yuan: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Sums:
    """Money of one heading. `total` is empty while any part is unknown: half a sum is no sum."""

    title: str
    called: str
    rows: tuple[Sum, ...]
    total: str = ""


@dataclass(frozen=True)
class Seen:
    """What the visit says of one member, in words; empty when not asked."""

    health: str = ""
    work: str = ""
    lost: str = ""


@dataclass(frozen=True)
class Signed:
    """Who signed and how; `strokes` is what the pad kept, empty for a signature on paper."""

    name: str
    how: str = ""
    strokes: str = ""


@dataclass(frozen=True)
class Survey:
    """`seal` is the first twelve figures of the visit's seal, to find the very record again."""

    on: date
    purpose: str
    investigation: bool
    visitors: tuple[str, ...]
    respondent: str
    sums: tuple[Sums, ...] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict)
    assets: tuple[tuple[str, str], ...] = ()
    housing: tuple[tuple[str, str], ...] = ()
    conclusion: str = ""
    reason: str = ""
    signed: tuple[Signed, ...] = ()
    seal: str = ""


def survey_of(situation: Situation, form: Form, names: Names) -> Survey:
    """The survey sheet's facts of a signed visit; `names` turns ids of workers and members into names."""
    visit = situation.visit
    answers = visit.answers
    return Survey(
        on=china_day(visit.started_at),
        purpose=PURPOSES.get(visit.purpose, ""),
        investigation=visit.purpose in INVESTIGATIONS,
        visitors=tuple(names(one) for one in visit.visitors),
        respondent=_respondent(visit, names),
        sums=tuple(_sums(group, visit) for group in _money(form)),
        seen={one.id: _seen(one.id, form, visit) for one in situation.members},
        assets=tuple(_lines(ASSETS, form, visit, names)),
        housing=tuple(_lines(HOUSING, form, visit, names)),
        conclusion=said(form.fields["conclusion"], answers.get("conclusion"), names),
        reason=str(answers.get("conclusion_words") or ""),
        signed=tuple(signed_by(name, visit) for name in visit.signatures),
        seal=visit.seal[:12],
    )


def _money(form: Form) -> Iterator[Group]:
    return (group for step in form.steps for group in step.groups if group.total)


def _sums(group: Group, visit: Visit) -> Sums:
    rows = tuple(sum_told(one, visit) for one in group.fields if one.kind is Kind.MONEY)
    given = [visit.answers.get(one.id) for one in group.fields if one.kind is Kind.MONEY]
    fen = [int(one["fen"]) for one in given if isinstance(one, Mapping)]
    total = money.plain(sum(fen)) if len(fen) == len(given) else ""
    return Sums(group.title, group.total, rows, total)


def sum_told(one: FormField, visit: Visit) -> Sum:
    """One sum of `visit` and how it is known; empty when nobody asked."""
    value = visit.answers.get(one.id)
    if not isinstance(value, Mapping):
        return Sum(one.label)
    fen = int(value.get("fen") or 0)
    proof = PROOFS.get(str(value.get("kind") or ""), "") if fen else ""
    return Sum(one.label, money.plain(fen), proof)


def _seen(person: str, form: Form, visit: Visit) -> Seen:
    def words(name: str) -> str:
        given: Any = dict(visit.answers.get(name) or {}).get(person)
        codes = [given] if isinstance(given, str) else list(given or ())
        return "、".join(form.fields[name].words_of(str(code)) for code in codes)

    return Seen(words("health"), words("work"), words("abilities_lost"))


def _lines(wanted: tuple[str, ...], form: Form, visit: Visit, names: Names) -> Iterator[tuple[str, str]]:
    for name in wanted:
        one = form.fields.get(name)
        if one is None:  # not asked by the edition of that visit
            continue
        yield one.short, said(one, value_of(visit, name), names)


def _respondent(visit: Visit, names: Names) -> str:
    if visit.respondent == OTHER_PERSON:
        return str(visit.answers.get("respondent_name") or "")
    return names(visit.respondent) if visit.respondent else ""


def signed_by(name: str, visit: Visit) -> Signed:
    """How `name` signed `visit`; only the name when nobody has yet."""
    given = dict(dict(visit.answers.get("signing") or {}).get(name) or {})
    how = str(given.get("how") or "")
    words = SIGNED_HOW.get(how, "")
    if how == "proxy":
        words = f"{given.get('by')}代签（{given.get('relation')}，{given.get('why')}）"
    return Signed(name, words, str(dict(visit.answers.get("strokes") or {}).get(name) or ""))
