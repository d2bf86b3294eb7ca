"""What a report is made of: tables whose every figure knows which records it was counted from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure measures; says how it is written and how a spreadsheet shows it."""

    COUNT = "count"  # things, a whole number
    SHARE = "share"  # 0 … 1, written as percent
    DAYS = "days"  # calendar days, a mean has one decimal
    HOURS = "hours"
    WORDS = "words"


class Shape(StrEnum):
    """How a table is drawn beside its figures."""

    BARS = "bars"
    LINE = "line"
    NONE = "none"


@dataclass(frozen=True)
class Cell:
    """One figure. None: there was nothing to divide or average, shown as 「—」, never as 0.

    `ids` are the records it was counted from; of a share, those of the part.
    """

    value: int | float | str | None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of figures. `opens` is the kind of record its ids name, "" when there are none."""

    title: str
    unit: Unit = Unit.COUNT
    opens: str = ""


@dataclass(frozen=True)
class Line:
    """One row: what it is about, then one cell for each column."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """`head` titles the column of labels. `charted` are the places of the columns worth drawing."""

    title: str
    head: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    shape: Shape = Shape.BARS
    charted: tuple[int, ...] = (0,)
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True when no record stands behind any figure."""
        lines = (*self.lines, *((self.total,) if self.total else ()))
        return not any(cell.ids for line in lines for cell in line.cells)


@dataclass(frozen=True)
class Report:
    """One of the sixteen, made for a village and a period.

    `basis` says in words what is counted how (口径) and `source` where that comes from; `left_out` what is
    not counted; `cut` is the key of what its lines were split by, "" where that is fixed.
    """

    number: int
    key: str
    title: str
    place: str
    period: str
    basis: tuple[str, ...]
    source: str
    tables: tuple[Table, ...]
    left_out: tuple[str, ...] = ()
    cut: str = ""

    @property
    def empty(self) -> bool:
        """True when no table has anything to count."""
        return all(table.empty for table in self.tables)


def written(value: int | float | str | None, unit: Unit) -> str:
    """A figure as it stands on screen and paper: `69.3%`, `12.5 天`, `—` for none."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    match unit:
        case Unit.SHARE:
            return f"{value * 100:.1f}%"
        case Unit.DAYS:
            return f"{value:.1f} 天"
        case Unit.HOURS:
            return f"{value:.1f} 小时"
        case _:
            return str(value) if isinstance(value, int) else f"{value:g}"
