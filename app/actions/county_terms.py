"""What the county asks of this computer, and where it stands: an old release, a lease that runs out."""

from __future__ import annotations

from dataclasses import dataclass

from app import RELEASE
from app.actions.desk import Desk
from app.domain.county_terms import Terms
from app.domain.lease import Hold


@dataclass(frozen=True)
class Standing:
    """`outdated`: the county asks for a newer release than this; `withheld`: and tells this one nothing new.

    `hold` is how the lease stands, `silent_days` since when the county was not heard, by clocks that went
    forward, and `left_days` how many are left. `closed` is True while no record can be written here.
    """

    terms: Terms
    outdated: bool = False
    withheld: bool = False
    hold: Hold = Hold.FREE
    silent_days: int = 0
    left_days: int = 0
    closed: bool = False


def standing(desk: Desk, release: str = RELEASE) -> Standing:
    """As of now, for a computer with `release`."""
    agreed = desk.store.agreed
    terms, lease = agreed.terms(), agreed.lease(desk.now)
    hold = lease.hold(terms.lease_days) if lease else Hold.FREE
    return Standing(
        terms,
        outdated=terms.outdated(release),
        withheld=terms.withholds(release, desk.today),
        hold=hold,
        silent_days=lease.spent.days if lease else 0,
        left_days=lease.left(terms.lease_days) if lease else 0,
        closed=agreed.closed,
    )


def write_today(desk: Desk) -> None:
    """Record as ever for the rest of this day although the lease has ended: she stands before a family.

    It is written into the log of deeds. Nothing is refused at the county for it.
    """
    with desk.unit("write today") as unit:
        desk.store.agreed.write_on(desk.today)
        unit.audit("write today", desk.worker)
