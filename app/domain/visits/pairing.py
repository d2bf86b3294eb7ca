"""Pairing (结对帮扶): the official or the unit that looks after one household, from a day until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Pairing:
    """`helper` of `unit` stands by `household`. An ended one stays, so that what was done keeps its name."""

    TYPE: ClassVar[str] = "pairing"

    id: str
    village: str
    household: str
    helper: str
    unit: str = ""
    phone: str = ""
    since: date | None = None
    until: date | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether it stands on that day, both ends counted."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def words(self) -> str:
        """`镇农业办 田干部`."""
        return f"{self.unit} {self.helper}".strip()
