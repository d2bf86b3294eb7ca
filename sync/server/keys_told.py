"""Telling a computer the county's public keys and terms, so that it knows they are the county's
(`protocol.trust`, `protocol.terms`)."""

from __future__ import annotations

from app.vault import parcels
from sync.protocol import terms, trust
from sync.protocol.messages import KNOWS_ESCROW, KNOWS_PACK_KEY, KNOWS_STICK, CountyKeys, ToldTerms
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


def terms_for(told: Opening, knows: int | None) -> ToldTerms | None:
    """The terms in force, with the proof for this very device; None where it knows this version, or says of
    itself (None) that its release has never heard of terms."""
    if knows is None or told.terms.number <= knows:
        return None
    device = told.device
    return terms.told(told.receive_key, device.county, device.device, told.terms.number, told.terms.body())
