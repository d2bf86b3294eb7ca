"""Where and when a fact of a policy pack holds, where it comes from, and whether it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Standing:
    """Where and when a fact holds. `region` is a prefix of the 12-digit code; empty holds everywhere."""

    region: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    unverified: bool = False  # 待核
    key: str = ""  # what another layer calls the fact by
    layers: tuple[str, ...] = ()  # titles of the layers that wrote it, the lowest first

    def holds(self, region: str, on: date) -> bool:
        """Whether the fact holds in `region` (a 12-digit code or a prefix) on that day."""
        started = self.valid_from is None or self.valid_from <= on
        return region.startswith(self.region) and started and (self.valid_to is None or on <= self.valid_to)

    @property
    def rank(self) -> tuple[int, date]:
        """The nearer region wins, then the later start."""
        return len(self.region), self.valid_from or date.min


EVERYWHERE = Standing()
