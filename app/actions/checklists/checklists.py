"""Pictorial checklists: begin for a person, tick what she has, and look it over before it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.actions.checklists import checklist_memory, unprintable
from app.actions.checklists.checklist_days import planned, up_to_date
from app.actions.checklists.checklist_views import good_days
from app.actions.desk import Desk
from app.actions.policy import policies
from app.domain.checklists import checklist_changes, checklist_plan, preflight
from app.domain.checklists.checklist import Checklist, Goer, Paper, Place
from app.domain.checklists.checklist_owners import GROWN_UP, agent
from app.domain.checklists.checklist_plan import Matter
from app.domain.checklists.preflight import Trap
from app.domain.ids import new_code, new_id
from app.domain.packs.proof import as_item
from app.domain.packs.service_item import GROUPS, Item
from app.domain.people.household import Household
from app.domain.people.person import Life, Person
from app.domain.problem import UserError

MOST_COPIES = 20
OLDEST_PUPIL = 30


@dataclass(frozen=True)
class Choice:
    """One service item to begin a list for. `clashes` says, by item, why one person cannot have both."""

    item: str
    name: str
    spoken: str
    for_child: bool
    kind: str  # what it is about, in words
    for_late: bool = False
    for_household: bool = False
    clashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Beginning:
    """A family before a list is begun. `children` are whom a child's matter may be for, `grown` those who
    may be sent; `sent` is who came to ask for her, if not she herself; `late` are those who have died."""

    applicant: Person
    members: tuple[Person, ...]
    children: tuple[Person, ...]
    grown: tuple[Person, ...]
    choices: tuple[Choice, ...]
    sent: Person | None = None
    late: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Lookover:
    """Before printing: the traps found, whether it may be given to the public, and good days to go."""

    checklist: Checklist
    traps: tuple[Trap, ...]
    pack_expired: bool
    today: date
    days: tuple[date, ...] = ()

    @property
    def may_print(self) -> bool:
        """A list with a gap or from an expired pack is printed as a draft only (草稿)."""
        return not self.checklist.gaps and not self.pack_expired


def choices(desk: Desk) -> tuple[Choice, ...]:
    """What the county has sent lists for."""
    pairs = [one for one in desk.pack.exclusions if one.standing.holds(desk.village, desk.today)]
    against: dict[str, dict[str, str]] = {}
    for pair in (one for one in pairs if not one.either):
        first, second = pair.items
        against.setdefault(first, {})[second] = pair.words
        against.setdefault(second, {})[first] = pair.words
    return tuple(replace(_choice(item), clashes=against.get(item.code, {})) for item in desk.pack.items())


def _choice(item: Item) -> Choice:
    kind, whole = GROUPS[item.group], item.for_household
    return Choice(item.code, item.name, item.spoken, item.for_child, kind, item.for_late, whole)


def begin(
    desk: Desk,
    item: str,
    *,
    applicant: str,
    beneficiary: str | None = None,
    ticket: str = "",
    also: Sequence[tuple[str, str]] = (),
    goer: Goer | None = None,
) -> Checklist:
    """Make the list for `applicant`, who goes for `beneficiary` (None: herself), and keep it.

    `also` are further matters, each with its beneficiary's id ("" for her own); `goer` is somebody sent in
    her place, of the register (`person`) or spoken of by the worker (`called`, `relation`).
    Raises UserError as `checklist_plan.begin` does.
    """
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
        also=[Matter(code, reading.get(Person, whose) if whose else None) for code, whose in also],
        goer=_sent(desk, goer, person),
        calendar=desk.calendar,
        known=checklist_memory.known(desk, household),
    )
    learnt = checklist_changes.not_the_packs(made, desk.pack)
    unplanned = replace(made, ticket=ticket, going_on=None, by_hand=learnt)
    return keep(desk, planned(desk, unplanned, made.going_on))


def keep(desk: Desk, checklist: Checklist) -> Checklist:
    """Save it as it stands; every tick is on disk at once."""
    with desk.unit("checklist") as unit:
        unit.save(checklist)
    return checklist


def get(desk: Desk, checklist: str) -> Checklist:
    return desk.store.reading.get(Checklist, checklist)


def hold(desk: Desk, checklist: str, step: int, paper: int, *, held: bool) -> Checklist:
    """Tick what she has at home already, or take the tick back. Now a person has said so."""
    found = get(desk, checklist)
    old = found.steps[step].papers[paper]
    return keep(desk, found.with_paper(step, paper, replace(old, held=held, held_why="")))


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


def set_owed(desk: Desk, checklist: str, step: int, paper: int, day: date | None) -> Checklist:
    """Until when a paper may follow, as the office said. Raises UserError when that is over already."""
    if day is not None and day < desk.today:
        raise UserError("这一天已经过去了，换一天。", field="owed_until")
    found = get(desk, checklist)
    old = found.steps[step].papers[paper]
    return keep(desk, found.with_paper(step, paper, replace(old, owed_until=day)))


def show_held(desk: Desk, checklist: str, *, shown: bool) -> Checklist:
    """Whether what she has at home already stands on the paper, ticked, or is left off it."""
    return keep(desk, replace(get(desk, checklist), show_held=shown))


def set_place(desk: Desk, checklist: str, step: int, place: Place) -> Checklist:
    """Fill in what the pack does not know: the window, whom to ask, the phone, the hours."""
    found = get(desk, checklist)
    hers = replace(found, by_hand=checklist_changes.by_hand(found, step, place))
    return keep(desk, hers.with_step(step, replace(found.steps[step], place=place)))


def ready(desk: Desk, checklist: str) -> Lookover:
    """The list on its way to the printer: a day that has gone by is set anew, the day of the call is set."""
    found = get(desk, checklist)
    now = up_to_date(desk, found)
    if now != found and desk.may_record:
        keep(desk, now)
    return look_over(desk, checklist)


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
        calendar=desk.calendar,
    )
    traps = (*unprintable.traps(found, desk.fonts), *traps)
    return Lookover(found, traps, desk.pack.expired(desk.today), desk.today, good_days(desk, found))


def beginning(desk: Desk, person: str, whom: str = "", item: str = "") -> Beginning:
    """Who lives with `person`, whom she may go for, who may go for her, and what lists there are.

    Whoever comes for a grown-up (`whom`) is sent by her: the list is hers. `item` may be a certificate the
    village does not issue (Z11 …): its list is then offered first.
    """
    reading = desk.store.reading
    came = reading.get(Person, person)
    other = reading.get(Person, whom) if whom and whom != person else None
    alive = other is not None and other.life is not Life.DEAD
    hers = other is not None and alive and (other.age_on(desk.today) or 0) >= GROWN_UP
    applicant = other if other is not None and hers else came
    living = reading.where(Person, household=applicant.household)
    members = tuple(one for one in living if one.life in (Life.HERE, Life.AWAY) or one.id == applicant.id)
    others = [one for one in members if one.id != applicant.id]
    grown = [one for one in others if (one.age_on(desk.today) or GROWN_UP) >= GROWN_UP]
    wanted = tuple(_choice(as_item(each)) for each in policies.proofs(desk) if each.code == item)
    came_for = [came] if hers and came not in grown else []
    return Beginning(
        applicant,
        members,
        tuple(one for one in others if _is_child(desk, one)),
        (*came_for, *grown),
        (*wanted, *choices(desk)),
        came if hers else None,
        tuple(one for one in living if one.life is Life.DEAD and one.id != applicant.id),
    )


def _is_child(desk: Desk, person: Person) -> bool:
    # An orphan still at school draws on after eighteen; of an unknown age anybody may be a child.
    years = person.age_on(desk.today)
    pupil = person.school_stage not in ("", "none")
    return years is None or years < GROWN_UP or (pupil and years < OLDEST_PUPIL)


def _sent(desk: Desk, goer: Goer | None, sent_by: Person) -> Goer | None:
    if goer is None or not goer.person:
        if goer is not None and not goer.called.strip():
            raise UserError("谁去代办？写怎么称呼他，如“小军”。", field="called")
        return goer
    return agent(desk.store.reading.get(Person, goer.person), sent_by, desk.today)


def _free_code(desk: Desk) -> str:
    while True:
        code = new_code()
        if not desk.store.reading.where(Checklist, code=code):
            return code
