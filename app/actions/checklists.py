"""Pictorial checklists: begin for a person, tick what she has, look it over, print, and mark steps done."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.actions import policies
from app.actions.desk import Desk
from app.domain import checklist_changes, checklist_plan, preflight
from app.domain.checklist import Checklist, Edition, Paper, Place, Printing
from app.domain.household import Household
from app.domain.ids import new_code, new_id
from app.domain.person import Person
from app.domain.preflight import Trap
from app.domain.problem import UserError
from app.domain.proof import as_item
from app.domain.roles import Right
from app.domain.service_item import GROUPS, Item

MOST_COPIES = 20


@dataclass(frozen=True)
class Choice:
    """One service item to begin a list for."""

    item: str
    name: str
    spoken: str
    for_child: bool
    kind: str  # what it is about, in words
    for_late: bool = False


@dataclass(frozen=True)
class Lookover:
    """Before printing: the traps found, and whether it may be given to the public."""

    checklist: Checklist
    traps: tuple[Trap, ...]
    pack_expired: bool

    @property
    def may_print(self) -> bool:
        """A list with a gap or from an expired pack is printed as a draft only (草稿)."""
        return not self.checklist.gaps and not self.pack_expired


def choices(desk: Desk) -> tuple[Choice, ...]:
    """What the county has sent lists for."""
    return tuple(_choice(item) for item in desk.pack.items())


def _choice(item: Item) -> Choice:
    return Choice(item.code, item.name, item.spoken, item.for_child, GROUPS[item.group], item.for_late)


def begin(
    desk: Desk, item: str, *, applicant: str, beneficiary: str | None = None, ticket: str = ""
) -> Checklist:
    """Make the list for `applicant`, who goes for `beneficiary` (None: herself), and keep it."""
    reading = desk.store.reading
    person = reading.get(Person, applicant)
    household = reading.get(Household, person.household)
    made = checklist_plan.begin(
        desk.pack,
        item,
        person,
        household,
        reading.get(Person, beneficiary) if beneficiary else None,
        desk.worker_name,
        desk.worker_phone,
        desk.now,
        new_id(desk.now),
        _free_code(desk),
        members=reading.where(Person, household=household.id),
    )
    return keep(desk, replace(made, ticket=ticket))


def keep(desk: Desk, checklist: Checklist) -> Checklist:
    """Save it as it stands; every tick is on disk at once."""
    with desk.unit("checklist") as unit:
        unit.save(checklist)
    return checklist


def get(desk: Desk, checklist: str) -> Checklist:
    return desk.store.reading.get(Checklist, checklist)


def hold(desk: Desk, checklist: str, step: int, paper: int, *, held: bool) -> Checklist:
    """Tick what she has at home already, or take the tick back."""
    found = get(desk, checklist)
    return keep(desk, found.with_paper(step, paper, replace(found.steps[step].papers[paper], held=held)))


def set_copies(desk: Desk, checklist: str, step: int, paper: int, copies: int) -> Checklist:
    """The worker knows better how many this office wants: copies, or pieces (张). Marked 与县里不同.

    Raises UserError for a number nobody would ask for.
    """
    if not 0 <= copies <= MOST_COPIES:
        raise UserError(f"复印 {copies} 份？最多填 {MOST_COPIES} 份。", field="copies")
    found = get(desk, checklist)
    old: Paper = found.steps[step].papers[paper]
    if copies == (old.originals if old.unit else old.copies):
        return found
    new = replace(old, originals=copies) if old.unit else replace(old, copies=copies)
    return keep(desk, found.with_paper(step, paper, replace(new, changed=True)))


def set_place(desk: Desk, checklist: str, step: int, place: Place) -> Checklist:
    """Fill in what the pack does not know: the window, whom to ask, the phone, the hours."""
    found = get(desk, checklist)
    hers = replace(found, by_hand=checklist_changes.by_hand(found, step, place))
    return keep(desk, hers.with_step(step, replace(found.steps[step], place=place)))


def step_done(desk: Desk, checklist: str, step: int, *, done: bool = True) -> Checklist:
    """One errand is done; the next paper starts from the step after it."""
    found = get(desk, checklist)
    return keep(desk, found.with_step(step, replace(found.steps[step], done=done)))


def look_over(desk: Desk, checklist: str) -> Lookover:
    """Every preventable cause of a wasted trip that today's facts show."""
    found = get(desk, checklist)
    reading = desk.store.reading
    traps = preflight.check(
        found,
        reading.get(Person, found.person),
        reading.get(Person, found.beneficiary) if found.beneficiary else None,
        desk.pack,
        desk.now,
        household=reading.find(Household, found.household),
        members=reading.where(Person, household=found.household),
    )
    return Lookover(found, traps, desk.pack.expired(desk.today))


def printed(desk: Desk, checklist: str, *, draft: bool) -> Checklist:
    """It came out of the printer: logged, with who and when."""
    desk.require(Right.TAKE_OUT)
    found = get(desk, checklist)
    printing, edition = Printing(desk.now, desk.worker, draft), Edition(desk.now, found.edition, found.pack)
    with desk.unit("print checklist") as unit:
        kept = replace(found, printings=(*found.printings, printing), editions=(*found.editions, edition))
        unit.save(kept)
        unit.audit("print checklist", checklist, "draft" if draft else "public")
    return kept


def listed(desk: Desk, *, limit: int = 50) -> tuple[tuple[Checklist, ...], dict[str, Person]]:
    """The latest lists, newest first, with the people they were made for by id."""
    made = tuple(reversed(tuple(desk.store.reading.each(Checklist))))[:limit]
    people = desk.store.reading.many(Person, [one.person for one in made])
    return made, {one.id: one for one in people}


def family_choices(desk: Desk, person: str, item: str = "") -> tuple[tuple[Person, ...], tuple[Choice, ...]]:
    """Who lives with `person` (she may go for a child of the family), and what lists there are.

    `item` may be a certificate the village does not issue (Z11 …): its list is then offered first.
    """
    reading = desk.store.reading
    wanted = tuple(_choice(as_item(each)) for each in policies.proofs(desk) if each.code == item)
    return reading.where(Person, household=reading.get(Person, person).household), (*wanted, *choices(desk))


def _free_code(desk: Desk) -> str:
    while True:
        code = new_code()
        if not desk.store.reading.where(Checklist, code=code):
            return code
