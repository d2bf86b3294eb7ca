"""What every register has in common: a line is only ever added, and a wrong one is answered by a new line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from app.domain.problem import Problem


class Entry(Protocol):
    """`amends` names the line this one replaces; with `void` it says that the line should never have been
    written, and counts for nothing itself."""

    @property
    def id(self) -> str: ...

    @property
    def on(self) -> date: ...

    @property
    def amends(self) -> str: ...

    @property
    def void(self) -> bool: ...


E = TypeVar("E", bound=Entry)


def standing(entries: Iterable[E]) -> tuple[E, ...]:
    """The lines that count, newest day first: neither replaced, nor taken back."""
    every = tuple(entries)
    replaced = replaced_by(every)
    found = (one for one in every if one.id not in replaced and not one.void)
    return tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True))


def replaced_by(entries: Iterable[E]) -> dict[str, E]:
    """The line that answers each replaced one, by the id of the replaced."""
    return {one.amends: one for one in entries if one.amends}


def missing(field: str, value: str, words: str) -> list[Problem]:
    """A problem at `field` when nothing was written there."""
    return [] if value.strip() else [Problem(field, words)]


def not_yet(field: str, on: date, today: date) -> list[Problem]:
    """A problem at `field` when the day has not come."""
    return [Problem(field, "这一天还没到，看看日子。")] if on > today else []
