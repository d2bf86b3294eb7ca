"""Learning the county's public keys and its terms after enrolment, and fetching the policy pack they sign."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.domain.device import DeviceIdentity
from app.domain.record import Json
from sync.client.http import Transport
from sync.client.keys import public_keys, signed_headers
from sync.client.ledger import Ledger
from sync.protocol import codec, terms, trust
from sync.protocol.limits import PACK_PATH
from sync.protocol.messages import KNOWS_ESCROW, KNOWS_PACK_KEY, KNOWS_STICK, CountyKeys, ToldTerms

log = logging.getLogger(__name__)


def known_keys(identity: DeviceIdentity) -> int:
    """Which of the county's keys need not be told again, as a request says it."""
    knows = KNOWS_ESCROW * bool(identity.escrow_key) + KNOWS_PACK_KEY * bool(identity.pack_key)
    return knows + KNOWS_STICK * bool(identity.stick_key)


def learned(identity: DeviceIdentity, told: CountyKeys | None) -> DeviceIdentity | None:
    """The identity with what it did not know yet, or None when nothing is new or nothing is proven.

    A key that is known is never changed by an answer, only by enrolling anew: whoever takes over the
    county's server later gains nothing by telling another.
    """
    if told is None:
        return None
    known = _with_stick(_with_both(identity, told), told)
    return known if known != identity else None


def learn(ledger: Ledger, told: CountyKeys | None) -> bool:
    """Keep the county's keys that were told and proven; whether any was new."""
    known = learned(ledger.identity(), told) if told else None
    if known is not None:
        ledger.learn(known.escrow_key, known.pack_key, known.stick_key)
    return known is not None


def terms_told(identity: DeviceIdentity, told: ToldTerms | None) -> tuple[int, Mapping[str, Json]] | None:
    """Number and body of the terms the county told, or None where it told none or cannot prove them."""
    if told is None:
        return None
    _, receive_key = public_keys(identity.key)
    if not terms.believed(receive_key, identity.county, identity.device, told):
        log.error("terms were told in the county's name without its proof; they are not taken")
        return None
    return told.number, told.body


def fetch_pack(transport: Transport, identity: DeviceIdentity, at: datetime) -> bytes:
    """The newest policy pack as a file, unchecked; b"" when the county has none. Raises as `post` does."""
    body = codec.encode_ask_pack()
    headers = signed_headers(PACK_PATH, body, identity.device, identity.key, at)
    return codec.decode_pack(transport.post(PACK_PATH, body, headers))


def _with_both(identity: DeviceIdentity, told: CountyKeys) -> DeviceIdentity:
    escrow, signer = identity.escrow_key or told.escrow, identity.pack_key or told.pack_key
    if (escrow, signer) == (identity.escrow_key, identity.pack_key):
        return identity
    _, receive_key = public_keys(identity.key)
    due = trust.proof(receive_key, identity.county, identity.device, told.escrow, told.pack_key)
    if not trust.proven(told.proof, due):
        log.error("keys were told in the county's name without its proof; they are not taken")
        return identity
    return replace(identity, escrow_key=escrow, pack_key=signer)


def _with_stick(identity: DeviceIdentity, told: CountyKeys) -> DeviceIdentity:
    if identity.stick_key or not told.stick:
        return identity
    _, receive_key = public_keys(identity.key)
    due = trust.stick_proof(receive_key, identity.county, identity.device, told.stick)
    if not trust.proven(told.stick_proof, due):
        log.error("a key for sticks was told in the county's name without its proof; it is not taken")
        return identity
    return replace(identity, stick_key=told.stick)
