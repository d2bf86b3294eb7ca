"""A stamp on a plain text: whoever has the data key sees whether anybody without it changed a word."""

from __future__ import annotations

import hmac
from typing import Any

HMAC_SHA256 = "hmac-sha256"
HMAC_SM3 = "hmac-sm3"


def stamp(key: bytes, purpose: str, text: bytes, algorithm: str = HMAC_SHA256) -> bytes:
    """32 bytes over `text`. `purpose` keeps stamps of different kinds apart, though the key is one.

    Raises KeyError for an algorithm this release does not know.
    """
    from cryptography.hazmat.primitives.hmac import HMAC
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    digest = _digest(algorithm)
    derived = HKDF(digest, 32, salt=None, info=f"shoufangtong stamp|{purpose}".encode()).derive(key)
    maker = HMAC(derived, digest)
    maker.update(text)
    return maker.finalize()


def holds(key: bytes, purpose: str, text: bytes, found: bytes, algorithm: str = HMAC_SHA256) -> bool:
    """Whether `found` is the stamp of `text`; takes equally long either way."""
    return hmac.compare_digest(stamp(key, purpose, text, algorithm), found)


def _digest(algorithm: str) -> Any:
    from cryptography.hazmat.primitives import hashes

    return {HMAC_SHA256: hashes.SHA256, HMAC_SM3: hashes.SM3}[algorithm]()
