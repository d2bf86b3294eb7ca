"""A pictorial checklist (图文办事清单): what one person must bring, where, to whom, and when.

It is a dated copy of the policy pack's words for one applicant: a pack that changes later never
changes a paper already in an old woman's pocket.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.packs.service_item import Limit
from app.domain.tickets.ticket import Trip

MOST_WAYS = 3  # drawn steps of the way there
MOST_WAY_WORDS = 10  # characters under each


class Going(StrEnum):
    """Who walks: the applicant herself, a child's guardian, or somebody sent in her place."""

    SELF = "self"  # 本人
    GUARDIAN = "guardian"  # 监护人
    AGENT = "agent"  # 代办人


@dataclass(frozen=True)
class Goer:
    """Who goes to the office. `called` and `relation` are filled for an agent only (蒋先生, 儿子).

    `person` is an id when the agent stands in the register. Never a number, never a full name.
    """

    role: Going = Going.SELF
    called: str = ""
    relation: str = ""
    person: str = ""

    @property
    def words(self) -> str:
        """How an agent is spoken of: `儿子 蒋先生`; "" for whoever goes herself."""
        return " ".join(part for part in (self.relation, self.called) if part)


@dataclass(frozen=True)
class Bundled:
    """A further matter done on the same list, so that nobody walks twice for what one walk can do."""

    item: str
    name: str
    headline: str = ""  # "领残疾补贴"
    beneficiary: str = ""  # person id, when it is not the applicant's own matter


@dataclass(frozen=True)
class Want:
    """How many of one paper one matter asks for; the paper itself carries what all of them need."""

    item: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Paper:
    """One thing to bring. `icon` names a pictogram; `note` is one short sentence under the name.

    `held` means she has it at home already; `unit` replaces 原件/复印 for things like photos (张).
    `spec` is what it must be like, or the window sends her home (2 寸白底, 盖了章的, 农商行的).
    `wanted_by` is filled when several matters share the list: an original is shown to all of them,
    copies add up. `owed_until` is the last day for a paper that may follow later (容缺).
    """

    material: str
    name: str
    icon: str
    originals: int = 0
    copies: int = 0
    look_only: bool = False  # 核验原件: shown, not handed over
    unit: str = ""
    note: str = ""
    issuer: str = ""
    held: bool = False
    changed: bool = False  # the worker changed the county's number of copies
    unverified: bool = False  # 待核
    spec: str = ""
    wanted_by: tuple[Want, ...] = ()
    owed_until: date | None = None
    may_follow: bool = False  # 容缺: without it the matter is taken all the same
    held_why: str = ""  # what the proposal that she has it rests on (名册里有); "" once a person said so


@dataclass(frozen=True)
class Unneeded:
    """Something she need not bring, and why it is fetched for her."""

    name: str
    icon: str
    why: str


@dataclass(frozen=True)
class Way:
    """One drawn step of the way there: a pictogram and at most ten characters (村口坐车)."""

    icon: str
    words: str


@dataclass(frozen=True)
class Place:
    """Where a step is done: the five things W08–W10 say people go wrong without. Empty = not known.

    `route` holds at most `MOST_WAYS` drawn steps; `bus` is what the worker typed (7:20 村口上车).
    """

    name: str
    icon: str = "hall"
    floor: str = ""
    window: str = ""
    windows: int = 0  # how many windows the hall has, to draw the little map
    person: str = ""
    phone: str = ""
    phone2: str = ""
    morning: str = ""  # "8:30–12:00"
    afternoon: str = ""
    closed: str = ""  # "周六 周日"
    building: str = ""  # "便民服务中心", where the name alone does not tell the house
    route: tuple[Way, ...] = ()
    bus: str = ""
    market: str = ""  # "逢 3、8": market days, when the road is full and the queue long

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing for a paper that may be given to the public, in the worker's words."""
        named = (
            ("几号窗", self.window),
            ("找谁", self.person),
            ("电话", self.phone),
            ("几点开门", self.morning),
        )
        return tuple(words for words, value in named if not value)


