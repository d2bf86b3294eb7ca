"""A first-visit ticket (首访单): whoever receives a citizen first owns the matter to its end.

The three 件件 rules are enforced here and nowhere else: nothing is done before it is registered,
nothing is closed without a result, nothing is archived without a reply to the citizen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.problem import UserError
from app.domain.tickets.handling import DISPUTED, Acceptance, Decision, Explanation, OwedPaper

SERIALS_PER_DEVICE = 10_000  # what a computer may count within its block
NUMBER = re.compile(r"SF\d{12}(\d{4})(\d{6})[\dX]")


class State(StrEnum):
    DRAFT = "draft"
    REGISTERED = "registered"
    TRIAGED = "triaged"
    INSTANT = "instant"  # 即时办
    TRANSFERRED = "transferred"  # 已转出, not yet accepted
    DELIBERATING = "deliberating"  # 一事一议
    EXPLAINED = "explained"  # 政策解释
    IN_PROGRESS = "in-progress"
    WAITING_APPLICANT = "waiting-applicant"
    WAITING_EXTERNAL = "waiting-external"  # police, court, hospital, means check (核对)
    RESOLVED = "resolved"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # 并入他单: goes on inside another ticket, its own citizen still hears back
    DUPLICATE = "duplicate"  # 重复: the same citizen's same matter, registered twice


class Disposition(StrEnum):
    """How the matter is handled (三类处置, plus explaining the policy)."""

    INSTANT = "instant"
    TRANSFER = "transfer"
    DELIBERATION = "deliberation"
    EXPLAIN = "explain"


class ReplyMode(StrEnum):
    """How the citizen was told."""

    FACE = "face"
    PHONE = "phone"
    MESSAGE = "message"
    PAPER = "paper"
    RELAY = "relay"


S = State
# Out of the way from every state that is not closed: taken back, merged into another, registered twice.
ASIDE = frozenset({S.WITHDRAWN, S.MERGED, S.DUPLICATE})
# The whole machine. A move that is not here does not exist; docs draw this same table.
MOVES: dict[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.REGISTERED}),
    S.REGISTERED: frozenset({S.TRIAGED}) | ASIDE,
    S.TRIAGED: frozenset({S.INSTANT, S.TRANSFERRED, S.DELIBERATING, S.EXPLAINED}) | ASIDE,
    S.INSTANT: frozenset({S.RESOLVED, S.WAITING_APPLICANT, S.WAITING_EXTERNAL}) | ASIDE,
    S.TRANSFERRED: frozenset({S.IN_PROGRESS, S.TRIAGED}) | ASIDE,
    S.DELIBERATING: frozenset({S.IN_PROGRESS, S.RESOLVED}) | ASIDE,
    S.EXPLAINED: frozenset({S.RESOLVED}) | ASIDE,
    S.IN_PROGRESS: frozenset({S.WAITING_APPLICANT, S.WAITING_EXTERNAL, S.RESOLVED}) | ASIDE,
    S.WAITING_APPLICANT: frozenset({S.IN_PROGRESS, S.RESOLVED}) | ASIDE,
    S.WAITING_EXTERNAL: frozenset({S.IN_PROGRESS, S.RESOLVED}) | ASIDE,
    S.RESOLVED: frozenset({S.REPLIED}) | ASIDE,
    S.REPLIED: frozenset({S.CLOSED, S.IN_PROGRESS}) | ASIDE,
    S.CLOSED: frozenset({S.ARCHIVED}),
    S.MERGED: frozenset({S.ARCHIVED, S.TRIAGED}),
    S.ARCHIVED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.DUPLICATE: frozenset(),
}
FIRST_STATE = {
    Disposition.INSTANT: S.INSTANT,
    Disposition.TRANSFER: S.TRANSFERRED,
    Disposition.DELIBERATION: S.DELIBERATING,
    Disposition.EXPLAIN: S.EXPLAINED,
}
ENDED = frozenset({S.CLOSED, S.ARCHIVED, S.WITHDRAWN, S.DUPLICATE})
STILL_OPEN = tuple(state for state in State if state not in ENDED)
WAITING = frozenset({S.WAITING_APPLICANT, S.WAITING_EXTERNAL})


@dataclass(frozen=True)
class Trip:
    """One journey of the citizen. The second and later need the cause, a W-code (白跑原因)."""

    on: date
    where: str
    outcome: str
    cause: str = ""


@dataclass(frozen=True)
class Rating:
    """What the citizen said of one reply, by pointing: 5 best … 1 worst, 0 where nothing was pointed at.

    `by` is who pointed (本人, 家里人, 不愿评); `speed`, `skill`, `manner` (效率、水平、态度) may be left out.
    """

    at: datetime
    score: int = 0
    by: str = ""
    speed: int = 0
    skill: int = 0
    manner: int = 0


@dataclass(frozen=True)
class Accompanied:
    """Somebody of the village went along (陪办): who, on which day, where to."""

    on: date
    who: str
    where: str = ""


def needs_cause(before: tuple[Trip, ...], trip: Trip) -> None:
    """Raises UserError when `trip` is one too many and nobody said why (M-12)."""
    if before and not trip.cause:
        raise UserError("又跑了一趟。是什么没弄好？记下来，下一个人就不白跑。", field="cause")


@dataclass(frozen=True)
class Ticket:
    """`received_by` is written once and never changes; `owner` is who must act now."""

    TYPE: ClassVar[str] = "ticket"

    id: str
    village: str
    received_at: datetime
    received_by: str  # worker id of the first receiver (首访人)
    request: str  # in the citizen's own words
    channel: str = "come"  # come letter call visit clue hotline online proxy
    state: State = State.DRAFT
    number: str = ""
    owner: str = ""
    household: str = ""
    visitor: str = ""  # person id, when the visitor is of this village
    visitor_name: str = ""
    visitor_phone: str = ""
    subject: str = ""  # person id the matter is about
    items: tuple[str, ...] = ()  # service item codes
    nature: str = "reasonable"  # of handling.NATURES
    urgent: bool = False
    disposition: Disposition | None = None
    handed_to: str = ""  # office or person a transfer or deliberation went to
    waiting_for: str = ""  # what a waiting state waits for, in words
    due_on: date | None = None
    due_at: datetime | None = None  # an urgent matter is counted in hours; `due_on` is then its day
    result: str = ""
    replied_at: datetime | None = None
    reply_mode: ReplyMode | None = None
    reply: str = ""
    satisfaction: int | None = None  # 5 best … 1 worst
    rated_by: str = ""
    trips: tuple[Trip, ...] = ()
    visit: str | None = None  # the visit it came from
    relation: str = ""  # what the visitor is to the one it is about: family kin neighbour official other
    proof: str = ""  # code of the certificate asked for that the village should not issue
    reply_visit: str = ""  # the visit in which she was told
    receipt_at: datetime | None = None  # when the slip was put into her hands
    ratings: tuple[Rating, ...] = ()  # every one given, also before it was opened again
    accompanied: tuple[Accompanied, ...] = ()
    taken: Acceptance | None = None  # by the other side of a transfer
    decision: Decision | None = None  # of a deliberation
    explanation: Explanation | None = None
    confirmed_by: str = ""  # worker id of the town's officer who agreed that `nature` is what it says
    owed: tuple[OwedPaper, ...] = ()
    merged_into: str = ""  # the ticket it goes on in, or which it repeats
    bounced_from: str = ""  # who did not take it in time; empty once it is decided anew
    escalated: str = ""  # how far up it is known to be late: town, county

    def moved(self, to: State) -> Ticket:
        """The ticket in its next state. Raises UserError, worded for the worker, when it may not."""
        if to not in MOVES[self.state]:
            raise UserError(_refusal(self.state, to))
        if to in (S.MERGED, S.DUPLICATE) and self.merged_into in ("", self.id):
            raise UserError("并到哪张单里？选一张。", field="merged_into")
        if to in (S.RESOLVED, S.CLOSED, S.ARCHIVED) and not self.result:
            raise UserError("还没有结果，不能办结。先写一句办成什么样。", field="result")
        if to in (S.REPLIED, S.CLOSED, S.ARCHIVED) and not (self.replied_at and self.reply_mode):
            raise UserError("还没告诉群众，不能归档。怎么告诉的？", field="reply_mode")
        if (self.state is S.REPLIED and to is S.IN_PROGRESS) or to is S.MERGED:
            # Opened again, or waiting for another's result: the old result and reply must not carry it
            # past the rules a second time.
            return replace(self, state=to, result="", replied_at=None, reply_mode=None)
        if self.state is S.MERGED and to is S.TRIAGED:
            return replace(self, state=to, merged_into="")
        return replace(self, state=to)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def provisional(self) -> bool:
        """拟定: whether its nature is only proposed; nothing counts it before the town has agreed."""
        return self.nature in DISPUTED and not self.confirmed_by

    @property
    def registered(self) -> bool:
        return self.state is not S.DRAFT

    @property
    def short_number(self) -> str:
        """`000137-4`: the serial and check character that people actually say."""
        return f"{self.number[-7:-1]}-{self.number[-1]}" if len(self.number) > 7 else self.number


@dataclass(frozen=True)
class TicketEvent:
    """One line of a ticket's story; only ever added. `previous` is the hash of the line before."""

    TYPE: ClassVar[str] = "ticket_event"

    id: str
    village: str
    ticket: str
    at: datetime
    actor: str
    verb: str
    from_state: State
    to_state: State
    note: str = ""
    previous: str = ""
    device: str = ""  # the computer it was written on; lines of older releases do not say


def ticket_number(village: str, year: int, serial: int) -> str:
    """`SF` + village 12 + year 4 + serial 6 + check character (MOD 11-2 over the digits)."""
    digits = f"{village}{year:04d}{serial:06d}"
    remainder = 0
    for digit in digits:
        remainder = (remainder + int(digit)) * 2 % 11
    return f"SF{digits}{'0123456789X'[(12 - remainder) % 11]}"


def serial_in(number: str) -> tuple[int, int]:
    """(year, serial) of a ticket's number; (0, 0) for what is none."""
    found = NUMBER.fullmatch(number)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _refusal(state: State, to: State) -> str:
    if state is S.DRAFT:
        return "先登记取号，再办。一分钟的事。"
    if state in ENDED:
        return "这张单已经办结，只能看和打印。"
    if state is S.MERGED:
        return "这件事并到别的单里办了。等那边有结果，告诉群众就行。"
    if to is S.CLOSED:
        return "还没告诉群众，不能办结。怎么告诉的？"
    if to is S.ARCHIVED:
        return "还没办结，不能归档。"
    if to is S.REPLIED:
        return "先有结果，才能填回音。"
    return "这一步现在还不能做。看看「办到哪了」。"
