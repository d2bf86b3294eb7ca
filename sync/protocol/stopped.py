"""A computer whose worker has left: the county says so with a proof, and still takes what was not sent."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from app.domain.record import Json
from sync.protocol.errors import REVOKED, Refused

HANDS_IN, ENDED = b"shoufangtong late changes 1", b"shoufangtong stopped 1"


class Stopped(Refused):
    """The device was stopped; `proof` shows that the county says so. With `takes` it may hand in what it had
    not sent: its worker has left. Without, it was lost or stolen, and nothing is taken from it.

    Without a proof a gateway in the county's place could have a computer send its changes where nothing is
    applied to anything.
    """

    def __init__(self, proof: bytes, detail: str = "", *, takes: bool = True) -> None:
        super().__init__(REVOKED, detail)
        self.proof, self.takes = proof, takes
        self.proven = False  # set by the device that has worked the proof out for itself

    @property
    def told(self) -> Mapping[str, Json]:
        return {"late" if self.takes else "stop": self.proof.hex()}


def proof(receive_key: bytes, device: str, *, takes: bool = True) -> bytes:
    """32 bytes that only the county and this device can work out (see `protocol.trust`)."""
    purpose = HANDS_IN if takes else ENDED
    return hmac.digest(hmac.digest(purpose, receive_key, "sha256"), device.encode(), "sha256")


def stopped_in(said: Mapping[str, Any]) -> Stopped | None:
    """The notice in a refusal; None where it has none, as an older county's."""
    takes = "late" in said
    told = said.get("late" if takes else "stop")
    try:
        return Stopped(bytes.fromhex(told), takes=takes) if isinstance(told, str) else None
    except ValueError:
        return None
