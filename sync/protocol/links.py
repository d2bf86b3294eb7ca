"""Each request that brought something new is a link in a chain: whose chain does not fit is another copy.

A laptop's folder can be copied, or put back by its system, without a word to anybody. Both copies then hold
one key and one replica, and only what they last heard tells them apart.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.record import Json
from sync.protocol.errors import FORK, Malformed, Refused
from sync.protocol.messages import Op
from sync.protocol.wire import text_in

LINK_BYTES = 6  # told apart, not kept secret: the signature proves the device


class Forked(Refused):
    """The county heard this replica go on from somewhere else than `link`, where the request stands.

    The notice carries no proof: believed wrongly it makes a device take a replica of its own, and no more.
    """

    def __init__(self, link: str) -> None:
        super().__init__(FORK, f"stands at {link or 'the beginning'}")
        self.link = link

    @property
    def told(self) -> Mapping[str, Json]:
        return {"at": self.link}


def link_after(link: str, ops: Iterable[Op]) -> str:
    """Where a replica stands that stood at `link` and brought `ops`, which were new: 8 letters."""
    whole = hashlib.sha256(link.encode())
    for op in ops:
        whole.update(op.hash)
    return base64.urlsafe_b64encode(whole.digest()[:LINK_BYTES]).decode().rstrip("=")


def forked_in(said: Mapping[str, Any]) -> Forked | None:
    """The notice in a refusal, or None where it does not say about which link."""
    try:
        return Forked(text_in(said, "at")) if "at" in said else None
    except Malformed:
        return None
