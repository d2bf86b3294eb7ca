"""The county's key for what travels on a USB stick: in the database, for every stick needs it.

It signs answers and opens what computers sealed; laptops are opened by another one, which lies in a safe.
"""

from __future__ import annotations

from app.vault import parcels
from sync.server.postgres import Connection


def seed_of(connection: Connection, county: str) -> bytes:
    """The secret, 32 bytes; it is made with the county."""
    row = connection.execute("SELECT seed FROM stick_key WHERE county = %s", (county,)).fetchone()
    assert row is not None, "every county has one from its first day"
    return bytes(row["seed"])


def public_of(connection: Connection, county: str) -> bytes:
    """What computers are told of it, 64 bytes (see `parcels.public_of`)."""
    return parcels.public_of(seed_of(connection, county))
