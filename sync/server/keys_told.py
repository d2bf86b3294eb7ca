"""Telling a computer the county's public keys, so that it knows they are the county's (`protocol.trust`)."""

from __future__ import annotations

from app.vault import parcels
from sync.protocol import trust
from sync.protocol.messages import KNOWS_ESCROW, KNOWS_PACK_KEY, KNOWS_STICK, CountyKeys
from sync.server.opening import Opening


def keys_for(told: Opening, knows: int = 0) -> CountyKeys | None:
    """The keys the county has, with the proof for this very device; None while it has none the device does
    not know: `knows` is what it says of itself (`messages.KNOWS_ESCROW` and the others)."""
    box, signer, device = told.escrow, told.pack_key, told.device
    stick = b"" if knows & KNOWS_STICK else parcels.public_of(told.stick_seed)
    if (not box or knows & KNOWS_ESCROW) and (not signer or knows & KNOWS_PACK_KEY) and not stick:
        return None
    to = (told.receive_key, device.county, device.device)
    proof = trust.proof(*to, box, signer)
    return CountyKeys(box, signer, proof, stick, trust.stick_proof(*to, stick) if stick else b"")
