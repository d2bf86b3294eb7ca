"""Where an errand leads, as it stands on one list: the pack's office on that day, in words and drawings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.checklists.checklist import Place
from app.domain.packs.closure import coming
from app.domain.packs.office import Office
from app.domain.packs.policy import Pack

CLOSED_SOON = 30  # days: a list lies in the drawer about that long


def place_of(pack: Pack, office_id: str, village: str, on: date) -> Place:
    """The office as printed, with the hours of that day's season; what is not known stays empty."""
    office = pack.office(office_id, on, village=village)
    if office is None:
        return Place(name="")
    hours = office.hours(on)
    first, second = [*office.contacts, None, None][:2]
    return Place(
        name=pack.named(office.name, village, on),
        icon=office.icon,
        floor=office.floor,
        window=office.window,
        windows=office.windows,
        person=first.name if first else "",
        phone=first.phone if first else "",
        phone2=second.phone if second else "",
        morning=hours.morning if hours else "",
        afternoon=hours.afternoon if hours else "",
        closed=_shut_days(pack, office, village, on),
        building=office.building,
        route=office.route,
        market=office.market,
    )


def _shut_days(pack: Pack, office: Office, village: str, on: date) -> str:
    local = coming(pack.closures, (office.id, office.part_of), village, on, CLOSED_SOON)
    return " ".join(part for part in (office.closed, *(each.words for each in local)) if part)


def filled(place: Place, known: Place | None) -> Place:
    """`place` with what the pack does not say taken from what the village learnt before.

    A telephone is taken together with whom it reaches, the hours of a day together.
    """
    if known is None:
        return place
    simple = ("name", "floor", "window", "windows", "closed", "building", "route", "bus", "market")
    taken: dict[str, Any] = {name: getattr(known, name) for name in simple if not getattr(place, name)}
    if not place.phone:
        taken |= {"person": known.person or place.person, "phone": known.phone, "phone2": known.phone2}
    elif not place.person:
        taken["person"] = known.person
    if not place.morning:
        taken |= {"morning": known.morning, "afternoon": known.afternoon}
    return replace(place, **taken)
