"""A wasted trip seen coming (Trap), and everything that is looked at to see it (Ground)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.checklists.checklist import Checklist, Paper, Step
from app.domain.packs.policy import Pack
from app.domain.packs.service_item import Item, Material
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.workdays import WorkCalendar, china_day


@dataclass(frozen=True)
class Trap:
    """One trip that would be in vain. `code` is the cause (W03 …), `step` the index it belongs to.

    `words` say what is wrong and `do` what to do; `field` names the place where the worker mends it.
    """

    code: str
    words: str
    do: str
    field: str = ""
    step: int | None = None


@dataclass(frozen=True)
class Ground:
    """A list with its people and the policy of the day. `subjects` are whose matter each item is."""

    checklist: Checklist
    applicant: Person
    subjects: tuple[tuple[str, Person], ...]
    members: tuple[Person, ...]
    household: Household
    pack: Pack
    at: datetime
    calendar: WorkCalendar

    @property
    def on(self) -> date:
        return china_day(self.at)

    @property
    def people(self) -> tuple[Person, ...]:
        """The applicant and everybody whose matter it is, each once."""
        every = (self.applicant, *(person for _, person in self.subjects))
        return tuple({person.id: person for person in every}.values())

    @property
    def items(self) -> tuple[tuple[Item, Person], ...]:
        """The pack's items with their people; one the county has taken back is not among them."""
        known = self.pack.item_table
        return tuple((known[code], person) for code, person in self.subjects if code in known)

    def steps(self) -> Iterator[tuple[int, Step]]:
        """The steps still to be done, with their places in the list."""
        return ((i, step) for i, step in enumerate(self.checklist.steps) if not step.done)

    def papers(self) -> Iterator[tuple[int, Paper]]:
        """The papers still to be brought, with the step of each."""
        return ((index, paper) for index, step in self.steps() for paper in step.papers)

    def mentions(self, icon: str) -> bool:
        """Whether a step still to be done speaks of such a paper, brought or spared."""
        steps = [step for _, step in self.steps()]
        spared = {paper.icon for step in steps for paper in step.unneeded}
        return icon in spared | {paper.icon for step in steps for paper in step.papers}

    def owner(self, material: Material, subject: Person) -> Person:
        return self.applicant if material.owner == "applicant" else subject
