"""Old people living alone (独居) whom somebody should look in on, as often as the county's pack says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.actions.desk import Desk
from app.domain.packs.policy import Cadence
from app.domain.people.person import Life, Person
from app.domain.schedule import cadence_for
from app.domain.visits.visit import Visit
from app.domain.workdays import china_day

ALONE = "独居"
# VP07 高风险探访 is for those of 80 and over; how often is the pack's own, a week where it is silent.
HIGH_RISK, HIGH_RISK_AGE = "VP07", 80
DAYS = {"day": 1, "week": 7, "month": 30}
WORDS = {"day": "每天一次", "week": "每周一次", "month": "每月一次"}
WEEKLY = Cadence(id=HIGH_RISK, purpose=HIGH_RISK, who="", count=1, unit="week")
Alone = tuple[Person, date | None]


@dataclass(frozen=True)
class LookIn:
    """Somebody whose visit is due. `last` is the day she was last seen, None when never."""

    person: Person
    age: int
    last: date | None
    how_often: str


def alone(desk: Desk, people: Iterable[Person]) -> tuple[Alone, ...]:
    """Those of `people` who live alone, each with the day somebody last came."""
    last: dict[str, date] = {}
    for visit in desk.store.reading.each(Visit):
        day = china_day(visit.started_at)
        last[visit.household] = max(day, last.get(visit.household, day))
    living = (one for one in people if ALONE in one.tags and one.life is Life.HERE)
    return tuple((one, last.get(one.household)) for one in living)


def due(desk: Desk, among: Iterable[Alone]) -> tuple[LookIn, ...]:
    """Those of 80 and over not seen within the pack's span, the longest unseen first."""
    cadence = _cadence(desk)
    span = timedelta(days=DAYS[cadence.unit] * cadence.count)
    words = WORDS[cadence.unit] if cadence.count == 1 else f"每 {span.days} 天一次"
    found = []
    for person, last in among:
        age = person.age_on(desk.today) or 0
        if age >= HIGH_RISK_AGE and (last is None or desk.today - last >= span):
            found.append(LookIn(person, age, last, words))
    return tuple(sorted(found, key=lambda one: (one.last or date.min, -one.age, one.person.id)))


def unseen(desk: Desk, among: Iterable[Alone], *, days: int = 7) -> int:
    """How many of them, of any age, nobody has visited for `days`."""
    since = desk.today - timedelta(days=days)
    return sum(last is None or last < since for _, last in among)


def _cadence(desk: Desk) -> Cadence:
    found = cadence_for(desk.pack, HIGH_RISK, desk.village, desk.today)
    return found if found is not None and found.unit in DAYS else WEEKLY
