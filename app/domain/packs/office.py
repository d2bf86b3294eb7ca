"""An office (办事地点): the building, the window, who answers, and the hours of each season."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.checklists.checklist import Way
from app.domain.packs.standing import EVERYWHERE, Standing


@dataclass(frozen=True)
class Season:
    """Opening hours from one day of the year to another, as (month, day), both counted."""

    id: str
    first: tuple[int, int]
    last: tuple[int, int]
    morning: str
    afternoon: str

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last  # runs over New Year


@dataclass(frozen=True)
class Contact:
    """Who answers: surname and 干部 only, never a full name, and a phone number."""

    name: str
    phone: str
    role: str = ""


@dataclass(frozen=True)
class Office:
    """A place and its people. `part_of` names the hall whose floor, hours and closed days it shares.

    `route` is the way there from the village: at most three drawn steps.
    """

    id: str
    name: str
    icon: str = "hall"
    floor: str = ""
    window: str = ""
    windows: int = 0
    contacts: tuple[Contact, ...] = ()
    seasons: tuple[Season, ...] = ()
    closed: str = ""
    market: str = ""
    part_of: str = ""
    standing: Standing = EVERYWHERE
    building: str = ""
    route: tuple[Way, ...] = ()

    def hours(self, day: date) -> Season | None:
        """The season's opening hours on `day`, or None when the pack does not say."""
        return next((season for season in self.seasons if season.covers(day)), None)


def within(office: Office, hall: Office) -> Office:
    """`office` with what it does not say itself taken from the `hall` it is a window of."""
    return replace(
        office,
        name=office.name or hall.name,
        floor=office.floor or hall.floor,
        windows=office.windows or hall.windows,
        contacts=office.contacts or hall.contacts,
        seasons=office.seasons or hall.seasons,
        closed=office.closed or hall.closed,
        market=office.market or hall.market,
        building=office.building or hall.building,
        route=office.route or hall.route,
    )
