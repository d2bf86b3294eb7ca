"""A pictorial checklist (图文办事清单): what one person must bring, where, to whom, and when.

It is a dated copy of the policy pack's words for one applicant: a pack that changes later never
changes a paper already in an old woman's pocket.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class Paper:
    """One thing to bring. `icon` names a pictogram; `note` is one short sentence under the name.

    `held` means she has it at home already; `unit` replaces 原件/复印 for things like photos (张).
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


@dataclass(frozen=True)
class Unneeded:
    """Something she need not bring, and why it is fetched for her."""

    name: str
    icon: str
    why: str


@dataclass(frozen=True)
class Place:
    """Where a step is done: the five things W08–W10 say people go wrong without. Empty = not known."""

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
    """One errand: a title an old person would say, papers, a place, how long, how she will know."""

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


@dataclass(frozen=True)
class Printing:
    """One time it came out of the printer. A draft carries 草稿 and may not be given away."""

    at: datetime
    by: str
    draft: bool


@dataclass(frozen=True)
class Checklist:
    """`code` is the six-character list number; `called` the only name printed (李奶奶)."""

    TYPE: ClassVar[str] = "checklist"

    id: str
    village: str
    household: str
    person: str  # who goes
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
