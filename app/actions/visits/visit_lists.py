"""The lists of the visits page: what is unfinished, what was done lately, and whom to go to next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from app.actions.desk import Desk
from app.actions.visits import plan, visits
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.visits.visit import PURPOSES, Visit, VisitState


@dataclass(frozen=True)
class Line:
    """One visit in a list. `step` is empty for a signed one."""

    visit: Visit
    title: str
    place: str
    at: datetime  # when it was saved last, or when it took place

    @property
    def purpose(self) -> str:
        return PURPOSES.get(self.visit.purpose, "还没选为什么来")


@dataclass(frozen=True)
class Door:
    """A household to begin a visit at."""

    household: str
    title: str
    place: str
    note: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    """Unfinished visits, the latest saved first, and signed ones, the latest first."""

    unfinished: tuple[Line, ...]
    signed: tuple[Line, ...]


def overview(desk: Desk, *, limit: int = 100) -> Overview:
    """What the page opens with."""
    unfinished = [
        Line(one.visit, family_title(desk, one.household), one.household.place, one.saved_at)
        for one in visits.drafts(desk)
    ]
    signed = [one for one in visits.recent(desk, limit=limit) if one.state is VisitState.SIGNED]
    return Overview(tuple(unfinished), signed_lines(desk, signed))


def signed_lines(desk: Desk, signed: Sequence[Visit]) -> tuple[Line, ...]:
    """The rows of these visits; one to a household that is not here is left out."""
    homes = {one.id: one for one in desk.store.reading.many(Household, [each.household for each in signed])}
    return tuple(
        Line(one, family_title(desk, home), home.place, one.started_at)
        for one in signed
        if (home := homes.get(one.household)) is not None
    )


def doors(desk: Desk, query: str, *, limit: int = 30) -> tuple[tuple[Door, ...], int]:
    """Households for what has been typed, and how many there are in all.

    Without a query: those the plan has her go to, in its order.
    """
    if not query:
        every = _owed(desk)
        return _doors(desk, every[:limit]), len(every)
    hits = desk.store.finder.find(query, limit=4 * limit)
    names: dict[str, str] = {}
    for hit in hits.shown:
        if hit.kind in ("person", "household") and hit.household:
            names.setdefault(hit.household, hit.title if hit.kind == "person" else "")
    found = desk.store.reading.many(Household, list(names))
    shown = _doors(desk, [one for one in found if not one.moved_out], names)
    return shown[:limit], max(hits.total, len(shown)) if len(shown) > limit else len(shown)


def family_title(desk: Desk, household: Household) -> str:
    """`蒋桂英家`, or the door when nobody is registered as head."""
    head = desk.store.reading.find(Person, household.head) if household.head else None
    return f"{head.name}家" if head else f"{household.place} 家"


def _doors(
    desk: Desk, homes: Sequence[Household], found: Mapping[str, str] = MappingProxyType({})
) -> tuple[Door, ...]:
    last = desk.store.reading.latest(Visit, [one.id for one in homes], state=VisitState.SIGNED)
    return tuple(_door(desk, one, last.get(one.id), found.get(one.id, "")) for one in homes)


def _door(desk: Desk, household: Household, last: date | None, found: str) -> Door:
    title = family_title(desk, household)
    note = f"上次 {last.month}月{last.day}日" if last else "还没去过"
    if found and not title.startswith(found):
        title = f"{found}（{title}）"
    return Door(household.id, title, household.place, note, household.classes)


def _owed(desk: Desk) -> list[Household]:
    """Whom the plan has her go to, in its order."""
    known = plan.plan(desk)
    homes = dict.fromkeys(one.household for one in known.stops)
    return [known.families[home].household for home in homes]