@dataclass(frozen=True)
class Step:
    """One errand: a title an old person would say, papers, a place, how long, how she will know.

    `items` are the matters it serves (empty: the list's only one), `after` the steps that must be done
    before it, `office` the pack's id of the place. `must_come` names whoever the office
    has to see in person (奶奶, 孩子, 您; "" = whoever carries the papers will do). `before` is the last
    day the office takes it (申报截止日).
    """

    step: str
    title: str
    icon: str
    place: Place
    papers: tuple[Paper, ...] = ()
    unneeded: tuple[Unneeded, ...] = ()
    takes: str = ""  # "最迟 30 个工作日"
    then: tuple[str, ...] = ()  # what happens after: "给您打电话"
    external: bool = False  # police, court, hospital: outside our clock, inside our follow-up
    done: bool = False
    items: tuple[str, ...] = ()
    must_come: str = ""
    limit: Limit | None = None
    before: date | None = None
    done_on: date | None = None
    office: str = ""
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Printing:
    """One time it came out of the printer. A draft carries 草稿 and may not be given away."""

    at: datetime
    by: str
    draft: bool


@dataclass(frozen=True)
class Edition:
    """Which edition of a list came out of the printer at a moment, and the pack it was made from."""

    at: datetime
    edition: int
    pack: str


@dataclass(frozen=True)
class Checklist:
    """`code` is the six-character list number; `called` the only name printed (李奶奶).

    `going_on` is the day the next errand is planned for, `call_on` the day the worker then calls to ask;
    both are printed. `by_hand` names what she wrote over the pack (`town/place/phone`); `editions` what each
    printing was made from. `trips` are walks that were in vain, each with its cause (W-code).
    """

    TYPE: ClassVar[str] = "checklist"

    id: str
    village: str
    household: str
    person: str  # who applies, and goes unless `goer` is an agent
    item: str
    item_name: str
    called: str
    code: str
    made_on: date
    pack: str  # "hunan-reference 2026.11"
    beneficiary: str = ""  # person id, when it is a child's matter
    headline: str = ""  # "给孙子领生活费"
    icon: str = "granny"
    steps: tuple[Step, ...] = ()
    worker_name: str = ""
    worker_phone: str = ""
    ticket: str = ""
    edition: int = 1
    printings: tuple[Printing, ...] = ()
    simulated: bool = False  # 模拟数据: printed across the head of every demo paper
    bundled: tuple[Bundled, ...] = ()
    goer: Goer = Goer()
    show_held: bool = True  # False: what she has at home already is left off the paper
    going_on: date | None = None
    call_on: date | None = None
    trips: tuple[Trip, ...] = ()
    by_hand: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()

    @property
    def given_away(self) -> bool:
        """Whether the edition in hand was printed for the public."""
        of = {one.at: one.edition for one in self.editions}
        return any(not one.draft and of.get(one.at, 1) == self.edition for one in self.printings)

    @property
    def finished(self) -> bool:
        """Whether every step is done."""
        return all(step.done for step in self.steps)

    @property
    def items(self) -> tuple[str, ...]:
        """The codes of every matter on the list, the first one first."""
        return (self.item, *(each.item for each in self.bundled))

    @property
    def names(self) -> dict[str, str]:
        """The name of every matter on the list by its code."""
        return {self.item: self.item_name} | {each.item: each.name for each in self.bundled}

    @property
    def matters(self) -> str:
        """What the list is for in one line: `孤儿基本生活费等 2 件`."""
        return f"{self.item_name}等 {len(self.items)} 件" if self.bundled else self.item_name

    @property
    def next_step(self) -> int:
        """Index of the first step not done, or the last one."""
        return next((i for i, step in enumerate(self.steps) if not step.done), max(len(self.steps) - 1, 0))

    @property
    def gaps(self) -> tuple[str, ...]:
        """What keeps this list from being given to the public."""
        return tuple(
            f"第 {i} 步：不知道{gap}" for i, step in enumerate(self.steps, 1) for gap in step.place.gaps
        )

    def with_paper(self, step: int, index: int, paper: Paper) -> Checklist:
        papers = list(self.steps[step].papers)
        papers[index] = paper
        return self.with_step(step, replace(self.steps[step], papers=tuple(papers)))

    def with_step(self, index: int, step: Step) -> Checklist:
        steps = list(self.steps)
        steps[index] = step
        return replace(self, steps=tuple(steps))
