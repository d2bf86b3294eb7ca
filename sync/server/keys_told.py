"""Telling a computer the county's public keys, so that it knows they are the county's (`protocol.trust`)."""

from __future__ import annotations

from sync.protocol import trust
from sync.protocol.messages import KNOWS_ESCROW, KNOWS_PACK_KEY, CountyKeys
from sync.server import escrow, packs
from sync.server.devices import Device
from sync.server.postgres import Connection


def keys_for(connection: Connection, device: Device, knows: int = 0) -> CountyKeys | None:
    """The keys the county has, with the proof for this very device; None while it has none the device does
    not know: `knows` is what it says of itself (`messages.KNOWS_ESCROW`, `KNOWS_PACK_KEY`)."""
    box, signer = escrow.key_of(connection, device.county), packs.key_of(connection, device.county)
    if (not box or knows & KNOWS_ESCROW) and (not signer or knows & KNOWS_PACK_KEY):
        return None
    row = connection.execute(
        "SELECT receive_key FROM device WHERE county = %s AND device = %s", (device.county, device.device)
    ).fetchone()
    assert row is not None, "a device that speaks is enrolled"
    proof = trust.proof(bytes(row["receive_key"]), device.county, device.device, box, signer)
    return CountyKeys(box, signer, proof)
