"""What came out of a roster: drafts to import, and every problem with its row, column and words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.people.household import Household
from app.domain.people.person import Person


class Severity(StrEnum):
    STOP = "stop"  # this row cannot be imported as it stands
    WARN = "warn"  # imported, but someone should look


@dataclass(frozen=True)
class RowProblem:
    """One thing to mend in the spreadsheet. `row` as the sheet counts it; `column` as the roster names it."""

    row: int
    column: str
    words: str
    severity: Severity = Severity.STOP

    @property
    def sentence(self) -> str:
        """`第 12 行「身份证号」：…`, the whole line a worker reads."""
        place = f"第 {self.row} 行" if self.row else "整张表"
        return f"{place}「{self.column}」：{self.words}" if self.column else f"{place}：{self.words}"


@dataclass(frozen=True)
class RosterRow:
    """One person as read. `person` carries placeholder ids; `guardian` is still a name or a number."""

    row: int
    person: Person
    guardian: str = ""


@dataclass(frozen=True)
class RosterHousehold:
    """One household as read, its members in the order of the sheet. `key` is what the sheet calls it."""

    key: str
    household: Household
    rows: tuple[RosterRow, ...]

    @property
    def first_row(self) -> int:
        return self.rows[0].row


@dataclass(frozen=True)
class RosterReading:
    """A whole roster as read. Nothing of it is in the database yet.

    `ignored` are headings that the roster has no use for; `blocked` the keys of households that hold
    a row with a stop problem.
    """

    households: tuple[RosterHousehold, ...]
    problems: tuple[RowProblem, ...]
    ignored: tuple[str, ...] = ()
    blocked: frozenset[str] = frozenset()
    unusable: bool = False  # the sheet itself is wrong (no heading row): no part may be imported

    @property
    def rows(self) -> tuple[RosterRow, ...]:
        return tuple(row for household in self.households for row in household.rows)

    @property
    def stops(self) -> tuple[RowProblem, ...]:
        """Problems that keep the whole roster out, unless the worker takes the good households alone."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.STOP)

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARN)

    def good_households(self) -> tuple[RosterHousehold, ...]:
        """The households with no stop problem in any of their rows."""
        if self.unusable:
            return ()
        return tuple(each for each in self.households if each.key not in self.blocked)

    def only_good(self) -> RosterReading:
        """The same reading with the good households alone (只导好的户): importable, warnings kept."""
        good = self.good_households()
        kept = {row.row for household in good for row in household.rows}
        problems = tuple(problem for problem in self.warnings if problem.row in kept)
        return replace(self, households=good, problems=problems, blocked=frozenset(), unusable=False)
