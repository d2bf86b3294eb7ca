"""Enrolling a computer that has a store already: with a new code, and with all its work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.actions.desk import Desk
from app.actions.entry.opening import VILLAGE_NAMES
from app.domain.device import DeviceIdentity

ASKING = "enrolling"  # in meta: the keys a code was, or is being, asked with
NewKeys = tuple[str, str, bytes]  # device, replica, the seed of its key
_AS_MEANT = str.maketrans("ILO", "110")


def keys_for(desk: Desk, code: str, fresh: NewKeys) -> NewKeys:
    """The keys to ask the county with for `code`: those it was asked with before, else `fresh`, kept first.

    The answer may be lost with the power, or the lock close before it comes: the county gives the same answer
    to the same keys again, and to others none, for a code works once.
    """
    waiting = waiting_keys(desk, code)
    if waiting is not None:
        return waiting
    device, replica, key = fresh
    with desk.unit("enrol again"):
        desk.store.meta.set(
            ASKING, {"code": _plain(code), "device": device, "replica": replica, "key": key.hex()}
        )
    return fresh


def waiting_keys(desk: Desk, code: str) -> NewKeys | None:
    """The keys the county was asked with for `code` and has not answered yet, or None."""
    kept = desk.store.meta.get(ASKING) or {}
    if not kept or _plain(str(kept.get("code"))) != _plain(code):
        return None
    return str(kept["device"]), str(kept["replica"]), bytes.fromhex(kept["key"])


def readmit(desk: Desk, device: DeviceIdentity, village_names: Mapping[str, str]) -> Desk:
    """Go on under `device`, what the county gave for the new code; everything unsent stays unsent.

    After a county was restored everything is sent once more, and what the county knows is not doubled.
    Returns the desk to work at from now on: she may have got another village. Raises UserError on the field
    `code` when the code is another worker's or another county's.
    """
    with desk.unit("enrol again") as unit:
        desk.store.readmit(device, desk.now)
        desk.store.meta.set(VILLAGE_NAMES, dict(village_names))
        desk.store.meta.set(ASKING, None)
        unit.audit("enrol again", device.device)
    village = desk.village if desk.village in device.villages else device.villages[0]
    return replace(desk, village=village, village_name=village_names.get(village, village))


def _plain(code: str) -> str:
    """Days lie between asking and reading off a stick: however it is typed, it is one code."""
    return "".join(c for c in code.upper() if c.isalnum()).translate(_AS_MEANT)
