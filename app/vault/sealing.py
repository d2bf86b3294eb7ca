"""Wrapping the data key under a secret, bound to what it is for: AES-256-GCM with a random nonce.

The library is loaded at the first use: the lock page, which only shows names, must stand at once.
"""

from __future__ import annotations

import os

NONCE_BYTES = 12


def seal(secret: bytes, data: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    """(nonce, wrapped). `secret` is 32 bytes; what it is bound to must be the same on opening."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce, AESGCM(secret).encrypt(nonce, data, bound_to)


def unseal(secret: bytes, nonce: bytes, wrapped: bytes, bound_to: bytes) -> bytes | None:
    """The data, or None when the secret is wrong or anything was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(secret).decrypt(nonce, wrapped, bound_to)
    except InvalidTag:
        return None
