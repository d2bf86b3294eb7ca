"""How far a round is: matters and bytes, counted and never guessed at but for what is still to be packed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Progress:
    """How far the round is: matters sent of all there were, records received and, where the county says so,
    how many are still coming.

    `of_up` is how many bytes will have gone up in all: those that went, the request under way, and what is
    left to pack as small as what was packed so far. `cuts` is how often the line broke and less was sent.
    """

    sent: int
    total: int
    received: int
    coming: int = 0
    of_up: int = 0
    cuts: int = 0


class Gauge:
    """Keeps the figures of one round and tells them, before a request goes and after it was settled."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._now = Progress(0, 0, 0)
        self._raw = self._packed = 0  # what was packed so far, before and after
        self._gone = 0

    def goes(self, packed: int, raw: int, left: int) -> None:
        """A request of `packed` bytes goes, with `raw` bytes of changes; `left` bytes come after it."""
        ratio = (self._packed + packed) / max(1, self._raw + raw)
        self._under_way = (packed, raw)
        self._say(of_up=self._gone + packed + round(left * ratio))

    def settled(self, done: int, left: int, received: int, coming: int) -> None:
        """It was answered: so many matters are done and left, so many records came and are coming."""
        packed, raw = self._under_way
        self._gone += packed
        if raw:
            self._packed, self._raw = self._packed + packed, self._raw + raw
        self._say(sent=done, total=done + left, received=received, coming=coming)

    def began(self, left: int) -> None:
        """So many matters wait."""
        self._now = Progress(0, left, 0)

    def broke(self) -> None:
        """The line broke, and the next request carries less."""
        self._say(cuts=self._now.cuts + 1)

    def _say(self, **changed: int) -> None:
        self._now = replace(self._now, **changed)
        self._tell(self._now)

    _under_way = (0, 0)
