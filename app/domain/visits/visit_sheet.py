"""A visit as its sheet of paper (入户走访记录表) tells it: what was asked and answered, in the form's order.

What the form marks as not for paper (a child in danger, how somebody's mood was) is never on it: the
family signs the sheet, and it goes through many hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain import money
from app.domain.papers.survey import Signed, Sum, Sums, signed_by, sum_told
from app.domain.visits.asking import Situation, value_of
from app.domain.visits.form import OTHER_PERSON, Form, FormField, Group, Kind
from app.domain.visits.form_words import DISPOSITIONS, ORIGINS, Names, said
from app.domain.visits.visit import PURPOSES, Met, Visit, VisitState

# Said in the head of the sheet, or in parts of their own.
ELSEWHERE = frozenset(
    "met purpose origin mode respondent respondent_name respondent_relation visitors started_at".split()
)
OWN_PART = frozenset({Kind.FINDINGS, Kind.SIGNATURES, Kind.PHOTOS})


@dataclass(frozen=True)
class Part:
    """What one group of the form brought: lines of (question, answer), or money with its total."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    sums: Sums | None = None


@dataclass(frozen=True)
class Found:
    """A finding with what is done about it; `ticket` is the number people say, empty before it has one."""

    words: str
    how: str
    ticket: str = ""


@dataclass(frozen=True)
class Other:
    """The visit this one corrects, or is corrected by."""

    on: date
    seal: str


@dataclass(frozen=True)
class VisitSheet:
    """All that is printed of one visit. `seal` is twelve figures of the visit's seal, empty while a draft.

    `signed` names everyone who signs; of a draft nobody has yet. `corrects` and `corrected` tie the sheets
    of one visit together: both are printed, and each says which of the two holds.
    """

    title: str
    village: str
    place: str
    phone: str
    head: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    findings: tuple[Found, ...]
    signed: tuple[Signed, ...]
    on: date
    draft: bool
    seal: str = ""
    edition: str = ""
    corrects: Other | None = None
    corrected: Other | None = None
    simulated: bool = False


def sheet_of(
    situation: Situation,
    form: Form,
    names: Names,
    *,
    title: str,
    village: str,
    tickets: Mapping[str, str],
) -> VisitSheet:
    """The sheet of one visit; `names` turns ids into names, `tickets` ticket ids into numbers."""
    visit = situation.visit
    draft = visit.state is VisitState.DRAFT
    return VisitSheet(
        title=title,
        village=village,
        place=situation.household.place,
        phone=situation.household.phone,
        head=tuple(_head(situation, form, names)),
        parts=tuple(_parts(situation, form, names)),
        findings=tuple(_findings(visit, tickets)),
        signed=tuple(signed_by(name, visit) for name in signers(visit, names)),
        on=situation.on,
        draft=draft,
        seal=visit.seal[:12],
        edition=str(visit.answers.get("edition") or form.edition),
    )


def signers(visit: Visit, names: Names) -> tuple[str, ...]:
    """Who signs, by name: everyone who went, and the one they talked to; whoever has signed is among them."""
    if visit.state is VisitState.SIGNED:
        return visit.signatures
    wanted = (*(names(one) for one in visit.visitors), respondent(visit, names))
    return tuple(dict.fromkeys(name for name in wanted if name))


def respondent(visit: Visit, names: Names) -> str:
    """The name of whom they talked to; empty when nobody."""
    if visit.respondent == OTHER_PERSON:
        return str(visit.answers.get("respondent_name") or "")
    return names(visit.respondent) if visit.respondent else ""


def _head(situation: Situation, form: Form, names: Names) -> Iterator[tuple[str, str]]:
    visit = situation.visit
    started = f"{visit.started_at.month}月{visit.started_at.day}日 {visit.started_at:%H:%M}"
    ended = visit.ended_at if visit.state is VisitState.SIGNED else None
    yield "哪天去的", f"{visit.started_at.year}年{started}" + (f"，{ended:%H:%M} 签好" if ended else "")
    yield "为什么去", PURPOSES.get(visit.purpose, "")
    yield "怎么来的", ORIGINS.get(visit.origin, "")
    yield "谁去的", "、".join(names(one) for one in visit.visitors)
    met = form.fields["met"].words_of(visit.met.value) if visit.met else ""
    seen = respondent(visit, names)
    yield "家里有人吗", f"{met}，见到{seen}" if seen and visit.met is Met.HOME else met


def _parts(situation: Situation, form: Form, names: Names) -> Iterator[Part]:
    for step in form.steps:
        for group in step.groups:
            asked = [
                one
                for one in group.fields
                if one.paper and one.id not in ELSEWHERE and one.kind not in OWN_PART
                if situation.asks(one, group)
            ]
            title = group.title or step.title
            if group.total:
                if sums := _sums(group, asked, situation.visit):
                    yield Part(title, sums=sums)
            elif lines := tuple(_lines(situation, asked, names)):
                yield Part(title, lines)


def _lines(situation: Situation, asked: Sequence[FormField], names: Names) -> Iterator[tuple[str, str]]:
    draft = situation.visit.state is VisitState.DRAFT
    for one in asked:
        words = said(one, value_of(situation.visit, one.id), names)
        if words:
            yield one.short, words
        elif draft and situation.required(one):  # what is still open is asked on paper
            yield one.short, _blank(situation, one)


def _blank(situation: Situation, one: FormField) -> str:
    """Boxes to tick with a pen where the form has choices, else room to write."""
    boxes = "　".join(f"□ {option.words}" for option in one.options)
    if one.each and boxes:
        return "；".join(f"{person.name}：{boxes}" for person in situation.asked_of(one))
    return boxes


def _sums(group: Group, asked: Sequence[FormField], visit: Visit) -> Sums | None:
    every = [(one, visit.answers.get(one.id)) for one in asked if one.kind is Kind.MONEY]
    told = [(one, value) for one, value in every if isinstance(value, Mapping)]
    if not told:
        return None
    nothing = [one.short for one, value in told if not value.get("fen")]
    rows = [sum_told(one, visit) for one, value in told if value.get("fen")]
    if nothing:
        rows.append(Sum(f"{'、'.join(nothing)}：没有", "0"))
    total = money.plain(sum(int(value["fen"]) for _, value in told))
    called = group.total if len(told) == len(every) else f"{group.total}（没问全）"
    return Sums(group.title, called, tuple(rows), total)


def _findings(visit: Visit, tickets: Mapping[str, str]) -> Iterator[Found]:
    for one in visit.answers.get("findings", ()):
        how = DISPOSITIONS.get(str(one.get("disposition") or ""), "")
        to = str(one.get("to") or "")
        urgent = "急难，" if one.get("urgent") else ""
        yield Found(
            str(one.get("words") or ""),
            urgent + (f"{how}：{to}" if to else how),
            tickets.get(str(one.get("ticket") or ""), ""),
        )
