"""What a worker does at her laptop, through the one way to write there is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain import conflict
from app.domain.change import Change, Verb
from app.domain.conflict import Choice, Conflict, Kind
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.photo import Photo
from app.domain.problem import UserError
from app.domain.tickets.ticket import MOVES, State, Ticket
from app.domain.visits.visit import Met, Visit, VisitState
from tests.sync.model.laptop import Laptop, Made


def call(laptop: Laptop, village: str, at: datetime, **facts: Any) -> Made:
    """A new household."""
    return _saved(laptop, Household(new_id(at), village, "茶园组", **facts), at)


def register(laptop: Laptop, village: str, at: datetime) -> Made:
    """A new ticket, which is hers."""
    one = Ticket(new_id(at), village, at, laptop.worker, "屋漏", state=State.REGISTERED, owner=laptop.worker)
    return _saved(laptop, one, at)


def edit(laptop: Laptop, record: str, at: datetime, **facts: Any) -> Made | None:
    """A household or ticket with other facts; None when nothing changed or the trade forbids it."""
    if record not in laptop.visible():
        return None  # it left her sight a moment ago
    kind = laptop.kind_of(record)
    try:
        now = laptop.store.reading.get({"household": Household, "ticket": Ticket}[kind], record)
        return _saved(laptop, replace(now, **facts), at)
    except (UserError, KeyError):
        return None


def move(
    laptop: Laptop, record: str, at: datetime, pick: Callable[[list[State]], State], owner: str
) -> Made | None:
    """A ticket's next step, perhaps to another owner."""
    now = laptop.store.reading.get(Ticket, record)
    ways = sorted(MOVES[now.state])
    return edit(laptop, record, at, state=pick(ways), owner=owner) if ways else None


def decide(laptop: Laptop, case: str, at: datetime, pick: Callable[[list[Choice]], Choice]) -> Made | None:
    """Her word on a disagreement, as the page says it."""
    held = laptop.store.reading.get(Conflict, case)
    choice = pick(sorted(held.choices))
    value = {Choice.THEIRS: held.theirs, Choice.MINE: held.mine, Choice.OTHER: "9号"}[choice]
    word = replace(
        held,
        state=conflict.State.DECIDED,
        choice=choice,
        value=value if held.kind is Kind.FIELD else None,
        decided_by=laptop.worker,
        decided_who=laptop.me.worker_name,
        decided_at=at,
    )
    return _saved(laptop, word, at)


def delete(laptop: Laptop, record: str, at: datetime) -> Made:
    """A record taken away as seen now, as a later release may do it."""
    kind, body, village = laptop.row(record)
    fields = {name: (value, None) for name, value in body.items()}
    change = Change(new_id(at), record, kind, village, Verb.DELETE, fields, at, laptop.worker)
    seen = _seen(laptop, change)
    with laptop.store.unit(actor=laptop.worker, at=at) as unit:
        unit._queue(change)
        unit.db.execute("UPDATE record SET body = '{}' WHERE id = ?", [record])
    return seen


def visit(
    laptop: Laptop, village: str, home: str, at: datetime, record: str, photos: Sequence[Photo], strokes: int
) -> Made | None:
    """A signed visit to a household, with its photos and a signature of that many strokes."""
    pen = [[[n, n * n % 97] for n in range(12)] for _ in range(strokes)]
    answers = {"photos": [one.kept() for one in photos], "told": {"strokes": pen}}
    who = laptop.me.worker_name
    seen = Visit(
        *(record, village, home, (who,), at),
        purpose="VP01",
        state=VisitState.SIGNED,
        met=Met.HOME,
        answers={name: value for name, value in answers.items() if value},
        signatures=(who,),
        seal=hashlib.sha256(record.encode()).hexdigest(),
    )
    return _saved(laptop, seen, at)


def _saved(laptop: Laptop, record: Any, at: datetime) -> Made | None:
    with laptop.store.unit(actor=laptop.worker, at=at) as unit:
        change = unit.save(record)
        return None if change is None else _seen(laptop, change)


def _seen(laptop: Laptop, change: Change) -> Made:
    row = laptop.sql("SELECT revision FROM record WHERE id = ?", change.record)
    own = laptop.sql("SELECT change FROM outbox WHERE record = ? AND change <> ?", change.record, change.id)
    seen = int((row[0][0] or 0) if row else 0)
    return Made(change, laptop.line, seen, laptop.me.epoch, tuple(one for (one,) in own))
