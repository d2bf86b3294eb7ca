"""What the worker is told about sync: how much waits, what was set aside, when the county was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from app.actions.desk import Desk
from app.domain.change import LEFT_OUT, Outcome
from app.domain.checklists.checklist import Checklist
from app.domain.conflict import WHOLE, Conflict
from app.domain.people.benefit_change import BenefitChange
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import Ticket, TicketEvent
from app.domain.visits.kept import ROUNDS
from app.domain.visits.visit import Visit
from app.store.files_waiting import FilesLeft
from app.store.ledger import SetAside

KIND_WORDS = {
    "household": "住户",
    "person": "人",
    "visit": "走访",
    "ticket": "首访单",
    "ticket_event": "办理记录",
    "followup": "回访",
    "checklist": "办事清单",
    "benefit_change": "享受变动",
    "seal_log": "用章登记",
    "democratic_review": "民主评议",
    "public_notice": "公示",
    "publicity": "宣传",
    "event": "活动慰问",
    "clue": "线索",
    "missed_visit": "没去成的说明",
    "pairing": "结对帮扶",
    "visit_task": "要去的一户",
    "day_list": "一天的单子",
    "subtask": "协办",
    "survey_response": "问卷",
    "survey_asked": "问过谁",
    "survey_edition": "问卷的题目",
    "conflict": "写得不一样的",
}
SEEN = "refused seen"  # in meta: the changes the township refused that she has looked at
REGISTERS = ("seal_log", "democratic_review", "public_notice", "publicity", "event")
# Where a record of its own page is looked at.
PAGES = dict.fromkeys(REGISTERS, "registers") | {
    "day_list": "visits",
    "clue": "clues",
    "survey_response": "surveys",
    "survey_asked": "surveys",
}


@dataclass(frozen=True)
class Aside:
    """One change the county kept beside: whose it is, what kind, and the page (`page`, `record`) it is on."""

    kind: str
    whose: str
    at: datetime
    outcome: Outcome
    page: str
    record: str
    why: str = ""  # the county's word for the reason, or the township's words after `refused:`
    change: str = ""  # the change of hers; "" for a disagreement people decide on
    seen: bool = False  # she has looked at what the township refused

    @property
    def refused(self) -> bool:
        """Whether the township looked and left it out: nothing more comes of it."""
        return self.outcome is Outcome.QUARANTINED and self.why.startswith(LEFT_OUT)


@dataclass(frozen=True)
class SyncState:
    """`waiting` counts matters as a worker counts them: one ticket is one, however many steps it took.

    `by_kind` names them in words; `set_aside` are the changes a person must look at.
    """

    waiting: int
    by_kind: tuple[tuple[str, int], ...]
    synced_at: datetime | None
    set_aside: tuple[SetAside, ...]
    county: str
    files: FilesLeft  # photos and scans that the county has not got yet

    @property
    def all_sent(self) -> bool:
        """Nothing typed waits any more; `files` may."""
        return self.waiting == 0

    @property
    def photos(self) -> int:
        """Photos as she counts them: a small copy goes with its picture."""
        return max(self.files.whole, 1) if self.files.files else 0


def sync_state(desk: Desk) -> SyncState:
    """As of now."""
    ledger = desk.store.ledger
    subjects = ledger.waiting_subjects()
    kinds = Counter(KIND_WORDS.get(kind, kind) for kind, _ in subjects)
    return SyncState(
        waiting=len(subjects),
        by_kind=tuple(kinds.most_common()),
        synced_at=desk.store.meta.synced_at(),
        set_aside=ledger.set_aside(),
        county=desk.store.meta.device().county,
        files=desk.store.files_waiting.left(),
    )


def asides(desk: Desk) -> tuple[Aside, ...]:
    """What the county kept beside, newest first, each with the words and the page to look at it.

    What has become a record of its own that people decide on is told by that, once, as long as it is open.
    """
    cases, seen = [*desk.store.reading.each(Conflict)], _seen(desk)
    told = {(case.of, case.field) for case in cases}
    kept = [
        _aside(desk, one)
        for one in desk.store.ledger.set_aside()
        if one.change.type != Conflict.TYPE and not _told(one, told)
    ]
    found = [replace(one, seen=one.refused and one.change in seen) for one in kept]
    for case in cases:
        if case.open:
            kind, (_, _, whose) = KIND_WORDS.get(case.of_type, ""), place_of(desk, case.of_type, case.of)
            found.append(Aside(kind, whose, case.opened_at, Outcome.CONFLICT, "conflicts", case.id))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def look_at_refused(desk: Desk, changes: Collection[str]) -> None:
    """She has looked at these changes that the township refused; they stay in the list, and count no more."""
    still = {one.change.id for one in desk.store.ledger.set_aside()}
    fresh = still.intersection(changes) - _seen(desk)
    with desk.unit("refused") as unit:  # also for the log: what was told her, and when
        desk.store.meta.set(SEEN, sorted(_seen(desk).intersection(still) | fresh))
        for change in sorted(fresh):
            unit.audit("look at refused", change)


def _seen(desk: Desk) -> frozenset[str]:
    return frozenset(desk.store.meta.get(SEEN) or ())


def _told(one: SetAside, told: Collection[tuple[str, str]]) -> bool:
    if one.outcome is Outcome.QUARANTINED:
        return False
    return any((one.change.record, field) in told for field in (WHOLE, *one.change.fields))


def _aside(desk: Desk, kept: SetAside) -> Aside:
    change = kept.change
    page, record, whose = place_of(desk, change.type, change.record)
    kind = KIND_WORDS.get(change.type, change.type)
    return Aside(kind, whose, change.at, kept.outcome, page, record, kept.why, change.id)


def place_of(desk: Desk, kind: str, of: str) -> tuple[str, str, str]:
    """The page a record is looked at on, what to show there, and whose it is in words."""
    reading, record, household, page = desk.store.reading, of, "", ""
    match kind:
        case "ticket" | "ticket_event" | "subtask":
            ticket = _ticket(desk, kind, of)
            page, record = ("tickets", ticket.id) if ticket else ("", "")
            household = ticket.household if ticket else ""
        case "visit":
            visit = reading.find(Visit, record)
            page, household = ("visits", visit.household) if visit else ("", "")
        case "checklist":
            made = reading.find(Checklist, record)
            page, household = ("checklists", made.household) if made else ("", "")
        case "followup":
            call = reading.find(FollowUp, record)
            page, household = ("households", call.household) if call else ("", "")
            record = household
        case "benefit_change":
            line = reading.find(BenefitChange, record)
            page, household = ("households", line.household) if line else ("", "")
            record = household
        case "household" | "person":
            page = "households"
        case "missed_visit" | "visit_task" | "pairing":
            (kind_of,) = (one for one in ROUNDS if kind == one.TYPE)
            kept_for = reading.find(kind_of, record)
            page, household = ("households", kept_for.household) if kept_for else ("", "")
            record = household
        case kept if kept in PAGES:
            page = PAGES[kept]
    return page, record, _whose(desk, kind, of, household)


def _ticket(desk: Desk, kind: str, of: str) -> Ticket | None:
    # A line of a story and a part of a matter stand on the page of their ticket.
    reading = desk.store.reading
    if kind == "ticket_event":
        line = reading.find(TicketEvent, of)
        of = line.ticket if line else ""
    elif kind == "subtask":
        part = reading.find(SubTask, of)
        of = part.ticket if part else ""
    return reading.find(Ticket, of)


def _whose(desk: Desk, kind: str, of: str, household: str) -> str:
    reading = desk.store.reading
    if person := reading.find(Person, of) if kind == "person" else None:
        return person.name
    home = reading.find(Household, household or of)
    if home is None:
        return ""
    head = reading.find(Person, home.head) if home.head else None
    return f"{head.name}家" if head else home.place
