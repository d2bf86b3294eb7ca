"""Whether a line speaks of what was typed: any of its words, or a name by its sounds and initials."""

from __future__ import annotations

from collections.abc import Iterable

from app.store.terms import name_terms, normal


class Spoken:
    """One question asked of many lines: a name stands in many of them, and its sounds are worked out once."""

    def __init__(self, query: str) -> None:
        self._wanted = normal(query)
        self._heard: dict[str, bool] = {}

    def of(self, names: Iterable[str], words: Iterable[str]) -> bool:
        """Whether it is in `words` or `names`, or the beginning of how one of `names` sounds."""
        wanted, called = self._wanted, tuple(names)
        if not wanted or any(wanted in normal(one) for one in (*called, *words)):
            return True
        return wanted.isascii() and any(self._sounds(name) for name in called if name)

    def _sounds(self, name: str) -> bool:
        if name not in self._heard:
            self._heard[name] = any(term.startswith(self._wanted) for term in name_terms(name))
        return self._heard[name]
