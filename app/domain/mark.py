"""Short marks by which two machines find out that they hold the same, without sending what they hold.

They guard against mistakes, not against malice: both sides are who they proved to be.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from app.domain.record import Json, canonical

SPAN = 1 << 64  # digests are counted modulo this
_BYTES = 8


def of_body(body: Mapping[str, Json]) -> str:
    """Eleven characters that stand for a whole body: 64 bits of SHA-256 over its canonical spelling."""
    data = canonical(dict(body)).encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()[:_BYTES]).decode().rstrip("=")


def standing(record: str, revision: int, *, deleted: bool) -> int:
    """The part of one record in its village's digest, which is the sum of all of them modulo `SPAN`.

    A sum can be kept record by record: take the part before away, add the part after.
    """
    data = f"{record}|{revision}|{int(deleted)}".encode()
    return int.from_bytes(hashlib.sha256(data).digest()[:_BYTES])
