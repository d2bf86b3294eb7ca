"""What falls due when: the next visit, the next review of a 低保 household, and reminders of birthdays
and cards that will turn a person's rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.packs.policy import Cadence, CountySetting, Pack
from app.domain.packs.service_item import Item, Limit
from app.domain.people.household import Household
from app.domain.people.person import Life, Person, birthday
from app.domain.rules.spans import add_months
from app.domain.workdays import Deadline, WorkCalendar, add_workdays, china_day

CHILD_ITEMS = ("GE", "SW")
GROWN_UP = 18


@dataclass(frozen=True)
class Reminder:
    """One thing the worker should start before the day `on`. `show_from` is when it joins the list."""

    person: str
    on: date
    show_from: date
    words: str
    item: str = ""


def limit_ends(calendar: WorkCalendar, start: date, limit: Limit) -> Deadline:
    """The last day of a time limit that begins after `start`; hours count as whole days, rounded up."""
    if limit.unit == "workday":
        return add_workdays(calendar, start, limit.count)
    days = -(-limit.count // 24) if limit.unit == "hour" else limit.count
    return Deadline(start + timedelta(days=days))


def due_again(calendar: WorkCalendar, cadence: Cadence, last: date) -> Deadline:
    """The day by which a visit of this cadence is due once more after `last`."""
    match cadence.unit:
        case "workday":
            return add_workdays(calendar, last, cadence.count)
        case "month":
            return Deadline(add_months(last, cadence.count))
        case "hour":
            return Deadline(last + timedelta(days=-(-cadence.count // 24)))
    return Deadline(last + timedelta(days=cadence.count * (7 if cadence.unit == "week" else 1)))


def cadence_for(pack: Pack, purpose: str, village: str, on: date, *, hukou: str = "") -> Cadence | None:
    """How often visits of `purpose` are due there and then; the nearest region's rule. None: not set."""
    found = [
        each
        for each in pack.cadences
        if each.purpose == purpose
        and not each.category
        and each.unit != "hour"
        and each.hukou in ("", hukou)
        and each.standing.holds(village, on)
    ]
    return max(found, key=lambda each: each.standing.rank, default=None)


def after_event(pack: Pack, purpose: str, village: str, on: date, calendar: WorkCalendar) -> date:
    """By when somebody must come for `purpose` once something happened on the day `on`; the day after where
    the pack has no rule for it."""
    found = [
        each
        for each in pack.cadences
        if each.purpose == purpose and each.unit in ("hour", "workday") and each.standing.holds(village, on)
    ]
    rule = max(found, key=lambda each: each.standing.rank, default=None)
    return on + timedelta(days=1) if rule is None else due_again(calendar, rule, on).day


def review_on(pack: Pack, household: Household, last: date) -> date | None:
    """When a household of category A, B or C is reviewed again; None when it has none."""
    found = [
        each
        for each in pack.cadences
        if household.category
        and each.category == household.category
        and each.hukou in ("", household.hukou_type)
        and each.standing.holds(household.village, last)
    ]
    cadence = max(found, key=lambda each: each.standing.rank, default=None)
    return None if cadence is None else add_months(last, cadence.count)


def reminders(
    household: Household, members: Iterable[Person], pack: Pack, at: datetime
) -> tuple[Reminder, ...]:
    """What of this household is near enough to act on today, the earliest first."""
    on = china_day(at)
    found: list[Reminder] = []
    start = pack.setting("gl.from_age", household.village, on)
    for person in members:
        if person.life in (Life.HERE, Life.AWAY):
            found.extend(_cards(person, household, pack, on))
            found.extend(_old_age(person, household, pack, start, on))
            found.extend(_growing_up(person, household, pack, on))
    near = [each for each in found if each.show_from <= on]
    return tuple(sorted(near, key=lambda each: each.on))


def _cards(person: Person, household: Household, pack: Pack, on: date) -> list[Reminder]:
    if not person.disabilities:
        return []
    days = _days(pack, "card.remind_days", household, on)
    return [
        Reminder(
            person.id,
            card.expires,
            card.expires - timedelta(days=days),
            f"{person.name}的残疾人证 {card.expires.isoformat()} 到期，要换证",
            "CZ",
        )
        for card in person.disabilities
        if card.expires is not None
    ]


def _old_age(
    person: Person, household: Household, pack: Pack, start: CountySetting | None, on: date
) -> list[Reminder]:
    item = pack.item_table.get("GL")
    if person.birth is None or item is None or start is None:
        return []
    if person.receives("GL"):
        return _next_tier(person, person.birth, household, item, pack, on)
    if not isinstance(start.value, int) or (day := birthday(person.birth, start.value)) < on:
        return []
    words = f"{person.name} {day.isoformat()} 满 {start.value} 岁，可以先备高龄津贴的材料"
    return [Reminder(person.id, day, day - timedelta(days=item.remind_days), words, "GL")]


def _next_tier(
    person: Person, birth: date, household: Household, item: Item, pack: Pack, on: date
) -> list[Reminder]:
    # Who draws it already is paid more from a higher age on: somebody has to see that it was changed.
    starts = {
        each.ages[0]
        for each in pack.standards
        if each.kind == item.standard and each.ages and each.standing.holds(household.village, on)
    }
    days = sorted((birthday(birth, age), age) for age in starts - {min(starts, default=0)})
    return [
        Reminder(
            person.id,
            day,
            day - timedelta(days=item.remind_days),
            f"{person.name} {day.isoformat()} 满 {age} 岁，高龄津贴要换档，到时看卡上变没变",
            item.code,
        )
        for day, age in days
        if day >= on
    ]


def _growing_up(person: Person, household: Household, pack: Pack, on: date) -> list[Reminder]:
    drawn = [code for code in CHILD_ITEMS if person.receives(code)]
    if person.birth is None or not drawn or (day := birthday(person.birth, GROWN_UP)) < on:
        return []
    days = _days(pack, "child.remind_days", household, on)
    words = f"{person.name} {day.isoformat()} 满 18 岁，还在读书的要先办延续"
    return [Reminder(person.id, day, day - timedelta(days=days), words, drawn[0])]


def _days(pack: Pack, setting: str, household: Household, on: date) -> int:
    found = pack.setting(setting, household.village, on)
    return found.value if found is not None and isinstance(found.value, int) else 0
