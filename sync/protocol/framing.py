"""One JSON object to bytes and back, strict in form and bounded in size and depth."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any, Never

from sync.protocol.canonical import too_deep
from sync.protocol.errors import Malformed
from sync.protocol.limits import DEPTH, MESSAGE_BYTES
from sync.protocol.packing import GZIP, pack, unpack
from sync.protocol.wire import mapping


def to_bytes(message: Mapping[str, Any], packing: int = GZIP) -> bytes:
    """The packed bytes of `message`. Raises TooLarge."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone surrogate from a broken input method must still be sendable
        data = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode()
    return pack(data, packing)


def from_bytes(packed: bytes, most: int = MESSAGE_BYTES) -> tuple[dict[str, Any], int]:
    """The object in `packed` and how it was packed. Raises Malformed, or TooLarge for a text beyond `most`
    bytes."""
    data, packing = unpack(packed, most)
    try:
        message = json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if too_deep(message, 2 * DEPTH):
        raise Malformed("nested too deep")
    return mapping(message, "message"), packing


def mark_of(packed: bytes) -> str:
    """By which an answer names the request `packed`: the first 48 bits of its SHA-256, 8 characters."""
    return base64.urlsafe_b64encode(hashlib.sha256(packed).digest()[:6]).decode()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _finite(text: str) -> float:
    # 1e400 would be read as infinity, which PostgreSQL has no JSON for: the request could never be kept.
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without an end")
    return number


def _no_constant(text: str) -> Never:
    raise ValueError(f"{text} is not JSON")
