"""Learning the county's public keys after enrolment, and fetching the policy pack they sign."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from app.domain.device import DeviceIdentity
from sync.client.http import Transport
from sync.client.keys import public_keys, signed_headers
from sync.protocol import codec, trust
from sync.protocol.limits import PACK_PATH
from sync.protocol.messages import CountyKeys

log = logging.getLogger(__name__)


def learned(identity: DeviceIdentity, told: CountyKeys | None) -> DeviceIdentity | None:
    """The identity with what it did not know yet, or None when nothing is new or nothing is proven.

    A key that is known is never changed by an answer, only by enrolling anew: whoever takes over the
    county's server later gains nothing by telling another.
    """
    if told is None or not (
        (told.escrow and not identity.escrow_key) or (told.pack_key and not identity.pack_key)
    ):
        return None
    _, receive_key = public_keys(identity.key)
    due = trust.proof(receive_key, identity.county, identity.device, told.escrow, told.pack_key)
    if not trust.proven(told.proof, due):
        log.error("keys were told in the county's name without its proof; they are not taken")
        return None
    return replace(
        identity,
        escrow_key=identity.escrow_key or told.escrow,
        pack_key=identity.pack_key or told.pack_key,
    )


def fetch_pack(transport: Transport, identity: DeviceIdentity, at: datetime) -> bytes:
    """The newest policy pack as a file, unchecked; b"" when the county has none. Raises as `post` does."""
    body = codec.encode_ask_pack()
    headers = signed_headers(PACK_PATH, body, identity.device, identity.key, at)
    return codec.decode_pack(transport.post(PACK_PATH, body, headers))
