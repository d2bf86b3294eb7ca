"""Finding tickets: by words (number tail, name, initials, item, slip code) and by what is known of each.

What is looked through is read as columns, once until a record changes, and never built; only the tickets of a
page are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.tickets import ticket_views
from app.actions.tickets.ticket_views import WITH_OTHERS, Line
from app.domain.ids import CODE_ALPHABET, CODE_LENGTH
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.slip import slip_code
from app.domain.tickets.ticket import ENDED, Ticket
from app.store.remembered import Same

PAGE = 50
COME_FROM = (Ticket.TYPE, Household.TYPE, Person.TYPE)  # what the answer may change with
MOST_HITS = 2_000  # as many as the index ranks; words so common that more share them say too little
FIELDS = (
    "state", "items", "disposition", "channel", "received_by", "household", "due_on", "urgent", "trips",
)  # fmt: skip
OPEN, AWAY, OVER = "open", "away", "over"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; "" and None ask nothing. `stand` is OPEN, AWAY (with others) or OVER; `first` and
    `last` are days of receipt, both counted; `late` only those past their day; `again` only those who had to
    come more than once."""

    words: str = ""
    stand: str = ""
    item: str = ""
    disposition: str = ""
    channel: str = ""
    receiver: str = ""
    group: str = ""
    first: date | None = None
    last: date | None = None
    late: bool = False
    urgent: bool = False
    again: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to look for."""
        return self != Wanted()


@dataclass(frozen=True)
class Found:
    """One page of what was found, newest first, and how many there are in all."""

    wanted: Wanted
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True)
class Sieves:
    """What there is to filter by here: (key, words) of first receivers and village groups."""

    receivers: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]


def search(desk: Desk, wanted: Wanted, *, skip: int = 0, limit: int = PAGE) -> Found:
    """The newest tickets that are all that is `wanted`, `limit` of them after the first `skip`."""
    question = (wanted, desk.today, Same(desk.pack))
    found = desk.store.remembered.ask("tickets wanted", question, COME_FROM, lambda: _keys(desk, wanted))
    page = desk.store.reading.many(Ticket, found[skip : skip + limit])
    return Found(wanted, tuple(ticket_views.line(desk, one) for one in page), len(found))


def _keys(desk: Desk, wanted: Wanted) -> tuple[str, ...]:
    hits = _hits(desk, wanted.words) if wanted.words.strip() else None
    homes = _homes(desk, wanted.group) if wanted.group else None
    before = wanted.last + timedelta(days=1) if wanted.last else None
    first = wanted.first or date(2000, 1, 1)
    rows = desk.store.reading.columns(Ticket, *FIELDS, first=first, before=before)
    fits = _fits(desk, wanted)
    found = [
        key
        for key, *values in rows
        if (hits is None or key in hits) and fits(dict(zip(FIELDS, values, strict=True)), homes)
    ]
    return tuple(reversed(found))


def sieves(desk: Desk) -> Sieves:
    """The first receivers and groups of this village; the worker herself stands first."""
    rows = desk.store.reading.columns(Ticket, "received_by")
    others = sorted({str(by) for _, by in rows if by} - {desk.worker})
    receivers = ((desk.worker, desk.worker_name), *((one, one) for one in others))
    homes = desk.store.reading.each(Household)
    return Sieves(receivers, tuple(sorted({one.group for one in homes if one.group})))


def of_month(today: date, back: int = 0) -> Wanted:
    """Those received in the month `back` months ago."""
    month = today.year * 12 + today.month - 1 - back
    first = date(month // 12, month % 12 + 1, 1)
    after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return Wanted(first=first, last=after - timedelta(days=1))


def _hits(desk: Desk, words: str) -> frozenset[str]:
    hits = desk.store.finder.find(words, kind=Ticket.TYPE, limit=MOST_HITS)
    found = {hit.record for hit in hits.shown}
    code = words.strip().upper()
    if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET):
        rows = desk.store.reading.columns(Ticket, "number")
        found |= {key for key, _ in rows if slip_code(key) == code}
    named = {item.code for item in policies.items(desk, words)} if len(words.strip()) > 1 else set()
    named |= {proof.code for proof in policies.proofs(desk, words)} if len(words.strip()) > 1 else set()
    if named:
        rows = desk.store.reading.columns(Ticket, "items")
        found |= {key for key, items in rows if items and named & set(json.loads(items))}
    return frozenset(found)


def _homes(desk: Desk, group: str) -> frozenset[str]:
    return frozenset(one.id for one in desk.store.reading.each(Household) if one.group == group)


def _fits(desk: Desk, wanted: Wanted) -> Callable[[Mapping[str, Any], Iterable[str] | None], bool]:
    over, away = {one.value for one in ENDED}, {one.value for one in WITH_OTHERS}
    today = desk.today.isoformat()
    plain = {
        name: value
        for name, value in (
            ("disposition", wanted.disposition),
            ("channel", wanted.channel),
            ("received_by", wanted.receiver),
        )
        if value
    }

    def stands(state: str) -> bool:
        match wanted.stand:
            case "open":  # OPEN
                return state not in over
            case "away":  # AWAY
                return state in away
            case "over":  # OVER
                return state in over
        return True

    def fits(row: Mapping[str, Any], homes: Iterable[str] | None) -> bool:
        state = str(row["state"] or "")
        late = bool(row["due_on"]) and row["due_on"] < today and state not in over
        return (
            stands(state)
            and all(row[name] == value for name, value in plain.items())
            and (homes is None or row["household"] in homes)
            and (not wanted.item or wanted.item in json.loads(row["items"] or "[]"))
            and (late or not wanted.late)
            and (bool(row["urgent"]) or not wanted.urgent)
            and (not wanted.again or len(json.loads(row["trips"] or "[]")) > 1)
        )

    return fits
