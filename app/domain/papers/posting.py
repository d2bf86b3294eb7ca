"""The public notice (公示): whose case is posted, for how long, and where an objection goes.

Enforced by construction: a `PublicNotice` has no place for a full name, a number, an illness, an
address or a child, and none can be made for an item whose pack forbids posting. The law behind it:
child matters are never posted (公开办事指南 of 孤儿 and 事实无人抚养儿童; 特困 minors likewise).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.packs.service_item import Item, Limit, Publicity
from app.domain.papers.masking import AgeBand, MaskedName, Neighbourhood, age_band, mask_name, neighbourhood
from app.domain.papers.paperwork import Wording
from app.domain.people.household import Household
from app.domain.people.person import Life, Person
from app.domain.problem import UserError
from app.domain.schedule import limit_ends
from app.domain.workdays import WorkCalendar

GROWN_UP = 18


class Cause(StrEnum):
    """The only reasons a notice may give (事由大类), as household tags call them."""

    ILLNESS = "因病"
    DISABILITY = "因残"
    OTHER = "其他"


@dataclass(frozen=True)
class Posted:
    """One line: who, which group, how many people. None is a blank to write in. No text at all."""

    name: MaskedName
    group: Neighbourhood
    heads: int
    band: AgeBand | None = None  # only where name and group are not enough to tell two apart
    cause: Cause | None = None


@dataclass(frozen=True)
class Hearing:
    """Where to object: an office and its number, which are public. Empty is a blank to write in."""

    name: str
    person: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Votes:
    """How a 民主评议 came out, in numbers only."""

    expected: int
    attended: int
    agree: int
    against: int
    abstain: int


@dataclass(frozen=True)
class PublicNotice:
    """`until` is None while the last working day cannot be known; then it is written in by hand, and so are
    the `votes` of a meeting that is not in the register."""

    item_name: str
    village_name: str
    wording: Wording
    lines: tuple[Posted, ...]
    days: Limit
    posted_on: date
    until: date | None
    hearings: tuple[Hearing, ...]
    edition: str
    meeting: bool = False  # 民主评议 counts stand above the list
    votes: Votes | None = None
    causes: bool = False
    simulated: bool = False


@dataclass(frozen=True)
class Applicant:
    """Whose case is to be posted, with the family. `members` are all on the register.

    `namesake`: somebody of the very same name lives in the same village group.
    """

    person: Person
    household: Household
    members: tuple[Person, ...]
    namesake: bool = False


def publicity_of(item: Item) -> Publicity:
    """How the names of `item` are posted. Raises UserError, in words, when they are never posted."""
    given = item.publicity
    if item.for_child:
        raise UserError((given.why if given and given.why else "孩子的事不公示，不贴墙") + "。")
    if given is None or not given.days:
        raise UserError((given.why if given and given.why else f"{item.name}不用公示") + "。")
    return given


def lines(applicants: Sequence[Applicant], on: date, *, causes: bool) -> tuple[Posted, ...]:
    """The lines of a notice, in the order given.

    Where two would read alike, or a namesake lives in the same group, an age band is added; what still
    reads alike is told apart by its place on the sheet, never by more facts.
    Raises UserError for a child, and for somebody whose age nobody knows.
    """
    plain = [_line(one, on, causes=causes) for one in applicants]
    alike = Counter((line.name.shown, line.group.shown) for line in plain)
    return tuple(
        _banded(line, one, on) if one.namesake or alike[line.name.shown, line.group.shown] > 1 else line
        for line, one in zip(plain, applicants, strict=True)
    )


def notice(
    item: Item,
    applicants: Sequence[Applicant],
    wording: Wording,
    hearings: tuple[Hearing, ...],
    calendar: WorkCalendar,
    on: date,
    *,
    village_name: str,
    edition: str,
    simulated: bool = False,
    votes: Votes | None = None,
) -> PublicNotice:
    """The notice to be posted on `on`; the day of posting is not counted (民法典 第二百零一条).

    Raises UserError when the item, or somebody on it, may not be posted.
    """
    publicity = publicity_of(item)
    days = Limit(publicity.days, publicity.unit)
    ends = limit_ends(calendar, on, days)
    return PublicNotice(
        item_name=item.name,
        village_name=village_name,
        wording=wording,
        lines=lines(applicants, on, causes=publicity.causes),
        days=days,
        posted_on=on,
        until=None if ends.estimated else ends.day,
        hearings=hearings,
        edition=edition,
        meeting=publicity.meeting,
        votes=votes,
        causes=publicity.causes,
        simulated=simulated,
    )


def _line(applicant: Applicant, on: date, *, causes: bool) -> Posted:
    _grown(applicant.person, on)
    heads = sum(one.life in (Life.HERE, Life.AWAY) for one in applicant.members)
    home = applicant.household
    return Posted(
        name=mask_name(applicant.person.name),
        group=neighbourhood(home.group),
        heads=max(heads, 1),
        cause=_cause(home) if causes else None,
    )


def _grown(person: Person, on: date) -> int:
    years = person.age_on(on)
    if years is None:
        # Who may be a child is taken for one. The name is not repeated: the message stands on the screen.
        raise UserError("申请人的生日没填，不知道满没满 18 岁，不能公示。先把生日补上。", field="birth")
    if years < GROWN_UP:
        raise UserError("没满 18 岁的人不公示，不贴墙。", field="person")
    return years


def _banded(line: Posted, applicant: Applicant, on: date) -> Posted:
    return Posted(line.name, line.group, line.heads, age_band(_grown(applicant.person, on)), line.cause)


def _cause(home: Household) -> Cause | None:
    tags = set(home.tags)
    found = [one for one in (Cause.ILLNESS, Cause.DISABILITY) if one.value in tags]
    return found[0] if len(found) == 1 else None
