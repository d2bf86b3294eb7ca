"""Who stands by a family (结对帮扶): one helper at a time, and those before keep their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.problem import UserError
from app.domain.visits.pairing import Pairing

A_DAY = timedelta(days=1)


def pairing_of(desk: Desk, household: str) -> Pairing | None:
    """Who stands by this household today."""
    held = [one for one in desk.store.reading.where(Pairing, household=household) if one.holds(desk.today)]
    return held[-1] if held else None


def pair(desk: Desk, household: str, helper: str, *, unit_name: str = "", phone: str = "") -> Pairing:
    """Note who stands by this household from today; whoever did before has ended yesterday.

    The same helper again is a correction of unit and phone. Raises UserError without a name.
    """
    helper, unit_name, phone = helper.strip(), unit_name.strip(), phone.strip()
    if not helper:
        raise UserError("写上帮扶人的名字。", field="helper")
    before = pairing_of(desk, household)
    with desk.unit("pairing") as unit:
        if before is not None and (before.helper == helper or before.since == desk.today):
            made = replace(before, helper=helper, unit=unit_name, phone=phone)
        else:
            home = desk.store.reading.get(Household, household)
            made = Pairing(
                new_id(desk.now), home.village, household, helper, unit_name, phone, since=desk.today
            )
            if before is not None:
                unit.save(replace(before, until=desk.today - A_DAY))
        unit.save(made)
    return made


def unpair(desk: Desk, pairing: Pairing) -> None:
    """It ended yesterday; the record stays."""
    with desk.unit("pairing ended") as unit:
        unit.save(replace(pairing, until=desk.today - A_DAY))
