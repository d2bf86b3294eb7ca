"""A stamp under the data key: what lies outside the encrypted file and must not be changed unnoticed."""

from __future__ import annotations

import hashlib
import hmac

KEY_BYTES = 32


def stamp(key: bytes, purpose: str, data: bytes) -> str:
    """HMAC-SHA256 of `data` in hexadecimal, under a key derived from the data key for `purpose` only."""
    if len(key) != KEY_BYTES:
        raise ValueError("a data key is 32 bytes")
    own = hmac.digest(key, f"shoufangtong stamp 1|{purpose}".encode(), "sha256")
    return hmac.new(own, data, hashlib.sha256).hexdigest()


def genuine(key: bytes, purpose: str, data: bytes, stamped: str) -> bool:
    """Whether `stamped` is the stamp of exactly this data under this key; compared in constant time."""
    return hmac.compare_digest(stamp(key, purpose, data).encode(), stamped.encode("utf-8", "replace"))
