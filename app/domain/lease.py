"""How long a computer may go on without its county, counted from the county's last word on clocks that may
be wrong.

Nobody's clock is trusted. What is counted is how far the clock was seen to go forward: one that is set back
takes nothing off, and one that comes back to where it was, as with an empty battery every morning, adds only
what lies beyond. A clock that ran years ahead ends a lease; the county's next word begins it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_AT_ONCE = timedelta(
    days=7
)  # while the clock stands behind where it was already: typed wrong, most likely
SOON_PARTS = (2, 3)  # it is said when two of three parts are over


class Hold(StrEnum):
    """How a computer stands with its county."""

    FREE = "free"  # no lease: the county wants none, or has never been heard
    OPEN = "open"
    SOON = "soon"
    CLOSED = "closed"  # for writing; everything can be read, and sent


@dataclass(frozen=True)
class Lease:
    """`last` is the clock as it was seen last, `front` the furthest it has been, `spent` what went by."""

    last: datetime
    front: datetime
    spent: timedelta = timedelta()

    def at(self, moment: datetime) -> Lease:
        """With the clock seen at `moment`."""
        if moment < self.last:
            return Lease(moment, self.front, self.spent)
        behind = self.last < self.front
        if behind and moment >= self.front:
            step = moment - self.front
        elif behind:
            step = min(moment - self.last, MOST_AT_ONCE)
        else:
            step = moment - self.last
        return Lease(moment, max(self.front, moment), self.spent + step)

    def hold(self, days: int) -> Hold:
        """Where it stands when the county gives `days`; 0 is no end."""
        if not days:
            return Hold.FREE
        if self.spent >= timedelta(days=days):
            return Hold.CLOSED
        parts, of = SOON_PARTS
        return Hold.SOON if self.spent * of >= timedelta(days=days) * parts else Hold.OPEN

    def left(self, days: int) -> int:
        """Whole days until it ends, the one that runs counted; 0 when it has."""
        over = timedelta(days=days) - self.spent
        return max(0, -(-over // timedelta(days=1)))


def begun(at: datetime) -> Lease:
    """The county was heard at `at`."""
    return Lease(at, at)
