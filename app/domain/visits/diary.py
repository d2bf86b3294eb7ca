"""民情日记: what the worker did day by day in plain words, as she would write it into her notebook (SD-075).

What the form keeps off paper (a child in danger, somebody's mood) is not in it either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.visits.asking import Situation, chosen, value_of
from app.domain.visits.form import Form, Kind
from app.domain.visits.form_words import Names, finding_words, met_words, said
from app.domain.visits.visit import Met, Visit
from app.domain.workdays import china_day

SEEN = ("hazards", "living", "disaster", "needs")  # what she saw, where it was something
NOTHING = frozenset({"none"})


@dataclass(frozen=True)
class Entry:
    """One thing done: when, a first line that says where and what, and lines of what was said and done."""

    at: datetime
    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    """The entries of one day, the earliest first."""

    on: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tally:
    """What the period comes to: 户次, how many of them met, papers handed out, tickets, calls."""

    visits: int = 0
    met: int = 0
    copies: int = 0
    tickets: int = 0
    calls: int = 0

    @property
    def words(self) -> str:
        parts = [f"走访 {self.visits} 户次，见到人 {self.met} 户次"]
        parts += [f"发资料 {self.copies} 份"] if self.copies else []
        parts += [f"办首访单 {self.tickets} 张"] if self.tickets else []
        parts += [f"主动打电话 {self.calls} 个"] if self.calls else []
        return "，".join(parts) + "。"


@dataclass(frozen=True)
class Diary:
    """The pages of one worker from `first` to `last`; days without an entry are left out."""

    worker: str
    village: str
    first: date
    last: date
    days: tuple[Day, ...]
    tally: Tally
    simulated: bool = False


def days_of(entries: Sequence[Entry]) -> tuple[Day, ...]:
    """`entries` by the day they were in China, in order."""
    found: dict[date, list[Entry]] = {}
    for one in sorted(entries, key=lambda one: one.at):
        found.setdefault(china_day(one.at), []).append(one)
    return tuple(Day(on, tuple(ones)) for on, ones in found.items())


def visit_entry(
    situation: Situation, form: Form, names: Names, *, door: str, tickets: Mapping[str, str]
) -> Entry:
    """A visit as she would tell it; `door` is whose house it is, `tickets` ticket ids to numbers."""
    visit = situation.visit
    head = f"到{door}：{met_words(situation, form, names)}。"
    return Entry(visit.started_at, head, tuple(_told(situation, form, names, tickets)))


def handed_out(visit: Visit) -> int:
    """How many copies of papers were left there."""
    return sum(int(one.get("copies") or 1) for one in visit.answers.get("materials_given", ()))


def _told(situation: Situation, form: Form, names: Names, tickets: Mapping[str, str]) -> Iterator[str]:
    visit = situation.visit
    active = [one for one in situation.active(form) if one.paper]
    if visit.met is Met.ABSENT and visit.again_on:
        again = date.fromisoformat(visit.again_on)
        yield f"家里没人，{again.month}月{again.day}日再来。"
    spoken = [one for one in active if one.kind in (Kind.TEXT, Kind.LONG_TEXT) and one.id.endswith("_words")]
    for one in spoken:
        if words := said(one, value_of(visit, one.id), names):
            yield f"说：{words}" if one.id in ("needs_words", "door_words") else f"{one.short}：{words}"
    for one in active:
        value = value_of(visit, one.id)
        if one.id in SEEN and set(chosen(value)) - NOTHING:
            yield f"{one.short}：{said(one, value, names)}。"
    for finding in visit.answers.get("findings", ()):
        yield _done(finding, tickets)
    for name, lead in (("progress_told", "告知进度"), ("explained", "讲了"), ("materials_given", "发了")):
        field = form.fields.get(name)
        if field is not None and field in active and (words := said(field, value_of(visit, name), names)):
            yield f"{lead}：{words}。"


def _done(finding: Mapping[str, object], tickets: Mapping[str, str]) -> str:
    number = tickets.get(str(finding.get("ticket") or ""), "")
    return f"记下：{finding_words(finding)}" + (f"，首访单 {number}。" if number else "。")
