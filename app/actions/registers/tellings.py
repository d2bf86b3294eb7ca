"""宣传 and 活动慰问: what the village was told and given, entered, corrected, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.registers.writing import counting, enter, usual
from app.domain.ids import new_id
from app.domain.registers import event, publicity
from app.domain.registers.event import Event, EventKind
from app.domain.registers.publicity import Channel, Publicity


@dataclass(frozen=True)
class Telling:
    """What the worker says of one telling; see `Publicity` for the words."""

    on: date | None
    channel: Channel
    what: str
    items: tuple[str, ...] = ()
    reached: int = 0
    copies: int = 0
    told_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Gathering:
    """What the worker says of one event; see `Event` for the words."""

    on: date | None
    kind: EventKind
    what: str
    people: int = 0
    money_fen: int = 0
    goods: str = ""
    giver: str = ""
    note: str = ""


def tell(desk: Desk, said: Telling, *, amends: str = "") -> Publicity:
    """Enter a telling. Raises UserError, at its field, without what was told."""
    now = desk.now
    entry = Publicity(
        new_id(now), desk.village, said.on or desk.today, said.channel, said.what.strip(), desk.worker, now,
        items=said.items, reached=said.reached, copies=said.copies, told_by=said.told_by.strip(),
        note=said.note.strip(), amends=amends,
    )  # fmt: skip
    return enter(desk, entry, publicity.problems(entry, desk.today), "publicity")


def hold(desk: Desk, said: Gathering, *, amends: str = "") -> Event:
    """Enter an event. Raises UserError, at its field, without what it was."""
    now = desk.now
    entry = Event(
        new_id(now), desk.village, said.on or desk.today, said.kind, said.what.strip(), desk.worker, now,
        people=said.people, money_fen=said.money_fen, goods=said.goods.strip(), giver=said.giver.strip(),
        note=said.note.strip(), amends=amends,
    )  # fmt: skip
    return enter(desk, entry, event.problems(entry, desk.today), "event")


def tellers(desk: Desk) -> tuple[str, ...]:
    """Who told it so far, the usual ones first."""
    return usual(one.told_by for one in counting(desk, Publicity))


def givers(desk: Desk) -> tuple[str, ...]:
    """Who gave so far, the usual ones first."""
    return usual(one.giver for one in counting(desk, Event))
