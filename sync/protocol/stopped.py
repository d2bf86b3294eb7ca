"""A computer whose worker has left: the county says so with a proof, and still takes what was not sent."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from app.domain.record import Json
from sync.protocol.errors import REVOKED, Refused

PURPOSE = b"shoufangtong late changes 1"


class Stopped(Refused):
    """The device was stopped and may hand in what it had not sent; `proof` shows that the county says so.

    Without a proof a gateway in the county's place could have a computer send its changes where nothing is
    applied to anything.
    """

    def __init__(self, proof: bytes, detail: str = "") -> None:
        super().__init__(REVOKED, detail)
        self.proof = proof

    @property
    def told(self) -> Mapping[str, Json]:
        return {"late": self.proof.hex()}


def proof(receive_key: bytes, device: str) -> bytes:
    """32 bytes that only the county and this device can work out (see `protocol.trust`)."""
    return hmac.digest(hmac.digest(PURPOSE, receive_key, "sha256"), device.encode(), "sha256")


def stopped_in(said: Mapping[str, Any]) -> Stopped | None:
    """The notice in a refusal, or None where the county takes nothing more from this computer."""
    late = said.get("late")
    try:
        return Stopped(bytes.fromhex(late)) if isinstance(late, str) else None
    except ValueError:
        return None
