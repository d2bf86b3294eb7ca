"""Enrolling a computer that has a store already: with a new code, and with all its work."""

from __future__ import annotations

from collections.abc import Mapping

from app.actions.desk import Desk
from app.actions.opening import VILLAGE_NAMES
from app.domain.device import DeviceIdentity


def readmit(desk: Desk, device: DeviceIdentity, village_names: Mapping[str, str]) -> None:
    """Go on under `device`, what the county gave for the new code; everything unsent stays unsent.

    After a county was restored everything is sent once more, and what the county knows is not doubled.
    Raises UserError on the field `code` when the code is another worker's or another county's.
    """
    with desk.unit("enrol again") as unit:
        desk.store.readmit(device)
        desk.store.meta.set(VILLAGE_NAMES, dict(village_names))
        unit.audit("enrol again", device.device)
