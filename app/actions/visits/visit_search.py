"""Finding signed visits: by whom they were to, and by what is known of each; a page at a time, newest first.

What is looked through is read as columns, once until a record changes; only the visits of a page are built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.visits import visit_lists
from app.actions.visits.visit_lists import Line
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.visits.visit import Visit, VisitState

PAGE = 60
MOST_HITS = 2_000  # a group of the village has hundreds of people
EARLIEST = date(2000, 1, 1)
COME_FROM = (Visit.TYPE, Household.TYPE, Person.TYPE)


@dataclass(frozen=True)
class Wanted:
    """Which visits; "" and None ask nothing. `words` speak of the family or somebody of it: a name, its
    sounds or initials, a number tail, a place, a class. `first` and `last` are days, both counted; `found`
    only those with a finding."""

    words: str = ""
    purpose: str = ""
    met: str = ""
    first: date | None = None
    last: date | None = None
    found: bool = False


@dataclass(frozen=True)
class Found:
    """One page of the answer, and how many there are in all."""

    wanted: Wanted
    lines: tuple[Line, ...]
    total: int


def search(desk: Desk, wanted: Wanted, *, skip: int = 0, limit: int = PAGE) -> Found:
    """The newest signed visits that are all that is `wanted`, `limit` of them after the first `skip`."""
    keys = desk.store.remembered.ask(
        "visits wanted", (wanted, desk.today), COME_FROM, lambda: _keys(desk, wanted)
    )
    page = desk.store.reading.many(Visit, keys[skip : skip + limit])
    return Found(wanted, visit_lists.signed_lines(desk, page), len(keys))


def _keys(desk: Desk, wanted: Wanted) -> Sequence[str]:
    homes = _homes(desk, wanted.words) if wanted.words.strip() else None
    rows = desk.store.reading.columns(
        Visit,
        *("state", "household", "purpose", "met", "answers.findings"),
        first=wanted.first or EARLIEST,
        before=wanted.last + timedelta(days=1) if wanted.last else None,
    )
    found = [
        key
        for key, state, home, purpose, met, findings in rows
        if state == VisitState.SIGNED
        and (homes is None or home in homes)
        and wanted.purpose in ("", purpose)
        and wanted.met in ("", met)
        and (not wanted.found or findings not in (None, "[]"))
    ]
    return tuple(reversed(found))


def _homes(desk: Desk, words: str) -> frozenset[str]:
    hits = desk.store.finder.find(words, limit=MOST_HITS).shown
    return frozenset(one.household for one in hits if one.kind in (Person.TYPE, Household.TYPE))
