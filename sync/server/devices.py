"""Which computers may speak, and whether a request really comes from the one it names."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.problem import UserError
from sync.protocol.errors import BAD_SIGNATURE, UNKNOWN_DEVICE, Refused
from sync.protocol.signing import Signed
from sync.protocol.stopped import Stopped, proof
from sync.server.many_rows import as_rows
from sync.server.plain import plain
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Device:
    """One enrolled computer and the worker it speaks for."""

    county: str
    device: str
    replica: str
    worker: str
    stopped: bool = False  # its worker left; it may only hand in


def authenticate(connection: Connection, signed: Signed, late_at: datetime | None = None) -> Device:
    """The device that signed. Reads only: whoever cannot prove herself leaves no row.

    With `late_at`, now, a stopped one that may still hand in passes as stopped. Raises Refused: unknown
    device, bad signature, or revoked.
    """
    row = connection.execute(
        "SELECT county, device, replica, worker, sign_key, receive_key, revoked_at, late_until FROM device"
        " WHERE device = %s",
        (signed.device,),
    ).fetchone()
    return admit(row, signed, late_at)


def admit(row: Mapping[str, Any] | None, signed: Signed, late_at: datetime | None = None) -> Device:
    """The device in `row`, if it signed and was not stopped; `late_at` and errors as in `authenticate`."""
    if row is None:
        raise Refused(UNKNOWN_DEVICE, signed.device)
    verify(row["sign_key"], signed)
    late = late_at is not None and row["late_until"] is not None and late_at < row["late_until"]
    if row["revoked_at"] is not None and not late:
        proven = proof(bytes(row["receive_key"]), signed.device, takes=False)
        raise Stopped(proven, signed.device, takes=False)
    stopped = row["revoked_at"] is not None
    return Device(row["county"], row["device"], row["replica"], row["worker"], stopped)


def verify(sign_key: bytes, signed: Signed) -> None:
    """Checks the signature. Raises Refused(BAD_SIGNATURE)."""
    try:
        Ed25519PublicKey.from_public_bytes(sign_key).verify(signed.signature, signed.base)
    except (InvalidSignature, ValueError) as error:
        log.warning("a signature in the name of device %s does not verify", signed.device)
        raise Refused(BAD_SIGNATURE, signed.device) from error


@dataclass(frozen=True)
class Seen:
    """A device that spoke, with which release, and when by its own clock, in seconds since 1970."""

    device: Device
    app: str
    created: int


def note_seen(connection: Connection, seen: Iterable[Seen], at: datetime) -> None:
    """Remembers when devices spoke, with which release, and how far their clocks are off, in seconds.

    Of one whose row somebody holds it is remembered another time: nobody waits for that.
    """
    rows = [
        {
            "county": one.device.county, "device": one.device.device, "app": plain(one.app),
            "skew": one.created - int(at.timestamp()),
        }
        for one in seen
    ]  # fmt: skip
    if not rows:
        return
    with connection.pipeline(), connection.transaction():
        connection.execute("SET LOCAL synchronous_commit TO off")  # nobody waits for the disk because of it
        connection.execute(
            "WITH free AS (SELECT county, device FROM device WHERE device = ANY(%s)"
            "  FOR NO KEY UPDATE SKIP LOCKED)"
            " UPDATE device d SET seen_at = %s, app = new.app, skew_seconds = new.skew FROM free"
            " JOIN json_to_recordset(%s::json) AS new (county text, device text, app text, skew bigint)"
            " USING (county, device) WHERE d.county = free.county AND d.device = free.device"
            " AND (d.seen_at IS NULL OR d.seen_at < %s - interval '1 minute' OR d.app <> new.app)",
            ([row["device"] for row in rows], at, as_rows(rows), at),
        )


def revoke(connection: Connection, device: str, at: datetime) -> None:
    """Stops a lost or stolen computer: from now on it is told nothing and nothing is taken from it.

    Raises UserError when there is none of that id.
    """
    done = connection.execute(
        "UPDATE device SET revoked_at = coalesce(revoked_at, %s), late_until = NULL WHERE device = %s",
        (at, device),
    )
    if done.rowcount == 0:
        raise UserError(f"没有登记过这台电脑：{device}", field="device")


@dataclass(frozen=True)
class Computer:
    """One enrolled computer as the clerk sees it: `name` is what it was called at enrolment."""

    device: str
    worker_name: str
    name: str
    seen_at: datetime | None
    revoked_at: datetime | None


COMPUTER = (
    "SELECT device, worker.name AS worker_name, device.name, seen_at, revoked_at FROM device"
    " JOIN worker USING (county, worker)"
)


def every(connection: Connection, county: str) -> tuple[Computer, ...]:
    """All computers ever enrolled, those that spoke last first."""
    rows = connection.execute(
        COMPUTER + " WHERE county = %s ORDER BY seen_at DESC NULLS LAST, device", (county,)
    )
    return tuple(Computer(**row) for row in rows)


def of_worker(connection: Connection, county: str, worker: str) -> tuple[Computer, ...]:
    """Hers, those that spoke last first."""
    rows = connection.execute(
        COMPUTER + " WHERE county = %s AND worker = %s ORDER BY seen_at DESC NULLS LAST, device",
        (county, worker),
    )
    return tuple(Computer(**row) for row in rows)


def one(connection: Connection, device: str) -> Computer:
    """The computer of that id. Raises UserError when there is none."""
    row = connection.execute(COMPUTER + " WHERE device = %s", (device,)).fetchone()
    if row is None:
        raise UserError(f"没有登记过这台电脑：{device}", field="device")
    return Computer(**row)
