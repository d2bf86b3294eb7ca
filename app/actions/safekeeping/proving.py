"""Every record against itself: readable, as it was saved, signed visits sealed, a ticket's story unbroken."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from app.actions.desk import Desk
from app.actions.sync_state import KIND_WORDS
from app.actions.tickets.ticket_steps import chain_of
from app.domain.checklists.checklist import Checklist
from app.domain.checkup import Finding
from app.domain.people.benefit_change import BenefitChange
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.record import Record, canonical, from_body
from app.domain.registers import REGISTERS
from app.domain.registers.clue import Clue
from app.domain.surveys.kept import SURVEYS
from app.domain.surveys.response import SurveyResponse
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import Ticket, TicketEvent
from app.domain.visits.day_list import DayList
from app.domain.visits.kept import ROUNDS
from app.domain.visits.visit import Visit, VisitState
from app.store.proof import Kept

KINDS: tuple[type[Record], ...] = (
    Household, Person, Visit, Ticket, TicketEvent, FollowUp, SubTask, Checklist, BenefitChange, Clue,
    *REGISTERS, *ROUNDS, *SURVEYS, DayList,
)  # fmt: skip
CLASSES = {one.TYPE: one for one in KINDS}
# What a record is called by, as it stands on her own screen.
CALLED_BY = {
    "household": ("group", "door"),
    "person": ("name",),
    "visit": ("started_at",),
    "ticket": ("number", "visitor_name"),
    "ticket_event": ("at", "verb"),
    "followup": ("due_on", "why"),
    "subtask": ("who", "what"),
    "checklist": ("code", "item_name"),
    "benefit_change": ("on", "item"),
    "seal_log": ("number", "paper"),
    "democratic_review": ("on", "who"),
    "public_notice": ("on", "what"),
    "publicity": ("on", "what"),
    "event": ("on", "what"),
    "clue": ("found_on", "name"),
    "missed_visit": ("due_on", "note"),
    "pairing": ("unit", "helper"),
    "visit_task": ("due_on", "why"),
    "day_list": ("day",),
    "survey_response": ("on", "survey"),
    "survey_asked": ("on", "survey"),
    "survey_edition": (),
}
SPEAKS_FOR_ITSELF = ("household", "person")
LONGEST, NAMED = 20, 5
DAYS = ("started_at", "at")


@dataclass
class _Seen:
    """What came up, kind by kind, as names to say."""

    unreadable: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    unsealed: list[str] = field(default_factory=list)
    stories: dict[str, _Story] = field(default_factory=dict)


@dataclass
class _Story:
    hashes: set[str] = field(default_factory=set)
    before: list[str] = field(default_factory=list)


def records(desk: Desk, told: Callable[[int, int], None]) -> Iterator[Finding]:
    """What is wrong with any record, each sort told once with the first few by name."""
    proof, seen = desk.store.proof, _Seen()
    total, villages = proof.count("record"), proof.villages()
    for done, kept in enumerate(proof.records()):
        told(done, total)
        _look(kept, villages, seen)
    yield from _findings(seen)
    torn = [ticket for ticket, story in seen.stories.items() if not _unbroken(story)]
    if torn:
        tickets = desk.store.reading.many(Ticket, torn)
        said = [one.short_number or "没有单号的" for one in tickets] or ["找不到单子的"]
        yield Finding(
            f"{len(torn)} 张首访单的「办到哪了」前后接不上：{_some(said)}。",
            "有人绕过首访通改过或去掉了几行。照实补记一行，并告诉县里，县里有原来的。",
        )


def _look(kept: Kept, villages: tuple[str, ...], seen: _Seen) -> None:
    kind = CLASSES.get(kept.kind)
    if kept.body is None:
        seen.unreadable.append(_name(kept))
        return
    if not (kept.plain and kept.agrees):
        seen.altered.append(_name(kept))
    if kind is None or kept.deleted:
        return  # of a newer release, which knows what it is; or gone, with nothing left to read
    try:
        record = from_body(kind, kept.record, kept.village, kept.body)
    except (ValueError, TypeError):
        seen.unreadable.append(_name(kept))
        return
    if isinstance(record, SurveyResponse) or (
        isinstance(record, Visit) and record.state is VisitState.SIGNED
    ):
        if not _sealed(record, kept, villages):
            seen.unsealed.append(_name(kept))
    elif isinstance(record, TicketEvent):
        story = seen.stories.setdefault(record.ticket, _Story())
        story.hashes.add(chain_of(record))
        story.before.append(record.previous)


def _sealed(visit: Visit | SurveyResponse, kept: Kept, villages: tuple[str, ...]) -> bool:
    # The seal names the village it was signed in; what a newer release sealed has fields unknown here.
    if visit.seal == visit.content_hash():
        return True
    text = canonical({name: value for name, value in (kept.body or {}).items() if name != "seal"})
    whole = (hashlib.sha256(f"{visit.id}|{one}|{text}".encode()).hexdigest() for one in villages)
    known = (replace(visit, village=one).content_hash() for one in villages)
    return bool(visit.seal) and (visit.seal in whole or visit.seal in known)


def _unbroken(story: _Story) -> bool:
    # Two people may have written on from the same line before either heard of the other: a fork is no
    # break. But every line goes on from one that is there, and one of them is the first.
    return "" in story.before and all(one in story.hashes for one in story.before if one)


def _findings(seen: _Seen) -> Iterator[Finding]:
    if seen.unreadable:
        yield Finding(
            f"{len(seen.unreadable)} 条记录读不出来：{_some(seen.unreadable)}。",
            "先把首访通升级，再查一次。还读不出来，就用备份恢复，或交给镇里。",
        )
    if seen.altered:
        yield Finding(
            f"{len(seen.altered)} 条记录和存的时候不一样：{_some(seen.altered)}。",
            "有人绕过首访通改过。打开看看，不对的照实改好，并告诉县里。",
        )
    if seen.unsealed:
        yield Finding(
            f"{len(seen.unsealed)} 份签好的走访和封存号对不上：{_some(seen.unsealed)}。",
            "签过字以后被改过。先别拿它作证，告诉县里，县里有签字时的原样。",
        )


def _name(kept: Kept) -> str:
    kind = KIND_WORDS.get(kept.kind, "别的")
    body = kept.body or {}
    parts = []
    for name in CALLED_BY.get(kept.kind, ()):
        value = str(body.get(name) or "")
        parts.append(value[:10] if name in DAYS else value[:LONGEST])
    if not any(parts):
        return f"{kind} 尾号 {kept.record[-6:]}"
    before = [] if kept.kind in SPEAKS_FOR_ITSELF else [kind]
    return " ".join([*before, *filter(None, parts)])


def _some(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")
