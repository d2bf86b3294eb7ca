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
    WAITING_EXTERNAL = "waiting-external"  # police, court, hospital
    RESOLVED = "resolved"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


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
# The whole machine. A move that is not here does not exist; docs draw this same table.
MOVES: dict[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.REGISTERED}),
    S.REGISTERED: frozenset({S.TRIAGED, S.WITHDRAWN}),
    S.TRIAGED: frozenset({S.INSTANT, S.TRANSFERRED, S.DELIBERATING, S.EXPLAINED, S.WITHDRAWN}),
    S.INSTANT: frozenset({S.RESOLVED, S.WAITING_APPLICANT, S.WAITING_EXTERNAL, S.WITHDRAWN}),
    S.TRANSFERRED: frozenset({S.IN_PROGRESS, S.TRIAGED, S.WITHDRAWN}),
    S.DELIBERATING: frozenset({S.IN_PROGRESS, S.RESOLVED, S.WITHDRAWN}),
    S.EXPLAINED: frozenset({S.RESOLVED, S.WITHDRAWN}),
    S.IN_PROGRESS: frozenset({S.WAITING_APPLICANT, S.WAITING_EXTERNAL, S.RESOLVED, S.WITHDRAWN}),
    S.WAITING_APPLICANT: frozenset({S.IN_PROGRESS, S.RESOLVED, S.WITHDRAWN}),
    S.WAITING_EXTERNAL: frozenset({S.IN_PROGRESS, S.RESOLVED, S.WITHDRAWN}),
    S.RESOLVED: frozenset({S.REPLIED, S.WITHDRAWN}),
    S.REPLIED: frozenset({S.CLOSED, S.IN_PROGRESS, S.WITHDRAWN}),
    S.CLOSED: frozenset({S.ARCHIVED}),
    S.ARCHIVED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
FIRST_STATE = {
    Disposition.INSTANT: S.INSTANT,
    Disposition.TRANSFER: S.TRANSFERRED,
    Disposition.DELIBERATION: S.DELIBERATING,
    Disposition.EXPLAIN: S.EXPLAINED,
}
ENDED = frozenset({S.CLOSED, S.ARCHIVED, S.WITHDRAWN})
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
    nature: str = "reasonable"
    urgent: bool = False
    disposition: Disposition | None = None
    handed_to: str = ""  # office or person a transfer or deliberation went to
    waiting_for: str = ""  # what a waiting state waits for, in words
    due_on: date | None = None
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

    def moved(self, to: State) -> Ticket:
        """The ticket in its next state. Raises UserError, worded for the worker, when it may not."""
        if to not in MOVES[self.state]:
            raise UserError(_refusal(self.state, to))
        if to in (S.RESOLVED, S.CLOSED) and not self.result:
            raise UserError("还没有结果，不能办结。先写一句办成什么样。", field="result")
        if to in (S.REPLIED, S.CLOSED, S.ARCHIVED) and not (self.replied_at and self.reply_mode):
            raise UserError("还没告诉群众，不能归档。怎么告诉的？", field="reply_mode")
        if self.state is S.REPLIED and to is S.IN_PROGRESS:
            # Opened again: the old result and reply must not carry it past the rules a second time.
            return replace(self, state=to, result="", replied_at=None, reply_mode=None)
        return replace(self, state=to)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

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
    if to is S.CLOSED:
        return "还没告诉群众，不能办结。怎么告诉的？"
    if to is S.ARCHIVED:
        return "还没办结，不能归档。"
    if to is S.REPLIED:
        return "先有结果，才能填回音。"
    return "这一步现在还不能做。看看「办到哪了」。"
