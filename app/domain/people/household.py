"""A household (户): the people who live and eat together, where they live, how the village knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

# Classes of a household (户类型). Codes of the service items are reused where there is one.
CLASSES = {
    "DB": "低保户",
    "TK": "特困户",
    "BY": "低保边缘户",
    "GX": "刚性支出户",
    "JC": "监测户",
    "TP": "脱贫户",
}


@dataclass(frozen=True)
class HouseholdFacts:
    """The last twelve months in fen, as last visited; None means nobody has asked yet."""

    income_fen: int | None = None
    exempt_fen: int | None = None
    rigid_fen: int | None = None
    assets_ok: bool | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class Household:
    """`group` is the village group (村民小组) and `door` the number on the door."""

    TYPE: ClassVar[str] = "household"

    id: str
    village: str
    group: str
    door: str
    head: str = ""  # person id; empty while the head has died and nobody is registered yet
    hukou_type: str = "rural"  # rural or urban: decides which standard applies
    classes: tuple[str, ...] = ()
    category: str = ""  # A B C, how often a household on 低保 is reviewed
    tags: tuple[str, ...] = ()
    phone: str = ""
    facts: HouseholdFacts = HouseholdFacts()
    kin_of_staff: bool = False
    review_on: date | None = None
    moved_out: bool = False
    note: str = ""

    @property
    def place(self) -> str:
        """`茶园组 3号`, always shown where two people share a name."""
        return f"{self.group} {self.door}".strip()
