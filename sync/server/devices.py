"""Which computers may speak, and whether a request really comes from the one it names."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.problem import UserError
from sync.protocol.errors import BAD_SIGNATURE, REVOKED, UNKNOWN_DEVICE, Refused
from sync.protocol.signing import Signed
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Device:
    """One enrolled computer and the worker it speaks for."""

    county: str
    device: str
    replica: str
    worker: str


def authenticate(connection: Connection, signed: Signed) -> Device:
    """The device that signed. Reads only: whoever cannot prove herself leaves no row.

    Raises Refused: unknown device, bad signature, or revoked.
    """
    row = connection.execute(
        "SELECT county, device, replica, worker, sign_key, revoked_at FROM device WHERE device = %s",
        (signed.device,),
    ).fetchone()
    if row is None:
        raise Refused(UNKNOWN_DEVICE, signed.device)
    verify(row["sign_key"], signed)
    if row["revoked_at"] is not None:
        raise Refused(REVOKED, signed.device)
    return Device(row["county"], row["device"], row["replica"], row["worker"])


def verify(sign_key: bytes, signed: Signed) -> None:
    """Checks the signature. Raises Refused(BAD_SIGNATURE)."""
    try:
        Ed25519PublicKey.from_public_bytes(sign_key).verify(signed.signature, signed.base)
    except (InvalidSignature, ValueError) as error:
        log.warning("a signature in the name of device %s does not verify", signed.device)
        raise Refused(BAD_SIGNATURE, signed.device) from error


def note_seen(connection: Connection, device: Device, app: str, created: int, at: datetime) -> None:
    """Remembers when a device spoke, with which release, and how far its clock is off, in seconds."""
    connection.execute(
        "UPDATE device SET seen_at = %s, app = %s, skew_seconds = %s WHERE county = %s AND device = %s"
        " AND (seen_at IS NULL OR seen_at < %s - interval '1 minute' OR app <> %s)",
        (at, app, created - int(at.timestamp()), device.county, device.device, at, app),
    )


def revoke(connection: Connection, device: str, at: datetime) -> None:
    """Stops a lost or stolen computer. Raises UserError when there is none of that id."""
    done = connection.execute(
        "UPDATE device SET revoked_at = coalesce(revoked_at, %s) WHERE device = %s", (at, device)
    )
    if done.rowcount == 0:
        raise UserError(f"没有登记过这台电脑：{device}", field="device")
