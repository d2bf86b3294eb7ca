"""公示: a sheet is entered as posted, objections are noted and answered, and it is taken down in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actions.desk import Desk
from app.actions.registers import reviews
from app.actions.registers.writing import counting, enter, usual
from app.domain.ids import new_id
from app.domain.packs.service_item import Item, Limit, Publicity
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.registers import public_notice
from app.domain.registers.entry import standing
from app.domain.registers.public_notice import Hanging, Level, NoticeKind, Objection, PublicNotice, masked
from app.domain.schedule import limit_ends
from app.domain.workdays import Deadline

POSTED_BY_RULE = Publicity(days=7)  # a notice that is no family's: as long as a relief notice hangs


@dataclass(frozen=True)
class Sheet:
    """What the worker says of a sheet she posted; see `PublicNotice` for the words. Without `days` the pack's
    days hold; `stays` for what hangs there for good (长期公示)."""

    on: date | None
    kind: NoticeKind
    what: str
    place: str
    posted_by: str
    level: Level = Level.VILLAGE
    standard: str = ""
    item: str = ""
    household: str = ""
    person: str = ""
    days: int | None = None
    stays: bool = False
    period: str = ""


@dataclass(frozen=True)
class Boards:
    """Where sheets were posted and by whom so far, the usual ones first."""

    places: tuple[str, ...]
    people: tuple[str, ...]


def post(desk: Desk, said: Sheet, *, amends: str = "") -> PublicNotice:
    """Enter a sheet. Raises UserError, at its field, when it may not hang on a wall."""
    now, on = desk.now, said.on or desk.today
    item, person, home = _of(desk, said)
    limit = days(desk, said.item)
    if said.days is not None:
        limit = Limit(said.days, limit.unit)
    ends = None if said.stays else limit_ends(desk.calendar, on, limit)
    made = reviews.of_household(desk, said.household) if said.household else ()
    notice = PublicNotice(
        new_id(now), desk.village, on, said.kind, said.what.strip(), said.place.strip(),
        said.posted_by.strip(), desk.worker, now, level=said.level, standard=said.standard.strip(),
        item=said.item, household=said.household, person=said.person,
        shown=masked(person, home.group) if person and home else "",
        days=0 if said.stays else limit.count, unit=limit.unit, until=ends.day if ends else None,
        estimated=bool(ends and ends.estimated),
        review=next((one.id for one in made if one.item == said.item), ""),
        period=said.period, amends=amends,
    )  # fmt: skip
    if amends:
        old = _get(desk, amends)
        notice = replace(notice, objections=old.objections, photos=old.photos)
    found = public_notice.problems(notice, item, person, desk.today)
    return enter(desk, notice, found, "public notice")


def days(desk: Desk, item: str) -> Limit:
    """How long the pack has a notice of `item` hang."""
    found = desk.pack.item(item).held(desk.village, desk.today).publicity if item else None
    rule = found if found is not None and found.days else POSTED_BY_RULE
    return Limit(rule.days, rule.unit)


def ends(desk: Desk, item: str, on: date, count: int) -> Deadline:
    """The last day of a notice posted on `on`."""
    return limit_ends(desk.calendar, on, Limit(count, days(desk, item).unit))


def levels(desk: Desk, item: str) -> int:
    """At how many levels the county has it posted (两级并一级): 1 or 2."""
    found = desk.pack.item(item).publicity if item else None
    return found.levels if found is not None else 1


def object_to(desk: Desk, notice: str, words: str, *, by: str = "") -> PublicNotice:
    """Somebody disagrees; anonymously where she likes. Raises UserError without words."""
    told = public_notice.objected(_get(desk, notice), Objection(desk.today, words.strip(), by.strip()))
    return _save(desk, told, "objection")


def answer(desk: Desk, notice: str, place: int, handled: str) -> PublicNotice:
    """What became of objection number `place` (from 0). Raises UserError without words."""
    return _save(desk, public_notice.answered(_get(desk, notice), place, handled), "objection answered")


def take_down(desk: Desk, notice: str, *, by: str = "") -> PublicNotice:
    """It is off the board. Raises UserError before its days are over, or with an objection open."""
    told = public_notice.taken_down(_get(desk, notice), desk.today, by or desk.worker_name)
    return _save(desk, told, "notice taken down")


def hanging(desk: Desk) -> tuple[PublicNotice, ...]:
    """What still hangs, the first to come down first."""
    found = standing(desk.store.reading.where(PublicNotice, state=Hanging.UP.value))
    return tuple(sorted(found, key=lambda one: (one.until or date.max, one.id)))


def over(desk: Desk) -> tuple[PublicNotice, ...]:
    """What should have come down by now."""
    return tuple(one for one in hanging(desk) if one.over(desk.today))


def boards(desk: Desk) -> Boards:
    """Whom and what to point at."""
    made = counting(desk, PublicNotice)
    return Boards(usual(one.place for one in made), usual(one.posted_by for one in made))


def _of(desk: Desk, said: Sheet) -> tuple[Item | None, Person | None, Household | None]:
    reading = desk.store.reading
    item = desk.pack.item(said.item).held(desk.village, desk.today) if said.item else None
    person = reading.find(Person, said.person) if said.person else None
    home = reading.find(Household, said.household) if said.household else None
    return item, person, home


def _get(desk: Desk, notice: str) -> PublicNotice:
    return desk.store.reading.get(PublicNotice, notice)


def _save(desk: Desk, notice: PublicNotice, why: str) -> PublicNotice:
    with desk.unit(why) as unit:
        unit.save(notice)
    return notice
