"""What was worked out from many records, kept until one of the kinds it came from is written again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Remembered:
    """One answer for each name, for one question at a time: another day or another policy asks anew.

    Lives as long as the open store and holds nothing that is not in it; nothing of it reaches the disk.
    `writing()` says whether a transaction is open: what is worked out inside one may yet be undone, and is
    told once and not kept.
    """

    def __init__(self, writing: Callable[[], bool] = lambda: False) -> None:
        self._writing = writing
        self._kept: dict[str, tuple[Hashable, frozenset[str], Any]] = {}

    def ask(self, name: str, question: Hashable, kinds: Iterable[str], work: Callable[[], T]) -> T:
        """The answer to `question`, by `work` unless it is known and no record of `kinds` changed since."""
        if self._writing():
            return work()
        known = self._kept.get(name)
        if known is None or known[0] != question:
            known = self._kept[name] = (question, frozenset(kinds), work())
        return cast(T, known[2])

    def forget(self, kinds: frozenset[str]) -> None:
        """Records of these kinds were written: what came from them is no longer known."""
        for name in [name for name, (_, of, _) in self._kept.items() if of & kinds]:
            del self._kept[name]

    def clear(self) -> None:
        """Everything may be otherwise now."""
        self._kept.clear()
