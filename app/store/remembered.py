"""What was worked out from many records, kept until one of the kinds it came from is written again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Same:
    """Stands in a question for something large: equal to itself alone, and kept, so that nothing else can
    take its place in memory."""

    def __init__(self, thing: object) -> None:
        self._thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._thing is other._thing

    def __hash__(self) -> int:
        return id(self._thing)


class Remembered:
    """One answer for each name, for one question at a time: another day or another policy asks anew.

    An answer out of date is given to the work that makes the next one to the same question: what is still
    right of it need not be worked out again.

    Lives as long as the open store and holds nothing that is not in it; nothing of it reaches the disk.
    `writing()` says whether a transaction is open: what is worked out inside one may yet be undone, and is
    told once and not kept.
    """

    def __init__(self, writing: Callable[[], bool] = lambda: False) -> None:
        self._writing = writing
        self._kept: dict[str, tuple[Hashable, frozenset[str], Any]] = {}
        self._stale: dict[str, tuple[Hashable, Any]] = {}

    def ask(self, name: str, question: Hashable, kinds: Iterable[str], work: Callable[[], T]) -> T:
        """The answer to `question`, by `work` unless it is known and no record of `kinds` changed since."""
        return self.renew(name, question, kinds, lambda _: work())

    def renew(self, name: str, question: Hashable, kinds: Iterable[str], work: Callable[[T | None], T]) -> T:
        """As `ask`; `work` is given an earlier answer to the same question, if there is one: one out of date,
        or while a transaction is open that of before it."""
        known = self._kept.get(name)
        if known is not None and known[0] == question and not self._writing():
            return cast(T, known[2])
        before = (known[0], known[2]) if known is not None else self._stale.get(name)
        answer = work(cast(T, before[1]) if before is not None and before[0] == question else None)
        if not self._writing():
            self._kept[name] = (question, frozenset(kinds), answer)
            self._stale.pop(name, None)
        return answer

    def forget(self, kinds: frozenset[str]) -> None:
        """Records of these kinds were written: what came from them is no longer known."""
        for name in [name for name, (_, of, _) in self._kept.items() if of & kinds]:
            question, _, answer = self._kept.pop(name)
            self._stale[name] = (question, answer)

    def clear(self) -> None:
        """Everything may be otherwise now."""
        self._kept.clear()
        self._stale.clear()
