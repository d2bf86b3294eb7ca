"""How a line comes into a register, is answered by a correction, or is taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.problem import Problem, UserError
from app.domain.registers.entry import replaced_by, standing
from app.domain.registers.event import Event
from app.domain.registers.public_notice import Hanging, PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review
from app.domain.registers.seal import SealEntry

Line = SealEntry | Review | PublicNotice | Publicity | Event
L = TypeVar("L", SealEntry, Review, PublicNotice, Publicity, Event)
MOST_RECENT = 6


def enter(desk: Desk, line: L, problems: Iterable[Problem], why: str) -> L:
    """Write `line`. Raises UserError with every problem at its field, and when it answers a line that was
    answered already."""
    if found := tuple(problems):
        raise UserError(found[0].words, problems=found)
    if line.amends and line.amends in replaced_by(every(desk, type(line))):
        raise UserError("这一笔已经更正过了，去改更正的那一笔。")
    with desk.unit(why) as unit:
        unit.save(line)
        if isinstance(line, PublicNotice) and line.amends:  # one sheet hangs there, not two
            unit.save(replace(desk.store.reading.get(PublicNotice, line.amends), state=Hanging.DOWN))
    return line


def take_back(desk: Desk, kind: type[L], line: str) -> L:
    """What was written by mistake counts no more; it stays in the register with the line that says so."""
    old = desk.store.reading.get(kind, line)
    gone = replace(
        old, id=new_id(desk.now), amends=old.id, void=True, recorded_by=desk.worker, recorded_at=desk.now
    )
    return enter(desk, gone, (), f"take back {kind.TYPE}")


def every(desk: Desk, kind: type[L]) -> tuple[L, ...]:
    """All lines ever written, in the order of writing."""
    return tuple(desk.store.reading.each(kind))


def counting(desk: Desk, kind: type[L]) -> tuple[L, ...]:
    """The lines that count, newest day first."""
    return standing(every(desk, kind))


def usual(values: Iterable[str]) -> tuple[str, ...]:
    """What was written most often, to be pointed at the next time."""
    return tuple(one for one, _ in Counter(filter(None, values)).most_common(MOST_RECENT))
