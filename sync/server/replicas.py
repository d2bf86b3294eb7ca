"""Which copies of a computer's data go on: told when a backup was put back, found out when it was copied.

A backup put back takes the place of what was there, and the one before is spent. A copy nobody told of is
found by its link (`sync.protocol.links`) and goes on beside the other under a replica of its own: both hold
work that was done, so both are heard, and a person at the county is told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.protocol.errors import REPLICA_SPENT, UNKNOWN_DEVICE, Refused
from sync.protocol.links import Forked, link_after
from sync.protocol.messages import Exchange, Op
from sync.server import alarms
from sync.server.devices import Device
from sync.server.many_rows import as_rows
from sync.server.postgres import Connection

log = logging.getLogger(__name__)

BETWEEN = " "  # in `before`, of links; the beginning of a chain is an empty one
MOST_BACK = 64  # answers on their way at once: as many sticks were taken in and none read back
PUT_BACK, APART = "replica_rolled_back", "fork"


@dataclass(frozen=True)
class ReplicaChange:
    """A file of `device` that was `was` goes on as `replica`: put back from a backup, or a copy beside it."""

    device: str
    was: str
    replica: str
    at: datetime
    kind: str = PUT_BACK


def present(connection: Connection, device: Device, message: Exchange, at: datetime) -> Device:
    """The device as the file that speaks now: one that is known, or a new one, which is noted.

    A new one names in `was` a replica that this very device had; the signature has proved the device.
    Raises Refused: a replica that was succeeded (another copy goes on as the present one), or one that
    was never this device's.
    """
    if message.replica == device.replica:
        return device
    now = replace(device, replica=message.replica)
    if message.replica in _heard(device, of_device(connection, device.county, device.device)):
        return now
    with connection.transaction():
        # Locked: of two copies that come at once, one is first, and the other hears of it.
        row = connection.execute(
            "SELECT replica FROM device WHERE county = %s AND device = %s FOR UPDATE",
            (device.county, device.device),
        ).fetchone()
        assert row is not None, "whoever was authenticated is there"
        main = replace(device, replica=row["replica"])
        changes = of_device(connection, device.county, device.device)
        heard, spent = _heard(main, changes), _spent(changes)
        if message.replica in heard:
            return now
        if message.replica in spent:
            raise Refused(REPLICA_SPENT, device.device)
        if message.was not in spent | heard:
            raise Refused(UNKNOWN_DEVICE, "another file than the one that was enrolled")
        if message.apart:
            _part(connection, main, message, len(changes) + 1, at)
        else:
            # Of an older copy that was put back, the main one is spent from now on.
            was = message.was if message.was in heard else main.replica
            _succeed(connection, main, (was, message.replica), len(changes) + 1, at)
    return now


@dataclass(frozen=True)
class Stand:
    """Where a replica stands after a request, "" where it said, and where it may still stand besides; None
    for that where nothing has changed."""

    link: str = ""
    before: str | None = None


def follow(left: tuple[str, str] | None, message: Exchange, fresh: Sequence[Op]) -> Stand:
    """Where the replica stands after a request of which `fresh` is new to the county.

    `left` is where it was left and where it may still stand besides (`BETWEEN`), None while nothing is known.
    A request may come from a link back, when its answer was lost or is still on its way on a stick: then it
    begins with something the county has. One that says nothing new may come again at any time. Raises Forked
    for any other that does not stand where this replica was left.
    """
    if message.link is None:
        return Stand()
    stands, back = (left[0], left[1].split(BETWEEN)) if left is not None else (None, [])
    before = [message.link]  # whoever stands where it was left has heard of all before
    if stands is not None and (message.unheard or message.link != stands):
        before = [*back, stands][-MOST_BACK:]
    if stands is not None and message.link != stands:
        if message.ops and not fresh:
            return Stand(stands if message.link in back else "")
        if not (message.link in back and message.ops and message.ops[0] is not fresh[0]):
            raise Forked(message.link)
    if not fresh:
        return Stand()
    return Stand(link_after(message.link, fresh), BETWEEN.join(before))


def note(connection: Connection, stands: Iterable[tuple[Device, Stand]]) -> None:
    """Keep where replicas stand from now on, one of a device at most."""
    moved = [
        {
            "county": device.county, "device": device.device, "replica": device.replica,
            "link": stand.link, "before": stand.before,
        }
        for device, stand in stands
        if stand.before is not None
    ]  # fmt: skip
    if moved:
        connection.execute(
            "INSERT INTO replica_link (county, device, replica, link, before)"
            " SELECT county, device, replica, link, before FROM json_to_recordset(%s::json)"
            " AS new (county text, device text, replica text, link text, before text)"
            " ON CONFLICT (county, device, replica)"
            " DO UPDATE SET link = excluded.link, before = excluded.before",
            (as_rows(moved),),
        )


def standing(connection: Connection, device: Device) -> str:
    """Where the replica stands now, "" at its beginning."""
    row = connection.execute(
        "SELECT link FROM replica_link WHERE county = %s AND device = %s AND replica = %s",
        (device.county, device.device, device.replica),
    ).fetchone()
    return str(row["link"]) if row is not None else ""


def forget_links(connection: Connection, county: str) -> None:
    """Begin every chain anew: a county that was put back has lost where its computers stand."""
    connection.execute("DELETE FROM replica_link WHERE county = %s", (county,))


def of_device(connection: Connection, county: str, device: str) -> tuple[ReplicaChange, ...]:
    """Every time a file of this device was put back or went apart, in order."""
    rows = connection.execute(
        "SELECT device, was, replica, at, kind FROM replica_change WHERE county = %s AND device = %s"
        " ORDER BY no",
        (county, device),
    )
    return tuple(ReplicaChange(**row) for row in rows)


def _spent(changes: Sequence[ReplicaChange]) -> set[str]:
    return {change.was for change in changes if change.kind == PUT_BACK}


def _heard(device: Device, changes: Sequence[ReplicaChange]) -> set[str]:
    ever = {device.replica}.union(*({change.was, change.replica} for change in changes))
    return ever - _spent(changes)


def _succeed(
    connection: Connection, device: Device, changed: tuple[str, str], number: int, at: datetime
) -> None:
    was, replica = changed
    _note(connection, device, ReplicaChange(device.device, was, replica, at), number)
    if was == device.replica:
        connection.execute(
            "UPDATE device SET replica = %s WHERE county = %s AND device = %s",
            (replica, device.county, device.device),
        )


def _part(connection: Connection, device: Device, message: Exchange, number: int, at: datetime) -> None:
    change = ReplicaChange(device.device, message.was, message.replica, at, APART)
    _note(connection, device, change, number)
    alarms.sound(connection, device.county, APART, device.device, at, f"change {number}")


def _note(connection: Connection, device: Device, change: ReplicaChange, number: int) -> None:
    connection.execute(
        "INSERT INTO replica_change (county, device, no, kind, was, replica, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (device.county, device.device, number, change.kind, change.was, change.replica, change.at),
    )
    log.info("device %s: %s, change %d", device.device, change.kind, number)
