"""How a county's terms travel: with a proof, for they may close a computer for writing.

The proof is taken over the object as it was spelt, so that an older release believes what a newer county says
and keeps also what it cannot read.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from typing import Any

from app.domain.record import Json
from sync.protocol.canonical import canonical
from sync.protocol.errors import Malformed
from sync.protocol.messages import ToldTerms
from sync.protocol.trust import proven
from sync.protocol.wire import mapping, whole

PURPOSE = b"shoufangtong county terms 1"
NUMBER, PROOF = "n", "proof"


def told(receive_key: bytes, county: str, device: str, number: int, body: Mapping[str, Json]) -> ToldTerms:
    """What the county tells `device`, whose public receive key is `receive_key`."""
    return ToldTerms(number, body, _proof(receive_key, county, device, number, body))


def believed(receive_key: bytes, county: str, device: str, terms: ToldTerms) -> bool:
    """Whether the county that enrolled this device said so."""
    return proven(terms.proof, _proof(receive_key, county, device, terms.number, terms.body))


def spelt(terms: ToldTerms) -> dict[str, Json]:
    """The key `terms` of an answer."""
    return {**terms.body, NUMBER: terms.number, PROOF: base64.b64encode(terms.proof).decode()}


def read(raw: Any) -> ToldTerms:
    """The reverse of `spelt`. Raises Malformed."""
    said = dict(mapping(raw, "terms"))
    number, proof = whole(said.pop(NUMBER, None), NUMBER), said.pop(PROOF, "")
    try:
        return ToldTerms(number, said, base64.b64decode(proof, validate=True))
    except (TypeError, ValueError) as error:
        raise Malformed("the proof of terms") from error


def _proof(receive_key: bytes, county: str, device: str, number: int, body: Mapping[str, Json]) -> bytes:
    key = hmac.digest(PURPOSE, receive_key, "sha256")
    return hmac.digest(key, canonical([county, device, number, dict(body)]), "sha256")
