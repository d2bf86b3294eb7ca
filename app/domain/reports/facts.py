"""The flat facts reports count: one value for each ticket, visit, call, clue …, with of whom it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from app.domain.reports.period import Period


@dataclass(frozen=True, slots=True)
class Whose:
    """Of whom a fact is; what is not known stays empty. `age` in full years on the day of the fact."""

    household: str = ""
    village: str = ""  # by name
    group: str = ""
    hukou: str = ""  # rural urban
    classes: tuple[str, ...] = ()
    sex: str = ""  # 男 女
    age: int | None = None


NOBODY = Whose()


class TicketFact(NamedTuple):
    """A registered ticket with the instants of its story. Sets of states are told apart here once."""

    id: str
    at: datetime
    on: date
    whose: Whose = NOBODY
    receiver: str = ""
    channel: str = "come"
    items: tuple[str, ...] = ()
    nature: str = "reasonable"
    disposition: str = ""
    urgent: bool = False
    state: str = "registered"
    due_on: date | None = None
    due_at: datetime | None = None  # of an urgent matter, which is counted in hours
    resolved_at: datetime | None = None
    resolved_on: date | None = None
    replied: bool = False
    touched_at: datetime | None = None  # the first thing done after registering
    handed_to: str = ""
    handed_at: datetime | None = None
    taken_at: datetime | None = None  # the other side has accepted it
    bounced: bool = False  # handed over and come back at least once
    trips: tuple[tuple[date, str], ...] = ()
    rating: int | None = None
    rated_by: str = ""
    explained: bool = False
    accepted: str = ""  # how the explanation was taken
    rights_told: bool = False
    confirmed: bool = False  # the township agrees that it is not for us

    @property
    def done(self) -> bool:
        """办结: closed with a result and a reply."""
        return self.state in ("closed", "archived")

    @property
    def dropped(self) -> bool:
        """Withdrawn, or registered twice. One that was merged into another still waits for its reply."""
        return self.state in ("withdrawn", "duplicate")

    @property
    def open(self) -> bool:
        return not self.done and not self.dropped

    @property
    def on_time(self) -> bool:
        """There was a result on the day it was due, or before."""
        return self.timed and not self._after()

    @property
    def late(self) -> bool:
        return self.timed and self._after()

    @property
    def timed(self) -> bool:
        """It has a result, and there was a time to have it by."""
        return self.resolved_at is not None and (self.due_on or self.due_at) is not None

    def _after(self) -> bool:
        if self.due_at is not None:
            return self.resolved_at is not None and self.resolved_at > self.due_at
        return self.resolved_on is not None and self.due_on is not None and self.resolved_on > self.due_on


@dataclass(frozen=True, slots=True)
class CallFact:
    """A follow-up (回访) that fell due."""

    id: str
    on: date
    whose: Whose = NOBODY
    done_on: date | None = None
    channel: str = ""
    unanswered: int = 0


class VisitFact(NamedTuple):
    """A signed visit; one that was corrected is counted once, as corrected.

    A tuple, for a township has hundreds of thousands, and one is made in a fifth of the time. `whose` is told
    of the family, not of one person.
    """

    id: str
    on: date
    whose: Whose = NOBODY
    purpose: str = ""
    origin: str = ""
    met: str = ""
    workers: tuple[str, ...] = ()  # by name
    respondent: str = ""
    explained: tuple[str, ...] = ()
    materials: tuple[tuple[str, int], ...] = ()  # what, copies
    conclusion: str = ""
    review: str = ""  # keep up down stop
    gift_yuan: int = 0  # money taken along on a call with gifts


@dataclass(frozen=True, slots=True)
class PublicityFact:
    """Something made known (宣传): by which channel, to how many, with how many copies."""

    id: str
    on: date
    channel: str
    reached: int = 0
    copies: int = 0
    whose: Whose = NOBODY


@dataclass(frozen=True, slots=True)
class ClueFact:
    """A clue (线索) with how far it was followed; `people` stand behind it, `covered` got something."""

    id: str
    on: date
    whose: Whose = NOBODY
    source: str = ""
    signal: str = ""
    status: str = ""
    conclusion: str = ""
    people: int = 1
    covered: int = 0
    checked_on: date | None = None
    concluded_on: date | None = None


@dataclass(frozen=True, slots=True)
class EventFact:
    """A gathering or a call with gifts (活动慰问)."""

    id: str
    on: date
    kind: str
    people: int = 0
    money_fen: int = 0
    whose: Whose = NOBODY


@dataclass(frozen=True, slots=True)
class SealFact:
    """One use of the village's seal; `posted` once the seals of its quarter hung on the board."""

    id: str
    on: date
    use: str
    copies: int = 1
    major: bool = False
    posted: bool = False
    whose: Whose = NOBODY


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """One public notice (公示)."""

    id: str
    on: date
    kind: str = ""
    level: str = ""
    until: date | None = None
    down_on: date | None = None
    photos: int = 0
    objections: int = 0
    whose: Whose = NOBODY


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A benefit granted or ended (享受变动), of all its people."""

    id: str
    on: date
    item: str
    turn: str = ""  # granted ended
    why: str = ""
    people: int = 1
    whose: Whose = NOBODY


@dataclass(frozen=True, slots=True)
class RoundFact:
    """One purpose of the visit plan: the households owed it, and which of them had none."""

    words: str
    owed: int
    times_owed: int
    times_kept: int
    unvisited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """A household on the roll, for what should have been visited."""

    id: str
    whose: Whose = NOBODY


URGENT_HOURS = 24, 48  # where a pack sets none


@dataclass(frozen=True)
class Facts:
    """All that one report is made from. Only the kinds it asks for are filled.

    `names` are the words for codes the policy pack owns: items, and causes of second trips. In `urgent_hours`
    an urgent matter is to have its first step, and its result.
    """

    period: Period
    today: date
    names: Mapping[str, str] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    urgent_hours: tuple[int, int] = URGENT_HOURS
    tickets: tuple[TicketFact, ...] = ()
    calls: tuple[CallFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    publicity: tuple[PublicityFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    clues: tuple[ClueFact, ...] = ()
    seals: tuple[SealFact, ...] = ()
    notices: tuple[NoticeFact, ...] = ()
    homes: tuple[Home, ...] = ()
    rounds: tuple[RoundFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
