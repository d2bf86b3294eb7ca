"""Clues (线索): written down, checked at the door by a visit of their own, settled with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.registers.speaking import Spoken
from app.actions.visits import visits
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError
from app.domain.registers.clue import SIGNALS, SOURCES, Clue
from app.domain.visits.visit import Visit, VisitState
from app.domain.workdays import china_day

CHECKING = "VP05"  # 线索核实
OPEN, SETTLED = "open", "settled"


@dataclass(frozen=True)
class Noted:
    """What is asked of a new clue. A person of the village brings her household and name along."""

    found_on: date | None
    source: str
    signal: str
    words: str
    person: str = ""
    household: str = ""
    name: str = ""
    people: int = 1


@dataclass(frozen=True)
class ClueLine:
    """A clue as one row: whose door, and whether its visit is still being written."""

    clue: Clue
    place: str = ""
    visiting: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which clues are looked for; "" and None ask nothing. `stand` is OPEN or SETTLED; `first` and `last` are
    days they were found on, both counted."""

    words: str = ""
    stand: str = ""
    source: str = ""
    signal: str = ""
    first: date | None = None
    last: date | None = None


def note(desk: Desk, said: Noted) -> Clue:
    """Write a clue down. Raises UserError with every problem, each beside its field."""
    if problems := _problems(said, desk.today):
        raise UserError(problems[0].words, problems=problems)
    assert said.found_on is not None, "judged above"
    household, name = said.household, said.name.strip()
    if said.person:
        person = desk.store.reading.get(Person, said.person)
        household, name = person.household, person.name
    clue = Clue(
        id=new_id(desk.now),
        village=desk.village,
        found_on=said.found_on,
        source=said.source,
        signal=said.signal,
        words=said.words.strip(),
        household=household,
        person=said.person,
        name=name,
        people=said.people,
        noted_by=desk.worker,
    )
    with desk.unit("clue") as unit:
        unit.save(clue)
    return clue


def listing(desk: Desk, wanted: Wanted = Wanted()) -> tuple[ClueLine, ...]:
    """Every clue that is `wanted`: open ones first, the oldest before; then settled ones, the latest before.
    Clues whose visit has been signed since are marked as checked on the way."""
    _catch_up(desk)
    spoken = Spoken(wanted.words)
    every = [one for one in desk.store.reading.each(Clue) if _fits(one, wanted, spoken)]
    every.sort(key=lambda one: (one.found_on, one.id))
    ordered = [one for one in every if one.open] + [one for one in reversed(every) if not one.open]
    homes = {
        one.id: one.place
        for one in desk.store.reading.many(Household, [clue.household for clue in every if clue.household])
    }
    return tuple(
        ClueLine(one, homes.get(one.household, ""), bool(one.visit) and one.checked_on is None)
        for one in ordered
    )


def look(desk: Desk, clue: str) -> ClueLine:
    """One clue as it stands now."""
    _catch_up(desk)
    found = desk.store.reading.get(Clue, clue)
    home = desk.store.reading.find(Household, found.household) if found.household else None
    return ClueLine(found, home.place if home else "", bool(found.visit) and found.checked_on is None)


def check(desk: Desk, clue: str) -> Visit:
    """Begin the visit that checks it, or go on with the one begun. Raises UserError for somebody who is not
    on the roll yet."""
    found = desk.store.reading.get(Clue, clue)
    if not found.household:
        raise UserError("他家还不在名册上。先建一户，再去看。", field="visit")
    visit = visits.begin(desk, found.household, purpose=CHECKING, origin="clue")
    if found.visit != visit.id:
        with desk.unit("clue visit") as unit:
            unit.save(found.visited_by(visit.id))
    return visit


def settle(desk: Desk, clue: str, conclusion: str, *, covered: int = 0, why: str = "") -> Clue:
    """What came of it. Raises UserError beside what is still to be said."""
    _catch_up(desk)
    found = desk.store.reading.get(Clue, clue)
    settled = found.settled(conclusion, desk.today, covered=covered, why=why)
    with desk.unit("clue settled") as unit:
        unit.save(settled)
    return settled


def belongs_to(desk: Desk, clue: str, household: str) -> Clue:
    """The household that was put on the roll for it. Raises UserError once it is settled."""
    found = desk.store.reading.get(Clue, clue)
    home = desk.store.reading.get(Household, household)
    with desk.unit("clue household") as unit:
        kept = found.of_household(home.id)
        unit.save(kept)
    return kept


def open_count(desk: Desk) -> int:
    """How many are not settled."""
    return sum(one.open for one in desk.store.reading.each(Clue))


def _fits(clue: Clue, wanted: Wanted, spoken: Spoken) -> bool:
    return (
        (not wanted.stand or clue.open == (wanted.stand == OPEN))
        and wanted.source in ("", clue.source)
        and wanted.signal in ("", clue.signal)
        and (wanted.first is None or clue.found_on >= wanted.first)
        and (wanted.last is None or clue.found_on <= wanted.last)
        and spoken.of((clue.name,), (clue.words, clue.why))
    )


def _catch_up(desk: Desk) -> None:
    """A visit that was signed since has checked its clue; one that was thrown away has not."""
    open_ones = [one for one in desk.store.reading.each(Clue) if one.visit and one.checked_on is None]
    for one in open_ones:
        visit = desk.store.reading.find(Visit, one.visit)
        if visit is not None and visit.state is VisitState.SIGNED:
            with desk.unit("clue checked") as unit:
                unit.save(one.checked(visit.id, china_day(visit.started_at)))


def _problems(said: Noted, today: date) -> tuple[Problem, ...]:
    found = []
    if said.found_on is None or said.found_on > today:
        found.append(Problem("on", "哪天发现的？不能比今天晚。"))
    if said.source not in SOURCES:
        found.append(Problem("source", "怎么知道的？点一样。"))
    if said.signal not in SIGNALS:
        found.append(Problem("signal", "看到什么？点一样。"))
    if not said.words.strip():
        found.append(Problem("words", "怎么说的？写一句，去的人好看。"))
    if not said.person and not said.name.strip():
        found.append(Problem("who", "是谁家？找到他点一下，不在名册上的写名字。"))
    if said.people < 1:
        found.append(Problem("people", "涉及几个人？至少 1 个。"))
    return tuple(found)
