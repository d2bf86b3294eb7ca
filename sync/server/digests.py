"""What each village adds up to, and which computers were found to hold something else."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from sync.protocol.messages import bucket_of, village_of
from sync.server.devices import Device
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


def digests_of(connection: Connection, county: str, buckets: Sequence[str]) -> dict[str, int]:
    """The digest of each village among `buckets`, by village code; 0 for one without records."""
    rows = connection.execute(
        "SELECT bucket, sum FROM digest WHERE county = %s AND bucket = ANY(%s)", (county, list(buckets))
    )
    found = {row["bucket"]: int(row["sum"]) for row in rows}
    villages = ((bucket, village_of(bucket)) for bucket in buckets)
    return {village: found.get(bucket, 0) for bucket, village in villages if village is not None}


def note_divergence(connection: Connection, device: Device, villages: Iterable[str], at: datetime) -> None:
    """Write down that a computer held something else. It mends itself; somebody should ask why."""
    for village in villages:
        log.error("device %s held something else of %s and reads it again", device.device, village)
        connection.execute(
            "INSERT INTO divergence (county, device, bucket, at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (device.county, device.device, bucket_of(village), at),
        )
