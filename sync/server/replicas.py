"""Which copy of a computer's data is the present one: told when a backup was put back, refused when spent."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sync.protocol.errors import REPLICA_SPENT, UNKNOWN_DEVICE, Refused
from sync.protocol.messages import Exchange
from sync.server.devices import Device
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReplicaChange:
    """A file of `device` that was `was` came back from a backup as `replica`."""

    device: str
    was: str
    replica: str
    at: datetime


def present(connection: Connection, device: Device, message: Exchange, at: datetime) -> Device:
    """The device as the file that speaks now: the one known, or its successor, which is noted.

    A successor names in `was` a replica that this very device had; the signature has proved the device.
    Raises Refused: a replica that was succeeded (another copy goes on as the present one), or one that
    was never this device's.
    """
    if message.replica == device.replica:
        return device
    with connection.transaction():
        # Locked: of two copies that come at once, one is first, and the other hears of it.
        row = connection.execute(
            "SELECT replica FROM device WHERE county = %s AND device = %s FOR UPDATE",
            (device.county, device.device),
        ).fetchone()
        assert row is not None, "whoever was authenticated is there"
        now = replace(device, replica=row["replica"])
        if message.replica == now.replica:
            return now
        changes = of_device(connection, device.county, device.device)
        spent = {change.was for change in changes}
        if message.replica in spent:
            raise Refused(REPLICA_SPENT, device.device)
        if message.was not in spent | {now.replica}:
            raise Refused(UNKNOWN_DEVICE, "another file than the one that was enrolled")
        _succeed(connection, now, message.replica, len(changes) + 1, at)
    return replace(device, replica=message.replica)


def of_device(connection: Connection, county: str, device: str) -> tuple[ReplicaChange, ...]:
    """Every time a file of this device was put back, in order."""
    rows = connection.execute(
        "SELECT device, was, replica, at FROM replica_change WHERE county = %s AND device = %s ORDER BY no",
        (county, device),
    )
    return tuple(ReplicaChange(row["device"], row["was"], row["replica"], row["at"]) for row in rows)


def _succeed(connection: Connection, device: Device, replica: str, number: int, at: datetime) -> None:
    # `was` is the one that is spent from now on: the present one, whichever older copy was put back.
    connection.execute(
        "INSERT INTO replica_change (county, device, no, was, replica, at) VALUES (%s, %s, %s, %s, %s, %s)",
        (device.county, device.device, number, device.replica, replica, at),
    )
    connection.execute(
        "UPDATE device SET replica = %s WHERE county = %s AND device = %s",
        (replica, device.county, device.device),
    )
    log.info("device %s: replica_rolled_back, change %d", device.device, number)
